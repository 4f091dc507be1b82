"""One figure, with all that stands beside it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import NamedTuple

from desmigratif.indicators.rules.definitions import Indicator, UnknownIndicator, indicator
from desmigratif.indicators.rules.periods import Period

_HUNDREDS = {"percent": 100, "per_100": 100, "per_1000": 1000}


class Reading(NamedTuple):
    """One figure of one region and period; `None` = nothing known, which is never zero.

    `missing`: villages of the region that keep this register and have no fact in it. `restated`: facts came after the
    month was published; `published` is (numerator, denominator) as it was then.
    """

    code: str
    region_code: str
    period: Period
    numerator: int | None
    denominator: int | None
    missing: int
    as_of: date | None
    version: int
    restated: bool = False
    published: tuple[int, int | None] | None = None
    facts: int = 0
    hidden: bool = False  # too small to be shown to whoever asks

    @property
    def value(self) -> Fraction | None:
        """numerator/denominator; the numerator where there is no denominator; `None` when there is nothing to say."""
        if self.numerator is None or self.denominator == 0:
            return None
        return Fraction(self.numerator, 1 if self.denominator is None else self.denominator)

    @property
    def shown(self) -> Fraction | None:
        """The value in the unit of the indicator: 40 for two of five in percent."""
        value = self.value
        return None if value is None else value * _HUNDREDS.get(self.definition.unit, 1)

    @property
    def size(self) -> int:
        """For how many it stands: the denominator, or what was counted where there is none."""
        if self.denominator is not None:
            return self.denominator
        return (self.numerator or 0) if self.definition.unit == "count" else self.facts

    def without_figures(self) -> Reading:
        """The same, and nothing of how large it is."""
        return self._replace(
            numerator=None, denominator=None, as_of=None, restated=False, published=None, facts=0, hidden=True
        )

    @property
    def definition(self) -> Indicator:
        return definition_of(self.code)


def definition_of(code: str) -> Indicator:
    """The definition of an indicator; measures of single cases (AMAN, C5V) count and divide, and stand in no list."""
    try:
        return indicator(code)
    except UnknownIndicator:
        return Indicator(code, code, "percent", code, code, "flow", "M", "up", 1, "", fed=True)
