"""From the wish to the letter: what must stand before, what stops it, what the law says."""

from __future__ import annotations

import copy
from datetime import date, datetime
from typing import Any

import pytest

from desmigratif.access.actor import Actor, person
from desmigratif.access.door import do
from desmigratif.audit.models import Event, EventSubject, FactDelta, Signal, TimelineEntry
from desmigratif.cases.models import Case, CaseState, OfferCheck
from desmigratif.cases.tests.conftest import LAWFUL_OFFER, Doing, Family
from desmigratif.documents.models import Letter
from desmigratif.documents.queries import check_short_code, key_set, letter_content, letter_pdf
from desmigratif.documents.rules.statement import read_statement
from desmigratif.documents.rules.verify_pdf import verify_pdf
from desmigratif.people.models import Resident
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Refusal

KURIPAN = "33.07.10.2004"
TODAY = date(2026, 11, 23)
pytestmark = pytest.mark.django_db


def check(doing: Doing, case_id: str, answers: dict[str, Any] = LAWFUL_OFFER) -> OfferCheck:
    check_id = str(new_id())
    doing("cases.check_offer", check_id=check_id, case_id=case_id, answers=answers)
    return OfferCheck.objects.in_village(KURIPAN).get(id=check_id)


def talk(doing: Doing, family: Family, case_id: str, **changes: Any) -> None:
    said = {
        "permission": "given",
        "giver_capacity": "husband",
        "giver_id": str(family.budi.id),
        "disputed": False,
        "pressure": False,
        "candidate_confirms_alone": True,
        **changes,
    }
    doing("cases.record_family_talk", talk_id=str(new_id()), case_id=case_id, **said)


def issue(doing: Doing, case_id: str, **changes: Any) -> Letter:
    letter_id = str(new_id())
    doing("cases.issue_family_permission", letter_id=letter_id, case_id=case_id, agency="PT Contoh Karya",
          contract_months=24, **changes)  # fmt: skip
    return Letter.objects.in_village(KURIPAN).get(id=letter_id)


def refusal_codes(doing: Doing, case_id: str, **changes: Any) -> list[str]:
    with pytest.raises(Refusal) as refusal:
        issue(doing, case_id, **changes)
    return [reason.code for reason in refusal.value.reasons]


def test_a_wish_opens_a_case_and_a_signal(family: Family, doing: Doing, case_id: str) -> None:
    case = Case.objects.in_village(KURIPAN).get(id=case_id)

    assert case.state == CaseState.INTENT
    assert Signal.objects.get(household_id=family.household.id).kind == "plans_to_work_abroad"
    assert TimelineEntry.objects.get(kind="case.opened").resident_id == family.siti.id


def test_nobody_has_two_open_cases(family: Family, doing: Doing, case_id: str) -> None:
    with pytest.raises(Refusal) as refusal:
        doing("cases.open_case", case_id=str(new_id()), resident_id=str(family.siti.id))

    assert refusal.value.reasons[0].code == "case_already_open"


def test_whoever_changes_their_mind_may(family: Family, doing: Doing, case_id: str) -> None:
    doing("cases.withdraw_case", case_id=case_id)

    assert Case.objects.in_village(KURIPAN).get().state == CaseState.WITHDREW
    assert Signal.objects.get().until == TODAY
    with pytest.raises(Refusal):
        check(doing, case_id)


def test_a_lawful_offer_is_kept_with_its_rules_day(family: Family, doing: Doing, case_id: str) -> None:
    result = check(doing, case_id)

    case = Case.objects.in_village(KURIPAN).get()
    assert result.level in {"clear", "advise"}
    assert (case.state, case.country, case.job) == (CaseState.OFFER_CHECKED, "HKG", "domestic_worker")
    assert b"PT Contoh" not in bytes(result.answers_sealed)


def test_saudi_household_is_stopped_with_article_and_way_out(family: Family, doing: Doing, case_id: str) -> None:
    answers = copy.deepcopy(LAWFUL_OFFER)
    answers["offer"]["country"] = "SAU"

    result = check(doing, case_id, answers)

    (flag,) = [flag for flag in result.flags if flag["code"] == "COUNTRY_CLOSED_OR_HIGH_RISK"]
    assert result.level == "stop"
    assert "260" in flag["citation"]
    assert flag["lawful_alternative"]
    assert FactDelta.objects.get(code="A8").numerator == 1


def test_a_typed_age_does_not_stand_above_the_register(family: Family, doing: Doing) -> None:
    case_id = str(new_id())
    doing("cases.open_case", case_id=case_id, resident_id=str(family.rini.id))
    answers = copy.deepcopy(LAWFUL_OFFER)
    answers["candidate"]["birth_date"] = "2000-01-01"

    result = check(doing, case_id, answers)

    assert result.level == "stop"
    assert "UNDERAGE_OR_IDENTITY_MISMATCH" in [flag["code"] for flag in result.flags]


def test_no_letter_before_check_and_talk(family: Family, doing: Doing, office: None, case_id: str) -> None:
    codes = refusal_codes(doing, case_id)

    assert codes[:2] == ["offer_not_checked", "no_family_talk"]
    assert not Letter.objects.in_village(KURIPAN).exists()


def test_no_letter_after_a_stop(family: Family, doing: Doing, office: None, case_id: str) -> None:
    answers = copy.deepcopy(LAWFUL_OFFER)
    answers["offer"]["visa"] = "umrah"
    check(doing, case_id, answers)
    talk(doing, family, case_id)

    assert refusal_codes(doing, case_id) == ["offer_stopped"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"permission": "refused"}, "permission_not_given"),
        ({"permission": "missing", "giver_capacity": None, "giver_id": None}, "permission_not_given"),
        ({"pressure": True}, "permission_not_free"),
        ({"disputed": True}, "permission_not_free"),
        ({"candidate_confirms_alone": None}, "own_choice_not_confirmed"),
        ({"candidate_confirms_alone": False}, "own_choice_not_confirmed"),
        ({"giver_capacity": "guardian"}, "giver_not_entitled"),
    ],
)
def test_what_a_talk_can_hold_against_a_letter(
    family: Family, doing: Doing, office: None, case_id: str, changes: dict[str, Any], code: str
) -> None:
    check(doing, case_id)
    talk(doing, family, case_id, **changes)

    assert refusal_codes(doing, case_id) == [code]


def test_a_hold_asks_what_was_checked(family: Family, doing: Doing, office: None, case_id: str) -> None:
    answers = copy.deepcopy(LAWFUL_OFFER)
    answers["candidate"]["can_name"] = ["employer"]
    assert check(doing, case_id, answers).level == "hold"
    talk(doing, family, case_id)

    assert refusal_codes(doing, case_id) == ["hold_not_explained"]
    assert issue(doing, case_id, what_was_checked="Kontrak dibaca bersama; upah dan jam kerja jelas.").sequence == 1


def test_the_letter_is_numbered_signed_and_checked_without_a_network(
    family: Family, doing: Doing, office: None, officer: Actor, case_id: str
) -> None:
    check(doing, case_id)
    talk(doing, family, case_id)

    letter = issue(doing, case_id)

    _, content = letter_content(officer, letter.id)
    keys = key_set(as_of=TODAY)
    verdict = read_statement(content.qr, keys, today=TODAY)
    assert letter.number == "474/001/DS-KRP/XI/2026"
    assert verdict.valid
    assert verdict.statement is not None
    assert verdict.statement.holder == "Siti A."
    assert b"Siti Aminah" not in bytes(letter.content_sealed)
    pdf_verdict = verify_pdf(letter_pdf(letter, content), keys, today=TODAY)
    assert (pdf_verdict.valid, pdf_verdict.matches_text) == (True, True)
    assert Case.objects.in_village(KURIPAN).get().state == CaseState.VILLAGE_CLEARED
    assert FactDelta.objects.get(code="A7").denominator == 1
    assert Signal.objects.filter(kind="permission_letter_stands", until=None).count() == 1


def test_a_case_gets_one_letter_that_stands(family: Family, doing: Doing, office: None, case_id: str) -> None:
    check(doing, case_id)
    talk(doing, family, case_id)
    first = issue(doing, case_id)
    assert refusal_codes(doing, case_id) == ["letter_stands"]

    doing("documents.revoke_letter", letter_id=str(first.id), reason="wrong_data")
    second = issue(doing, case_id)

    assert (first.sequence, second.sequence) == (1, 2)


def test_a_revoked_letter_says_so_everywhere(
    family: Family, doing: Doing, office: None, officer: Actor, case_id: str
) -> None:
    check(doing, case_id)
    talk(doing, family, case_id)
    letter = issue(doing, case_id)

    doing("documents.revoke_letter", letter_id=str(letter.id), reason="permission_withdrawn")

    letter = Letter.objects.in_village(KURIPAN).get()
    _, content = letter_content(officer, letter.id)
    by_qr = read_statement(content.qr, key_set(as_of=TODAY), today=TODAY)
    by_code = check_short_code(letter.short_code, as_of=TODAY)
    assert (by_qr.valid, by_qr.revoked) == (False, True)
    assert by_code is not None
    assert by_code.revoked is True
    assert TimelineEntry.objects.filter(kind="letter.revoked").exists()
    assert Signal.objects.get(kind="permission_letter_stands").until == TODAY
    with pytest.raises(Refusal):
        doing("documents.revoke_letter", letter_id=str(letter.id), reason="misused")


def test_without_a_letterhead_there_is_no_letter(family: Family, doing: Doing, case_id: str) -> None:
    check(doing, case_id)
    talk(doing, family, case_id)

    assert refusal_codes(doing, case_id) == ["office_not_set_up"]


def test_unknown_marital_status_is_asked_for(family: Family, doing: Doing, office: None, case_id: str) -> None:
    Resident.objects.in_village(KURIPAN).filter(id=family.siti.id).update(marital_status="")
    check(doing, case_id)
    talk(doing, family, case_id)

    assert refusal_codes(doing, case_id) == ["marital_status_unknown"]


def test_nobody_gives_permission_to_themselves(family: Family, doing: Doing, case_id: str) -> None:
    with pytest.raises(Refusal) as refusal:
        talk(doing, family, case_id, giver_id=str(family.siti.id))

    assert refusal.value.reasons[0].code == "giver_is_candidate"


def test_pressure_leaves_no_trace_outside_the_talk(family: Family, doing: Doing, case_id: str) -> None:
    talk(doing, family, case_id, pressure=True, note="Dipaksa kakaknya")

    memory = str(list(TimelineEntry.objects.values())) + str(list(Event.objects.values()))
    memory += str(list(Signal.objects.values()))
    assert "pressure" not in memory
    assert "Dipaksa" not in memory


@pytest.mark.parametrize(
    ("name", "payload"),
    [
        ("cases.open_case", {"case_id": str(new_id())}),
        ("cases.withdraw_case", {}),
        ("cases.check_offer", {"check_id": str(new_id()), "answers": LAWFUL_OFFER}),
        ("cases.record_family_talk", {"talk_id": str(new_id()), "permission": "missing"}),
        ("cases.issue_family_permission", {"letter_id": str(new_id())}),
    ],
)
def test_strangers_get_nothing_done(
    family: Family, doing: Doing, stranger: Actor, case_id: str, name: str, payload: dict[str, Any]
) -> None:
    head = person(new_id(), "Kepala desa", ("village_head", KURIPAN))
    payload = {"case_id": case_id, **payload}
    if name == "cases.open_case":
        payload["resident_id"] = str(family.budi.id)

    for outsider in (stranger, head):
        with pytest.raises(Refusal) as refusal:
            doing(name, by=outsider, **payload)
        assert refusal.value.reasons[0].code == "not_found"


def test_strangers_cannot_revoke(family: Family, doing: Doing, office: None, stranger: Actor, case_id: str) -> None:
    check(doing, case_id)
    talk(doing, family, case_id)
    letter = issue(doing, case_id)

    with pytest.raises(Refusal):
        doing("documents.revoke_letter", by=stranger, letter_id=str(letter.id), reason="misused")

    assert Letter.objects.in_village(KURIPAN).get().revoked_on is None


def test_who_came_who_was_heard_and_who_gives_the_letter_can_all_ask_for_the_trace(
    family: Family, office: None, doing: Doing, case_id: str, officer: Actor, now: datetime
) -> None:
    visit_id = str(new_id())
    doing("cases.record_visit", visit_id=visit_id, resident_id=str(family.budi.id), purpose="letter", waiting=True)
    served = {"village_code": KURIPAN, "visit_id": visit_id}
    do(officer, "cases.finish_visit", served, now=now, act_id=new_id())
    check(doing, case_id)
    talk(doing, family, case_id)
    issue(doing, case_id)

    about_budi = EventSubject.objects.filter(subject_id=family.budi.id).values_list("event__event", flat=True)

    assert set(about_budi) == {"visit.recorded", "visit.finished", "family_talk.recorded", "letter.issued"}
