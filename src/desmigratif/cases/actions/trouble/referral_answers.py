"""What a body says: at its own desk, by a one-time link, or through the sender who heard it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.roles import REFERRED_BODY
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.cases.actions.common import refuse_future
from desmigratif.cases.actions.refusals import CannotAnswerReferral, CannotKeepLateAnswer
from desmigratif.cases.actions.trouble import referring
from desmigratif.cases.actions.trouble.complaint_facts import count_acknowledged
from desmigratif.cases.actions.trouble.referrals import referral_to_change, refuse_changed
from desmigratif.cases.inputs import AnswerReferral, RecordReferralAnswer
from desmigratif.cases.models import ComplaintState, Referral, ReferralLink, StepSide
from desmigratif.cases.rules.trouble import referrals as rules
from desmigratif.people.actions.common import refuse_taken_ids
from desmigratif.shared.reasons import NotFoundOrNotYours, Reason


@action("cases.answer_referral", Permission.REFERRAL_ANSWER)
def answer_referral(*, by: Actor, given: AnswerReferral, now: datetime) -> dict[str, Any]:
    """The body speaks for itself. By a link that holds no more, what it says is kept for the sender to look at."""
    if by.role_code == REFERRED_BODY.code:
        return _answer_by_link(by, given, now)
    rows = Referral.objects.sent_to(by).select_for_update(of=("self",))
    referral = get_or_refuse(rows, "referral_id", id=given.referral_id, village_code=given.village_code)
    require(by, Permission.REFERRAL_ANSWER, referral.village_code)
    refuse_future(referral.village_code, given.on, now, CannotAnswerReferral)
    refuse_changed(referral, given.seen)
    _take_down(referral, given, StepSide.BODY)
    return {"id": str(referral.id), "state": referral.state}


@action("cases.record_referral_answer", Permission.REFERRAL_SEND)
def record_referral_answer(*, by: Actor, given: RecordReferralAnswer, now: datetime) -> dict[str, Any]:
    """The sender heard it, or read it on paper, and writes it down for the body."""
    referral = referral_to_change(by, given, now)
    _take_down(referral, given, StepSide.HAND)
    return {"id": str(referral.id), "state": referral.state}


def _answer_by_link(by: Actor, given: AnswerReferral, now: datetime) -> dict[str, Any]:
    """The link is used up by it; while more is expected of the body, it gets the next one."""
    referral_id = get_or_refuse(ReferralLink.objects.all(), "referral_id", id=by.id).referral_id
    if referral_id != given.referral_id:
        raise NotFoundOrNotYours("referral_id")
    rows = Referral.objects.everywhere().select_for_update(of=("self",))
    referral = get_or_refuse(rows, "referral_id", id=referral_id, village_code=given.village_code)
    link = ReferralLink.objects.select_for_update().get(id=by.id)
    require(by, Permission.REFERRAL_ANSWER, referral.village_code)
    refuse_future(referral.village_code, given.on, now, CannotAnswerReferral)
    if rules.late_words(used_on=link.used_on, ended_on=link.ended_on, until=link.until, today=given.on):
        return _keep_late_answer(referral, link, given)
    link.used_on = given.on
    link.save(update_fields=["used_on"])
    _take_down(referral, given, StepSide.LINK)
    more = referral.state in rules.WITH_BODY
    if more and given.next_link_id is not None:
        refuse_taken_ids(ReferralLink, [given.next_link_id])
        referring.make_link(referral, given.next_link_id, given.on)
    return {"id": str(referral.id), "state": referral.state, "next": more and given.next_link_id is not None}


def _keep_late_answer(referral: Referral, link: ReferralLink, given: AnswerReferral) -> dict[str, Any]:
    """Nothing is lost and nothing moves: the sender reads it and decides."""
    if link.late_count >= rules.kept_late(given.on):
        text = "Alamat jawaban ini sudah tidak berlaku dan catatannya sudah penuh."
        raise CannotKeepLateAnswer(Reason("late_full", text, way_out="Telepon kantor desa pengirimnya."))
    link.late_count += 1
    link.save(update_fields=["late_count"])
    said = [rules.REPLIES[given.reply], given.reference or "", given.note or ""]
    note = "\n".join(part for part in said if part)
    referring.note_step(referral, "late_answer", StepSide.LINK, given.on, word=given.reply, note=note)
    referral.late_answer_on = given.on
    referring.keep(referral)
    referring.remember(referral, "referral.late_answer", given.on)
    return {"id": str(referral.id), "state": referral.state, "late": True}


def _take_down(referral: Referral, given: AnswerReferral, side: StepSide) -> None:
    """The same rules for all three ways. Raises `CannotAnswerReferral`."""
    reasons = rules.reasons_not_to_reply(
        state=referral.state, reply=given.reply, because=given.because or "", outcome=given.outcome or "",
        on=given.on, since=referral.since,
    )  # fmt: skip
    if reasons:
        raise CannotAnswerReferral(reasons)
    held = referral.state in rules.OWNING
    count_acknowledged(referral, referral.state)
    state = _state_after(referral, given.reply)
    word = {rules.REFUSED: given.because, rules.ANSWERED: given.outcome}.get(given.reply) or ""
    referral.reference = given.reference or referral.reference
    if given.reply == rules.REFUSED:
        referral.refused_because = given.because or ""
    if given.reply == rules.ANSWERED:
        referral.outcome = given.outcome or ""
    if side == StepSide.HAND:
        referral.late_answer_on = None
    referring.note_step(referral, state, side, given.on, word=word, note=given.note)
    referring.move(referral, state, given.on)
    if state == rules.REFUSED:
        referring.close(referral, given.on)
    if state not in rules.WITH_BODY:  # said by hand or at a desk: an address must not be answered once more
        referring.end_links(referral, given.on)
    referring.remember(referral, f"referral.{state}", given.on, **({"word": word} if word else {}))
    if state in rules.OWNING:
        referring.tell_complaint(referral, ComplaintState.IN_PROCESS, act=f"referral.{state}")
    if held and state not in rules.OWNING:
        referring.let_next_hold(referral, given.on)


def _state_after(referral: Referral, reply: str) -> str:
    """Two bodies that take the same matter on: the second stands by, and the sender chooses."""
    if reply == rules.ACCEPTED and referring.holder_of_matter(referral) is not None:
        return rules.STANDBY
    return reply
