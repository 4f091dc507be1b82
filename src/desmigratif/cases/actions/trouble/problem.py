"""Whether somebody abroad is in trouble: a complaint that the village may see says so. Called inside an action."""

from __future__ import annotations

from datetime import date

from desmigratif.cases.actions import keeping
from desmigratif.cases.models import ABROAD, Case, CaseState, Complaint, ComplaintState, Tier
from desmigratif.people.models import Resident

SILENT_STATES = (ComplaintState.RECEIVED, ComplaintState.RESOLVED, ComplaintState.CONFIRMED_BY_REPORTER)


def follow(resident: Resident, on: date) -> None:
    """The migration stands in trouble while a complaint about it is dealt with, and goes on when none is.

    What the village must not know of moves nothing: the state of a case is read by many.
    """
    cases = Case.objects.in_village(resident.village_code).filter(resident=resident, state__in=ABROAD)
    case = cases.select_related("resident__household").select_for_update(of=("self",)).first()
    if case is None:
        return
    open_ones = Complaint.objects.in_village(resident.village_code).filter(resident=resident, tier=Tier.VILLAGE)
    troubled = open_ones.exclude(state__in=SILENT_STATES).exists()
    if troubled and case.state != CaseState.PROBLEM:
        keeping.go_on(case, CaseState.PROBLEM, on)
    elif not troubled and case.state == CaseState.PROBLEM:
        keeping.at_work_again(case, on)
