"""The list of children asks the database as often for a hundred as for one, and weighs what one page weighs."""

from __future__ import annotations

import gzip
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from desmigratif.access.testing import SignIn
from desmigratif.parenting.models import Child
from desmigratif.parenting.tests.conftest import KURIPAN
from desmigratif.people.models import Person, Resident
from desmigratif.shared.ids import new_id

MANY, MOST_BYTES = 100, 7_500


@pytest.mark.django_db
def test_a_list_of_a_hundred_children_asks_no_more_than_of_one(
    rizky: UUID, family: dict[str, Resident], sign_in: SignIn, django_assert_max_num_queries: Any,
    django_assert_num_queries: Any,
) -> None:  # fmt: skip
    desk, address = sign_in("village_officer", KURIPAN), reverse("parenting:children")
    desk.get(address)
    with django_assert_max_num_queries(18) as one:
        desk.get(address)
    people = Person.objects.bulk_create(Person(id=new_id()) for _ in range(MANY))
    facts: dict[str, Any] = {"village_code": KURIPAN, "household": family["Rizky"].household}
    residents = Resident.objects.bulk_create(
        Resident(id=new_id(), person=who, name=f"Anak Nomor {n}", name_key=f"anak nomor {n}", **facts)
        for n, who in enumerate(people)
    )
    about = {"village_code": KURIPAN, "enrolled_on": "2026-08-01", "basis": "consent", "caregiver": family["Yayah"]}
    Child.objects.bulk_create(Child(id=new_id(), resident=who, worker=family["Siti"], **about) for who in residents)

    with django_assert_num_queries(len(one)):
        page = desk.get(address)

    assert page.context["page"].paginator.count == MANY + 1
    assert len(page.context["rows"]) == 40
    assert len(gzip.compress(page.content)) < MOST_BYTES
