"""The family's permission: the one letter that the village head signs by law."""

from __future__ import annotations

from datetime import date, datetime

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.keys.subject_keys import key_of
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import require
from desmigratif.audit import memory
from desmigratif.cases.actions import keeping
from desmigratif.cases.actions.common import open_case_of, reasons_gone, refuse_future
from desmigratif.cases.actions.letters.replacing import reasons_not_to_replace, take_back
from desmigratif.cases.actions.letters.rights import answer_with_letter
from desmigratif.cases.actions.offer.screening import screen
from desmigratif.cases.actions.refusals import CannotIssueLetter
from desmigratif.cases.inputs import IssueFamilyPermission
from desmigratif.cases.models import Case, FamilyTalk, OfferCheck
from desmigratif.cases.queries import (
    latest_check,
    latest_talk,
    reasons_against_letter,
    reasons_of_unknown_work,
    standing_letter,
)
from desmigratif.cases.queries.letters.signatures import decision_on
from desmigratif.cases.queries.letters.village import letter_to_replace
from desmigratif.cases.rules.labels import JOBS
from desmigratif.cases.rules.letters.signatures import reasons_while_postponed
from desmigratif.cases.sealing import answers_of, looked_into_place, sealed_text
from desmigratif.documents.models import Letter
from desmigratif.documents.register import LetterDraft, write_letter
from desmigratif.documents.rules.letter_text import FAMILY_PERMISSION, Person
from desmigratif.people.actions.common import refuse_taken_ids
from desmigratif.people.letters import as_named_in_letter
from desmigratif.shared.reasons import Reason


@action("cases.issue_family_permission", Permission.LETTER_ISSUE)
def issue_family_permission(*, by: Actor, given: IssueFamilyPermission, now: datetime) -> Letter:
    """Number, sign and keep the letter, once the offer was checked and the family was heard."""
    require(by, Permission.LETTER_ISSUE, given.village_code)
    today = refuse_future(given.village_code, given.on, now, CannotIssueLetter)
    refuse_taken_ids(Letter, [given.letter_id])
    case = open_case_of(by, given.village_code, given.case_id)
    old = letter_to_replace(by, given.village_code, given.replaces, lock=True) if given.replaces else None
    reasons = reasons_gone(case.resident)
    reasons += reasons_against_letter(case, what_was_checked=given.what_was_checked or "", today=today)
    reasons += _reasons_about_facts(case, given, today)
    reasons += _reasons_of_head(case, given.on)
    reasons += _reasons_about_standing(case, given, old)
    if reasons:
        raise CannotIssueLetter(reasons)
    check, talk = latest_check(case), latest_talk(case)
    assert check is not None and talk is not None, "the rules refuse a letter without them"  # noqa: S101
    if reasons := _reasons_about_check(case, check, talk, given, today):
        raise CannotIssueLetter(reasons)
    if old is not None:
        take_back(old, by=by, on=given.on, reason=given.reason or "replaced", now=now)
    letter = write_letter(by=by, draft=_draft(case, talk, given, old))
    _keep_what_was_looked_into(check, case, given.what_was_checked)
    keeping.finish(case, "family_permission", given.on)
    answer_with_letter(case, given.on)
    _remember(case, letter, counts=old is None)
    return letter


def _reasons_of_head(case: Case, on: date) -> list[Reason]:
    """The head wants something first; that holds for a day or so, and the letter's clock runs on."""
    said = decision_on(case)
    return reasons_while_postponed(said.postponed_until, said.postponed_because, on) if said else []


def _reasons_about_check(
    case: Case, check: OfferCheck, talk: FamilyTalk, given: IssueFamilyPermission, today: date
) -> list[Reason]:
    """What the check found must still be so when the letter is written: for this company, by the rules of today."""
    reasons = []
    if given.on < max(check.on, talk.on):
        text = "Tanggal surat tidak boleh sebelum tawaran diperiksa dan keluarga diajak bicara."
        reasons.append(Reason("before_talk", text, field="on"))
    answers = answers_of(check, key_of(case.resident_id))
    if answers is None:
        text = "Jawaban pemeriksaan tidak dapat dibaca lagi."
        return [*reasons, Reason("answers_gone", text, way_out="Periksa tawaran sekali lagi.")]
    checked_agency = answers.offer.agency.name
    if checked_agency and _plain(checked_agency) != _plain(given.agency or ""):
        reasons.append(
            Reason(
                "agency_differs",
                "Perusahaan di surat berbeda dari yang diperiksa.",
                field="agency",
                way_out="Tulis perusahaan yang sudah diperiksa, atau periksa tawaran sekali lagi.",
            )
        )
    if check.level != "stop":
        now = screen(answers, case, on=today).result
        reasons += [
            Reason("offer_stopped", flag.reason, citation=flag.citation, way_out=flag.lawful_alternative)
            for flag in now.flags
            if flag.level == "stop"
        ]
    return reasons


def _plain(name: str) -> str:
    return "".join(sign for sign in name.casefold() if sign.isalnum())


def _keep_what_was_looked_into(check: OfferCheck, case: Case, text: str | None) -> None:
    if text:
        check.looked_into_sealed = sealed_text(case.resident_id, text, place=looked_into_place(check.id))
        check.save(update_fields=["looked_into_sealed"])


def _reasons_about_facts(case: Case, given: IssueFamilyPermission, today: date) -> list[Reason]:
    """The letter names country and job (the fields that manpower offices ask for)."""
    reasons = reasons_of_unknown_work(case, today)
    if given.on < case.opened_on:
        reasons.append(Reason("before_case", "Tanggal surat tidak boleh sebelum rencana dicatat.", field="on"))
    return reasons


def _reasons_about_standing(case: Case, given: IssueFamilyPermission, old: Letter | None) -> list[Reason]:
    """One permission for one plan: a second is written only in the place of the first."""
    if old is not None:
        return reasons_not_to_replace(old, kind=FAMILY_PERMISSION, resident_id=case.resident_id, on=given.on)
    standing = standing_letter(case)
    if standing is None:
        return []
    text = f"Surat nomor {standing.number} masih berlaku untuk rencana ini."
    return [Reason("letter_stands", text, way_out="Cetak ulang surat itu, atau ganti bila isinya keliru.")]


def _draft(case: Case, talk: FamilyTalk, given: IssueFamilyPermission, old: Letter | None) -> LetterDraft:
    giver = as_named_in_letter(talk.giver) if talk.giver else Person(name=talk.giver_name)
    return LetterDraft(
        letter_id=given.letter_id,
        village_code=case.village_code,
        kind=FAMILY_PERMISSION,
        issued_on=given.on,
        resident_id=case.resident_id,
        household_id=case.resident.household_id,
        giver=giver,
        giver_id=talk.giver_id,
        capacity=talk.giver_capacity,
        relation="",
        receiver=as_named_in_letter(case.resident),
        country=case.country,
        job=JOBS[case.job],
        agency=given.agency,
        employer_type=case.employer_type or None,
        contract_months=given.contract_months,
        replaces=old,
    )


def _remember(case: Case, letter: Letter, *, counts: bool) -> None:
    """`counts`: a letter in the place of another was counted with that one."""
    if counts:
        memory.add_fact("A7", case.village_code, letter.issued_on, numerator=1, denominator=1, key=str(letter.id))
    memory.add_timeline(
        village_code=case.village_code,
        household_id=case.resident.household_id,
        resident_id=case.resident_id,
        kind="letter.issued",
        on=letter.issued_on,
        link=f"documents:letter:{letter.id}",
        number=letter.number,
    )
