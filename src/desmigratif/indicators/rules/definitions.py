"""What each indicator counts: one file each under `definitions/`, read once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from desmigratif.shared.dated import read_yaml

UNITS = ("percent", "count", "days", "rupiah", "per_100", "per_1000", "points")
KINDS = ("flow", "stock")
PERIODS = ("M", "Q", "Y")
BETTER = ("up", "down", "none")
PARTS = ("numerator", "denominator")
PILLARS = "ABCDEF"
_COUNTS = {"A": 22, "B": 9, "C": 9, "D": 7, "E": 6, "F": 12}
CODES = tuple(f"{pillar}{number}" for pillar in PILLARS for number in range(1, _COUNTS[pillar] + 1))


class UnknownIndicator(LookupError):
    """No indicator has this code."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator. `kind` "stock": its deltas add up from the beginning; `denominator` "" where it only counts.

    `denominator_from` names another indicator whose part is the denominator ("A18/denominator": workers abroad).
    """

    code: str
    name: str
    unit: str
    numerator: str
    denominator: str
    kind: str
    period: str
    better: str
    version: int
    source: str
    fed: bool
    small: int = 5
    denominator_kind: str = ""
    denominator_from: str = ""
    note: str = ""

    @property
    def pillar(self) -> str:
        return self.code[0]

    @property
    def has_denominator(self) -> bool:
        return bool(self.denominator)

    @property
    def is_plain(self) -> bool:
        """Whether a figure is one row: it flows, and divides by its own denominator or by nothing."""
        return self.kind == "flow" and self.denominator_kind in ("", "flow") and not self.denominator_from

    @property
    def parts(self) -> tuple[tuple[str, str, str], ...]:
        """(indicator, its part, flow or stock) of the numerator and, where there is one, of the denominator."""
        above = (self.code, "numerator", self.kind)
        if not self.has_denominator:
            return (above,)
        code, _, part = (self.denominator_from or f"{self.code}/denominator").partition("/")
        return above, (code, part, self.denominator_kind or self.kind)


@cache
def indicators() -> tuple[Indicator, ...]:
    """All of them, A1 to F12 in their order."""
    return tuple(_read(code) for code in CODES)


@cache
def _by_code() -> dict[str, Indicator]:
    return {one.code: one for one in indicators()}


def indicator(code: str) -> Indicator:
    """Raises `UnknownIndicator`."""
    try:
        return _by_code()[code]
    except KeyError:
        raise UnknownIndicator(code) from None


def _read(code: str) -> Indicator:
    text = files("desmigratif.indicators").joinpath("definitions", f"{code}.yaml").read_text(encoding="utf-8")
    return checked(read_yaml(text), code)


def checked(row: dict[str, Any], code: str) -> Indicator:
    """One definition as its file says it. Raises `ValueError` naming what is wrong."""
    one = Indicator(**{**row, "denominator": row.get("denominator") or ""})
    wrong = {
        "code": one.code != code,
        "name": not one.name,
        "numerator": not one.numerator,
        "source": not one.source,
        "unit": one.unit not in UNITS,
        "kind": one.kind not in KINDS or (one.denominator_kind or one.kind) not in KINDS,
        "period": one.period not in PERIODS,
        "better": one.better not in BETTER,
        "version": one.version < 1,
        "small": one.small < 1,
        "denominator_from": any(code not in CODES or part not in PARTS for code, part, _kind in one.parts),
    }
    if found := [name for name, is_wrong in wrong.items() if is_wrong]:
        raise ValueError(f"definition {code}: {', '.join(found)}")
    return one
