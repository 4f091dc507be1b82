"""F7: whether the pillars of a village are still at work a year after its support ended, by what they did lately."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desmigratif.audit.models import FactDelta
from desmigratif.audit.tallying import Counts, Reckoned, Tally, by_month, tallied
from desmigratif.indicators.models import RollUp
from desmigratif.indicators.roll_ups.summing import code_today
from desmigratif.programme.models import ProgrammeVillage
from desmigratif.programme.rules.steps import types_on
from desmigratif.shared.dates import add_months

SIGNS = (("A1",), ("C6", "C8"), ("D3",), ("E2", "E5"))  # what each pillar leaves when it works
LATELY = 3  # months before the day, and the month of the day


def reckon(village_code: str, on: date) -> Reckoned:
    """Only where this register was kept already before those months: of what came before it, nothing is known."""
    days = _days(village_code, on)
    if not days:
        return {}
    codes = [code for signs in SIGNS for code in signs]
    rows = RollUp.objects.filter(level=4, region_code=code_today(village_code), code__in=codes)
    worked = {
        (code, period)
        for code, period, numerator in rows.values_list("code", "period", "numerator")
        if numerator and 1 <= period % 100 <= 12
    }
    found = []
    for at in days:
        months = {int(f"{add_months(at, -count):%Y%m}") for count in range(LATELY + 1)}
        if any(period < min(months) for _code, period in worked):
            lived = sum(any((code, month) in worked for code in signs for month in months) for signs in SIGNS)
            found.append((at, lived, len(SIGNS)))
    return by_month("F7", found)


def _days(village_code: str, on: date) -> list[date]:
    """A year after the support of each programme of a village ended, where that day has come."""
    found = []
    for one in ProgrammeVillage.objects.in_village(village_code):
        years = types_on(on).get(one.programme, {}).get("support_years", 0)
        at = add_months(one.decreed_on, 12 * (years + 1))
        if years and at <= on and (one.left_on is None or one.left_on >= at):
            found.append(at)
    return found


def recount(village_codes: Sequence[str], until: date) -> Counts:
    return tallied((count_pillars,), village_codes, until)


def count_pillars(village_code: str, until: date, tally: Tally) -> None:
    """F7, fact by fact."""
    facts = FactDelta.objects.filter(village_code=village_code)
    sums: dict[tuple[str, date], int] = {}
    for fact in facts:
        place = (fact.code, fact.on.replace(day=1))
        sums[place] = sums.get(place, 0) + fact.numerator
    signs = {code for pillar in SIGNS for code in pillar}
    busy = {place for place, count in sums.items() if count and place[0] in signs}
    for at in _days(village_code, until):
        first = add_months(at.replace(day=1), -3)
        if any(month < first for _code, month in busy):
            for pillar in SIGNS:
                lived = any(code in pillar and first <= month <= at for code, month in busy)
                tally.add("F7", at, lived, 1)
