"""A group needs money; what of the money sent home became something that lasts."""

from __future__ import annotations

from datetime import datetime

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.audit import memory, unit
from desmigratif.audit.unit import Subject
from desmigratif.enterprises.actions.common import locked_group, note, tell
from desmigratif.enterprises.inputs.months import AskForCapital, RecordRemittance
from desmigratif.enterprises.models import CapitalNeed, Member, RemittanceAnswer
from desmigratif.enterprises.queries.months import standing_of
from desmigratif.enterprises.rules import capital as rules
from desmigratif.enterprises.rules import remittances
from desmigratif.people.actions.common import checked_day, refuse_taken_ids
from desmigratif.people.actions.hand_overs import hand_over
from desmigratif.people.models import HandOver
from desmigratif.shared.reasons import Reason, Refusal

MENTOR = Permission.ENTERPRISE_MENTOR
KIND = "capital_need"  # of regulations/hand_overs.yaml


class CannotAskForCapital(Refusal):
    code = "cannot_ask_for_capital"


class CannotTellOfRemittance(Refusal):
    code = "cannot_tell_of_remittance"


@action("enterprises.ask_for_capital", MENTOR)
def ask_for_capital(*, by: Actor, given: AskForCapital, now: datetime) -> CapitalNeed:
    """Write down that a group needs money; towards the cooperative it is handed over with sum and purpose."""
    require(by, MENTOR, given.village_code)
    checked_day(given.on, given.village_code, now)
    refuse_taken_ids(CapitalNeed, [given.need_id])
    group = locked_group(given.village_code, given.group_id)
    members = Member.objects.in_village(group.village_code).standing().filter(group=group)
    member = get_or_refuse(members.select_related("resident__household"), "member_id", id=given.member_id)
    places = {one.code: one for one in rules.places_for(standing_of(group), given.amount_rupiah, given.on)}
    if given.place not in places:
        raise CannotAskForCapital(Reason("unknown_place", "Pilih ke mana modal diminta.", field="place"))
    if reasons := places[given.place].reasons:
        raise CannotAskForCapital([
            Reason(one.code, one.text, one.citation, field="place", way_out=one.way_out) for one in reasons
        ])  # fmt: skip
    if given.place == rules.COOPERATIVE and _waits(member):
        text = "Permintaan sebelumnya masih menunggu jawaban koperasi."
        raise CannotAskForCapital(Reason("waits_already", text, field="place"))
    need = CapitalNeed(
        id=given.need_id, village_code=group.village_code, group=group, member=member, place=given.place,
        amount_rupiah=given.amount_rupiah, purpose=given.purpose, on=given.on,
    )  # fmt: skip
    if given.place == rules.COOPERATIVE:
        need.hand_over_id = hand_over(
            kind=KIND, household=member.resident.household, resident=member.resident, on=given.on,
            amount_rupiah=given.amount_rupiah, purpose=given.purpose,
        ).id  # fmt: skip
    need.save(force_insert=True)
    note("capital.asked", group, Subject("resident", member.resident_id), place=given.place)
    unit.changed("enterprises.capitalneed", group.village_code, need.id)
    if given.place != rules.COOPERATIVE:  # the hand-over is a line of its own
        tell("enterprise.capital_asked", member.resident, given.on, group=group.name, place=given.place)
    return need


def _waits(member: Member) -> bool:
    """Whether an earlier wish of this member still waits for the cooperative."""
    waiting = HandOver.objects.in_village(member.village_code).filter(kind=KIND, answered_on=None)
    return waiting.filter(resident=member.resident_id).exists()


@action("enterprises.record_remittance", MENTOR)
def record_remittance(*, by: Actor, given: RecordRemittance, now: datetime) -> RemittanceAnswer:
    """Write down what somebody freely told of the money sent home: bands, never sums."""
    require(by, MENTOR, given.village_code)
    checked_day(given.on, given.village_code, now)
    refuse_taken_ids(RemittanceAnswer, [given.answer_id])
    rows = Member.objects.in_village(given.village_code).standing().select_related("group")
    member = get_or_refuse(rows, "member_id", id=given.member_id)
    reasons = remittances.reasons_not_to_tell(received=given.received, used=given.used, on=given.on)
    if set(given.used) - set(remittances.uses_on(given.on)):
        reasons.append(Reason("unknown_use", "Pilih penggunaan yang tersedia.", field="used"))
    if reasons:
        raise CannotTellOfRemittance(reasons)
    answer = RemittanceAnswer.objects.create(
        id=given.answer_id, village_code=member.village_code, resident_id=member.resident_id, on=given.on,
        received=given.received, used=given.used,
    )  # fmt: skip
    put, got = remittances.invested(given.used, given.received, given.on)
    memory.add_fact("C9", member.village_code, given.on, numerator=put, denominator=got, key=str(answer.id))
    note("remittance.told", member.group, Subject("resident", member.resident_id))
    return answer
