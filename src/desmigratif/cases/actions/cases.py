"""A case from the wish to the talk with the family."""

from __future__ import annotations

from datetime import date, datetime

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import require
from desmigratif.audit import memory
from desmigratif.audit.unit import Subject
from desmigratif.cases.actions import keeping
from desmigratif.cases.actions.abroad import stays
from desmigratif.cases.actions.common import GONE, open_case_of, reasons_gone, refuse_future, remember, resident_of
from desmigratif.cases.actions.offer.alternatives import follow_stop
from desmigratif.cases.actions.offer.protective import seal_talk
from desmigratif.cases.actions.offer.screening import keep_check as write_check
from desmigratif.cases.actions.offer.screening import screen
from desmigratif.cases.actions.papers import bundling
from desmigratif.cases.actions.refusals import CannotOpenCase, CannotRecordTalk
from desmigratif.cases.inputs import CheckOffer, OpenCase, RecordFamilyTalk, WithdrawCase
from desmigratif.cases.models import ENDED, LEFT, Case, CaseState, FamilyTalk, OfferCheck
from desmigratif.cases.queries import latest_check, latest_talk, standing_letter
from desmigratif.cases.queries.back.returns import last_journey
from desmigratif.cases.rules.letters.permission import Giver, reasons_giver_may_not
from desmigratif.cases.rules.offer.input import OfferCheckInput
from desmigratif.cases.sealing import Signs, sealed_signs, sealed_text, talk_note_place
from desmigratif.documents.actions import revoke_letter
from desmigratif.documents.inputs import RevokeLetter
from desmigratif.documents.models import Letter
from desmigratif.people.actions.common import refuse_taken_ids
from desmigratif.people.models import LifeStatus, Resident
from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import Reason

PLANS_TO_GO = "plans_to_work_abroad"
ABROAD_NOW = "worker_abroad"


@action("cases.open_case", Permission.CASE_OPEN)
def open_case(*, by: Actor, given: OpenCase, now: datetime) -> Case:
    """Record a resident's wish to work abroad."""
    require(by, Permission.CASE_OPEN, given.village_code)
    refuse_future(given.village_code, given.on, now, CannotOpenCase)
    refuse_taken_ids(Case, [given.case_id])
    resident = resident_of(by, given.village_code, given.resident_id, lock=True)  # two at once make one plan
    if reasons := reasons_gone(resident):
        raise CannotOpenCase(reasons)
    refuse_second_case(resident)
    case = Case.objects.create(
        id=given.case_id,
        village_code=given.village_code,
        resident=resident,
        opened_on=given.on,
        country=given.country or "",
        job=given.job or "",
        employer_type=given.employer_type or "",
        previous=last_journey(resident),
    )
    keeping.begin_next(case, given.on)
    remember(case, "case.opened", given.on, country=case.country, job=case.job)
    memory.set_signal(
        PLANS_TO_GO,
        village_code=case.village_code,
        household_id=resident.household_id,
        resident_id=resident.id,
        since=given.on,
    )
    return case


def refuse_second_case(resident: Resident) -> None:
    """One migration at a time. Raises `CannotOpenCase`."""
    standing = Case.objects.in_village(resident.village_code).filter(resident=resident).exclude(state__in=ENDED)
    if standing.exists():
        raise CannotOpenCase(
            Reason(
                "case_already_open",
                "Warga ini sudah punya rencana berangkat yang masih berjalan.",
                way_out="Buka rencana itu dari halaman keluarganya.",
                field="resident_id",
            )
        )


@action("cases.withdraw_case", Permission.CASE_OPEN)
def withdraw_case(*, by: Actor, given: WithdrawCase, now: datetime) -> Case:
    """The candidate changed their mind. A letter that holds is taken back in the same act."""
    require(by, Permission.CASE_OPEN, given.village_code)
    refuse_future(given.village_code, given.on, now, CannotOpenCase)
    case = open_case_of(by, given.village_code, given.case_id)
    if case.state in LEFT:
        text = "Orangnya sudah berangkat, jadi tidak bisa dicatat batal."
        raise CannotOpenCase(Reason("already_abroad", text))
    close(case, CaseState.WITHDREW, by=by, on=given.on, now=now)
    remember(case, "case.withdrawn", given.on)
    return case


def close(case: Case, state: CaseState, *, by: Actor, on: date, now: datetime) -> None:
    """End a plan: its letter is taken back, the household's signals end. Raises `CannotOpenCase`."""
    if on < case.opened_on:
        text = "Tanggal batal tidak boleh sebelum rencana dicatat."
        raise CannotOpenCase(Reason("before_case", text, field="on"))
    if case.state not in LEFT and (letter := standing_letter(case)):
        _take_back(letter, by=by, on=on, now=now)
    bundling.recall(case)
    case.state, case.closed_on = state, on
    case.version += 1
    case.save(update_fields=["state", "closed_on", "version"])
    stays.leave(case, on)
    for signal in (PLANS_TO_GO, ABROAD_NOW):
        memory.end_signal(signal, household_id=case.resident.household_id, resident_id=case.resident_id, on=on)


def _take_back(letter: Letter, *, by: Actor, on: date, now: datetime) -> None:
    """Nobody may leave with the letter of a plan that was given up."""
    if on < letter.issued_on:
        text = f"Suratnya terbit {format_date(letter.issued_on)}, jadi tanggal batal tidak boleh sebelum itu."
        raise CannotOpenCase(Reason("before_letter", text, field="on"))
    given = RevokeLetter(letter_id=letter.id, village_code=letter.village_code, on=on, reason="plan_withdrawn")
    revoke_letter(by=by, given=given, now=now)


@action("cases.check_offer", Permission.OFFER_CHECK)
def check_offer(*, by: Actor, given: CheckOffer, now: datetime) -> OfferCheck:
    """Screen an offer by the rules of that day and keep the result with its reasons."""
    require(by, Permission.OFFER_CHECK, given.village_code)
    refuse_future(given.village_code, given.on, now, CannotOpenCase)
    refuse_taken_ids(OfferCheck, [given.check_id])
    case = open_case_of(by, given.village_code, given.case_id)
    screened = screen(given.answers, case, on=given.on)
    answers, result = screened.answers, screened.result
    check = write_check(case, screened, check_id=given.check_id, on=given.on, now=now)
    _take_over_offer(case, answers)
    if latest_check(case) == check:  # one written down late says nothing about today
        keep_check(case, result.level, given.on)
        follow_stop(case, check, given.on)
    remember(
        case, "offer.checked", given.on, subjects=[Subject("offer_check", check.id)], level=result.level,
        country=answers.offer.country or "",
    )  # fmt: skip
    memory.add_fact(
        "A8", case.village_code, given.on, numerator=int(result.level == "stop"), denominator=1, key=str(check.id)
    )
    return check


def keep_check(case: Case, level: str, on: date) -> None:
    """A check without a stop finishes its step; a stop opens it again, and nothing after it goes on."""
    if case.state in LEFT:
        return
    if level == "stop":
        keeping.reopen(case, "offer_check", on)
    else:
        keeping.finish(case, "offer_check", on)


def _take_over_offer(case: Case, answers: OfferCheckInput) -> None:
    case.country = answers.offer.country or case.country
    case.job = answers.offer.job or case.job
    case.employer_type = answers.offer.employer_type or case.employer_type
    case.version += 1
    case.save(update_fields=["country", "job", "employer_type", "version"])


@action("cases.record_family_talk", Permission.FAMILY_TALK_RECORD)
def record_family_talk(*, by: Actor, given: RecordFamilyTalk, now: datetime) -> FamilyTalk:
    """Keep the talk with the family and with the candidate alone. Pressure is never shown on the timeline."""
    require(by, Permission.FAMILY_TALK_RECORD, given.village_code)
    refuse_future(given.village_code, given.on, now, CannotRecordTalk)
    refuse_taken_ids(FamilyTalk, [given.talk_id])
    case = open_case_of(by, given.village_code, given.case_id)
    giver = resident_of(by, given.village_code, given.giver_id, "giver_id") if given.giver_id else None
    if reasons := _reasons_not_to_record_talk(given, case, giver):
        raise CannotRecordTalk(reasons)
    talk = FamilyTalk(
        id=given.talk_id,
        village_code=given.village_code,
        case=case,
        on=given.on,
        at=now,
        permission=given.permission,
        giver_capacity=given.giver_capacity or "",
        giver=giver,
        giver_name=giver.name if giver else (given.giver_name or ""),
        candidate_confirms_alone=given.candidate_confirms_alone,
    )
    talk.signs_sealed = sealed_signs(case.resident_id, talk.id, Signs(given.disputed, given.pressure))
    talk.note_sealed = sealed_text(case.resident_id, given.note, place=talk_note_place(talk.id))
    talk.save(force_insert=True)
    seal_talk(case, given.on, pressure=given.pressure, closed=given.envelope)
    if latest_talk(case) == talk and case.state not in LEFT:
        (keeping.finish if given.permission == "given" else keeping.reopen)(case, "intention", given.on)
    if given.candidate_confirms_alone is not None:
        case.own_choice_confirmed = given.candidate_confirms_alone
        case.version += 1
        case.save(update_fields=["own_choice_confirmed", "version"])
    about = [Subject("family_talk", talk.id), *([Subject("resident", giver.id)] if giver else [])]
    remember(case, "family_talk.recorded", given.on, subjects=about)
    return talk


def _reasons_not_to_record_talk(given: RecordFamilyTalk, case: Case, giver: Resident | None) -> list[Reason]:
    reasons = []
    if given.permission == "given":
        if given.giver_capacity is None:
            reasons.append(Reason("giver_missing", "Pilih siapa yang memberi izin.", field="giver_capacity"))
        if giver is None and not given.giver_name:
            reasons.append(Reason("giver_missing", "Tulis nama pemberi izin.", field="giver_name"))
    if giver is not None and giver.id == case.resident_id:
        reasons.append(
            Reason("giver_is_candidate", "Calon tidak bisa memberi izin untuk dirinya sendiri.", field="giver_id")
        )
    if giver is not None and giver.life_status in (LifeStatus.DEAD, LifeStatus.INVALID):
        said = GONE[LifeStatus(giver.life_status)]
        reasons.append(Reason("giver_gone", f"Pemberi izin tercatat {said}. Periksa dulu orangnya.", field="giver_id"))
    if giver is not None and giver.id != case.resident_id and given.permission == "given":
        as_known = Giver(given.giver_capacity or "", giver.sex, giver.birth_date)
        born = case.resident.birth_date
        reasons += reasons_giver_may_not(as_known, candidate_birth_date=born, today=given.on)
    return reasons
