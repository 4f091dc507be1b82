"""Which papers are needed: the worked examples hold, and hold down every value of the list."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from importlib.resources import files
from typing import Any

import pytest
import yaml

from desmigratif.cases.rules.papers.requirements import CountryIsClosed, Plan, papers_for, requirements
from desmigratif.shared import dated
from desmigratif.shared.dated import NoValueOnDate, dated_on, subject, value_on
from desmigratif.shared.reasons import InvalidInput
from desmigratif.shared.tests.mutating import unnoticed

TODAY = date(2026, 11, 24)
_FILE = yaml.safe_load(
    files("desmigratif.regulations").joinpath("examples/requirements.yaml").read_text(encoding="utf-8")
)
DETAILS: dict[str, list[Any]] = _FILE["rincian"]


@dataclass(frozen=True)
class Example:
    title: str
    on: date
    plan: Plan
    count: int | None
    needed: frozenset[str]
    not_needed: frozenset[str]
    months: dict[str, int]


EXAMPLES = tuple(
    Example(
        row["judul"], row["tanggal"], Plan.read(row["untuk"]), row["jumlah"], frozenset(row.get("perlu", ())),
        frozenset(row.get("tidak", ())), row.get("masa", {}),
    )
    for row in _FILE["contoh"]
)  # fmt: skip


def is_true(example: Example) -> bool:
    try:
        found = requirements(example.plan, on=example.on)
    except NoValueOnDate:
        return example.count is None
    codes = {paper.code for paper in found}
    return (
        len(found) == len(codes) == example.count
        and codes >= example.needed
        and not codes & example.not_needed
        and {paper.code: paper.valid_months for paper in found}.items() >= example.months.items()
    )


def details_are_true() -> bool:
    """What is written of each paper, on a day of today's rules."""
    everything = papers_for({}, on=TODAY)
    first_days = {versions[0].since for versions in dated.subject("required_papers").values()}
    return (
        first_days == {_FILE["mulai"]}
        and {
            p.code: [p.document, p.issuer, p.village_role, p.citation, p.status, p.valid_months, p.step]
            for p in everything
        }
        == DETAILS
    )


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.title)
def test_a_worked_example_is_true(example: Example) -> None:
    assert is_true(example)


def test_every_paper_is_described_as_the_examples_say() -> None:
    assert details_are_true()


def test_no_value_of_the_list_can_be_changed_without_an_example_failing(monkeypatch: pytest.MonkeyPatch) -> None:
    def all_true() -> bool:
        try:
            return details_are_true() and all(is_true(example) for example in EXAMPLES)
        except (LookupError, ValueError, TypeError, AttributeError):
            return False

    tried, missed = unnoticed(monkeypatch, "required_papers", all_true, others=("offer_safety",))

    assert tried > 300
    assert missed == []


@pytest.mark.parametrize("name", ["required_papers", "cost_tables"])
def test_every_value_is_dated_and_grounded(name: str) -> None:
    for versions in subject(name).values():
        for version in versions:
            assert version.status in ("read", "press", "to_confirm")
            assert version.citation
            assert version.source
    if name == "required_papers":
        assert {paper["status"] for paper in value_on("required_papers.papers", TODAY)} <= {
            "read", "press", "to_confirm",
        }  # fmt: skip


def test_what_the_law_demands_of_everybody_stands_with_its_letter() -> None:
    """UU 18/2017 Pasal 13: eight kinds of paper, a to h."""
    citations = " ".join(paper.citation for paper in papers_for({}, on=TODAY))

    assert all(f"Pasal 13 huruf {letter}" in citations for letter in "abcdefgh")


def test_a_closed_country_has_no_papers_but_a_way_out() -> None:
    plan = Plan(country="SAU", job="domestic_worker", employer_type="household", marital_status="married")

    with pytest.raises(CountryIsClosed) as refused:
        requirements(plan, on=TODAY)

    (reason,) = refused.value.reasons
    assert reason.citation == dated_on("offer_safety.household_ban_countries", TODAY).citation
    assert "Hong Kong" in reason.way_out
    assert requirements(plan.model_copy(update={"employer_type": "company", "job": "hospitality"}), on=TODAY)


def test_a_country_closed_to_everybody_is_closed_to_companies_too(monkeypatch: pytest.MonkeyPatch) -> None:
    law = dated.subject("offer_safety")
    shut = {**law, "closed_countries": (replace(law["closed_countries"][-1], value=["JPN"]),)}
    monkeypatch.setattr(dated, "subject", {"offer_safety": shut}.__getitem__)

    with pytest.raises(CountryIsClosed):
        requirements(Plan(country="JPN", job="hospitality", employer_type="company", marital_status="single"), on=TODAY)


@pytest.mark.parametrize("country", ["ZZZ", "IDN"])
def test_a_country_that_does_not_exist_is_refused(country: str) -> None:
    with pytest.raises(InvalidInput):
        requirements(Plan(country=country, job="cook", employer_type="household", marital_status="single"), on=TODAY)


def test_what_is_unknown_leaves_every_paper_that_may_be_needed() -> None:
    codes = {paper.code for paper in papers_for({"marital_status": "", "job": None}, on=TODAY)}

    assert {"marriage_book", "divorce_deed", "spouse_death_deed", "seafarer_book"} <= codes
