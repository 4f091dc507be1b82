"""The oracle of F1 to F4 and F8: counted straight from the records, slow and plain."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from desmigratif.access.models import Grant
from desmigratif.audit.tallying import Counts, Tally, tallied
from desmigratif.programme.models import ProgrammeVillage, VillageStep
from desmigratif.shared.dates import add_months

PILLARS = {"service_centre", "enterprise", "parenting", "cooperative"}


def recount(village_codes: Sequence[str], until: date) -> Counts:
    return tallied((count_villages, count_officers), village_codes, until)


def _standing(village_code: str, until: date) -> list[ProgrammeVillage]:
    rows = ProgrammeVillage.objects.in_village(village_code)
    return [row for row in rows if row.left_on is None and row.decreed_on <= until]


def count_villages(village_code: str, until: date, tally: Tally) -> None:
    """F1, F2, F8: a village counts once, in however many programmes it is."""
    standing = _standing(village_code, until)
    if not standing:
        return
    steps = [
        {step.step for step in VillageStep.objects.in_village(village_code) if step.membership_id == one.id}
        for one in standing
    ]
    tally.add("F1", until, 1, 0)
    tally.add("F2", until, any(taken >= PILLARS for taken in steps), 0)
    tally.add("F8", until, any("village_regulation" in taken for taken in steps), 0)


def count_officers(village_code: str, until: date, tally: Tally) -> None:
    """F3 of the two posts of a village in the programme; F4 of whoever began twelve months before."""
    days: dict[object, set[date]] = {}
    for grant in Grant.objects.filter(role="village_officer", region_code=village_code):
        last = grant.valid_until or until + timedelta(days=1)
        span = range((max(last, grant.valid_from) - grant.valid_from).days)
        days.setdefault(grant.user_id, set()).update(grant.valid_from + timedelta(days=count) for count in span)
    if _standing(village_code, until):
        tally.add("F3", until, min(sum(until in held for held in days.values()), 2), 2)
    for held in days.values():
        full = add_months(min(held), 12) if held else None
        if full is not None and full <= until:
            tally.add("F4", full, full in held, 1)
