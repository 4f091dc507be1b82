"""How a complaint goes from state to state: the one place for it. Called inside the action of whoever moves it.

Referrals and returns call `move` too: a referral that was sent moves its complaint to REFERRED, one that was taken on
to IN_PROCESS.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.scope import get_or_refuse
from desmigratif.audit import memory, unit
from desmigratif.audit.unit import Subject
from desmigratif.cases.actions.refusals import CannotMoveComplaint
from desmigratif.cases.actions.trouble import problem
from desmigratif.cases.complaint_sealing import sealed_why
from desmigratif.cases.models import Complaint, ComplaintMove, ComplaintState, Tier
from desmigratif.cases.rules.trouble import complaints as rules
from desmigratif.regions.queries import today_in
from desmigratif.shared import crypto
from desmigratif.shared.ids import new_id
from desmigratif.shared.privacy import PrivacyClass

TIED = "complaint.tied"
_WITHOUT_WAGE = (ComplaintState.RESOLVED, ComplaintState.CONFIRMED_BY_REPORTER)


def complaint_of(by: Actor, code: str, complaint_id: UUID) -> Complaint:
    """A complaint that this person may see, locked. Raises `NotFoundOrNotYours`."""
    rows = Complaint.objects.visible_to(by).filter(village_code=code).select_for_update(of=("self",))
    return get_or_refuse(rows.select_related("resident"), "complaint_id", id=complaint_id)


def move(complaint: Complaint, to: ComplaintState, *, act: str, why: str = "") -> ComplaintMove:
    """Bring a complaint (locked by the caller) into its next state, and leave what that leaves. Inside an action.

    `act` says by what ("referral.sent"); the event is that of the state ("complaint.referred"). `why` is sealed.
    Raises `CannotMoveComplaint`.
    """
    here = unit.current()
    on = today_in(complaint.village_code, here.at)
    if reasons := rules.reasons_not_to_move(complaint.state, to, on):
        raise CannotMoveComplaint(reasons)
    before = complaint.state
    complaint.state = to
    _stamp(complaint, to, on)
    complaint.version += 1
    complaint.save()
    made = note_move(complaint, before, act=act, why=why)
    remember(complaint, on, act=act)
    _keep_signals(complaint, on)
    if complaint.tier == Tier.VILLAGE and complaint.resident is not None:
        problem.follow(complaint.resident, on)
    return made


def stay(complaint: Complaint, *, act: str) -> None:
    """Something was written down about a complaint (locked by the caller) that moves it nowhere. Inside an action."""
    on = today_in(complaint.village_code, unit.current().at)
    complaint.version += 1
    complaint.save()
    note_move(complaint, complaint.state, act=act)
    remember(complaint, on, act=act, event=act)
    if complaint.state != ComplaintState.RECEIVED:
        _keep_signals(complaint, on)
    if complaint.tier == Tier.VILLAGE and complaint.resident is not None:
        problem.follow(complaint.resident, on)


def _stamp(complaint: Complaint, to: ComplaintState, on: date) -> None:
    at = unit.current().at
    if to == ComplaintState.TRIAGED:
        complaint.triaged_at = at
    elif to == ComplaintState.VERIFIED:
        complaint.verified_at = complaint.verified_at or at
    if to == ComplaintState.RESOLVED:
        complaint.resolved_on = on
    elif to != ComplaintState.CONFIRMED_BY_REPORTER:
        complaint.resolved_on = None


def note_move(complaint: Complaint, before: str, *, act: str, why: str = "") -> ComplaintMove:
    """The line of the complaint's own history."""
    here, move_id = unit.current(), new_id()
    return ComplaintMove.objects.create(
        id=move_id,
        village_code=complaint.village_code,
        complaint=complaint,
        from_state=before,
        to_state=complaint.state,
        at=here.at,
        act=act,
        why_sealed=sealed_why(complaint.id, move_id, why),
        moved_by=here.actor_id,
    )


def remember(complaint: Complaint, on: date, *, act: str, event: str = "") -> None:
    """The event of the state, or `event`, and a line in the family's history; of what the village must not see no line.

    That event names nobody; whoever has the keys can prove later of which complaint such an event speaks.
    """
    code, event = complaint.village_code, event or f"complaint.{complaint.state.lower()}"
    if complaint.tier != Tier.VILLAGE:
        unit.record(event, village_code=code, act=act, about=crypto.blind_index("complaint", str(complaint.id)))
        return
    known = [Subject("resident", complaint.resident_id)] if complaint.resident_id else []
    unit.record(event, village_code=code, subjects=[Subject("complaint", complaint.id), *known], act=act)
    unit.changed("cases.complaint", code, complaint.id)
    if complaint.resident is None:
        return
    memory.add_timeline(
        village_code=code,
        household_id=complaint.resident.household_id,
        resident_id=complaint.resident_id,
        kind="complaint.moved",
        on=on,
        privacy=PrivacyClass.SPECIFIC,
        link=f"cases:complaint:{complaint.id}",
        state=complaint.state,
    )


def _keep_signals(complaint: Complaint, on: date) -> None:
    """The household's file shows what its kind is a sign of, from triage until it is resolved or once reopened."""
    kind = rules.kinds_on(on).get(complaint.kind)
    resident = complaint.resident
    if complaint.tier != Tier.VILLAGE or kind is None or not kind.signal or resident is None:
        return
    if complaint.state not in _WITHOUT_WAGE:
        memory.set_signal(
            kind.signal, village_code=complaint.village_code, household_id=resident.household_id,
            resident_id=resident.id, since=complaint.received_on,
        )  # fmt: skip
        return
    alike = [one.code for one in rules.kinds_on(on).values() if one.signal == kind.signal]
    others = Complaint.objects.in_village(complaint.village_code).filter(resident=resident, kind__in=alike)
    if not others.exclude(state__in=[*_WITHOUT_WAGE, ComplaintState.RECEIVED]).exclude(id=complaint.id).exists():
        memory.end_signal(kind.signal, household_id=resident.household_id, resident_id=resident.id, on=on)
