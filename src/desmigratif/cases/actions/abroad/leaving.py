"""How a journey to another country ends before it begins, begins, or is found to have begun long ago."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.keys.subject_keys import key_of
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import require
from desmigratif.audit import memory, unit
from desmigratif.audit.unit import Subject
from desmigratif.cases.actions import keeping
from desmigratif.cases.actions.abroad.living import begin_stay
from desmigratif.cases.actions.cases import (
    ABROAD_NOW,
    PLANS_TO_GO,
    close,
    refuse_second_case,
)
from desmigratif.cases.actions.common import open_case_of, reasons_gone, refuse_future, remember, resident_of
from desmigratif.cases.actions.offer.screening import keep_check, screen, with_plan_facts, with_register_facts
from desmigratif.cases.actions.papers import bundling
from desmigratif.cases.actions.refusals import CannotExit, CannotOpenCase, CannotTakeStep, ChangedMeanwhile
from desmigratif.cases.inputs import ExitCase, RecordDeparture, RecordFoundAbroad
from desmigratif.cases.models import Case, CaseState, OfferCheck, ProceduralStatus, StepState
from desmigratif.cases.queries import latest_check, latest_talk
from desmigratif.cases.queries.back.returns import returned_before
from desmigratif.cases.queries.before.steps import letter_holds, safeguards_of, standings_of, steps_of
from desmigratif.cases.queries.papers.papers import papers_held
from desmigratif.cases.rules.back.returns import counts_as_re_migration
from desmigratif.cases.rules.journey import journey_on, reasons_not_to_exit, reasons_not_to_take_step
from desmigratif.cases.rules.measures import SAFE, of_safeguards
from desmigratif.cases.rules.offer.input import OfferCheckInput
from desmigratif.cases.rules.offer.result import OfferResult
from desmigratif.cases.rules.papers.requirements import article_13_missing
from desmigratif.cases.sealing import answers_of, departure_place, sealed_text
from desmigratif.people.actions.common import refuse_taken_ids
from desmigratif.people.actions.hand_overs import hand_over
from desmigratif.people.models import Resident
from desmigratif.regulations.countries import country_names
from desmigratif.shared.privacy import PrivacyClass
from desmigratif.shared.reasons import Reason

CHILDREN = "children_left_behind"
SCHEME_OF = {"individual": "INDIVIDUAL", "government": "G_TO_G", "own_company": "UKPS"}


@action("cases.exit_case", Permission.CASE_OPEN)
def exit_case(*, by: Actor, given: ExitCase, now: datetime) -> Case:
    """The plan ends by a side exit that is open from where it stands."""
    require(by, Permission.CASE_OPEN, given.village_code)
    refuse_future(given.village_code, given.on, now, CannotExit)
    case = open_case_of(by, given.village_code, given.case_id)
    if reasons := reasons_not_to_exit(journey_on(given.on), case.state, given.exit):
        raise CannotExit(reasons)
    close(case, CaseState(given.exit), by=by, on=given.on, now=now)
    if given.exit == CaseState.WITHDREW:
        remember(case, "case.withdrawn", given.on)
    else:  # the ground may be somebody's health: it stands in the case only, for those who may see it
        remember(case, "case.exited", given.on)
    return case


@action("cases.record_found_abroad", Permission.CASE_OPEN)
def record_found_abroad(*, by: Actor, given: RecordFoundAbroad, now: datetime) -> Case:
    """Somebody is abroad already: enters the journey there, whatever their papers."""
    require(by, Permission.CASE_OPEN, given.village_code)
    refuse_future(given.village_code, given.on, now, CannotOpenCase)
    resident = resident_of(by, given.village_code, given.resident_id, lock=True)
    if reasons := reasons_gone(resident) + _reasons_about_stay(given):
        raise CannotOpenCase(reasons)
    return open_abroad(resident, given, by=by)


def open_abroad(resident: Resident, given: RecordFoundAbroad, *, by: Actor) -> Case:
    """Inside another act that knows of somebody abroad; of whom the register says already that they died there, too."""
    refuse_taken_ids(Case, [given.case_id])
    if reasons := _reasons_about_stay(given):
        raise CannotOpenCase(reasons)
    refuse_second_case(resident)
    case = Case.objects.create(
        id=given.case_id,
        village_code=given.village_code,
        resident=resident,
        state=CaseState.WORKING,
        opened_on=given.on,
        country=given.country or "",
        job=given.job or "",
        employer_type=given.employer_type or "",
        procedural_status=given.procedural_status,
        departed_on=given.departed_on,
        found_abroad=True,
    )
    _count_departure(case, given.on)
    remember(case, "case.found_abroad", given.on, country=case.country)
    _now_abroad(case, given.departed_on or given.on)
    begin_stay(case, None, by=by, on=given.on)
    return case


def _reasons_about_stay(given: RecordFoundAbroad) -> list[Reason]:
    if given.departed_on is not None and given.departed_on > given.on:
        text = "Tanggal berangkat tidak boleh sesudah hari dicatat."
        return [Reason("departed_later", text, field="departed_on")]
    if given.country is not None and (given.country not in country_names() or given.country == "IDN"):
        return [Reason("unknown_country", "Negara ini tidak ada dalam daftar.", field="country")]
    return []


@action("cases.record_departure", Permission.CASE_OPEN)
def record_departure(*, by: Actor, given: RecordDeparture, now: datetime) -> Case:
    """Screen the offer once more, then write the departure down; who left in spite of it is registered as well."""
    require(by, Permission.CASE_OPEN, given.village_code)
    refuse_future(given.village_code, given.on, now, CannotTakeStep)
    refuse_taken_ids(OfferCheck, [given.check_id])
    case = open_case_of(by, given.village_code, given.case_id)
    _refuse_changed(case, given)
    screened = screen(departure_answers(case, given), case, on=given.on)
    result = screened.result
    reasons = reasons_against_departure(case, result, given.on)
    if reasons and not (given.left_anyway and _may_be_passed(reasons)):
        raise CannotTakeStep(reasons)
    check = keep_check(case, screened, check_id=given.check_id, on=given.on, now=now)
    unit.changed("cases.offercheck", case.village_code, check.id)
    _leave(case, given, procedural=not reasons)
    last = latest_check(case)
    safe = of_safeguards(
        safeguards_of(
            case, steps_of(case), holds=letter_holds(case), last_check=last, departure_ok=result.level != "stop"
        )
    )
    memory.add_fact(
        SAFE, case.village_code, given.on, numerator=safe.numerator, denominator=safe.denominator,
        key=f"{case.country}:{case.id}",
    )  # fmt: skip
    _count_departure(case, given.on)
    has_all = not article_13_missing(papers_held(case), on=given.on)
    memory.add_fact("A13", case.village_code, given.on, numerator=int(has_all), denominator=1, key=str(case.id))
    subjects = [Subject("offer_check", check.id)]
    remember(case, "case.departed", given.on, subjects=subjects, country=case.country)
    _now_abroad(case, given.on)
    begin_stay(case, given.stay, by=by, on=given.on)
    _hand_over(case, given)
    return case


def _hand_over(case: Case, given: RecordDeparture) -> None:
    """What the family wants of the other services; nothing goes by itself."""
    for kind in dict.fromkeys(given.hand_overs):
        caregiver = _caregiver(given) if kind == CHILDREN else ""
        hand_over(
            kind=kind, household=case.resident.household, resident=case.resident, on=given.on, caregiver=caregiver
        )


def _caregiver(given: RecordDeparture) -> str:
    """Who looks after the children, as the family said it."""
    stay = given.stay
    if stay is None or not stay.caregiver_name:
        return ""
    return f"{stay.caregiver_name} ({stay.caregiver_relation})" if stay.caregiver_relation else stay.caregiver_name


def departure_answers(case: Case, given: RecordDeparture) -> OfferCheckInput:
    """What is known of the offer when somebody leaves: the last check, the register, and the steps taken since."""
    last = latest_check(case)
    known = answers_of(last, key_of(case.resident_id)) if last else None
    answers = with_plan_facts(with_register_facts(known or OfferCheckInput(), case.resident), case)
    offer = answers.offer.model_copy(update=_offer_facts(case, given.on, answers))
    talk = latest_talk(case)
    family = answers.family
    if talk is not None:
        family = family.model_copy(update={"permission": talk.permission, "giver": talk.giver_capacity or None})
    candidate = answers.candidate
    if given.caregiver_named is not None:
        candidate = candidate.model_copy(update={"caregiver_named": given.caregiver_named})
    return answers.model_copy(update={"stage": "departure", "offer": offer, "family": family, "candidate": candidate})


def _offer_facts(case: Case, on: date, answers: OfferCheckInput) -> dict[str, Any]:
    rows = steps_of(case)
    done = {code for code, row in rows.items() if row.state == StepState.DONE}
    left_out = {code: row.reason for code, row in rows.items() if row.state == StepState.LEFT_OUT}
    facts: dict[str, Any] = {"departure": answers.offer.departure.model_copy(update={"planned_on": on})}
    if "contract_and_visa" in done:
        facts |= {"written_contract": True, "visa": "work"}
    if "placement_agreement" in done:
        facts["placement_agreement"] = True
    if scheme := SCHEME_OF.get(left_out.get("placement_agreement", "")):
        facts["scheme"] = scheme
    if {"training"} & (done | left_out.keys()):
        facts["training_planned"] = True
    if "police_and_medical" in done:
        facts["medical_facility_appointed"] = True
    if "orientation" in done:
        facts["orientation_planned"] = True
    return facts


def reasons_against_departure(case: Case, result: OfferResult, on: date) -> list[Reason]:
    """Steps that are missing and flags that stop."""
    rows = steps_of(case)
    reasons = reasons_not_to_take_step(
        journey_on(on), "departure", standings_of(case, rows), state=case.state, on=on, opened_on=case.opened_on
    )
    if any(reason.code in ("case_over", "already_abroad", "already_back") for reason in reasons):
        return reasons
    return reasons + [
        Reason("offer_stopped", flag.reason, citation=flag.citation, way_out=flag.lawful_alternative)
        for flag in result.flags
        if flag.level == "stop"
    ]


def _may_be_passed(reasons: list[Reason]) -> bool:
    """Who left in spite of everything is written down all the same; impossible dates and closed plans are not."""
    return {reason.code for reason in reasons} <= {"out_of_order", "offer_stopped"}


def _refuse_changed(case: Case, given: RecordDeparture) -> None:
    if case.version != given.seen:
        raise ChangedMeanwhile(
            Reason(
                "changed_meanwhile",
                "Rencana ini sudah diubah petugas lain sejak halaman ini dibuka.",
                way_out="Isian Anda masih di sini. Baca lagi langkah-langkahnya, lalu simpan sekali lagi.",
            )
        )


def _leave(case: Case, given: RecordDeparture, *, procedural: bool) -> None:
    case.procedural_status = ProceduralStatus.PROCEDURAL if procedural else ProceduralStatus.NON_PROCEDURAL
    case.departed_on = given.on
    case.agreed_contact_days = given.agreed_contact_days
    case.caregiver_named = given.caregiver_named
    case.departure_note_sealed = sealed_text(case.resident_id, given.note, place=departure_place(case.id))
    case.save(
        update_fields=[
            "procedural_status", "departed_on", "agreed_contact_days", "caregiver_named", "departure_note_sealed",
        ]
    )  # fmt: skip
    bundling.recall(case)
    keeping.finish(case, "departure", given.on)


def _count_departure(case: Case, on: date) -> None:
    memory.add_fact("A4", case.village_code, on, numerator=int(not case.found_abroad), denominator=1, key=str(case.id))
    if case.procedural_status != ProceduralStatus.UNKNOWN:
        procedural = case.procedural_status == ProceduralStatus.PROCEDURAL
        memory.add_fact("A5", case.village_code, on, numerator=int(procedural), denominator=1, key=str(case.id))
    came_back = returned_before(case)
    if came_back is not None and counts_as_re_migration(came_back, on):
        memory.add_fact("A22", case.village_code, on, numerator=1, denominator=0, key=str(case.previous_id))


def _now_abroad(case: Case, since: date) -> None:
    home = case.resident.household_id
    memory.end_signal(PLANS_TO_GO, household_id=home, resident_id=case.resident_id, on=since)
    memory.set_signal(
        ABROAD_NOW, village_code=case.village_code, household_id=home, resident_id=case.resident_id, since=since,
        privacy=PrivacyClass.PERSONAL,
    )  # fmt: skip
