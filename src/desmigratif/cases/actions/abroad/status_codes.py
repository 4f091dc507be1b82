"""A code for the family, to read without an account how a journey stands."""

from __future__ import annotations

from datetime import datetime

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import require
from desmigratif.audit.unit import Subject
from desmigratif.cases.actions.common import open_case_of, reasons_gone, refuse_future, remember
from desmigratif.cases.actions.refusals import CannotGiveStatusCode
from desmigratif.cases.inputs import GiveStatusCode
from desmigratif.cases.models import StatusCode
from desmigratif.cases.rules.abroad import status_codes as rules
from desmigratif.cases.status_sealing import code_index, status_code
from desmigratif.people.actions.common import refuse_taken_ids
from desmigratif.people.queries.moves import records_here


@action("cases.give_status_code", Permission.CASE_OPEN)
def give_status_code(*, by: Actor, given: GiveStatusCode, now: datetime) -> StatusCode:
    """Make a code for a plan; the one before it opens nothing any more."""
    require(by, Permission.CASE_OPEN, given.village_code)
    refuse_future(given.village_code, given.on, now, CannotGiveStatusCode)
    refuse_taken_ids(StatusCode, [given.code_id])
    case = open_case_of(by, given.village_code, given.case_id)
    reasons = rules.reasons_not_to_give(state=case.state, born=case.resident.birth_date)
    reasons += reasons_gone(records_here(case.resident)[0])
    if reasons:
        raise CannotGiveStatusCode(reasons)
    StatusCode.objects.in_village(case.village_code).filter(case=case).delete()
    code = StatusCode.objects.create(
        id=given.code_id,
        village_code=case.village_code,
        case=case,
        code_index=code_index(status_code(given.code_id)),
        made_on=given.on,
        until=rules.lasts_until(given.on),
    )
    remember(case, "case.status_code_given", given.on, subjects=[Subject("status_code", code.id)])
    return code
