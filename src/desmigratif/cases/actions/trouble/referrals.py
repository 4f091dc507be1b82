"""What the sender does with a referral: hand a matter to a body, press, take it back, and say whether it helped."""

from __future__ import annotations

from datetime import datetime

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.queries import has_desk
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.cases.actions.common import refuse_future
from desmigratif.cases.actions.refusals import CannotRefer, ChangedMeanwhile
from desmigratif.cases.actions.trouble import referring
from desmigratif.cases.actions.trouble.complaint_facts import count_police, count_sent
from desmigratif.cases.inputs import ConfirmReferral, RecallReferral, RemindBody, SendReferral
from desmigratif.cases.inputs.referrals import AboutReferral
from desmigratif.cases.models import ComplaintState, MatterKind, Referral, ReferralLink, ReferralState, StepSide
from desmigratif.cases.queries.trouble.matters import Matter, matter_of
from desmigratif.cases.queries.trouble.referrals import of_matter
from desmigratif.cases.rules.trouble import referrals as rules
from desmigratif.cases.sealing import referral_why_place, sealed_text
from desmigratif.people.actions import hand_overs
from desmigratif.people.actions.common import refuse_taken_ids
from desmigratif.people.actions.hand_overs import answer_hand_over
from desmigratif.people.inputs_hand_overs import AnswerHandOver
from desmigratif.people.models import HandOver
from desmigratif.people.rules.hand_overs import CLOSED, IN_PROCESS
from desmigratif.placement.models import Body
from desmigratif.placement.queries import bodies_for
from desmigratif.regions.queries import today_in
from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import NotFoundOrNotYours, Reason


@action("cases.send_referral", Permission.REFERRAL_SEND)
def send_referral(*, by: Actor, given: SendReferral, now: datetime) -> Referral:
    """A matter goes to a body with chosen fields; from now on somebody here waits for an answer by a day."""
    matter = matter_of(by, given.matter_kind, given.matter_id, given.on)
    require(by, Permission.REFERRAL_SEND, matter.village_code)
    if given.village_code != matter.village_code:
        raise NotFoundOrNotYours("matter_id")
    refuse_future(matter.village_code, given.on, now, CannotRefer)
    refuse_taken_ids(Referral, [given.referral_id])
    refuse_taken_ids(ReferralLink, [given.link_id])
    if matter.since is not None and given.on < matter.since:
        text = f"Tanggalnya tidak boleh sebelum perkaranya diterima, {format_date(matter.since)}."
        raise CannotRefer(Reason("before_matter", text, field="on"))
    body = _body(matter.village_code, given)
    if reasons := _reasons_not_to_send(by, matter, body, given):
        raise CannotRefer(reasons)
    referral = _write(by, matter, body, given, now)
    _tell_matter(by, referral, given, now)
    return referral


def _body(village_code: str, given: SendReferral) -> Body:
    body = next((one for one in bodies_for(village_code, given.on) if one.id == given.body_id), None)
    if body is None:
        raise CannotRefer(Reason("unknown_body", "Pilih lembaga dari daftar desa ini.", field="body_id"))
    return body


def _reasons_not_to_send(by: Actor, matter: Matter, body: Body, given: SendReferral) -> list[Reason]:
    same = of_matter(by, matter.kind, matter.id).filter(about=given.about, body_kind=body.kind, body_name=body.name)
    already = same.filter(state__in=rules.WITH_BODY).first()
    reasons = rules.reasons_not_to_send(
        kind=body.kind, about=given.about, fields=given.fields, basis=given.basis, named=matter.resident is not None,
        already=already.sent_on if already else None, on=given.on,
    )  # fmt: skip
    if set(given.tasks) - {task.code for task in matter.tasks}:
        reasons.append(Reason("unknown_task", "Ada pekerjaan yang sudah selesai. Muat ulang halaman.", field="tasks"))
    return [*matter.stops, *reasons, *rules.reasons_without_consent(matter.may_refer, given.basis)]


def _write(by: Actor, matter: Matter, body: Body, given: SendReferral, now: datetime) -> Referral:
    clocks = rules.clocks_of(rules.body_kinds_on(given.on)[body.kind], given.on)
    hides = matter.is_protective
    referral = Referral(
        id=given.referral_id,
        village_code=matter.village_code,
        matter_kind=matter.kind,
        matter_id=matter.id,
        resident=None if hides else matter.resident,
        household=None if hides else matter.household,
        is_protective=hides,
        about=given.about,
        body_kind=body.kind,
        body_region=body.region_code,
        body_name=body.name,
        body_address=body.address,
        body_contact=body.contact,
        by_link=not has_desk(body.kind, body.region_code, today=today_in(matter.village_code, now)),
        fields=[code for code in rules.labels_on("fields", given.on) if code in given.fields],
        tasks=[task.as_dict() for task in matter.tasks if task.code in given.tasks],
        basis=given.basis,
        owner_id=by.id,
        since=given.on,
        sent_on=given.on,
        remind_on=clocks.remind_on,
        due_on=clocks.due_on,
        escalate_on=clocks.escalate_on,
        follows=_followed(by, matter, given),
    )
    referral.why_sealed = sealed_text(referral.subject_id, given.why, place=referral_why_place(referral.id))
    referral.save(force_insert=True)
    referring.keep(referral)
    referring.share(referral, clocks.shown_until)
    referring.note_step(referral, rules.SENT, StepSide.VILLAGE, given.on)
    if referral.by_link:
        referring.make_link(referral, given.link_id, given.on)
    referring.remember(referral, "referral.sent", given.on)
    referring.tell_of_sharing(referral)
    count_sent(referral)
    count_police(referral)
    return referral


def _followed(by: Actor, matter: Matter, given: SendReferral) -> Referral | None:
    """The one in whose place this goes out; it must be of the same matter."""
    if given.follows is None:
        return None
    return get_or_refuse(of_matter(by, matter.kind, matter.id), "follows", id=given.follows)


def _tell_matter(by: Actor, referral: Referral, given: SendReferral, now: datetime) -> None:
    """What was referred moves on with it: a complaint is referred, a hand-over that still waited is taken."""
    referring.tell_complaint(referral, ComplaintState.REFERRED, act="referral.sent")
    if referral.matter_kind == MatterKind.HAND_OVER:
        waits = HandOver.objects.in_village(referral.village_code).filter(id=referral.matter_id, answered_on=None)
        if waits.exists():
            answer = AnswerHandOver(
                hand_over_id=referral.matter_id,
                village_code=referral.village_code,
                on=given.on,
                taken=True,
                because=None,
            )
            answer_hand_over(by=by, given=answer, now=now)
    _tell_giver(referral, IN_PROCESS)


def _tell_giver(referral: Referral, to: str) -> None:
    """Whoever handed it over sees that it goes on, or is done; never what was referred and to whom."""
    if referral.matter_kind == MatterKind.HAND_OVER:
        hand_overs.went_on(referral.village_code, referral.matter_id, to)


@action("cases.confirm_referral", Permission.REFERRAL_SEND)
def confirm_referral(*, by: Actor, given: ConfirmReferral, now: datetime) -> Referral:
    """The sender has the answer and says whether the person is helped."""
    referral = referral_to_change(by, given, now)
    if reasons := rules.reasons_not_to_confirm(referral.state):
        raise CannotRefer(reasons)
    referral.solved, referral.late_answer_on = given.solved, None
    word = "solved" if given.solved else "not_solved"
    referring.note_step(referral, rules.CONFIRMED, StepSide.VILLAGE, given.on, word=word, note=given.note)
    referring.move(referral, rules.CONFIRMED, given.on)
    referring.close(referral, given.on)
    referring.remember(referral, "referral.confirmed", given.on, solved=word)
    _tell_giver(referral, CLOSED if given.solved else IN_PROCESS)
    return referral


@action("cases.recall_referral", Permission.REFERRAL_SEND)
def recall_referral(*, by: Actor, given: RecallReferral, now: datetime) -> Referral:
    """The sender takes it back; a body that stood by takes the place of the one that held it."""
    referral = referral_to_change(by, given, now)
    if reasons := rules.reasons_not_to_recall(referral.state, given.because, given.on):
        raise CannotRefer(reasons)
    if referral.state == rules.SENT:
        count_sent(referral, -1)
    count_police(referral, -1)
    referral.late_answer_on = None
    referring.note_step(
        referral, rules.RECALLED, StepSide.VILLAGE, given.on, word=given.because, note=given.note
    )  # fmt: skip
    referring.move(referral, rules.RECALLED, given.on)
    referring.close(referral, given.on)
    referring.remember(referral, "referral.recalled", given.on)
    referring.let_next_hold(referral, given.on)
    return referral


@action("cases.remind_body", Permission.REFERRAL_SEND)
def remind_body(*, by: Actor, given: RemindBody, now: datetime) -> Referral:
    """The body was asked again; without an account it gets a fresh link, and the old one holds no more."""
    referral = referral_to_change(by, given, now)
    if reasons := rules.reasons_not_to_remind(referral.state):
        raise CannotRefer(reasons)
    referral.reminded_on, referral.late_answer_on = given.on, None
    if referral.by_link:
        refuse_taken_ids(ReferralLink, [given.link_id])
        referring.make_link(referral, given.link_id, given.on)
        referral.letter_id = None
    referring.note_step(referral, "reminded", StepSide.VILLAGE, given.on, word=given.way, note=given.note)
    referring.keep(referral)
    referring.remember(referral, "referral.reminded", given.on)
    return referral


def referral_to_change(by: Actor, given: AboutReferral, now: datetime) -> Referral:
    """A referral of this person's villages, locked. Raises `Refusal`."""
    rows = Referral.objects.visible_to(by).select_for_update(of=("self",))
    referral = get_or_refuse(rows, "referral_id", id=given.referral_id)
    require(by, Permission.REFERRAL_SEND, referral.village_code)
    if given.village_code != referral.village_code:
        raise NotFoundOrNotYours("referral_id")
    refuse_future(referral.village_code, given.on, now, CannotRefer)
    if given.on < referral.since:
        text = "Tanggalnya tidak boleh sebelum rujukan ini terakhir bergerak."
        raise CannotRefer(Reason("before_last", text, field="on"))
    refuse_changed(referral, given.seen)
    return referral


def refuse_changed(referral: Referral, seen: int) -> None:
    if referral.version == seen:
        return
    said = ReferralState(referral.state).label.lower()
    raise ChangedMeanwhile(
        Reason(
            "changed_meanwhile",
            f"Rujukan ini sudah berubah sejak halaman ini dibuka; sekarang: {said}.",
            way_out="Isian Anda masih di sini. Bandingkan, lalu simpan sekali lagi bila memang perlu.",
        )
    )
