"""Handing a family over to another pillar, and its answer. A pillar calls `hand_over` inside its own action."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.keys.subject_keys import key_of
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.audit import memory, unit
from desmigratif.audit.unit import Subject
from desmigratif.people import sealing
from desmigratif.people.actions.common import checked_day, household_to_change, refuse_taken_ids
from desmigratif.people.inputs_hand_overs import AnswerHandOver, CloseHandOver, HandOverHousehold
from desmigratif.people.models import HandOver, Household, Resident
from desmigratif.people.queries.hand_overs import TAKES
from desmigratif.people.rules import hand_overs as rules
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import NotFoundOrNotYours, Reason, Refusal


class CannotHandOver(Refusal):
    code = "cannot_hand_over"


class CannotAnswerHandOver(Refusal):
    code = "cannot_answer_hand_over"


@action("people.hand_over_household", Permission.RESIDENT_REGISTER)
def hand_over_household(*, by: Actor, given: HandOverHousehold, now: datetime) -> HandOver:
    """An officer hands a family, or one of its members, to another pillar."""
    household = household_to_change(by, given.household_id, given.village_code)
    checked_day(given.on, given.village_code, now)
    refuse_taken_ids(HandOver, [given.hand_over_id])
    resident = _member(household, given.resident_id) if given.resident_id else None
    waiting = _waiting(household, resident, given.kind) is not None
    if reasons := rules.reasons_not_to_hand_over(given.kind, on=given.on, waiting=waiting):
        raise CannotHandOver(reasons)
    return _write(household, resident, given.kind, on=given.on, hand_over_id=given.hand_over_id)


def hand_over(
    *, kind: str, household: Household, on: date, resident: Resident | None = None, amount_rupiah: int | None = None,
    purpose: str = "", caregiver: str = "",
) -> HandOver:  # fmt: skip
    """Inside another action's unit: hand over, or the one of this kind that waits already.

    `caregiver`: who looks after the children meanwhile, kept with the resident's key. The caller has asked for its own
    permission. Raises `CannotHandOver` for a kind that is none.
    """
    standing = _waiting(household, resident, kind)
    if standing is not None:
        return standing
    if reasons := rules.reasons_not_to_hand_over(kind, on=on, waiting=False):
        raise CannotHandOver(reasons)
    hand_over_id = new_id()
    asked: dict[str, Any] = {"amount_rupiah": amount_rupiah, "purpose": purpose}
    if caregiver and resident is not None:
        key = key_of(resident.id, make=True) or b""
        asked["caregiver_sealed"] = sealing.seal_text(key, caregiver, sealing.caregiver_place(hand_over_id))
    return _write(household, resident, kind, on=on, hand_over_id=hand_over_id, **asked)


@action("people.close_hand_over", None)
def close_hand_over(*, by: Actor, given: CloseHandOver, now: datetime) -> HandOver:
    """What was taken is done; whoever handed it over sees that, and not what it was. Asks that pillar's permission."""
    handed = _locked(given.village_code, given.hand_over_id)
    require(by, TAKES[handed.to_pillar], given.village_code)
    checked_day(given.on, given.village_code, now)
    if reasons := rules.reasons_not_to_go_on(taken=handed.taken, went_on=handed.went_on):
        raise CannotAnswerHandOver(reasons)
    _go_on(handed, rules.CLOSED)
    return handed


def went_on(village_code: str, hand_over_id: UUID, to: str) -> None:
    """Inside another action's unit: it goes on with the referral of what was taken; nothing where it was not."""
    rows = HandOver.objects.in_village(village_code).select_for_update(of=("self",)).filter(id=hand_over_id)
    handed = rows.exclude(went_on=to).filter(taken=True).first()
    if handed is not None:
        _go_on(handed, to)


def _go_on(handed: HandOver, to: str) -> None:
    handed.went_on = to
    handed.save(update_fields=["went_on"])
    about = Subject("household", handed.household_id)
    unit.record(f"hand_over.{to}", village_code=handed.village_code, subjects=[about], to=handed.to_pillar)
    unit.changed("people.handover", handed.village_code, handed.id)


@action("people.answer_hand_over", None)
def answer_hand_over(*, by: Actor, given: AnswerHandOver, now: datetime) -> HandOver:
    """The receiving pillar takes the family on, or declines with a reason. Asks the permission of that pillar."""
    handed = _locked(given.village_code, given.hand_over_id)
    require(by, TAKES[handed.to_pillar], given.village_code)
    checked_day(given.on, given.village_code, now)
    if not given.taken and not given.because:
        raise CannotAnswerHandOver(Reason("reason_missing", "Pilih alasannya.", field="because"))
    return _answer(handed, "" if given.taken else given.because or "", given.on)


def take_on(*, by: Actor, pillar: str, village_code: str, hand_over_id: UUID, household_id: UUID, on: date) -> HandOver:
    """Inside another action's unit: what that action makes is the pillar's yes to a hand-over of this family.

    Raises `NotFoundOrNotYours` for another pillar's or family's, `CannotAnswerHandOver` where it was answered.
    """
    require(by, TAKES[pillar], village_code)
    handed = _locked(village_code, hand_over_id)
    if handed.to_pillar != pillar or handed.household_id != household_id:
        raise NotFoundOrNotYours
    return _answer(handed, "", on)


def _locked(village_code: str, hand_over_id: UUID) -> HandOver:
    rows = HandOver.objects.in_village(village_code).select_for_update(of=("self",))
    return get_or_refuse(rows.select_related("household"), "hand_over_id", id=hand_over_id)


def _answer(handed: HandOver, because: str, on: date) -> HandOver:
    """Write the answer down; `because` is empty for a yes."""
    reasons = rules.reasons_not_to_answer(
        handed_on=handed.on, answered_on=handed.answered_on, declined_because=because, on=on
    )
    if reasons:
        raise CannotAnswerHandOver(reasons)
    handed.answered_on, handed.taken, handed.declined_because = on, not because, because
    handed.save(update_fields=["answered_on", "taken", "declined_because"])
    _remember("hand_over.declined" if because else "hand_over.taken", handed, on)
    return handed


def _write(
    household: Household, resident: Resident | None, kind: str, *, on: date, hand_over_id: UUID, **asked: Any
) -> HandOver:
    said = rules.kinds_on(on)[kind]
    handed = HandOver.objects.create(
        id=hand_over_id,
        village_code=household.village_code,
        household=household,
        resident=resident,
        kind=kind,
        from_pillar=said.from_pillar,
        to_pillar=said.to_pillar,
        on=on,
        **asked,
    )
    _remember("hand_over.made", handed, on)
    return handed


def _member(household: Household, resident_id: UUID) -> Resident:
    members = Resident.objects.in_village(household.village_code).filter(household=household)
    return get_or_refuse(members, "resident_id", id=resident_id)


def _waiting(household: Household, resident: Resident | None, kind: str) -> HandOver | None:
    rows = HandOver.objects.in_village(household.village_code)
    return rows.filter(household=household, resident=resident, kind=kind, answered_on=None).first()


def _remember(event: str, handed: HandOver, on: date) -> None:
    whom: list[Any] = [Subject("household", handed.household_id)]
    if handed.resident_id:
        whom.append(Subject("resident", handed.resident_id))
    unit.record(event, village_code=handed.village_code, subjects=whom, to=handed.to_pillar)
    unit.changed("people.handover", handed.village_code, handed.id)
    memory.add_timeline(
        village_code=handed.village_code,
        household_id=handed.household_id,
        resident_id=handed.resident_id,
        kind=event,
        on=on,
        to=handed.to_pillar,
    )
