"""Coming back, of every kind: written down once, told by anybody, confirmed by who knows the family."""

from __future__ import annotations

from datetime import datetime

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.keys.subject_keys import key_of
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.audit import memory, unit
from desmigratif.audit.unit import Subject
from desmigratif.cases.actions import keeping
from desmigratif.cases.actions.abroad import stays
from desmigratif.cases.actions.abroad.leaving import open_abroad
from desmigratif.cases.actions.cases import ABROAD_NOW, close
from desmigratif.cases.actions.common import reasons_gone, refuse_future, remember, resident_of
from desmigratif.cases.actions.refusals import CannotRecordReturn
from desmigratif.cases.inputs import ConfirmOrigin, RecordFoundAbroad, RecordReturn, WithdrawReturn
from desmigratif.cases.models import ABROAD, ENDED, Aftercare, Case, CaseState, Origin, Return, ReturnSource
from desmigratif.cases.queries.back.returns import standing_return
from desmigratif.cases.rules.back import returns as rules
from desmigratif.cases.rules.back.returns import DEAD
from desmigratif.cases.rules.journey import journey_on
from desmigratif.cases.sealing import confirmer_place, return_note_place, sealed_text, teller_place
from desmigratif.people.actions.common import refuse_taken_ids
from desmigratif.people.actions.records import CHANGEABLE, change_resident
from desmigratif.people.models import LifeStatus, Resident
from desmigratif.shared.reasons import Reason

BACK_NOW = "returned"
SILENT = "contact_overdue"
_NOT_HERE = (LifeStatus.AWAY, LifeStatus.MISSING)


@action("cases.record_return", Permission.CASE_OPEN)
def record_return(*, by: Actor, given: RecordReturn, now: datetime) -> Return:
    """Write a return down, or one more source of the one that stands; who left unnoticed is written down as well."""
    require(by, Permission.CASE_OPEN, given.village_code)
    refuse_future(given.village_code, given.on, now, CannotRecordReturn)
    refuse_taken_ids(Return, [given.return_id])
    resident = resident_of(by, given.village_code, given.resident_id, lock=True)
    case = _case_of(resident)
    said = rules.Reported(given.kind, given.cause, given.returned_on, given.source, given.travel_paper or "")
    reasons = rules.reasons_not_to_record(said, left_on=case.departed_on if case else None, today=given.on)
    if resident.life_status != LifeStatus.DEAD or given.kind != DEAD:
        reasons += reasons_gone(resident)
    standing = standing_return(case) if case else None
    if standing is not None:
        reasons = rules.reasons_not_to_join(standing.kind, given.kind) or reasons
    if reasons:
        raise CannotRecordReturn(reasons)
    if standing is not None:
        return _one_more_source(standing, resident, given)
    return _new_return(by, case, resident, given, now)


def _case_of(resident: Resident) -> Case | None:
    """The migration that a report tells of: the last one, unless it is a plan of somebody who never left."""
    cases = Case.objects.in_village(resident.village_code).select_for_update(of=("self",)).filter(resident=resident)
    last = cases.select_related("resident__household").order_by("-opened_on", "-id").first()
    if last is None or last.state in ABROAD or standing_return(last) is not None:
        return last
    if last.state == CaseState.DIED and (last.departed_on is not None or last.found_abroad):
        return last
    if last.state not in ENDED:
        text = "Warga ini punya rencana berangkat, tetapi keberangkatannya belum tercatat."
        way_out = "Catat dulu keberangkatannya, atau tutup rencana itu bila batal."
        raise CannotRecordReturn(Reason("not_departed", text, way_out=way_out))
    return None


def _one_more_source(standing: Return, resident: Resident, given: RecordReturn) -> Return:
    _keep_source(standing, resident, given)
    remember(standing.case, "return.told_again", given.on, subjects=[Subject("return", standing.id)])
    return standing


def _new_return(by: Actor, case: Case | None, resident: Resident, given: RecordReturn, now: datetime) -> Return:
    if case is None:
        found = RecordFoundAbroad(
            case_id=given.case_id, village_code=given.village_code, resident_id=resident.id, on=given.on,
            country=given.country,
        )  # fmt: skip
        case = open_abroad(resident, found, by=by)
    if given.on < case.opened_on:
        text = "Tanggal dicatat tidak boleh sebelum rencananya dibuka."
        raise CannotRecordReturn(Reason("before_case", text, field="on"))
    back = Return.objects.create(
        id=given.return_id,
        village_code=case.village_code,
        case=case,
        kind=given.kind,
        cause=given.cause,
        returned_on=given.returned_on,
        known_on=given.on,
        travel_paper=given.travel_paper or "",
        note_sealed=sealed_text(resident.id, given.note, place=return_note_place(given.return_id)),
        state_before=case.state,
        life_before=resident.life_status,
    )
    _keep_source(back, resident, given)
    unit.changed("cases.return", case.village_code, back.id)
    if given.kind == DEAD:
        _died(by, back, resident, now)
    else:
        _came_back(back, resident)
    _count(back, 1)
    return back


def _keep_source(back: Return, resident: Resident, given: RecordReturn) -> None:
    row = ReturnSource(
        village_code=back.village_code, told=back, on=given.on, source=given.source, said_on=given.returned_on
    )
    row.teller_sealed = sealed_text(resident.id, given.teller, place=teller_place(row.id))
    row.save(force_insert=True)
    unit.changed("cases.returnsource", back.village_code, row.id)


def _came_back(back: Return, resident: Resident) -> None:
    case = back.case
    if case.state != CaseState.RETURNED:
        keeping.go_on(case, CaseState.RETURNED, back.known_on)
    for month, due_on in rules.aftercare_days(back.returned_on).items():
        row = Aftercare.objects.create(village_code=case.village_code, back=back, month=month, due_on=due_on)
        unit.changed("cases.aftercare", case.village_code, row.id)
    _end_signals(back, (ABROAD_NOW, SILENT))
    memory.set_signal(
        BACK_NOW, village_code=case.village_code, household_id=resident.household_id, resident_id=resident.id,
        since=back.returned_on,
    )  # fmt: skip
    if resident.life_status in _NOT_HERE:
        _set_life(back, resident, LifeStatus.ALIVE)
    remember(case, "return.recorded", back.returned_on, subjects=[Subject("return", back.id)], country=case.country)


def _died(by: Actor, back: Return, resident: Resident, now: datetime) -> None:
    case = back.case
    if case.state != CaseState.DIED:
        close(case, CaseState.DIED, by=by, on=back.known_on, now=now)
    _end_signals(back, (SILENT, BACK_NOW))
    if resident.life_status != LifeStatus.DEAD:
        _set_life(back, resident, LifeStatus.DEAD)
    remember(case, "return.died", back.returned_on, subjects=[Subject("return", back.id)], country=case.country)


def _end_signals(back: Return, kinds: tuple[str, ...]) -> None:
    resident = back.case.resident
    for kind in kinds:
        memory.end_signal(kind, household_id=resident.household_id, resident_id=resident.id, on=back.known_on)


def _set_life(back: Return, resident: Resident, status: str) -> None:
    key = key_of(resident.id, make=True) or b""
    source = rules.labels("sources", back.known_on)[_first_source(back)]
    change_resident(resident, key, {"life_status": status}, source=source, on=back.known_on)
    resident.save(update_fields=CHANGEABLE)
    unit.changed("people.resident", resident.village_code, resident.id)


def _first_source(back: Return) -> str:
    rows = ReturnSource.objects.in_village(back.village_code).filter(told=back)
    return str(rows.order_by("on", "id").values_list("source", flat=True)[0])


def _count(back: Return, sign: int) -> None:
    """A21: written down in time; A22: one more who could leave again; B8: a death abroad, by how they had left."""
    case, on = back.case, back.known_on
    in_time = int(rules.in_time(back.returned_on, back.known_on))
    memory.add_fact("A21", case.village_code, on, numerator=sign * in_time, denominator=sign, key=str(case.id))
    if back.kind == DEAD:
        key = f"{case.procedural_status or 'UNKNOWN'}:{case.id}"
        memory.add_fact("B8", case.village_code, on, numerator=sign, denominator=0, key=key)
    else:
        memory.add_fact("A22", case.village_code, on, numerator=0, denominator=sign, key=str(case.id))


@action("cases.withdraw_return", Permission.CASE_OPEN)
def withdraw_return(*, by: Actor, given: WithdrawReturn, now: datetime) -> Return:
    """What was told proves wrong: the case and the register say again what they said before; the report stays."""
    require(by, Permission.CASE_OPEN, given.village_code)
    refuse_future(given.village_code, given.on, now, CannotRecordReturn)
    back = return_to_change(by, given.village_code, given.return_id)
    if given.reason not in {choice.code for choice in journey_on(given.on).corrected}:
        raise CannotRecordReturn(Reason("unknown_reason", "Pilih mengapa ditarik.", field="reason"))
    case = back.case
    if case.state in (CaseState.SETTLED, CaseState.RE_MIGRATING):
        text = "Kepulangan ini sudah selesai dan ditutup, jadi tidak bisa ditarik lagi."
        raise CannotRecordReturn(Reason("case_over", text))
    if given.on < back.known_on:
        text = "Tanggalnya tidak boleh sebelum kepulangan ini dicatat."
        raise CannotRecordReturn(Reason("before_return", text, field="on"))
    back.withdrawn_on, back.withdrawn_because = given.on, given.reason
    back.save(update_fields=["withdrawn_on", "withdrawn_because"])
    unit.changed("cases.return", case.village_code, back.id)
    _as_before(by, back)
    stays.resume(case, given.on)
    _count(back, -1)
    remember(case, "return.withdrawn", given.on, subjects=[Subject("return", back.id)])
    return back


def _as_before(by: Actor, back: Return) -> None:
    """The case, the register and the signals as they were."""
    case = back.case
    resident = resident_of(by, case.village_code, case.resident_id, lock=True)
    case.state = back.state_before
    case.closed_on = case.closed_on if case.state in ENDED else None
    case.version += 1
    case.save(update_fields=["state", "closed_on", "version"])
    unit.changed("cases.case", case.village_code, case.id)
    if resident.life_status != back.life_before and back.life_before:
        _set_life(back, resident, back.life_before)
    on = back.withdrawn_on or back.known_on
    memory.end_signal(BACK_NOW, household_id=resident.household_id, resident_id=resident.id, on=on)
    if case.state in ABROAD:
        memory.set_signal(
            ABROAD_NOW, village_code=case.village_code, household_id=resident.household_id, resident_id=resident.id,
            since=case.departed_on or case.opened_on,
        )  # fmt: skip


def return_to_change(by: Actor, village_code: str, return_id: object) -> Return:
    """A return that stands, with its case locked. Raises `NotFoundOrNotYours` and `CannotRecordReturn`."""
    rows = Return.objects.visible_to(by).filter(village_code=village_code).select_for_update(of=("self", "case"))
    back = get_or_refuse(rows.select_related("case__resident__household"), "return_id", id=return_id)
    if back.withdrawn_on is not None:
        text = "Catatan kepulangan ini sudah ditarik karena keliru."
        raise CannotRecordReturn(Reason("withdrawn", text, way_out="Catat kepulangan yang benar."))
    return back


@action("cases.confirm_origin", Permission.CASE_OPEN)
def confirm_origin(*, by: Actor, given: ConfirmOrigin, now: datetime) -> Origin:
    """Who confirms whose child this is, and by what."""
    require(by, Permission.CASE_OPEN, given.village_code)
    refuse_future(given.village_code, given.on, now, CannotRecordReturn)
    refuse_taken_ids(Origin, [given.origin_id])
    back = return_to_change(by, given.village_code, given.return_id)
    if reasons := rules.reasons_not_to_confirm(given.confirmed_by, given.proofs, today=given.on):
        raise CannotRecordReturn(reasons)
    resident = back.case.resident
    origin = Origin.objects.create(
        id=given.origin_id,
        village_code=back.village_code,
        resident=resident,
        on=given.on,
        confirmed_by=given.confirmed_by,
        confirmer_sealed=sealed_text(resident.id, given.confirmer, place=confirmer_place(given.origin_id)),
        proofs=list(given.proofs),
        is_sure=rules.is_sure(given.confirmed_by, given.proofs, given.on),
    )
    unit.changed("cases.origin", back.village_code, origin.id)
    remember(back.case, "return.origin_confirmed", given.on, subjects=[Subject("return", back.id)])
    return origin
