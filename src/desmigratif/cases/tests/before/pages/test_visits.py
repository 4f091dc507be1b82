"""Whoever comes to the hall is written down, served, and counted."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from desmigratif.cases.models import Visit
from desmigratif.cases.tests.conftest import KURIPAN, Doing, Family
from desmigratif.cases.tests.pages import kuripan, send
from desmigratif.people.models import Resident
from desmigratif.shared.ids import new_id

pytestmark = pytest.mark.django_db


def test_a_known_visitor_is_written_down_and_led_to_the_plan(desk: Client, family: Family) -> None:
    address = f"{reverse('cases:record_visit')}?warga={family.siti.id}"

    answer = send(desk, address, purpose="report_intention", topics=["costs"], note="Tanya gaji", done="")

    visit = kuripan(Visit).get()
    assert (visit.resident_id, visit.topics, visit.served_at is None) == (family.siti.id, ["costs"], False)
    assert answer.url == f"{reverse('cases:open_case')}?warga={family.siti.id}"


def test_a_visitor_without_a_file_can_wait_and_is_served_later(desk: Client, family: Family) -> None:
    send(desk, reverse("cases:record_visit"), visitor_name="Bu Parti", purpose="papers", wait="")
    visit = kuripan(Visit).get()
    assert visit.served_at is None

    send(desk, reverse("cases:finish_visit", args=[visit.id]), topics=["procedure"])

    visit.refresh_from_db()
    assert visit.served_at is not None
    assert "sudah dilayani" in desk.get(reverse("cases:finish_visit", args=[visit.id])).content.decode()


def test_a_visit_without_name_or_purpose_is_asked_for_them(desk: Client, family: Family) -> None:
    answer = send(desk, reverse("cases:record_visit"), note="Menunggu di luar")

    assert set(answer.context["form"].errors) == {"visitor_name", "purpose"}
    assert "Menunggu di luar" in answer.content.decode()


def test_a_visit_in_the_future_is_refused_and_nothing_is_lost(desk: Client, family: Family) -> None:
    address = f"{reverse('cases:record_visit')}?warga={family.siti.id}"

    answer = send(desk, address, purpose="other", note="Cerita panjang", on="24-11-2026")

    assert "tidak boleh sesudah hari ini" in answer.content.decode()
    assert "Cerita panjang" in answer.content.decode()
    assert not kuripan(Visit).exists()


def test_a_visitor_who_is_registered_as_dead_is_kept_for_a_second_look(desk: Client, family: Family) -> None:
    Resident.objects.in_village(KURIPAN).filter(id=family.siti.id).update(life_status="dead")
    address = f"{reverse('cases:record_visit')}?warga={family.siti.id}"

    answer = send(desk, address, purpose="other")

    assert "tercatat meninggal" in answer.content.decode()


def test_the_month_counts_visits_and_distinct_people(desk: Client, family: Family, doing: Doing) -> None:
    for _ in range(2):
        doing("cases.record_visit", visit_id=str(new_id()), resident_id=str(family.siti.id), purpose="offer")
    doing("cases.record_visit", visit_id=str(new_id()), visitor_name="Bu Parti", purpose="papers", waiting=True)

    page = desk.get(reverse("cases:visits"))
    only_papers = desk.get(reverse("cases:visits") + "?pilih=papers")

    assert (page.context["counts"].visits, page.context["counts"].people, page.context["counts"].waiting) == (3, 2, 1)
    assert [row["name"] for row in only_papers.context["rows"]] == ["Bu Parti"]
