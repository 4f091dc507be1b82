"""Which papers one person needs for one work abroad, from the regulations of a day. Plain Python.

Nothing that is not listed can be demanded; a closed country has no papers that would open it.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import Field

from desmigratif.cases.rules.offer.input import EmployerType, Job, MaritalStatus
from desmigratif.regulations.countries import country_name, country_names
from desmigratif.shared.dated import NoValueOnDate, dated_on, value_on
from desmigratif.shared.inputs import Input
from desmigratif.shared.reasons import InvalidInput, Reason, Refusal


class CountryIsClosed(Refusal):
    """There is no lawful road to this work there."""

    code = "country_is_closed"


ARTICLE_13 = "UU 18/2017 Pasal 13 huruf "


class Plan(Input):
    """Who wants to work where, as what, for whom."""

    country: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    job: Job
    employer_type: EmployerType
    marital_status: MaritalStatus


@dataclass(frozen=True, slots=True)
class Requirement:
    """One paper: `valid_months` None = as long as it is true; `status` is how sure we are of the text."""

    code: str
    document: str
    issuer: str
    village_role: str
    citation: str
    status: str
    valid_months: int | None
    step: str

    def as_dict(self) -> dict[str, Any]:
        """The row that other programs read."""
        return {
            "document": self.document,
            "issuer": self.issuer,
            "village_role": self.village_role,
            "citation": self.citation,
            "valid_months": self.valid_months,
        }


def requirements(plan: Plan, *, on: date) -> tuple[Requirement, ...]:
    """The papers for this plan by the rules of a day, in the order of the journey.

    Raises `InvalidInput` for a country that does not exist, `CountryIsClosed`, and `NoValueOnDate` for a day before
    the rules we hold.
    """
    if plan.country not in country_names() or plan.country == "IDN":
        raise InvalidInput(Reason("unknown_country", "Negara tujuan ini tidak ada dalam daftar.", field="country"))
    if closed := _closed(plan, on):
        raise CountryIsClosed(closed)
    return papers_for(plan.model_dump(), on=on)


def papers_for(known: Mapping[str, Any], *, on: date) -> tuple[Requirement, ...]:
    """The same for a plan of which something may be unknown (None or ""): a paper that may be needed is listed."""
    months: dict[str, int] = value_on("required_papers.months_valid", on)
    return tuple(
        Requirement(
            code=row["code"],
            document=row["document"],
            issuer=row["issuer"],
            village_role=row["village_role"],
            citation=row["citation"],
            status=row["status"],
            valid_months=months.get(row["code"]),
            step=row["step"],
        )
        for row in value_on("required_papers.papers", on)
        if all(not known.get(what) or known[what] in fits for what, fits in row.get("when", {}).items())
    )


def article_13_missing(held: Container[str], *, on: date) -> frozenset[str]:
    """Letters (a to h) of UU 18/2017 Pasal 13 that no held paper answers; empty means that all eight are there."""
    answering = [
        (row["citation"].removeprefix(ARTICLE_13)[0], row["code"] in held)
        for row in value_on("required_papers.papers", on)
        if row["citation"].startswith(ARTICLE_13)
    ]
    return frozenset({letter for letter, _held in answering} - {letter for letter, held in answering if held})


def _closed(plan: Plan, on: date) -> list[Reason]:
    banned = plan.employer_type == "household" and _listed("household_ban_countries", plan.country, on)
    if not banned and not _listed("closed_countries", plan.country, on):
        return []
    ground = dated_on(f"offer_safety.{'household_ban_countries' if banned else 'closed_countries'}", on)
    who = "pemberi kerja perorangan" if banned else "penempatan"
    open_to = value_on("offer_safety.household_countries_to_suggest", on)
    instead = ", ".join(country_name(code) for code in open_to)
    return [
        Reason(
            "country_closed",
            f"Untuk {who}, {country_name(plan.country)} masih ditutup.",
            citation=ground.citation,
            way_out=f"Negara yang terbuka, misalnya: {instead}.",
            field="country",
        )
    ]


def _listed(name: str, country: str, on: date) -> bool:
    try:
        return country in value_on(f"offer_safety.{name}", on)
    except NoValueOnDate:
        return False
