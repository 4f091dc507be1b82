"""A file is handed to who asked for it, a few times; on its day it is destroyed."""

from __future__ import annotations

from datetime import datetime

from desmigratif.access.actor import Actor
from desmigratif.access.checks import refuse_taken_ids
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.audit import unit
from desmigratif.audit.unit import Subject
from desmigratif.extracts.actions.asking import end
from desmigratif.extracts.inputs import EndExtract, TakeExtract
from desmigratif.extracts.models import Extract, Taking
from desmigratif.extracts.rules import asking as rules
from desmigratif.regions.queries import today_in
from desmigratif.shared.reasons import Reason, Refusal


class CannotTake(Refusal):
    code = "cannot_take"


class CannotEnd(Refusal):
    code = "cannot_end"


@action("extracts.take_extract", Permission.EXTRACT_ASK)
def take_extract(*, by: Actor, given: TakeExtract, now: datetime) -> Taking:
    """Count one more time that the file is handed out; only to who asked for it, in a region they still have."""
    mine = Extract.objects.visible_to(by).filter(asked_by=by.id).select_for_update()
    found = get_or_refuse(mine, "extract_id", id=given.extract_id)
    require(by, Permission.EXTRACT_ASK, found.region_code)
    today = today_in(found.region_code, now)
    if reasons := rules.reasons_not_to_take(
        state=found.state, expires_on=found.expires_on, taken=found.taken_count, today=today
    ):
        raise CannotTake(reasons)
    refuse_taken_ids(Taking, [given.taking_id])
    found.taken_count += 1
    found.save(update_fields=["taken_count"])
    unit.record(
        "extract.taken", subjects=[Subject("extract", found.id)], region=found.region_code, number=found.taken_count,
        form=given.form,
    )  # fmt: skip
    return Taking.objects.create(id=given.taking_id, extract=found, number=found.taken_count, form=given.form, at=now)


@action("extracts.end_extract", Permission.EXTRACT_END)
def end_extract(*, by: Actor, given: EndExtract, now: datetime) -> Extract:
    """The day is over: the file and its key go, what was asked for and why stays."""
    found = get_or_refuse(Extract.objects.visible_to(by).select_for_update(), "extract_id", id=given.extract_id)
    require(by, Permission.EXTRACT_END, found.region_code)
    today = today_in(found.region_code, now)
    if found.state != rules.READY or found.expires_on is None or found.expires_on >= today:
        raise CannotEnd(Reason("not_over", "Masa berkas ini belum habis."))
    return end(found, today, because="expired")
