"""What is known about an offer of work abroad: the document that `check_offer` reads.

Everything may be unknown (`None` or left out). The shape is a promise to other programs: names and words
stay as they are.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from desmigratif.shared.inputs import Input

Stage = Literal["permission", "departure", "abroad"]
Sex = Literal["F", "M"]
MaritalStatus = Literal["single", "married", "divorced", "widowed"]
Term = Literal["employer", "city", "wage", "hours", "contact"]
Permission = Literal["given", "refused", "missing"]
Giver = Literal["husband", "wife", "father", "mother", "guardian", "other"]
EmployerType = Literal["household", "company"]
Scheme = Literal["P3MI", "INDIVIDUAL", "G_TO_G", "UKPS", "UNKNOWN"]
Visa = Literal["work", "visit", "tourist", "umrah", "transit", "unknown"]
Channel = Literal["official", "in_person", "social_media", "messenger"]
Refusable = Literal["written_contract", "placement_agreement", "work_visa", "training", "medical"]
Relation = Literal["none", "relative", "neighbour"]
Job = Literal[
    "domestic_worker", "baby_sitter", "elderly_carer", "cook", "family_driver", "gardener", "child_carer",
    "cleaner", "farm_worker", "fishing_crew", "factory_worker", "construction_worker", "plantation_worker",
    "caregiver_institution", "customer_service", "administration", "marketing", "hospitality", "seafarer",
    "other",
]  # fmt: skip
Component = Literal[
    "ticket_out", "ticket_home", "visa", "contract_legalisation", "agency_fee", "overseas_agent_fee",
    "training", "competence_certificate", "passport", "police_certificate", "social_security", "insurance",
    "medical", "psychology", "local_transport", "lodging", "airport", "practice_goods", "recruitment",
    "salary_deduction", "other",
]  # fmt: skip


def _blank_is_unknown(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


def _nothing_is_all_unknown(value: Any) -> Any:
    return {} if value is None else value


Text = Annotated[str | None, Field(max_length=200), BeforeValidator(_blank_is_unknown)]
Word = Annotated[str, StringConstraints(min_length=1, max_length=60)]
# Wide enough for every living person and every plan; narrow enough that "turns 18 on" is always a date.
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2199, 12, 31))]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Nik = Annotated[str, StringConstraints(pattern=r"^[0-9]{16}$")]
MANY = 10**15  # rupiah; nobody is paid or charged more, and sums stay exact in every database
Money = Annotated[int, Field(ge=0, le=MANY)]
Months = Annotated[int, Field(ge=0, le=600)]
Count = Annotated[int, Field(ge=0, le=1000)]
Days = Annotated[int, Field(ge=0, le=36_525)]
_WHOLE = BeforeValidator(_nothing_is_all_unknown)


class Paper(Input):
    """What stands on one identity paper."""

    name: Text = None
    birth_date: Day | None = None


class Papers(Input):
    ktp: Annotated[Paper, _WHOLE] = Paper()
    kk: Annotated[Paper, _WHOLE] = Paper()
    birth_certificate: Annotated[Paper, _WHOLE] = Paper()
    school_certificate: Annotated[Paper, _WHOLE] = Paper()


class Candidate(Input):
    birth_date: Day | None = None
    sex: Sex | None = None
    marital_status: MaritalStatus | None = None
    nik: Nik | None = None
    papers: Annotated[Papers, _WHOLE] = Papers()
    children_under_12: Count | None = None
    caregiver_named: bool | None = None
    irregular_trips_before: Count | None = None
    deported_before: bool | None = None
    can_name: tuple[Term, ...] | None = None


class Family(Input):
    permission: Permission | None = None
    giver: Giver | None = None
    disputed: bool | None = None
    pressure: bool | None = None


class Agency(Input):
    name: Text = None
    licence_active: bool | None = None
    permit_for_job_order: bool | None = None


class Wage(Input):
    """`amount` is in whole units of `currency`, before any deduction."""

    amount: Money | None = None
    currency: Currency | None = None
    per: Literal["month"] | None = None


class Departure(Input):
    planned_on: Day | None = None
    hurried: bool | None = None
    at_night: bool | None = None
    secret: bool | None = None


class Fee(Input):
    """What the worker pays for one thing, in whole rupiah."""

    component: Component | None = None
    amount: Money | None = None


class Offer(Input):
    country: Country | None = None
    employer_type: EmployerType | None = None
    job: Job | None = None
    scheme: Scheme | None = None
    agency: Annotated[Agency, _WHOLE] = Agency()
    visa: Visa | None = None
    told_to_hide_purpose: bool | None = None
    wage: Annotated[Wage, _WHOLE] = Wage()
    qualification_asked: bool | None = None
    written_contract: bool | None = None
    placement_agreement: bool | None = None
    channel: Channel | None = None
    route_via: tuple[Word, ...] | None = None
    departure: Annotated[Departure, _WHOLE] = Departure()
    advance_to_family: Money | None = None
    debt_to_work_off: Money | None = None
    fees: tuple[Fee, ...] | None = None
    wage_cut_months: Months | None = None
    wage_cut_months_agreed: Months | None = None
    training_planned: bool | None = None
    medical_facility_appointed: bool | None = None
    orientation_planned: bool | None = None
    papers_made_elsewhere: bool | None = None
    papers_held_by_recruiter: tuple[Word, ...] | None = None
    refuses: tuple[Refusable, ...] | None = None
    destination_changed_after_signing: bool | None = None


class Recruiter(Input):
    complaints_before: Count | None = None
    relation: Relation | None = None
    assignment_letter: bool | None = None


class AfterDeparture(Input):
    last_contact_days: Days | None = None
    agreed_contact_days: Days | None = None
    passport_taken: bool | None = None
    ransom_asked: bool | None = None


class OfferCheckInput(Input):
    stage: Annotated[Stage, BeforeValidator(lambda value: "permission" if value is None else value)] = "permission"
    candidate: Annotated[Candidate, _WHOLE] = Candidate()
    family: Annotated[Family, _WHOLE] = Family()
    offer: Annotated[Offer, _WHOLE] = Offer()
    recruiter: Annotated[Recruiter, _WHOLE] = Recruiter()
    after_departure: Annotated[AfterDeparture, _WHOLE] = AfterDeparture()


def parse_offer(document: Any) -> OfferCheckInput:
    """Read a document (as JSON gives it). Raises `InvalidInput` with Indonesian reasons by field path."""
    return OfferCheckInput.read(document)
