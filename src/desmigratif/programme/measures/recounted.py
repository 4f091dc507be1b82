"""The oracle of F1 to F4, F6 and F8 to F12: counted straight from the records, slow and plain."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from desmigratif.access.models import Grant
from desmigratif.audit.tallying import Counts, Tally, tallied
from desmigratif.programme.models import BudgetLine, Pledge, ProgrammeVillage, VillageFigure, VillageStep
from desmigratif.programme.rules.need import needs
from desmigratif.shared.dated import value_on
from desmigratif.shared.dates import add_months

PILLARS = {"service_centre", "enterprise", "parenting", "cooperative"}


def recount(village_codes: Sequence[str], until: date) -> Counts:
    return tallied((count_villages, count_needs, count_officers, count_money, count_pledges), village_codes, until)


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


def count_needs(village_code: str, until: date, tally: Tally) -> None:
    """F12: the index of every village of the regency of which figures are known; the villages above the threshold."""
    regency = village_code.rsplit(".", 2)[0]
    known = [one for one in VillageFigure.objects.everywhere() if one.village_code.startswith(f"{regency}.")]
    scores = {one.region: one.score for one in needs([one for one in known if one.noted_on <= until], 4, until)}
    if len(scores) > 1 and scores.get(village_code, 0) >= value_on("programme.need_threshold", until):
        tally.add("F12", until, bool(_standing(village_code, until)), 1)


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


def count_money(village_code: str, until: date, tally: Tally) -> None:
    """F6, F9 and F10 of each year's money, as its lines stand."""
    for line in BudgetLine.objects.in_village(village_code):
        year, own = date(line.year, 1, 1), value_on("programme.village_source", line.on)
        tally.add("F6", year, line.allotted_rupiah if line.source == own else 0, line.allotted_rupiah)
        tally.add("F9", year, line.spent_rupiah, line.allotted_rupiah)
        tally.add("F10", year, line.spent_rupiah, 0)


def count_pledges(village_code: str, until: date, tally: Tally) -> None:
    """F11: what a village says that it received, of what was pledged to it."""
    for pledge in Pledge.objects.in_village(village_code):
        tally.add("F11", pledge.pledged_on, pledge.outcome == "received", 1)
