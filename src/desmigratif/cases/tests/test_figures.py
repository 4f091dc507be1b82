"""Four measures over many migrations: counted, kept small, opened to what they counted."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.urls import reverse

from desmigratif.access.actor import Actor, person
from desmigratif.cases.queries.figures import counted, figures
from desmigratif.cases.rules.measures import hidden_cells
from desmigratif.cases.tests.before.test_journey_steps import inform, ready, record, seen
from desmigratif.cases.tests.before.test_journey_views import signed_in
from desmigratif.cases.tests.conftest import KURIPAN, Doing, Family
from desmigratif.shared.ids import new_id

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def numbers(row: Any) -> dict[str, tuple[int, int]]:
    return {measure.code: (measure.numerator, measure.denominator) for measure in row}


@pytest.mark.parametrize(
    ("denominators", "hidden"),
    [([], set()), ([0, 7, 9], set()), ([3, 4, 9], {0, 1}), ([3, 7, 9], {0, 1}), ([3], {0}), ([3, 0, 0], {0}),
     ([5], set())],
)  # fmt: skip
def test_small_cells_are_hidden_and_cannot_be_told_from_the_total(denominators: list[int], hidden: set[int]) -> None:
    assert hidden_cells(denominators) == hidden


def test_steps_are_counted_by_village_and_country(
    family: Family, doing: Doing, case_id: str, officer: Actor, stranger: Actor
) -> None:
    inform(doing, case_id)
    record(doing, case_id, "civil_papers", trips=2, paid_rupiah=5000)

    found = figures(officer)

    assert numbers(found.total) == {"AMAN": (0, 0), "CEPAT": (2, 2), "MUDAH": (0, 1), "MURAH": (0, 1)}
    assert list(found.places) == [KURIPAN]
    assert list(found.countries) == [""]
    assert numbers(figures(stranger).total)["CEPAT"] == (0, 0)


def test_whoever_sees_the_nation_gets_regencies(family: Family, doing: Doing, case_id: str) -> None:
    inform(doing, case_id)

    assert list(figures(person(new_id(), "Analis", ("ministry_analyst", "ID"))).places) == ["33.07"]


def test_each_number_opens_to_what_it_counted_the_unmet_first(
    family: Family, doing: Doing, office: None, case_id: str, officer: Actor, stranger: Actor
) -> None:
    ready(family, doing, case_id)
    doing(
        "cases.correct_step", case_id=case_id, step="passport", seen=seen("passport"), trips=3, reason="mistyped"
    )  # fmt: skip

    easy = counted(officer, "MUDAH", place="", country="HKG", most=100)

    assert (easy[0].step, easy[0].numerator) == ("passport", 0)
    assert (len(easy), sum(one.numerator for one in easy)) == numbers(figures(officer).total)["MUDAH"][::-1]
    assert counted(officer, "MUDAH", place="", country="TWN", most=100) == []
    assert counted(officer, "MUDAH", place="32.12", country=None, most=100) == []
    assert counted(stranger, "MUDAH", place=KURIPAN, country=None, most=100) == []
    assert counted(officer, "LUCU", place="", country=None, most=100) == []


def test_the_page_shows_numerator_and_denominator_and_leads_to_the_cases(
    family: Family, doing: Doing, case_id: str
) -> None:
    inform(doing, case_id)
    desk = signed_in("village_officer")

    page = desk.get(reverse("cases:measures"))

    fast = page.context["total"]["cells"][1]
    assert fast["text"] == "1 dari 1"
    assert page.context["places"] == []
    opened = desk.get(fast["url"])
    assert [row["title"] for row in opened.context["rows"]] == ["Siti Aminah"]
    assert desk.get(reverse("cases:measured", args=["lucu"])).status_code == 404


def test_who_sees_figures_only_gets_no_name_and_nothing_small(family: Family, doing: Doing, case_id: str) -> None:
    inform(doing, case_id)
    for role, region in (("ministry_analyst", "ID"), ("tutor", KURIPAN), ("manpower_officer", "33.07")):
        with time_machine.travel("2026-12-02T03:15:00Z", tick=False):
            client = signed_in(role, region)
            page = client.get(reverse("cases:measures"))
            assert page.context["total"]["cells"][1] == {"text": "terlalu sedikit", "label": "Cepat"}
            assert "Siti" not in page.content.decode()
            assert client.get(reverse("cases:measured", args=["cepat"])).status_code == 404


def test_who_sees_figures_only_is_told_of_a_month_when_it_is_over(family: Family, doing: Doing, case_id: str) -> None:
    inform(doing, case_id)
    page = signed_in("ministry_analyst", "ID").get(reverse("cases:measures"))

    assert page.context["total"]["cells"][1]["text"] == "–"
    assert "per 31 Oktober 2026" in page.content.decode()


@pytest.mark.parametrize(("address", "queries"), [("measures", 6), ("measured", 8)])
def test_the_pages_ask_a_fixed_number_of_questions(
    family: Family, doing: Doing, case_id: str, django_assert_max_num_queries: Any, address: str, queries: int
) -> None:
    inform(doing, case_id)
    desk = signed_in("village_officer")
    url = reverse("cases:measures") if address == "measures" else reverse("cases:measured", args=["cepat"])
    desk.get(url)

    with django_assert_max_num_queries(queries + 3):
        assert desk.get(url).status_code == 200
