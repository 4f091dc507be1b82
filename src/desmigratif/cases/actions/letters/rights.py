"""The right to an answer: asking for the letter, a lawful refusal, an objection, the regency's answer."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.audit import memory, unit
from desmigratif.audit.unit import Subject
from desmigratif.cases.actions.common import open_case_of, refuse_future, remember
from desmigratif.cases.actions.refusals import CannotAnswerRequest, CannotObject
from desmigratif.cases.inputs import AnswerObjection, AskForLetter, MakeObjection, RefuseLetter
from desmigratif.cases.models import LEFT, Case, LetterRequest, Objection
from desmigratif.cases.queries import reasons_against_letter, standing_letter
from desmigratif.cases.rules.letters import rights
from desmigratif.cases.sealing import objection_place, sealed_text
from desmigratif.people.actions.common import refuse_taken_ids
from desmigratif.shared.reasons import Reason


@action("cases.ask_for_letter", Permission.CASE_OPEN)
def ask_for_letter(*, by: Actor, given: AskForLetter, now: datetime) -> LetterRequest:
    """The candidate asks: the village's clock starts, whatever is still missing."""
    require(by, Permission.CASE_OPEN, given.village_code)
    refuse_future(given.village_code, given.on, now, CannotAnswerRequest)
    refuse_taken_ids(LetterRequest, [given.request_id])
    case = open_case_of(by, given.village_code, given.case_id)
    if reasons := _reasons_not_to_ask(case, given.on):
        raise CannotAnswerRequest(reasons)
    asked = LetterRequest.objects.create(
        id=given.request_id,
        village_code=case.village_code,
        case=case,
        asked_on=given.on,
        due_on=rights.letter_due(given.on),
    )
    _remember(case, "letter.asked_for", given.on, "letter_request", asked)
    return asked


def _reasons_not_to_ask(case: Case, on: date) -> list[Reason]:
    if case.state in LEFT:
        return [Reason("already_abroad", "Orangnya sudah di luar negeri.")]
    if on < case.opened_on:
        return [Reason("before_case", "Tanggal permintaan tidak boleh sebelum rencana dicatat.", field="on")]
    if standing_letter(case):
        return [Reason("letter_stands", "Surat untuk rencana ini sudah terbit dan masih berlaku.")]
    waiting = LetterRequest.objects.in_village(case.village_code).filter(case=case, issued_on=None, refused_on=None)
    return [Reason("already_asked", "Surat sudah diminta dan sedang menunggu.")] if waiting.exists() else []


def answer_with_letter(case: Case, on: date) -> None:
    """The letter was written: whatever waits for it is answered."""
    for asked in LetterRequest.objects.in_village(case.village_code).filter(case=case, issued_on=None, refused_on=None):
        asked.issued_on = max(on, asked.asked_on)
        asked.save(update_fields=["issued_on"])
        unit.changed("cases.letterrequest", case.village_code, asked.id)
        _count(asked, asked.issued_on)


@action("cases.refuse_letter", Permission.LETTER_ISSUE)
def refuse_letter(*, by: Actor, given: RefuseLetter, now: datetime) -> LetterRequest:
    """Answer that the letter cannot be written, for a reason of the regulations that holds today."""
    require(by, Permission.LETTER_ISSUE, given.village_code)
    today = refuse_future(given.village_code, given.on, now, CannotAnswerRequest)
    asked = _request_of(by, given.village_code, given.request_id)
    case = open_case_of(by, given.village_code, asked.case_id)
    if asked.issued_on or asked.refused_on:
        raise CannotAnswerRequest(Reason("already_answered", "Permintaan ini sudah dijawab."))
    if given.on < asked.asked_on:
        text = "Tanggal jawaban tidak boleh sebelum surat diminta."
        raise CannotAnswerRequest(Reason("before_request", text, field="on"))
    against = {reason.code for reason in reasons_against_letter(case, what_was_checked="", today=today)}
    if reasons := rights.reasons_not_to_refuse(given.on, given.reason, against):
        raise CannotAnswerRequest(reasons)
    asked.refused_on, asked.refused_because = given.on, given.reason
    asked.save(update_fields=["refused_on", "refused_because"])
    _count(asked, given.on)
    _remember(case, "letter.refused", given.on, "letter_request", asked)
    return asked


def _count(asked: LetterRequest, answered_on: date) -> None:
    """Answered in time, of all that were answered."""
    in_time = int(answered_on <= asked.due_on)
    memory.add_fact(
        "LETTER_ANSWERED", asked.village_code, answered_on, numerator=in_time, denominator=1, key=str(asked.id)
    )


@action("cases.make_objection", Permission.CASE_SEE)
def make_objection(*, by: Actor, given: MakeObjection, now: datetime) -> Objection:
    """Write down a candidate's objection: the officer, the head, or the regency itself may receive it."""
    require(by, Permission.CASE_SEE, given.village_code)
    refuse_future(given.village_code, given.on, now, CannotObject)
    refuse_taken_ids(Objection, [given.objection_id])
    asked = _request_of(by, given.village_code, given.request_id)
    case = open_case_of(by, given.village_code, asked.case_id)
    waiting = Objection.objects.in_village(case.village_code).filter(request=asked, answered_on=None)
    reasons = rights.reasons_not_to_object(
        refused_on=asked.refused_on,
        issued_on=asked.issued_on,
        due_on=asked.due_on,
        open_objection=waiting.exists(),
        on=given.on,
    )
    if reasons:
        raise CannotObject(reasons)
    objection = Objection.objects.create(
        id=given.objection_id,
        village_code=case.village_code,
        request=asked,
        on=given.on,
        due_on=rights.objection_due(given.on),
        story_sealed=sealed_text(case.resident_id, given.story, place=objection_place(given.objection_id, "story")),
    )
    _remember(case, "objection.made", given.on, "objection", objection)
    return objection


@action("cases.answer_objection", Permission.OBJECTION_ANSWER)
def answer_objection(*, by: Actor, given: AnswerObjection, now: datetime) -> Objection:
    """The regency answers. Upheld: the village's clock for the letter starts anew."""
    require(by, Permission.OBJECTION_ANSWER, given.village_code)
    refuse_future(given.village_code, given.on, now, CannotObject)
    objections = (
        Objection.objects.visible_to(by).filter(village_code=given.village_code).select_for_update(of=("self",))
    )
    objection = get_or_refuse(objections.select_related("request"), "objection_id", id=given.objection_id)
    case = open_case_of(by, given.village_code, objection.request.case_id)
    if objection.answered_on is not None:
        raise CannotObject(Reason("already_answered", "Keberatan ini sudah dijawab."))
    if given.on < objection.on:
        raise CannotObject(Reason("before_objection", "Tanggal jawaban tidak boleh sebelum keberatan.", field="on"))
    objection.answered_on, objection.answer, objection.answered_by = given.on, given.answer, str(by.id)
    place = objection_place(objection.id, "answer")
    objection.answer_sealed = sealed_text(case.resident_id, given.explanation, place=place)
    objection.save(update_fields=["answered_on", "answer", "answered_by", "answer_sealed"])
    if given.answer == "upheld":
        _ask_again(objection.request, given.on)
    _remember(case, "objection.answered", given.on, "objection", objection)
    return objection


def _ask_again(asked: LetterRequest, on: date) -> None:
    asked.refused_on, asked.refused_because = None, ""
    asked.due_on = rights.letter_due(on)
    asked.save(update_fields=["refused_on", "refused_because", "due_on"])
    unit.changed("cases.letterrequest", asked.village_code, asked.id)


def _request_of(by: Actor, village_code: str, request_id: UUID) -> LetterRequest:
    asked = LetterRequest.objects.visible_to(by).filter(village_code=village_code).select_for_update(of=("self",))
    return get_or_refuse(asked, "request_id", id=request_id)


def _remember(case: Case, event: str, on: date, kind: str, record: LetterRequest | Objection) -> None:
    unit.changed(f"cases.{kind.replace('_', '')}", case.village_code, record.id)
    remember(case, event, on, subjects=[Subject(kind, record.id)])
