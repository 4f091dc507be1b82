"""Somebody else says yes or no. With the yes the file is made, once."""

from __future__ import annotations

from datetime import datetime

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.audit import unit
from desmigratif.audit.unit import Subject
from desmigratif.extracts import sealing
from desmigratif.extracts.inputs import ApproveExtract, RefuseExtract
from desmigratif.extracts.making import columns_of, released, sheet_for
from desmigratif.extracts.models import Extract
from desmigratif.extracts.queries import held_by
from desmigratif.extracts.rules import asking as rules
from desmigratif.regions.queries import today_in
from desmigratif.shared.reasons import Refusal

APPROVE = Permission.EXTRACT_APPROVE


class CannotDecide(Refusal):
    code = "cannot_decide"


@action("extracts.approve_extract", APPROVE)
def approve_extract(*, by: Actor, given: ApproveExtract, now: datetime) -> Extract:
    """Make the table from the records of this moment and seal it until the day that was asked for."""
    found = _waiting(by, given)
    today = today_in(found.region_code, now)
    reasons = rules.reasons_against_day(found.wanted_until, today)
    held = [one for one in held_by(found.asked_by, found.subject) if one.name != found.name]
    if reasons := reasons + rules.reasons_to_keep_apart(found.about, held, today):
        raise CannotDecide(reasons)
    made = released(found.about, columns_of(found.subject, found.columns), today)
    sheet, rows_print = sheet_for(found, made, today=today)
    sealing.put_away(found, sheet)
    _decide(found, by, rules.READY, given.remark, now)
    found.expires_on, found.row_count, found.withheld_count = found.wanted_until, len(made.rows), made.withheld
    found.levels, found.rows_print = made.levels, rows_print
    found.save()
    unit.record(
        "extract.approved", subjects=[Subject("extract", found.id)], region=found.region_code, rows=found.row_count,
        withheld=found.withheld_count,
    )  # fmt: skip
    return found


@action("extracts.refuse_extract", APPROVE)
def refuse_extract(*, by: Actor, given: RefuseExtract, now: datetime) -> Extract:
    """No; whoever asked reads why."""
    found = _waiting(by, given)
    _decide(found, by, rules.REFUSED, given.remark, now)
    found.save()
    unit.record("extract.refused", subjects=[Subject("extract", found.id)], region=found.region_code)
    return found


def _waiting(by: Actor, given: ApproveExtract | RefuseExtract) -> Extract:
    """The wish, locked, when this person may decide. Raises `NotFoundOrNotYours` and `CannotDecide`."""
    found = get_or_refuse(Extract.objects.visible_to(by).select_for_update(), "extract_id", id=given.extract_id)
    require(by, APPROVE, found.region_code)
    if reasons := rules.reasons_not_to_decide(state=found.state, asker=found.asked_by, by=by.id):
        raise CannotDecide(reasons)
    return found


def _decide(found: Extract, by: Actor, state: str, remark: str, now: datetime) -> None:
    found.state, found.remark = state, remark
    found.decided_by, found.decided_name, found.decided_on = by.id, by.label, today_in(found.region_code, now)
