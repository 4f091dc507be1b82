"""One figure of a report, as it is taken down: parts, gaps and data date beside it. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from fractions import Fraction
from typing import Any

from desmigratif.indicators.rules.definitions import Indicator, UnknownIndicator, indicator
from desmigratif.shared.dates import format_date
from desmigratif.shared.rupiah import format_rupiah

UNKNOWN = "belum ada data"
_FACTORS = {"percent": 100, "per_100": 100, "per_1000": 1000}
_ENDS = {"percent": "%", "days": " hari", "per_100": " per 100", "per_1000": " per 1.000", "points": " poin"}


@dataclass(frozen=True, slots=True)
class Figure:
    """What was known of one indicator in one region. None = nothing known, which is never zero; `hidden`: too few
    people to be shown to whoever reads."""

    code: str
    region_code: str
    numerator: int | None
    denominator: int | None
    missing: int
    as_of: date | None
    version: int
    hidden: bool = False
    restated: bool = False

    @property
    def definition(self) -> Indicator | None:
        """As it is today; None for one that is no longer in the list."""
        try:
            return indicator(self.code)
        except UnknownIndicator:
            return None

    @property
    def name(self) -> str:
        return self.definition.name if self.definition else self.code

    @property
    def value(self) -> Fraction | None:
        """In the unit of the indicator: 40 for two of five in percent; None when there is nothing to say."""
        if self.hidden or self.numerator is None or self.denominator == 0:
            return None
        factor = _FACTORS.get(self.definition.unit, 1) if self.definition else 1
        return Fraction(self.numerator, 1 if self.denominator is None else self.denominator) * factor

    @property
    def said(self) -> str:
        """85,7%, 12 hari, Rp2.500.000; in words when nothing can be said."""
        if self.hidden:
            return "terlalu sedikit"
        value = self.value
        if value is None:
            return UNKNOWN if self.numerator is None else "belum bisa dihitung"
        unit = self.definition.unit if self.definition else "count"
        if unit == "rupiah":
            return format_rupiah(round(value))
        return decimal(value) + _ENDS.get(unit, "")

    @property
    def as_of_words(self) -> str:
        return format_date(self.as_of) if self.as_of else "-"

    def as_dict(self) -> dict[str, Any]:
        """For keeping it."""
        row = asdict(self)
        return {**row, "as_of": self.as_of.isoformat() if self.as_of else None}

    def as_row(self) -> list[Any]:
        """The same in the order of the fields: a nation's report has thousands."""
        return list(self.as_dict().values())


def figure_from(row: Mapping[str, Any]) -> Figure:
    """What `as_dict` made."""
    return Figure(**{**row, "as_of": date.fromisoformat(row["as_of"]) if row["as_of"] else None})


def figure_from_row(row: Sequence[Any]) -> Figure:
    """What `as_row` made."""
    return figure_from(dict(zip((one.name for one in fields(Figure)), row, strict=True)))


def figures_from(rows: Iterable[Mapping[str, Any]]) -> list[Figure]:
    return [figure_from(row) for row in rows]


def decimal(value: Fraction) -> str:
    """1.234,5: one digit after the comma, none for a whole number."""
    tenths = round(value * 10)
    whole, rest = divmod(abs(tenths), 10)
    text = f"{whole:,}".replace(",", ".") + (f",{rest}" if rest else "")
    return f"-{text}" if tenths < 0 else text


def count_words(number: int | None) -> str:
    """1.234; a dash for what is not known."""
    return "-" if number is None else f"{number:,}".replace(",", ".")


def changed_since(before: Iterable[Figure], now: Iterable[Figure]) -> list[tuple[Figure, Figure]]:
    """(as it was, as it is) of the figures that differ between two versions."""
    known = {one.code: one for one in before}
    pairs = [(known[one.code], one) for one in now if one.code in known]
    return [(old, new) for old, new in pairs if (old.numerator, old.denominator) != (new.numerator, new.denominator)]
