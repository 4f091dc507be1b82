"""The national lists answer for the company in an offer check, with their day, and never by a guess."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from desmigratif.access.actor import operator
from desmigratif.access.keys.subject_keys import key_of
from desmigratif.cases.models import OfferCheck
from desmigratif.cases.rules.offer.check import check_offer, parse_offer
from desmigratif.cases.sealing import answers_of
from desmigratif.cases.tests.conftest import KURIPAN, LAWFUL_OFFER, Doing, Family
from desmigratif.cases.views.offer.list_facts import said_by_lists
from desmigratif.placement.loading import ListFile, load_file
from desmigratif.placement.rules.destinations import LoadedDestinations
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Refusal

ON = date(2026, 11, 23)
AGENCIES = "nama;status\nPT Contoh Karya;{status}\n"
PERMITS = "nama;negara;pekerjaan;pemberi kerja;nomor izin\nPT Contoh Karya;{country};PLRT;rumah tangga;SIP-1\n"
Loads = Callable[..., None]


@pytest.fixture
def loads(places: None, now: datetime) -> Loads:
    def run(kind: str, text: str, as_of: date = date(2026, 11, 20)) -> None:
        file = ListFile(kind, text.encode(), "daftar.csv", "ID", as_of, "Daftar contoh")
        assert load_file(file, by=operator(), now=now, commit=True).load

    return run


def offer(name: str = "PT Contoh Karya", **agency: Any) -> dict[str, Any]:
    answers = copy.deepcopy(LAWFUL_OFFER)
    answers["offer"]["agency"] = {"name": name, **agency}
    return answers


@pytest.fixture
def checked(doing: Doing, case_id: str) -> Callable[[dict[str, Any]], OfferCheck]:
    def run(answers: dict[str, Any]) -> OfferCheck:
        check_id = str(new_id())
        doing("cases.check_offer", check_id=check_id, case_id=case_id, answers=answers)
        return OfferCheck.objects.in_village(KURIPAN).get(id=check_id)

    return run


Checked = Callable[[dict[str, Any]], OfferCheck]


def test_an_active_company_with_a_permit_is_filled_in_and_its_day_is_kept(loads: Loads, checked: Checked) -> None:
    loads("agencies", AGENCIES.format(status="aktif"))
    loads("permits", PERMITS.format(country="HKG"))

    check = checked(offer("pt. tjontoh karya"))

    answers = answers_of(check, key_of(check.case.resident_id))
    assert answers is not None
    assert (answers.offer.agency.licence_active, answers.offer.agency.permit_for_job_order) == (True, True)
    assert check.list_facts["agencies_as_of"] == "2026-11-20"
    texts = [line["text"] for line in said_by_lists(check.list_facts)]
    assert texts[0] == "PT Contoh Karya: izin aktif, menurut daftar per 20 November 2026 (Daftar contoh)."
    assert "SIP-1" in texts[1]


def test_a_revoked_company_stops_the_offer_whatever_somebody_answered(loads: Loads, checked: Checked) -> None:
    loads("agencies", AGENCIES.format(status="dicabut"))

    check = checked(offer(licence_active=True, permit_for_job_order=True))

    assert check.level == "stop"
    assert [flag["code"] for flag in check.flags if flag["level"] == "stop"] == ["AGENCY_OR_PERMIT_NOT_VALID"]
    assert check.list_facts["differs"] is True
    assert any("Jawaban di formulir berbeda" in line["text"] for line in said_by_lists(check.list_facts))


def test_a_company_without_a_permit_for_this_country_is_stopped(loads: Loads, checked: Checked) -> None:
    loads("agencies", AGENCIES.format(status="aktif"))
    loads("permits", PERMITS.format(country="TWN"))

    assert checked(offer()).level == "stop"


@pytest.mark.parametrize("name", ["PT Contoh Karya Abadi", "PT Lain Sama Sekali"])
def test_a_company_that_is_not_found_stays_a_question(loads: Loads, checked: Checked, name: str) -> None:
    loads("agencies", AGENCIES.format(status="aktif"))
    loads("permits", PERMITS.format(country="HKG"))

    check = checked(offer(name))

    assert {"offer.agency.licence_active", "offer.agency.permit_for_job_order"} <= set(check.unknown)
    assert check.level != "stop"


def test_an_old_list_leaves_the_question_open_and_says_why(loads: Loads, checked: Checked) -> None:
    loads("agencies", AGENCIES.format(status="dicabut"), as_of=date(2026, 8, 1))

    check = checked(offer())

    assert "offer.agency.licence_active" in check.unknown
    assert "terlalu lama" in said_by_lists(check.list_facts)[0]["text"]


def test_without_lists_nothing_is_said(checked: Checked) -> None:
    assert said_by_lists(checked(offer()).list_facts) == []


def test_a_letter_is_refused_when_the_licence_was_revoked_since_the_check(
    loads: Loads, checked: Checked, doing: Doing, office: None, family: Family, case_id: str
) -> None:
    checked(offer(licence_active=True, permit_for_job_order=True))
    doing(
        "cases.record_family_talk", talk_id=new_id(), case_id=case_id, permission="given", giver_capacity="husband",
        giver_id=str(family.budi.id), disputed=False, pressure=False, candidate_confirms_alone=True,
    )  # fmt: skip
    loads("agencies", AGENCIES.format(status="dicabut"))

    with pytest.raises(Refusal) as refusal:
        doing(
            "cases.issue_family_permission", letter_id=new_id(), case_id=case_id, agency="PT Contoh Karya",
            contract_months=24,
        )  # fmt: skip

    assert "offer_stopped" in {reason.code for reason in refusal.value.reasons}


def listed(**countries: tuple[bool | None, bool | None]) -> LoadedDestinations:
    return LoadedDestinations(date(2026, 11, 1), "Surat contoh", countries)


def level_of(country: str, employer_type: str, loaded: LoadedDestinations | None) -> tuple[str, str]:
    given = parse_offer({"offer": {"country": country, "employer_type": employer_type, "job": "cook"}})
    flags = [flag for flag in check_offer(given, on=ON, loaded=loaded).flags if flag.code.startswith("COUNTRY")]
    return (flags[0].level, flags[0].citation) if flags else ("clear", "")


def test_a_newer_list_of_destinations_stands_over_the_one_in_the_rules() -> None:
    loaded = listed(ISR=(None, None))

    assert level_of("ISR", "company", None)[0] == "hold"
    assert level_of("ISR", "company", loaded) == ("clear", "")
    assert level_of("TWN", "company", loaded) == ("hold", "daftar negara tujuan per 1 November 2026, Surat contoh")


def test_a_list_may_close_a_country_for_households_but_never_opens_what_a_rule_closes() -> None:
    loaded = listed(TWN=(False, True), SAU=(True, True))

    assert level_of("TWN", "household", loaded)[0] == "stop"
    assert level_of("TWN", "company", loaded)[0] == "clear"
    assert level_of("SAU", "household", loaded)[0] == "stop"


def test_a_list_older_than_the_rules_changes_nothing() -> None:
    old = LoadedDestinations(date(2020, 1, 1), "Surat lama", {"ISR": (None, None)})

    assert level_of("TWN", "company", old)[0] == "clear"
    assert level_of("ISR", "company", old)[0] == "hold"
