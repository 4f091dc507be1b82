"""Whether facts come to what the records say: each pillar's recount is the oracle, and every cell is compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from desmigratif.audit.models import FactDelta
from desmigratif.audit.tallying import Counts
from desmigratif.indicators.registry import PILLARS
from desmigratif.indicators.rules.definitions import indicator, indicators

# Counted beside an indicator and not one of the 65: by value, by family, by points.
BESIDE = {"C5V": "C5", "E1H": "E1"}
FLOWS_BESIDE = ("D6_gain",)
PROVED_ELSEWHERE = {"F5"}  # reports lie above the indicators and prove it themselves
BY_YEAR = ("F6", "F9", "F10")  # a year's money, corrected in whatever month: compared by year


def kinds_of(code: str) -> tuple[str, str]:
    """Whether its numerators, and its denominators, stand or belong to a month ("stock", "flow")."""
    if code in FLOWS_BESIDE:
        return "flow", "flow"
    one = indicator(BESIDE.get(code, code.partition(".")[0]))
    return one.kind, one.denominator_kind or one.kind


def counted() -> set[str]:
    """Codes whose facts some record stands behind: a fact of one that no record tells of is a fault too."""
    return {one.code for one in indicators() if one.fed} - PROVED_ELSEWHERE | {*BESIDE, *FLOWS_BESIDE}


def recounted(village_codes: Sequence[str], until: date) -> Counts:
    """Everything that the pillars can count again."""
    sums: dict[tuple[str, date, str], list[int]] = defaultdict(lambda: [0, 0])
    for pillar in PILLARS:  # two may say the parts of one: the money of F10 and the workers
        for cell, parts in pillar.recount(village_codes, until).items():
            sums[cell] = [old + part for old, part in zip(sums[cell], parts, strict=True)]
    return {cell: (above, below) for cell, (above, below) in sums.items()}


def appended(village_codes: Sequence[str], until: date, codes: Iterable[str]) -> Counts:
    """What facts come to, by (village, first day of a month, code); what stands, in the month of `until`."""
    sums: dict[tuple[str, date, str], list[int]] = defaultdict(lambda: [0, 0])
    rows = FactDelta.objects.filter(village_code__in=list(village_codes), code__in=sorted(codes))
    for village, code, on, *parts in rows.values_list("village_code", "code", "on", "numerator", "denominator"):
        for place, (kind, part) in enumerate(zip(kinds_of(code), parts, strict=True)):
            month = until if kind == "stock" else on.replace(month=1, day=1) if code in BY_YEAR else on
            sums[village, month.replace(day=1), code][place] += part
    return {cell: (above, below) for cell, (above, below) in sums.items()}


def disagreements(village_codes: Sequence[str], until: date) -> list[str]:
    """Every cell in which facts and records differ, in words for an operator; empty means that they agree."""
    records = recounted(village_codes, until)
    facts = appended(village_codes, until, counted() | {code for _village, _month, code in records})
    found = []
    for cell in sorted(records.keys() | facts.keys()):
        said, known = records.get(cell, (0, 0)), facts.get(cell, (0, 0))
        if said != known:
            village, month, code = cell
            found.append(f"{code} {village} {month:%Y-%m}: catatan {_pair(said)}, angka {_pair(known)}")
    return found


def _pair(parts: tuple[int, int]) -> str:
    return f"{parts[0]} dari {parts[1]}"
