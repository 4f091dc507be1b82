"""Lists of a regency of many villages ask the database as often as those of one, and weigh what one page weighs."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from desmigratif.enterprises.models import Group, GroupMonth, Training
from desmigratif.enterprises.tests.conftest import KURIPAN, Village
from desmigratif.shared.ids import new_id

MANY, MOST_BYTES = 120, 7_500
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("page", "most"), [("groups", 12), ("trainings", 12), ("life", 20)])
def test_a_list_of_many_asks_no_more_than_of_one(
    village: Village, enter: Callable[..., Client], page: str, most: int, django_assert_max_num_queries: Any,
    django_assert_num_queries: Any,
) -> None:  # fmt: skip
    village.group("siti", "wati")
    course = {"title": "Keripik", "trainer": "Ibu Guru", "starts_on": date(2026, 11, 24), "hours": 8}
    village.do("plan_training", training_id=new_id(), **course)
    browser, address = enter("regency_coordinator", "33.07"), reverse(f"enterprises:{page}")
    browser.get(address)
    with django_assert_max_num_queries(most) as one:
        browser.get(address)
    make_many()

    with django_assert_num_queries(len(one)):
        answer = browser.get(address)

    assert len(gzip.compress(answer.content)) < MOST_BYTES


def make_many() -> None:
    """Groups that sleep and groups that sell, each with a course before."""
    here: dict[str, Any] = {"village_code": KURIPAN}
    groups = [
        Group(id=new_id(), name=f"Kelompok Nomor {n}", trade="food", formed_on=date(2025, 3, 1), **here)
        for n in range(MANY)
    ]
    Group.objects.bulk_create(groups)
    sums = {"sales_rupiah": 500_000, "cost_rupiah": 300_000, "workers": 1, "way": "desk"}
    GroupMonth.objects.bulk_create(
        GroupMonth(id=new_id(), group=one, month=date(2026, 10, 1), recorded_on=date(2026, 11, 2), **sums, **here)
        for one in groups[::2]
    )
    Training.objects.bulk_create(
        Training(id=new_id(), title=f"Pelatihan {n}", trainer="Ibu Guru", starts_on=date(2025, 2, 1), hours=8, **here)
        for n in range(MANY)
    )
