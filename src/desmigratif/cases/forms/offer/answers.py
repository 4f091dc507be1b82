"""Between the answers of an offer check and the fields of its form. Plain Python, no Django.

A field's name is the path of its answer with "__" for the dots: `offer__agency__licence_active`. Values of fields:

- yes or no: "ya", "tidak", or "" for unknown;
- one of a list, text, amount, number, day: the value, or "" for unknown;
- several of a list: the words, [NOTHING] for "none of them", [] for unknown;
- fees: `fees` says whether any are asked for, rows `fee_0_component`, `fee_0_rupiah` name them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from desmigratif.cases.rules.offer.input import Fee, OfferCheckInput

YES, NO, UNKNOWN, NOTHING = "ya", "tidak", "", "-"
FEE_ROWS = 5

YES_NO = (
    "offer.agency.licence_active",
    "offer.agency.permit_for_job_order",
    "recruiter.assignment_letter",
    "offer.qualification_asked",
    "offer.told_to_hide_purpose",
    "offer.written_contract",
    "offer.placement_agreement",
    "offer.training_planned",
    "offer.medical_facility_appointed",
    "offer.orientation_planned",
    "offer.papers_made_elsewhere",
    "offer.destination_changed_after_signing",
    "offer.departure.hurried",
    "offer.departure.at_night",
    "offer.departure.secret",
    "candidate.deported_before",
    "candidate.caregiver_named",
)
ONE_OF = (
    "offer.country",
    "offer.job",
    "offer.employer_type",
    "offer.scheme",
    "offer.channel",
    "recruiter.relation",
    "offer.visa",
    "offer.wage.currency",
    "candidate.sex",
    "candidate.marital_status",
)
COUNTS = (
    "recruiter.complaints_before",
    "candidate.irregular_trips_before",
    "candidate.children_under_12",
    "offer.wage_cut_months",
    "offer.wage_cut_months_agreed",
    "offer.wage.amount",
    "offer.advance_to_family",
    "offer.debt_to_work_off",
)
SEVERAL = ("candidate.can_name", "offer.refuses", "offer.papers_held_by_recruiter", "offer.route_via")
PAPERS = ("ktp", "kk", "birth_certificate", "school_certificate")
PAPER_NAMES = tuple(f"candidate.papers.{paper}.name" for paper in PAPERS)
PAPER_DAYS = tuple(f"candidate.papers.{paper}.birth_date" for paper in PAPERS)
TEXTS = ("offer.agency.name", *PAPER_NAMES)
DAYS = ("offer.departure.planned_on", "candidate.birth_date", *PAPER_DAYS)
MONEY = ("offer.advance_to_family", "offer.debt_to_work_off")
FEES = "offer.fees"
FEE_PARTS = {"component": "component", "amount": "rupiah"}  # part of the answer -> end of the field's name


def field_name(path: str) -> str:
    """The form's field for a path; an amount in rupiah says so."""
    return path.replace(".", "__") + ("_rupiah" if path in MONEY else "")


def field_at(path: str) -> str:
    """The field where trouble with a path is told; rows of fees have fields of their own."""
    parts = path.removeprefix("answers.").split(".")
    if parts[:2] == ["offer", "fees"] and len(parts) == 4:
        return f"fee_{parts[2]}_{FEE_PARTS[parts[3]]}"
    if parts[:2] == ["offer", "fees"]:
        return "fees"
    path = ".".join(part for part in parts if not part.isdigit())
    return field_name(path)


# --- form -> answers ------------------------------------------------------------------------------


def answers_from(fields: Mapping[str, Any]) -> OfferCheckInput:
    """The answers that filled-in fields mean. Raises `InvalidInput` with reasons by path."""
    document: dict[str, Any] = {}
    for path in YES_NO:
        _put(document, path, {YES: True, NO: False}.get(fields.get(field_name(path)) or UNKNOWN))
    for path in (*ONE_OF, *COUNTS, *TEXTS, *DAYS):
        _put(document, path, _or_none(fields.get(field_name(path))))
    for path in SEVERAL:
        _put(document, path, _several(fields.get(field_name(path)) or ()))
    if document["offer"]["wage"]["amount"] is not None:
        _put(document, "offer.wage.per", "month")
    _put(document, FEES, _fees(fields))
    return OfferCheckInput.read(document)


def _put(document: dict[str, Any], path: str, value: Any) -> None:
    *above, last = path.split(".")
    for part in above:
        document = document.setdefault(part, {})
    document[last] = value


def _several(chosen: Sequence[str]) -> list[str] | None:
    words = [word for word in chosen if word != NOTHING]
    return words if words or chosen else None


def _fees(fields: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    """The rows that say something; a yes without rows is one fee of which nothing is known yet."""
    rows = [
        {part: _or_none(fields.get(f"fee_{row}_{name}")) for part, name in FEE_PARTS.items()}
        for row in range(fee_rows(fields))
    ]
    known = [row for row in rows if any(value is not None for value in row.values())]
    said = fields.get("fees") or UNKNOWN
    if known or said == YES:
        return known or [{"component": None, "amount": None}]
    return [] if said == NO else None


def _or_none(value: Any) -> Any:
    return None if value == UNKNOWN else value


def fee_rows(fields: Mapping[str, Any]) -> int:
    """How many rows of fees some fields have: five, or more when a check from elsewhere brought more."""
    row = FEE_ROWS
    while f"fee_{row}_component" in fields:
        row += 1
    return row


# --- answers -> form ------------------------------------------------------------------------------


def fields_from(answers: OfferCheckInput) -> dict[str, Any]:
    """What the form shows for answers given before. A wage that is not for a month is asked again."""
    fields: dict[str, Any] = {
        field_name(path): {True: YES, False: NO, None: UNKNOWN}[_get(answers, path)] for path in YES_NO
    }
    for path in (*ONE_OF, *COUNTS, *TEXTS, *DAYS):
        value = _get(answers, path)
        fields[field_name(path)] = UNKNOWN if value is None else value
    for path in ("offer.scheme", "offer.visa"):
        if str(fields[field_name(path)]).lower() == "unknown":
            fields[field_name(path)] = UNKNOWN
    if answers.offer.wage.per is None:
        fields[field_name("offer.wage.amount")] = UNKNOWN
    for path in SEVERAL:
        fields[field_name(path)] = _words(_get(answers, path))
    return fields | _fee_fields(answers.offer.fees)


def _get(answers: OfferCheckInput, path: str) -> Any:
    value: Any = answers
    for part in path.split("."):
        value = getattr(value, part)
    return value


def _words(chosen: tuple[str, ...] | None) -> list[str]:
    if chosen is None:
        return []
    return list(chosen) or [NOTHING]


def _fee_fields(fees: tuple[Fee, ...] | None) -> dict[str, Any]:
    fields: dict[str, Any] = {"fees": UNKNOWN if fees is None else YES if fees else NO}
    for row, fee in enumerate(fees or ()):
        fields[f"fee_{row}_component"] = fee.component or UNKNOWN
        fields[f"fee_{row}_rupiah"] = UNKNOWN if fee.amount is None else fee.amount
    return fields
