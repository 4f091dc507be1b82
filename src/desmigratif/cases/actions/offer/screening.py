"""An offer as it is screened: what was answered, what the register and the plan know, what the national lists say.

Every act that screens goes this way, so that a check, a letter and a departure never lean on different facts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from desmigratif.access.keys.subject_keys import key_of
from desmigratif.cases.actions.offer.protective import seal_check
from desmigratif.cases.models import Case, OfferCheck
from desmigratif.cases.queries.back.experience import told_of_agency, told_of_recruiters
from desmigratif.cases.queries.back.returns import remembered_of
from desmigratif.cases.queries.offer.brokers import complaints_before
from desmigratif.cases.queries.papers.papers import with_papers
from desmigratif.cases.rules.back.experience import told_alike
from desmigratif.cases.rules.offer import check as offer_rules
from desmigratif.cases.rules.offer.input import OfferCheckInput
from desmigratif.cases.rules.offer.result import OfferResult
from desmigratif.cases.sealing import answers_place
from desmigratif.people.models import Resident
from desmigratif.placement.models import ListKind
from desmigratif.placement.queries import ListAnswer, ask_lists, destinations_in, newest_loads
from desmigratif.shared import crypto


@dataclass(frozen=True, slots=True)
class Screened:
    """The answers as they were judged, the result, and what the lists said (kept with the check)."""

    answers: OfferCheckInput
    result: OfferResult
    list_facts: dict[str, Any]


def screen(answers: OfferCheckInput, case: Case, *, on: date) -> Screened:
    """Screen an offer by the rules and the lists of a day. Raises `InvalidInput` for a day before all rules."""
    known = with_earlier_trips(with_plan_facts(with_register_facts(answers, case.resident), case), case)
    offer, loads = known.offer, newest_loads(case.village_code, on)
    said = ask_lists(
        offer.agency.name, country=offer.country, job=offer.job, employer_type=offer.employer_type, loads=loads, on=on
    )  # fmt: skip
    judged = with_complaints(with_list_facts(known, said), case)
    result = offer_rules.check_offer(judged, on=on, loaded=destinations_in(loads.get(ListKind.DESTINATIONS)))
    facts = {**said.as_dict(), "differs": _differs(known, judged), "told": _told(offer.agency.name, case, on)}
    return Screened(judged, result, facts)


def keep_check(case: Case, screened: Screened, *, check_id: UUID, on: date, now: datetime) -> OfferCheck:
    """Write a screening down, its answers sealed, and leave the coordinator's envelope of it."""
    answers, result = screened.answers, screened.result
    key = key_of(case.resident_id, make=True) or b""
    check = OfferCheck.objects.create(
        id=check_id,
        village_code=case.village_code,
        case=case,
        on=on,
        stage=answers.stage,
        level=result.level,
        flags=result.as_dict()["flags"],
        unknown=list(result.unknown),
        rules_as_of=result.rules_as_of,
        list_facts=screened.list_facts,
        answers_sealed=crypto.seal(key, answers.model_dump_json().encode(), place=answers_place(check_id)),
        at=now,
    )
    seal_check(case, on, [flag.code for flag in result.flags])
    return check


def with_register_facts(answers: OfferCheckInput, resident: Resident) -> OfferCheckInput:
    """The answers with what the register and the papers say of the candidate, which stands above what was typed."""
    answers = with_papers(answers, resident)
    known = {
        "birth_date": resident.birth_date,
        "sex": resident.sex or None,
        "marital_status": resident.marital_status or None,
    }
    facts = {name: value for name, value in known.items() if value is not None}
    return answers.model_copy(update={"candidate": answers.candidate.model_copy(update=facts)})


def with_plan_facts(answers: OfferCheckInput, case: Case) -> OfferCheckInput:
    """The answers with what the plan knows of the work where they do not say: the letter will name it."""
    known = {"country": case.country, "job": case.job, "employer_type": case.employer_type}
    facts = {name: value for name, value in known.items() if value and getattr(answers.offer, name) is None}
    return answers.model_copy(update={"offer": answers.offer.model_copy(update=facts)})


def with_earlier_trips(answers: OfferCheckInput, case: Case) -> OfferCheckInput:
    """The answers with what earlier migrations tell; more that somebody told of stays."""
    earlier = remembered_of(case)
    facts: dict[str, bool | int] = {}
    if earlier.deported:
        facts["deported_before"] = True
    if earlier.irregular_trips > (answers.candidate.irregular_trips_before or 0):
        facts["irregular_trips_before"] = earlier.irregular_trips
    if not facts:
        return answers
    return answers.model_copy(update={"candidate": answers.candidate.model_copy(update=facts)})


def with_list_facts(answers: OfferCheckInput, said: ListAnswer) -> OfferCheckInput:
    """The answers with what the lists say of the company, above what was typed; silence changes nothing."""
    known = {"licence_active": said.licence_active, "permit_for_job_order": said.permit_for_job_order}
    facts = {name: value for name, value in known.items() if value is not None}
    agency = answers.offer.agency.model_copy(update=facts)
    return answers.model_copy(update={"offer": answers.offer.model_copy(update={"agency": agency})})


def with_complaints(answers: OfferCheckInput, case: Case) -> OfferCheckInput:
    """The answers with the complaints that are on record about who recruits; more that somebody told of stay."""
    known = complaints_before(case)
    if known is None or (answers.recruiter.complaints_before or 0) >= max(known, 1):
        return answers
    recruiter = answers.recruiter.model_copy(update={"complaints_before": known})
    return answers.model_copy(update={"recruiter": recruiter})


def _told(agency: str | None, case: Case, on: date) -> dict[str, list[str]]:
    """What several returnees told alike of the company and of who recruits; it changes no level."""
    told = {"agency": told_of_agency(agency or "", case), "recruiter": told_of_recruiters(case)}
    return {who: list(alike) for who, counts in told.items() if (alike := told_alike(counts, on))}


def _differs(known: OfferCheckInput, judged: OfferCheckInput) -> bool:
    """Whether a list said otherwise than somebody had answered."""
    before, after = known.offer.agency, judged.offer.agency
    pairs = (
        (before.licence_active, after.licence_active),
        (before.permit_for_job_order, after.permit_for_job_order),
    )
    return any(typed is not None and typed != listed for typed, listed in pairs)
