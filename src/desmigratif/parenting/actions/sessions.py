"""The timetable, the sessions that come out of it, and those that fall out."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.audit import unit
from desmigratif.audit.unit import Subject
from desmigratif.parenting.actions import facts
from desmigratif.parenting.actions.refusals import CannotPlan
from desmigratif.parenting.actions.running import (
    RUN,
    centre_to_run,
    drop_planned,
    note,
    own_theme,
    reasons_against_theme,
    session_to_run,
)
from desmigratif.parenting.inputs.sessions import AddSlot, CancelSession, EndSlot, PlanMonth, PlanSession
from desmigratif.parenting.models import Centre, Session, SessionState, TimetableSlot, Volunteer
from desmigratif.parenting.queries.barred import is_barred
from desmigratif.parenting.rules import centre as rules
from desmigratif.people.actions.common import checked_day, refuse_taken_ids
from desmigratif.regions.queries import today_in
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Reason


def leader_of(centre: Centre, leader_id: UUID | None) -> Volunteer | None:
    """A volunteer of this centre. Raises `NotFoundOrNotYours`."""
    if leader_id is None:
        return None
    rows = Volunteer.objects.in_village(centre.village_code).filter(centre=centre)
    return get_or_refuse(rows, "leader_id", id=leader_id)


def reasons_against_leader(leader: Volunteer | None, kind: str, on: date) -> list[Reason]:
    """Why this volunteer may not lead; nobody named is no reason."""
    if leader is None:
        return []
    barred = is_barred(name_index=leader.name_index, nik_index=leader.nik_index, on=on)
    check = rules.Check(leader.check_paper, leader.check_on)
    return [
        *rules.reasons_when_barred(barred=barred, on=on, field="leader_id"),
        *rules.reasons_not_to_lead(check, kind=kind, on=on, ended_on=leader.until),
    ]


def _reasons_against_kind(kind: str, on: date) -> list[Reason]:
    return rules.reasons_not_listed("kinds", kind, on, field="kind", text="Pilih macam kegiatannya.")


@action("parenting.add_slot", RUN)
def add_slot(*, by: Actor, given: AddSlot, now: datetime) -> TimetableSlot:
    """Every week on this day at this hour."""
    centre = centre_to_run(by, given.village_code, given.centre_id)
    checked_day(given.on, given.village_code, now)
    refuse_taken_ids(TimetableSlot, [given.slot_id])
    leader = leader_of(centre, given.leader_id)
    reasons = _reasons_against_kind(given.kind, given.on)
    if reasons := reasons or reasons_against_leader(leader, given.kind, given.on):
        raise CannotPlan(reasons)
    slots = TimetableSlot.objects.in_village(given.village_code).standing()
    if slots.filter(centre=centre, weekday=given.weekday, at=given.at, kind=given.kind).exists():
        raise CannotPlan(Reason("slot_known", "Kegiatan ini sudah ada di jadwal pada hari dan jam itu.", field="at"))
    slot = TimetableSlot.objects.create(
        id=given.slot_id, village_code=given.village_code, centre=centre, weekday=given.weekday, at=given.at,
        minutes=given.minutes, kind=given.kind, leader=leader, since=given.on,
    )  # fmt: skip
    note("centre.slot_added", slot, given.village_code)
    return slot


@action("parenting.end_slot", RUN)
def end_slot(*, by: Actor, given: EndSlot, now: datetime) -> TimetableSlot:
    """A line of the timetable ends; what it had planned from then on goes with it."""
    require(by, RUN, given.village_code)
    checked_day(given.on, given.village_code, now)
    rows = TimetableSlot.objects.in_village(given.village_code).standing().select_for_update()
    slot = get_or_refuse(rows, "slot_id", id=given.slot_id)
    if reasons := rules.reasons_not_to_end(slot.since, given.on):
        raise CannotPlan(reasons)
    slot.until = given.on
    slot.save(update_fields=["until"])
    drop_planned(given.village_code, given.on, slot=slot)
    note("centre.slot_ended", slot, given.village_code)
    return slot


@action("parenting.plan_month", RUN)
def plan_month(*, by: Actor, given: PlanMonth, now: datetime) -> dict[str, Any]:
    """The sessions of a month out of the timetable, from today on; what is planned already stays once."""
    centre = centre_to_run(by, given.village_code, given.centre_id)
    today = today_in(given.village_code, now)
    month = given.month.replace(day=1)
    since = max(today, centre.opened_on)
    if (month.year, month.month) < (today.year, today.month):
        raise CannotPlan(Reason("month_over", "Bulan ini sudah lewat. Kegiatan yang lalu ditulis satu per satu."))
    slots = list(TimetableSlot.objects.in_village(given.village_code).standing().filter(centre=centre))
    if not slots:
        raise CannotPlan(Reason("no_timetable", "Jadwalnya belum diisi.", way_out="Isi dulu jadwal mingguan."))
    if reasons := rules.reasons_not_to_plan(on=month, today=today, opened_on=min(month, since), closed_on=None):
        raise CannotPlan(reasons)
    new = _sessions_of_month(centre, slots, month, since)
    Session.objects.bulk_create(new)
    facts.planned(new)
    for one in new:
        unit.changed("parenting.session", given.village_code, one.id)
    unit.record(
        "centre.month_planned", village_code=given.village_code, subjects=[Subject("centre", centre.id)],
        month=f"{month:%Y-%m}", count=len(new),
    )  # fmt: skip
    return {"centre": str(centre.id), "planned": len(new)}


def _sessions_of_month(centre: Centre, slots: list[TimetableSlot], month: date, since: date) -> list[Session]:
    """What the timetable asks for and does not stand yet, cancelled ones too: those were decided about."""
    rows = Session.objects.in_village(centre.village_code).filter(
        centre=centre, on__year=month.year, on__month=month.month
    )
    standing = set(rows.values_list("on", "at", "kind"))
    return [
        Session(
            id=new_id(), village_code=centre.village_code, centre=centre, slot=slot, on=on, at=slot.at,
            minutes=slot.minutes, kind=slot.kind, leader_id=slot.leader_id,
        )
        for slot in slots
        for on in rules.days_of_month(month, [slot.weekday], since=max(since, slot.since))
        if (on, slot.at, slot.kind) not in standing
    ]  # fmt: skip


@action("parenting.plan_session", RUN)
def plan_session(*, by: Actor, given: PlanSession, now: datetime) -> Session:
    """One session beside the timetable; one that was held on paper days may be written down later."""
    centre = centre_to_run(by, given.village_code, given.centre_id)
    refuse_taken_ids(Session, [given.session_id])
    leader = leader_of(centre, given.leader_id)
    own = own_theme(centre, given.own_theme_id)
    today = today_in(given.village_code, now)
    reasons = rules.reasons_not_to_plan(
        on=given.on, today=today, opened_on=centre.opened_on, closed_on=centre.closed_on
    )
    reasons = reasons or _reasons_against_kind(given.kind, given.on)
    reasons = reasons or reasons_against_leader(leader, given.kind, given.on)
    reasons += reasons_against_theme(given.theme, own, given.on)
    standing = Session.objects.in_village(given.village_code).exclude(state=SessionState.CANCELLED)
    if standing.filter(centre=centre, on=given.on, at=given.at, kind=given.kind).exists():
        reasons.append(Reason("session_known", "Kegiatan ini sudah ada pada hari dan jam itu.", field="at"))
    if reasons:
        raise CannotPlan(reasons)
    session = Session.objects.create(
        id=given.session_id, village_code=given.village_code, centre=centre, on=given.on, at=given.at,
        minutes=given.minutes, kind=given.kind, theme=given.theme or "", own_theme=own, leader=leader,
    )  # fmt: skip
    facts.planned([session])
    note("session.planned", session, given.village_code)
    return session


@action("parenting.cancel_session", RUN)
def cancel_session(*, by: Actor, given: CancelSession, now: datetime) -> Session:
    """A planned session is not held, and why. On a holiday it does not count as missed."""
    session = session_to_run(by, given.village_code, given.session_id)
    checked_day(given.on, given.village_code, now)
    reasons = rules.reasons_not_listed("cancel_reasons", given.because, given.on, field="because", text="Pilih sebab.")
    if session.state != SessionState.PLANNED:
        reasons.append(Reason("not_planned", "Kegiatan ini sudah dicatat, jadi tidak dapat dibatalkan."))
    if reasons:
        raise CannotPlan(reasons)
    session.state, session.cancelled_because = SessionState.CANCELLED, given.because
    session.version += 1
    session.save(update_fields=["state", "cancelled_because", "version"])
    if given.because == rules.HOLIDAY:
        facts.planned([session], sign=-1)
    note("session.cancelled", session, given.village_code, because=given.because)
    return session
