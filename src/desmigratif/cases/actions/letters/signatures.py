"""The village head says yes to a letter, or puts it off with a reason."""

from __future__ import annotations

from datetime import datetime

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import require
from desmigratif.audit import unit
from desmigratif.audit.unit import Subject
from desmigratif.cases.actions.common import open_case_of, reasons_gone, refuse_future, remember
from desmigratif.cases.actions.refusals import CannotSign, ChangedMeanwhile
from desmigratif.cases.inputs import ApproveLetter, PostponeLetter
from desmigratif.cases.models import Case, HeadAnswer, HeadDecision
from desmigratif.cases.queries import latest_check, latest_talk, reasons_against_letter, standing_letter
from desmigratif.cases.queries.letters.signatures import ASKED_WITH_LETTER, decision_on
from desmigratif.cases.rules.letters import signatures as rules
from desmigratif.people.actions.common import refuse_taken_ids
from desmigratif.shared.reasons import Reason


@action("cases.approve_letter", Permission.LETTER_APPROVE)
def approve_letter(*, by: Actor, given: ApproveLetter, now: datetime) -> HeadDecision:
    """The head agrees; nobody signs before the offer was checked and the family was heard."""
    case = _case_to_sign(by, given, now)
    today = refuse_future(given.village_code, given.on, now, CannotSign)
    against = reasons_gone(case.resident) + reasons_against_letter(case, what_was_checked="", today=today)
    if reasons := [reason for reason in against if reason.code != ASKED_WITH_LETTER]:
        raise CannotSign(reasons)
    _refuse_changed(case, given)
    said = decision_on(case)
    if said is not None and said.answer == HeadAnswer.APPROVED:
        raise CannotSign(Reason("already_approved", "Surat ini sudah disetujui."))
    return _keep(by, case, given, now, HeadAnswer.APPROVED)


@action("cases.postpone_letter", Permission.LETTER_APPROVE)
def postpone_letter(*, by: Actor, given: PostponeLetter, now: datetime) -> HeadDecision:
    """Not yet: for a reason of the list, once, for a day or so; the clock of the letter runs on."""
    case = _case_to_sign(by, given, now)
    _refuse_changed(case, given)
    earlier = HeadDecision.objects.in_village(case.village_code).filter(case=case, answer=HeadAnswer.POSTPONED)
    if reasons := rules.reasons_not_to_postpone(given.on, given.reason, put_off_before=earlier.exists()):
        raise CannotSign(reasons)
    return _keep(by, case, given, now, HeadAnswer.POSTPONED)


def _case_to_sign(by: Actor, given: ApproveLetter | PostponeLetter, now: datetime) -> Case:
    """The plan, locked, while it still waits for its letter. Raises `Refusal`."""
    require(by, Permission.LETTER_APPROVE, given.village_code)
    refuse_future(given.village_code, given.on, now, CannotSign)
    refuse_taken_ids(HeadDecision, [given.decision_id])
    case = open_case_of(by, given.village_code, given.case_id)
    if letter := standing_letter(case):
        raise CannotSign(Reason("letter_stands", f"Surat nomor {letter.number} sudah terbit."))
    return case


def _refuse_changed(case: Case, given: ApproveLetter | PostponeLetter) -> None:
    check, talk = latest_check(case), latest_talk(case)
    if check is None or talk is None:
        text = "Tawaran belum diperiksa, atau keluarga belum diajak bicara."
        raise CannotSign(Reason("not_ready", text))
    if (check.id, talk.id) != (given.check_seen, given.talk_seen):
        text = "Ada pemeriksaan atau pembicaraan baru sejak halaman ini dibuka."
        raise ChangedMeanwhile(Reason("changed_meanwhile", text, way_out="Baca yang baru, lalu putuskan."))


def _keep(
    by: Actor, case: Case, given: ApproveLetter | PostponeLetter, now: datetime, answer: HeadAnswer
) -> HeadDecision:
    because = given.reason if isinstance(given, PostponeLetter) else ""
    decision = HeadDecision.objects.create(
        id=given.decision_id,
        village_code=case.village_code,
        case=case,
        on=given.on,
        at=now,
        answer=answer,
        postponed_because=because,
        postponed_until=rules.postponed_until(given.on) if because else None,
        check_seen=given.check_seen,
        talk_seen=given.talk_seen,
        actor_id=str(by.id),
    )
    unit.changed("cases.headdecision", case.village_code, decision.id)
    event = "letter.approved" if answer == HeadAnswer.APPROVED else "letter.postponed"
    remember(case, event, given.on, subjects=[Subject("head_decision", decision.id)])
    return decision
