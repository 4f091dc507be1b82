"""Who sees a plan, what stays closed to them, and which trace they leave."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from desmigratif.access import reads
from desmigratif.access.testing import SignIn
from desmigratif.audit.models import Event
from desmigratif.cases.tests.conftest import KURIPAN, Doing, Family
from desmigratif.cases.tests.pages import checked, fields_of, talked
from desmigratif.people.models import Resident
from desmigratif.shared.ids import new_id

pytestmark = pytest.mark.django_db


def test_opening_a_plan_leaves_a_trace(desk: Client, family: Family, case_id: str) -> None:
    desk.get(reverse("cases:case", args=[case_id]))

    event = Event.objects.get(event="case.opened_page")
    assert {row["type"] for row in event.subjects} == {"case", "resident"}


def test_without_a_trace_the_rest_opens_and_the_secret_stays_closed(
    desk: Client, family: Family, doing: Doing, case_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked(doing, case_id)
    talked(doing, family, case_id, pressure=True, note="Dipaksa kakaknya")
    monkeypatch.setattr(reads, "opened", lambda *args, **kwargs: False)

    plan = desk.get(reverse("cases:case", args=[case_id])).content.decode()
    questions = fields_of(desk.get(reverse("cases:check_offer", args=[case_id])))
    letter = desk.get(reverse("cases:issue_letter", args=[case_id])).content.decode()

    assert "belum bisa dicatat" in plan
    assert "tekanan" not in letter
    assert "Dipaksa" not in plan
    assert "tekanan" not in plan
    assert questions["offer__agency__name"] == ""


@pytest.mark.parametrize("name", ["check_offer", "record_family_talk", "issue_letter"])
def test_a_form_that_comes_back_leaves_a_trace_too(
    desk: Client, family: Family, doing: Doing, office: None, case_id: str, name: str
) -> None:
    checked(doing, case_id)
    talked(doing, family, case_id)

    answer = desk.post(reverse(f"cases:{name}", args=[case_id]), {})

    assert "Siti Aminah" in answer.content.decode()
    assert Event.objects.filter(event="case.opened_page").count() == 1


def test_a_flag_that_may_tell_of_pressure_is_for_officers(
    desk: Client, sign_in: SignIn, family: Family, doing: Doing, case_id: str
) -> None:
    check_id = str(new_id())
    doing("cases.check_offer", check_id=check_id, case_id=case_id, answers={"family": {"pressure": True}})
    address = reverse("cases:offer_result", args=[check_id])

    officer, head = desk.get(address).content.decode(), sign_in("village_head", KURIPAN).get(address).content.decode()

    assert "ada tekanan dari keluarga" in officer
    assert "tekanan" not in head


def test_pressure_is_told_to_officers_only_and_never_printed(
    desk: Client, sign_in: SignIn, family: Family, doing: Doing, case_id: str
) -> None:
    checked(doing, case_id)
    talked(doing, family, case_id, pressure=True, note="Dipaksa kakaknya")
    address = reverse("cases:case", args=[case_id])

    officer, head = desk.get(address).content.decode(), sign_in("village_head", KURIPAN).get(address).content.decode()

    assert "Dipaksa kakaknya" in officer
    assert re.search(r'<details class="fold no-print"><summary>Hanya untuk petugas', officer)
    assert "Dipaksa" not in head
    assert "tekanan" not in head
    assert "ditekan" not in head


def test_a_village_head_sees_the_plan_and_cannot_act(sign_in: SignIn, family: Family, case_id: str) -> None:
    head = sign_in("village_head", KURIPAN)

    page = head.get(reverse("cases:case", args=[case_id]))

    assert page.status_code == 200
    assert "Periksa tawaran</a>" not in page.content.decode()
    assert head.get(reverse("cases:check_offer", args=[case_id])).status_code == 404


PAGES = ("case", "check_offer", "record_family_talk", "issue_letter", "withdraw_case")


@pytest.mark.parametrize("name", PAGES)
def test_strangers_find_no_plan(sign_in: SignIn, family: Family, case_id: str, name: str) -> None:
    stranger = sign_in("village_officer", "32.12.16.2004")
    address = reverse(f"cases:{name}", args=[case_id])

    assert stranger.get(address).status_code == 404
    assert stranger.post(address, {}).status_code in (404, 405)
    assert Client().get(address).status_code == 302


def test_strangers_find_no_result_no_visit_and_no_resident(
    sign_in: SignIn, family: Family, doing: Doing, case_id: str
) -> None:
    stranger = sign_in("village_officer", "32.12.16.2004")
    check_id, visit_id = checked(doing, case_id), str(new_id())
    doing("cases.record_visit", visit_id=visit_id, resident_id=str(family.siti.id), purpose="offer", waiting=True)

    addresses = [
        reverse("cases:offer_result", args=[check_id]),
        reverse("cases:finish_visit", args=[visit_id]),
        f"{reverse('cases:record_visit')}?warga={family.siti.id}",
        f"{reverse('cases:open_case')}?warga={family.siti.id}",
        f"{reverse('cases:open_case')}?warga=bukan-nomor",
        reverse("cases:open_case"),
    ]
    assert [stranger.get(address).status_code for address in addresses] == [404] * 6
    assert stranger.get(reverse("cases:visits")).context["rows"] == []
    assert stranger.get(reverse("cases:cases")).context["rows"] == []


def test_an_analyst_finds_no_pages_here(sign_in: SignIn, family: Family, case_id: str) -> None:
    analyst = sign_in("ministry_analyst", "ID")

    assert [analyst.get(reverse(f"cases:{name}")).status_code for name in ("visits", "cases")] == [404, 404]


def test_a_coordinator_sees_which_village_a_plan_is_of(sign_in: SignIn, family: Family, case_id: str) -> None:
    page = sign_in("regency_coordinator", "33.07").get(reverse("cases:cases"))

    assert page.context["rows"][0]["village"] == "Desa Kuripan, Kec. Watumalang"


@pytest.mark.parametrize(("name", "event"), [("visits", "visits.listed"), ("cases", "cases.listed")])
def test_a_list_with_names_leaves_one_trace(desk: Client, family: Family, case_id: str, name: str, event: str) -> None:
    desk.get(reverse(f"cases:{name}"))

    assert list(Event.objects.filter(event__endswith=".listed").values_list("event", flat=True)) == [event]


def test_a_name_in_capitals_is_shown_softly(desk: Client, family: Family, case_id: str) -> None:
    Resident.objects.in_village(KURIPAN).filter(id=family.siti.id).update(name="SITI AMINAH")

    row = desk.get(reverse("cases:cases")).context["rows"][0]
    page = desk.get(row["url"])

    assert (row["name"], page.context["person"]["name"]) == ("Siti Aminah", "Ibu Siti Aminah")
