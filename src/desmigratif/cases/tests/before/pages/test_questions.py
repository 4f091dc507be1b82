"""How much each page asks of the database."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from desmigratif.cases.tests.conftest import Doing, Family
from desmigratif.cases.tests.pages import checked, many_plans, talked
from desmigratif.shared.ids import new_id

pytestmark = pytest.mark.django_db


def test_the_list_of_plans_asks_the_same_of_the_database_at_any_size(
    desk: Client, family: Family, django_assert_num_queries: Any
) -> None:
    address = reverse("cases:cases")
    desk.get(address)
    for more in (3, 120):
        many_plans(family, more)
        with django_assert_num_queries(11):
            page = desk.get(address)
    assert len(page.context["rows"]) == 50
    assert page.context["page"].cursor
    assert page.context["chips"][0]["count"] == 123


@pytest.mark.parametrize(
    ("name", "queries"),
    [("case", 23), ("check_offer", 13), ("record_family_talk", 12), ("issue_letter", 22), ("withdraw_case", 5)],
)
def test_the_pages_of_a_plan_ask_a_fixed_number_of_questions(
    desk: Client, family: Family, doing: Doing, office: None, case_id: str, django_assert_num_queries: Any,
    name: str, queries: int,
) -> None:  # fmt: skip
    checked(doing, case_id)
    talked(doing, family, case_id)
    address = reverse(f"cases:{name}", args=[case_id])
    desk.get(address)
    with django_assert_num_queries(queries):
        desk.get(address)


def test_the_other_pages_ask_a_fixed_number_of_questions(
    desk: Client, family: Family, doing: Doing, case_id: str, django_assert_num_queries: Any
) -> None:
    check_id, visit_id = checked(doing, case_id), str(new_id())
    doing("cases.record_visit", visit_id=visit_id, resident_id=str(family.siti.id), purpose="offer", waiting=True)
    pages = {
        reverse("cases:visits"): 12,
        f"{reverse('cases:record_visit')}?warga={family.siti.id}": 4,
        reverse("cases:finish_visit", args=[visit_id]): 4,
        f"{reverse('cases:open_case')}?warga={family.budi.id}": 5,
        reverse("cases:offer_result", args=[check_id]): 10,
    }
    for address, queries in pages.items():
        desk.get(address)
        with django_assert_num_queries(queries):
            desk.get(address)
