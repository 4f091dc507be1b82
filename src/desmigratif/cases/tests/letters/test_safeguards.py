"""What a letter must rest on: one plan, an offer that was checked as the letter names it, living people, true dates."""

from __future__ import annotations

import copy
import threading
from contextlib import suppress
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection

from desmigratif.access.actor import Actor
from desmigratif.access.door import Act, do, perform
from desmigratif.access.keys.subject_keys import erase_key, key_of
from desmigratif.audit.models import Outcome, Receipt, Signal
from desmigratif.cases import sealing
from desmigratif.cases.actions import cases as case_actions
from desmigratif.cases.models import Case, FamilyTalk, OfferCheck, Visit
from desmigratif.cases.rules.offer import law as offer_law
from desmigratif.cases.tests.before.test_journey import check, issue, refusal_codes, talk
from desmigratif.cases.tests.conftest import LAWFUL_OFFER, Doing, Family
from desmigratif.documents.models import Letter
from desmigratif.people.models import Resident
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Refusal

KURIPAN = "33.07.10.2004"
pytestmark = pytest.mark.django_db


def offer_with(**changes: Any) -> dict[str, Any]:
    answers = copy.deepcopy(LAWFUL_OFFER)
    answers["offer"] |= changes
    return answers


def refused(run: Any) -> list[str]:
    with pytest.raises(Refusal) as refusal:
        run()
    return [reason.code for reason in refusal.value.reasons]


# --- one plan at a time ---


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_open_one_plan(
    family: Family, officer: Actor, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    both_are_in = threading.Barrier(2)
    before = case_actions.refuse_future

    def wait_for_the_other(*args: Any) -> date:
        with suppress(threading.BrokenBarrierError):  # on SQLite the second waits outside
            both_are_in.wait(timeout=1)
        return before(*args)

    monkeypatch.setattr(case_actions, "refuse_future", wait_for_the_other)
    outcomes: list[str] = []

    def open_one() -> None:
        payload = {
            "village_code": KURIPAN, "on": "2026-11-23", "case_id": str(new_id()), "resident_id": str(family.siti.id),
        }  # fmt: skip
        try:
            outcomes.append(perform(officer, Act("cases.open_case", new_id(), payload), now=now).outcome)
        finally:
            connection.close()

    threads = [threading.Thread(target=open_one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == [Outcome.DONE, Outcome.REFUSED]
    assert Case.objects.in_village(KURIPAN).count() == 1


def test_a_plan_is_not_withdrawn_before_it_began(family: Family, doing: Doing, case_id: str) -> None:
    codes = refused(lambda: doing("cases.withdraw_case", case_id=case_id, on="2026-11-22"))

    assert codes == ["before_case"]
    assert Signal.objects.get().until is None


def heard_earlier(family: Family, doing: Doing) -> str:
    """A plan whose offer was checked and whose family was heard three days before today."""
    case_id, on = str(new_id()), "2026-11-20"
    doing("cases.open_case", on=on, case_id=case_id, resident_id=str(family.siti.id))
    doing("cases.check_offer", on=on, check_id=str(new_id()), case_id=case_id, answers=LAWFUL_OFFER)
    talk(doing, family, case_id, on=on)
    return case_id


def test_a_plan_is_not_withdrawn_before_its_letter(family: Family, doing: Doing, office: None) -> None:
    case_id = heard_earlier(family, doing)
    issue(doing, case_id)

    codes = refused(lambda: doing("cases.withdraw_case", case_id=case_id, on="2026-11-21"))

    assert codes == ["before_letter"]
    assert Letter.objects.in_village(KURIPAN).get().revoked_on is None


def test_a_letter_dated_before_the_villages_key_says_from_when_it_may_be(
    family: Family, doing: Doing, office: None
) -> None:
    case_id = heard_earlier(family, doing)

    with pytest.raises(Refusal) as refusal:
        issue(doing, case_id, on="2026-11-22")

    (reason,) = refusal.value.reasons
    assert (reason.code, reason.field) == ("before_key", "on")
    assert "23 November 2026" in reason.text


# --- the offer that was checked is the one that the letter names ---


def test_what_the_plan_knows_of_the_work_is_screened_too(family: Family, doing: Doing) -> None:
    case_id = str(new_id())
    doing("cases.open_case", case_id=case_id, resident_id=str(family.siti.id), country="SAU", job="domestic_worker",
          employer_type="household")  # fmt: skip

    result = check(doing, case_id, offer_with(country=None, job=None, employer_type=None))

    assert result.level == "stop"
    assert "COUNTRY_CLOSED_OR_HIGH_RISK" in [flag["code"] for flag in result.flags]


def test_no_letter_to_a_country_closed_for_households_for_an_unknown_employer(
    family: Family, doing: Doing, office: None, case_id: str
) -> None:
    check(doing, case_id, offer_with(country="SAU", employer_type=None))
    talk(doing, family, case_id)

    assert refusal_codes(doing, case_id, what_was_checked="Sudah ditanyakan ke Disnaker.") == ["employer_missing"]


def test_a_country_closed_since_the_check_stops_the_letter(
    family: Family, doing: Doing, office: None, case_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    check(doing, case_id)
    talk(doing, family, case_id)
    law = offer_law.value_on

    def closed_today(name: str, on: date) -> Any:
        return ["HKG"] if name == "offer_safety.closed_countries" else law(name, on)

    monkeypatch.setattr(offer_law, "value_on", closed_today)

    assert refusal_codes(doing, case_id) == ["offer_stopped"]


def test_the_letter_names_the_agency_that_was_checked(family: Family, doing: Doing, office: None, case_id: str) -> None:
    check(doing, case_id)
    talk(doing, family, case_id)

    with pytest.raises(Refusal) as refusal:
        doing("cases.issue_family_permission", letter_id=str(new_id()), case_id=case_id, agency="PT Lain Sekali")

    assert [(r.code, r.field) for r in refusal.value.reasons] == [("agency_differs", "agency")]
    doing("cases.issue_family_permission", letter_id=str(new_id()), case_id=case_id, agency="pt  contoh karya")


def test_a_letter_is_not_dated_before_what_it_rests_on(
    family: Family, doing: Doing, office: None, officer: Actor, now: datetime
) -> None:
    case_id = str(new_id())
    doing("cases.open_case", case_id=case_id, resident_id=str(family.siti.id), on="2026-11-20")
    check(doing, case_id)
    talk(doing, family, case_id)

    assert "before_talk" in refusal_codes(doing, case_id, on="2026-11-21")


def test_what_was_looked_into_is_kept(family: Family, doing: Doing, office: None, case_id: str) -> None:
    answers = copy.deepcopy(LAWFUL_OFFER)
    answers["candidate"]["can_name"] = ["employer"]
    check_id = check(doing, case_id, answers).id
    talk(doing, family, case_id)

    issue(doing, case_id, what_was_checked="Kontrak dibaca bersama; upah jelas.")

    kept = OfferCheck.objects.in_village(KURIPAN).get(id=check_id)
    place = sealing.looked_into_place(check_id)
    assert sealing.opened_text(key_of(family.siti.id), kept.looked_into_sealed, place=place).startswith("Kontrak")


# --- living people ---


@pytest.mark.parametrize("status", ["dead", "moved", "invalid"])
def test_who_is_gone_opens_no_plan(family: Family, doing: Doing, status: str) -> None:
    Resident.objects.in_village(KURIPAN).filter(id=family.siti.id).update(life_status=status)

    codes = refused(lambda: doing("cases.open_case", case_id=str(new_id()), resident_id=str(family.siti.id)))

    assert codes == ["resident_gone"]


def test_who_died_since_gets_no_letter(family: Family, doing: Doing, office: None, case_id: str) -> None:
    check(doing, case_id)
    talk(doing, family, case_id)
    Resident.objects.in_village(KURIPAN).filter(id=family.siti.id).update(life_status="dead")

    assert refusal_codes(doing, case_id) == ["resident_gone"]
    assert not Letter.objects.in_village(KURIPAN).exists()


def test_the_dead_give_no_permission(family: Family, doing: Doing, case_id: str) -> None:
    Resident.objects.in_village(KURIPAN).filter(id=family.budi.id).update(life_status="dead")

    assert refused(lambda: talk(doing, family, case_id)) == ["giver_gone"]


# --- whoever is pressed ---


def test_signs_of_pressure_are_sealed_and_go_with_the_key(family: Family, doing: Doing, case_id: str) -> None:
    talk(doing, family, case_id, pressure=True, disputed=None)

    kept = FamilyTalk.objects.in_village(KURIPAN).get()
    assert b"pressure" not in bytes(kept.signs_sealed or b"")
    assert sealing.signs_of(kept, key_of(family.siti.id)) == sealing.Signs(disputed=None, pressure=True)
    erase_key(family.siti.id)
    assert sealing.signs_of(kept, key_of(family.siti.id)) == sealing.Signs()


def test_an_unknown_topic_is_refused_without_repeating_it(family: Family, doing: Doing) -> None:
    codes = refused(
        lambda: doing("cases.record_visit", visit_id=str(new_id()), resident_id=str(family.siti.id), purpose="other",
                      topics=["Siti dipukuli suaminya"])
    )  # fmt: skip

    assert codes == ["unknown_topic"]
    assert "dipukuli" not in str(Receipt.objects.latest("at").reasons)


def test_a_note_taken_at_the_door_survives_the_serving(
    family: Family, doing: Doing, officer: Actor, now: datetime
) -> None:
    visit_id = new_id()
    doing("cases.record_visit", visit_id=str(visit_id), resident_id=str(family.siti.id), purpose="trouble",
          waiting=True, note="Suami tidak ada kabar")  # fmt: skip

    given = {"village_code": KURIPAN, "visit_id": str(visit_id), "note": "Diadukan ke BP3MI"}
    do(officer, "cases.finish_visit", given, now=now, act_id=new_id())

    kept = Visit.objects.in_village(KURIPAN).get(id=visit_id)
    note = sealing.opened_text(key_of(family.siti.id), kept.note_sealed, place=sealing.visit_note_place(visit_id))
    assert note == "Suami tidak ada kabar\nDiadukan ke BP3MI"
