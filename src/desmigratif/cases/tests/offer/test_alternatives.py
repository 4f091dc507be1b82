"""A stopped offer is answered with lawful vacancies and a day on which somebody asks again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from importlib.resources import files
from typing import Any

import pytest
import time_machine
import yaml
from django.test import Client

from desmigratif.access.actor import Actor, operator
from desmigratif.access.models import Grant, User
from desmigratif.access.testing import signed_in_browser
from desmigratif.cases.models import Case, FollowUp, VacancyRelay
from desmigratif.cases.queries.offer.alternatives import alternatives_for, follow_ups_waiting
from desmigratif.cases.rules.offer.follow_up import due_after_stop
from desmigratif.cases.tests.conftest import KURIPAN, LAWFUL_OFFER, Doing
from desmigratif.placement.loading import ListFile, load_file
from desmigratif.placement.models import JobOrder
from desmigratif.shared.dated import NoValueOnDate
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import NotFoundOrNotYours, Refusal
from desmigratif.shared.tests.mutating import unnoticed

EXAMPLES = yaml.safe_load(files("desmigratif.regulations").joinpath("examples/follow_up.yaml").read_text("utf-8"))
STOPPED = {"offer": {"country": "SAU", "employer_type": "household", "job": "domestic_worker", "visa": "umrah"}}
TODAY = date(2026, 11, 23)
AGENCIES = "nama;status\nPT Contoh Karya;aktif\nPT Contoh Lama;dicabut\n"
ORDERS = """nama;negara;pekerjaan;pemberi kerja;nomor izin;jenis kelamin;berlaku sampai
PT Contoh Karya;Arab Saudi;PLRT;rumah tangga;SIP-CLOSED;;30-06-2027
PT Contoh Karya;Taiwan;PLRT;rumah tangga;SIP-TWN;P;30-06-2027
PT Contoh Lama;Hong Kong;PLRT;rumah tangga;SIP-REVOKED;;30-06-2027
PT Contoh Karya;Hong Kong;PLRT;rumah tangga;SIP-OVER;;01-11-2026
PT Contoh Karya;Singapura;PLRT;rumah tangga;SIP-MEN;L;30-06-2027
"""


def all_examples_hold() -> bool:
    def due(on: date) -> date | None:
        try:
            return due_after_stop(on)
        except NoValueOnDate:
            return None

    return all(due(one["stopped"]) == one["due"] for one in EXAMPLES)


def test_the_worked_examples_of_follow_ups_hold_and_no_value_is_wrong_unnoticed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert all_examples_hold()
    tried, missed = unnoticed(monkeypatch, "follow_up", all_examples_hold)
    assert (tried >= 4, missed) == (True, [])


@pytest.fixture
def lists(places: None, now: datetime) -> None:
    for kind, text in (("agencies", AGENCIES), ("permits", ORDERS)):
        file = ListFile(kind, text.encode(), "daftar.csv", "ID", date(2026, 11, 20), "Daftar contoh")
        assert load_file(file, by=operator(), now=now, commit=True).load


Check = Callable[..., None]


@pytest.fixture
def check(doing: Doing, case_id: str) -> Check:
    def run(answers: dict[str, Any] = STOPPED) -> None:
        doing("cases.check_offer", check_id=new_id(), case_id=case_id, answers=answers)

    return run


def waiting(by: Actor) -> list[FollowUp]:
    return list(follow_ups_waiting(by))


def order(number: str) -> JobOrder:
    return JobOrder.objects.get(permit_number=number)


def test_a_stop_opens_one_follow_up_with_its_day_and_a_second_stop_moves_it_on(check: Check, officer: Actor) -> None:
    check()
    check()

    (row,) = waiting(officer)
    assert row.due_on == date(2026, 11, 26)


def test_a_lawful_offer_afterwards_finishes_it(check: Check, officer: Actor) -> None:
    check()
    check(LAWFUL_OFFER)

    assert waiting(officer) == []
    assert FollowUp.objects.in_village(KURIPAN).get().outcome == "lawful_offer"


def test_an_offer_that_was_never_stopped_has_none(check: Check, officer: Actor) -> None:
    check(LAWFUL_OFFER)

    assert waiting(officer) == []


def test_who_still_wants_it_is_asked_again_and_who_stays_is_not(check: Check, doing: Doing, officer: Actor) -> None:
    check()
    doing("cases.finish_follow_up", follow_up_id=waiting(officer)[0].id, outcome="still_wants")
    (again,) = waiting(officer)
    doing("cases.finish_follow_up", follow_up_id=again.id, outcome="stays")

    assert waiting(officer) == []
    with pytest.raises(Refusal, match="already_done"):
        doing("cases.finish_follow_up", follow_up_id=again.id, outcome="stays")


def test_a_plan_that_was_given_up_waits_for_nobody(check: Check, doing: Doing, officer: Actor, case_id: str) -> None:
    check()
    doing("cases.withdraw_case", case_id=case_id)

    assert waiting(officer) == []


def test_only_open_countries_live_permits_and_active_companies_are_offered(
    lists: None, check: Check, case_id: str
) -> None:
    check()
    case = Case.objects.in_village(KURIPAN).select_related("resident__household").get(id=case_id)

    found = alternatives_for(case, TODAY)

    assert [row.permit_number for row in found.orders] == ["SIP-TWN"]
    assert found.load is not None


def test_without_a_fresh_list_nothing_is_offered(lists: None, check: Check, case_id: str) -> None:
    check()
    case = Case.objects.in_village(KURIPAN).select_related("resident__household").get(id=case_id)

    assert alternatives_for(case, date(2027, 1, 15)).load is None


def test_a_vacancy_is_told_once_and_keeps_what_the_list_said(
    lists: None, check: Check, doing: Doing, case_id: str
) -> None:
    told = {"case_id": case_id, "job_order_id": order("SIP-TWN").id}
    relay_id = new_id()
    doing("cases.relay_vacancy", relay_id=relay_id, **told)
    doing("cases.record_vacancy_outcome", relay_id=relay_id, outcome="applied")

    relay = VacancyRelay.objects.in_village(KURIPAN).get()
    assert (relay.permit_number, relay.list_as_of, relay.outcome) == ("SIP-TWN", date(2026, 11, 20), "applied")
    with pytest.raises(Refusal, match="told_before"):
        doing("cases.relay_vacancy", relay_id=new_id(), **told)


def test_a_vacancy_that_is_over_is_not_told(lists: None, doing: Doing, case_id: str) -> None:
    with pytest.raises(Refusal, match="vacancy_over"):
        doing("cases.relay_vacancy", relay_id=new_id(), case_id=case_id, job_order_id=order("SIP-OVER").id)


def test_a_stranger_does_none_of_it(
    lists: None, check: Check, doing: Doing, officer: Actor, stranger: Actor, case_id: str
) -> None:
    check()
    relay_id = new_id()
    doing("cases.relay_vacancy", relay_id=relay_id, case_id=case_id, job_order_id=order("SIP-TWN").id)
    acts: dict[str, dict[str, Any]] = {
        "cases.relay_vacancy": {"relay_id": new_id(), "case_id": case_id, "job_order_id": order("SIP-MEN").id},
        "cases.record_vacancy_outcome": {"relay_id": relay_id, "outcome": "applied"},
        "cases.finish_follow_up": {"follow_up_id": waiting(officer)[0].id, "outcome": "stays"},
    }
    for name, payload in acts.items():
        with pytest.raises(Refusal) as refusal:
            doing(name, by=stranger, **payload)
        assert refusal.value.reasons[0].code == NotFoundOrNotYours.code
    assert waiting(stranger) == []


@pytest.fixture
def desk(places: None, settings: Any) -> Iterator[Client]:
    settings.SECOND_FACTOR_REQUIRED = False
    user = User.objects.create(username="petugas", name="Petugas")
    Grant.objects.create(user=user, role="village_officer", region_code=KURIPAN, valid_from="2026-01-01")
    with time_machine.travel("2026-11-23T03:15:00Z", tick=False):
        yield signed_in_browser(user)


def test_the_page_of_a_stopped_offer_shows_a_real_vacancy_and_the_case_the_follow_up(
    lists: None, check: Check, desk: Client, case_id: str
) -> None:
    check()
    checked = Case.objects.in_village(KURIPAN).get(id=case_id).offer_checks.in_village(KURIPAN).get()  # type: ignore[attr-defined]

    result = desk.get(f"/pelayanan/periksa/{checked.id}/").content.decode()
    case = desk.get(f"/pelayanan/rencana/{case_id}/").content.decode()

    assert "izin SIP-TWN" in result
    assert "Menurut daftar per 20 November 2026" in result
    assert "Tanyakan paling lambat 26 November 2026" in case


def test_without_a_list_the_page_says_so_and_what_to_do(check: Check, desk: Client, case_id: str) -> None:
    check()
    checked = Case.objects.in_village(KURIPAN).get(id=case_id).offer_checks.in_village(KURIPAN).get()  # type: ignore[attr-defined]

    result = desk.get(f"/pelayanan/periksa/{checked.id}/").content.decode()

    assert "Daftar lowongan yang baru belum ada di sini" in result
    assert "Disnaker" in result


@pytest.mark.django_db
def test_who_left_in_spite_of_the_stop_is_not_asked_whether_to_go(
    check: Check, case_id: str, doing: Doing, officer: Actor
) -> None:
    check()
    assert len(waiting(officer)) == 1
    seen = Case.objects.in_village(KURIPAN).get().version

    doing("cases.record_departure", case_id=case_id, check_id=str(new_id()), seen=seen, left_anyway=True)

    assert waiting(officer) == []
