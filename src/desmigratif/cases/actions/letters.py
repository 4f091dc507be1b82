"""The family's permission: the one letter that the village head signs by law."""

from __future__ import annotations

from datetime import datetime

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import require
from desmigratif.audit import memory
from desmigratif.cases.actions.common import open_case_of, refuse_future
from desmigratif.cases.actions.refusals import CannotIssueLetter
from desmigratif.cases.inputs import IssueFamilyPermission
from desmigratif.cases.models import Case, CaseState, FamilyTalk
from desmigratif.cases.queries import latest_check, latest_talk, reasons_against_letter, reasons_of_unknown_work
from desmigratif.cases.rules.labels import JOBS
from desmigratif.documents.models import Letter
from desmigratif.documents.register import LetterDraft, write_letter
from desmigratif.documents.rules.letter_text import Person
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
    reasons = reasons_against_letter(case, what_was_checked=given.what_was_checked or "", today=today)
    reasons += _reasons_about_facts(case, given)
    if reasons:
        raise CannotIssueLetter(reasons)
    talk = latest_talk(case)
    assert talk is not None, "the rules refuse a letter without a talk"  # noqa: S101
    letter = write_letter(by=by, draft=_draft(case, talk, given))
    case.state = CaseState.VILLAGE_CLEARED
    case.version += 1
    case.save(update_fields=["state", "version"])
    _remember(case, letter, checked=latest_check(case) is not None)
    return letter


def _reasons_about_facts(case: Case, given: IssueFamilyPermission) -> list[Reason]:
    """The letter names country and job (the fields that manpower offices ask for)."""
    reasons = reasons_of_unknown_work(case)
    if given.on < case.opened_on:
        reasons.append(Reason("before_case", "Tanggal surat tidak boleh sebelum rencana dicatat.", field="on"))
    if standing := _standing_letter(case):
        reasons.append(
            Reason(
                "letter_stands",
                f"Surat nomor {standing.number} masih berlaku untuk rencana ini.",
                way_out="Cetak ulang surat itu, atau cabut dulu bila isinya berubah.",
            )
        )
    return reasons


def _standing_letter(case: Case) -> Letter | None:
    letters = Letter.objects.in_village(case.village_code).filter(resident_id=case.resident_id, revoked_on=None)
    return letters.filter(issued_on__gte=case.opened_on).first()


def _draft(case: Case, talk: FamilyTalk, given: IssueFamilyPermission) -> LetterDraft:
    giver = as_named_in_letter(talk.giver) if talk.giver else Person(name=talk.giver_name)
    return LetterDraft(
        letter_id=given.letter_id,
        village_code=case.village_code,
        kind="family_permission",
        issued_on=given.on,
        resident_id=case.resident_id,
        household_id=case.resident.household_id,
        giver=giver,
        capacity=talk.giver_capacity,
        relation="",
        receiver=as_named_in_letter(case.resident),
        country=case.country,
        job=JOBS[case.job],
        agency=given.agency,
        employer_type=case.employer_type or None,
        contract_months=given.contract_months,
    )


def _remember(case: Case, letter: Letter, *, checked: bool) -> None:
    memory.add_fact(
        "A7", case.village_code, letter.issued_on, numerator=int(checked), denominator=1, key=str(letter.id)
    )
    memory.add_timeline(
        village_code=case.village_code,
        household_id=case.resident.household_id,
        resident_id=case.resident_id,
        kind="letter.issued",
        on=letter.issued_on,
        link=f"documents:letter:{letter.id}",
        number=letter.number,
    )
