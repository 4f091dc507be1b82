"""Papers that run out are said where somebody looks, while the plan runs; every listed paper can be written down."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from desmigratif.access.actor import Actor, person
from desmigratif.cases.models import Paper
from desmigratif.cases.queries.papers.papers import papers_expiring
from desmigratif.cases.rules.papers.requirements import papers_for
from desmigratif.cases.tests.conftest import KURIPAN, Doing, Family
from desmigratif.cases.tests.pages import kuripan
from desmigratif.cases.tests.papers.test_papers import TODAY, desk, note
from desmigratif.shared.ids import new_id

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
__all__ = ["desk"]


def test_papers_that_run_out_are_reminded_of_while_the_plan_runs(
    family: Family, doing: Doing, case_id: str, officer: Actor
) -> None:
    note(doing, case_id, "passport", valid_until="2027-01-02")
    note(doing, case_id, "police_certificate", valid_until="2026-11-22")
    note(doing, case_id, "visa", valid_until="2030-01-01")

    found = papers_expiring(officer, KURIPAN, TODAY)
    assert [(one.kind, one.validity, one.days_left(TODAY)) for one in found] == [
        ("police_certificate", "expired", -1), ("passport", "expiring", 40),
    ]  # fmt: skip
    assert papers_expiring(person(new_id(), "Lain", ("village_officer", "32.12.16.2004")), KURIPAN, TODAY) == []
    doing("cases.withdraw_case", case_id=case_id)
    assert papers_expiring(officer, KURIPAN, TODAY) == []


def test_the_page_of_the_plan_says_what_runs_out(desk: Client, doing: Doing, case_id: str) -> None:
    address = reverse("cases:case", args=[case_id])
    note(doing, case_id, "visa", valid_until="2030-01-01")
    assert " habis " not in desk.get(address).content.decode()

    note(doing, case_id, "passport", valid_until="2027-01-02")
    note(doing, case_id, "police_certificate", valid_until="2026-11-22")

    text = desk.get(address).content.decode()
    assert text.index("SKCK habis 22 November 2026") < text.index("Paspor habis 2 Januari 2027, perbarui")
    doing("cases.withdraw_case", case_id=case_id)
    assert "Paspor habis" not in desk.get(address).content.decode()


def test_every_listed_paper_can_be_written_down(doing: Doing, case_id: str) -> None:
    listed = [paper.code for paper in papers_for({}, on=TODAY)]
    for kind in listed:
        note(doing, case_id, kind, number="CONTOH-1")

    assert sorted(kuripan(Paper).values_list("kind", flat=True)) == sorted(listed)
