"""The list of those who may not be with children: kept by the regency, asked in every village."""

from __future__ import annotations

from datetime import datetime

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.audit import unit
from desmigratif.audit.unit import Subject
from desmigratif.parenting.actions.refusals import CannotBar
from desmigratif.parenting.inputs.centres import BarPerson, UnbarPerson
from desmigratif.parenting.models import BarredPerson
from desmigratif.parenting.rules import centre as rules
from desmigratif.parenting.sealing import maybe_nik_index, person_index
from desmigratif.people.actions.common import checked_day, refuse_taken_ids
from desmigratif.shared.reasons import Reason


@action("parenting.bar_person", Permission.BARRED_KEEP)
def bar_person(*, by: Actor, given: BarPerson, now: datetime) -> BarredPerson:
    """Put somebody on the list by a ruling; from now on no village takes them on."""
    require(by, Permission.BARRED_KEEP, given.region_code)
    checked_day(given.on, given.region_code, now)
    refuse_taken_ids(BarredPerson, [given.barred_id])
    if reasons := rules.reasons_not_listed(
        "barred_reasons", given.because, given.on, field="because", text="Pilih dasarnya."
    ):
        raise CannotBar(reasons)
    barred = BarredPerson.objects.create(
        id=given.barred_id, region_code=given.region_code, name_index=person_index(given.name, given.birth_date),
        nik_index=maybe_nik_index(given.nik), because=given.because, reference=given.reference, recorded_on=given.on,
    )  # fmt: skip
    unit.record("barred.added", village_code=given.region_code, subjects=[Subject("barred", barred.id)])
    return barred


@action("parenting.unbar_person", Permission.BARRED_KEEP)
def unbar_person(*, by: Actor, given: UnbarPerson, now: datetime) -> BarredPerson:
    """Take somebody off the list; the line stays with its day."""
    require(by, Permission.BARRED_KEEP, given.region_code)
    checked_day(given.on, given.region_code, now)
    rows = BarredPerson.objects.visible_to(by).filter(region_code=given.region_code).select_for_update()
    barred = get_or_refuse(rows, "barred_id", id=given.barred_id)
    if barred.ended_on is not None:
        raise CannotBar(Reason("ended_already", "Baris ini sudah dicabut."))
    if reasons := rules.reasons_not_to_end(barred.recorded_on, given.on):
        raise CannotBar(reasons)
    barred.ended_on = given.on
    barred.save(update_fields=["ended_on"])
    unit.record("barred.ended", village_code=given.region_code, subjects=[Subject("barred", barred.id)])
    return barred
