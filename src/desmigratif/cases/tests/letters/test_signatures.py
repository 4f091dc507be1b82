"""The head's signatures: never before check and talk, put off once and for a day, and seen by the officer."""

from __future__ import annotations

from datetime import UTC, date, datetime
from importlib.resources import files
from typing import Any

import pytest
import yaml
from django.test import Client
from django.urls import reverse

from desmigratif.access.actor import Actor, person
from desmigratif.access.door import do
from desmigratif.audit.models import TimelineEntry
from desmigratif.cases.models import FamilyTalk, HeadDecision, OfferCheck
from desmigratif.cases.rules.letters import signatures as rules
from desmigratif.cases.tests.before.test_journey_steps import check, codes
from desmigratif.cases.tests.before.test_journey_views import lines, signed_in
from desmigratif.cases.tests.conftest import KURIPAN, Doing, Family
from desmigratif.cases.tests.pages import kuripan, main_buttons, send, talked
from desmigratif.documents.models import Letter
from desmigratif.shared import dated
from desmigratif.shared.ids import new_id
from desmigratif.shared.tests.mutating import unnoticed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
TODAY = date(2026, 11, 23)
SAID: dict[str, Any] = yaml.safe_load(
    files("desmigratif.regulations").joinpath("examples/signatures.yaml").read_text(encoding="utf-8")
)


def all_true() -> bool:
    try:
        firsts = {versions[0].since for versions in dated.subject("signatures").values()}
        return (
            firsts == {SAID["mulai"]}
            and [[day, rules.postponed_until(day)] for day, _ in SAID["ditunda"]] == SAID["ditunda"]
            and {why.code: [why.label, why.way_out] for why in rules.reasons_to_postpone(TODAY)} == SAID["alasan"]
        )
    except (LookupError, TypeError):
        return False


def test_postponements_are_as_the_examples_say() -> None:
    assert all_true()


def test_no_value_of_the_signatures_can_be_changed_without_an_example_failing(monkeypatch: pytest.MonkeyPatch) -> None:
    tried, missed = unnoticed(monkeypatch, "signatures", all_true)

    assert tried > 15
    assert missed == []


@pytest.fixture
def head() -> Actor:
    return person(new_id(), "Kepala desa", ("village_head", KURIPAN))


@pytest.fixture
def ready(family: Family, doing: Doing, office: None, case_id: str) -> str:
    """Siti's offer was checked and her husband gave his permission."""
    check(doing, case_id)
    talked(doing, family, case_id)
    return case_id


def seen() -> dict[str, str]:
    """The newest check and talk, as the card showed them."""
    return {
        "check_seen": str(kuripan(OfferCheck).latest("at", "id").id),
        "talk_seen": str(kuripan(FamilyTalk).latest("at", "id").id),
    }


def say(doing: Doing, by: Actor, name: str, case_id: str, **changes: Any) -> None:
    doing(name, by=by, **{"decision_id": str(new_id()), "case_id": case_id, **seen(), **changes})


def approve(doing: Doing, by: Actor, case_id: str, **changes: Any) -> None:
    say(doing, by, "cases.approve_letter", case_id, **changes)


def postpone(doing: Doing, by: Actor, case_id: str, **changes: Any) -> None:
    say(doing, by, "cases.postpone_letter", case_id, **{"reason": "talk_first", **changes})


def write(doing: Doing, case_id: str) -> None:
    doing("cases.issue_family_permission", letter_id=str(new_id()), case_id=case_id, agency="PT Contoh Karya")


def test_the_head_says_yes_once_and_the_officer_writes_the_letter(ready: str, doing: Doing, head: Actor) -> None:
    approve(doing, head, ready)

    assert codes(lambda: approve(doing, head, ready)) == ["already_approved"]
    write(doing, ready)
    assert codes(lambda: approve(doing, head, ready)) == ["letter_stands"]
    assert "letter.approved" in set(TimelineEntry.objects.values_list("kind", flat=True))


@pytest.mark.parametrize("missing", ["check", "talk"])
def test_nothing_is_signed_before_the_offer_was_checked_and_the_family_heard(
    family: Family, doing: Doing, head: Actor, case_id: str, missing: str
) -> None:
    ids = {"check_seen": str(new_id()), "talk_seen": str(new_id())}
    if missing == "talk":
        check(doing, case_id)
    else:
        talked(doing, family, case_id)
    given = {"decision_id": str(new_id()), "case_id": case_id, **ids}

    told = codes(lambda: doing("cases.approve_letter", by=head, **given))

    assert told[0] == {"check": "offer_not_checked", "talk": "no_family_talk"}[missing]
    assert not kuripan(HeadDecision).exists()


def test_a_stopped_offer_cannot_be_signed(family: Family, doing: Doing, head: Actor, case_id: str) -> None:
    check(doing, case_id, visa="umrah")
    talked(doing, family, case_id)

    assert "offer_stopped" in codes(lambda: approve(doing, head, case_id))


def test_a_postponement_stops_the_letter_for_a_working_day_and_only_once(
    ready: str, doing: Doing, head: Actor, officer: Actor
) -> None:
    postpone(doing, head, ready)

    assert kuripan(HeadDecision).get().postponed_until == date(2026, 11, 24)
    assert codes(lambda: write(doing, ready)) == ["head_postponed"]
    assert codes(lambda: postpone(doing, head, ready)) == ["postponed_before"]
    given = {"letter_id": str(new_id()), "case_id": ready, "village_code": KURIPAN, "agency": "PT Contoh Karya"}
    later = datetime(2026, 11, 25, 3, tzinfo=UTC)
    do(officer, "cases.issue_family_permission", {**given, "on": "2026-11-25"}, now=later, act_id=new_id())
    assert Letter.objects.in_village(KURIPAN).count() == 1


def test_a_yes_after_a_postponement_frees_the_letter(ready: str, doing: Doing, head: Actor) -> None:
    postpone(doing, head, ready)
    later = {"village_code": KURIPAN, "case_id": ready, "decision_id": new_id(), "on": "2026-11-23", **seen()}
    do(head, "cases.approve_letter", later, now=datetime(2026, 11, 23, 4, tzinfo=UTC), act_id=new_id())

    write(doing, ready)


def test_only_a_reason_of_the_list_postpones(ready: str, doing: Doing, head: Actor) -> None:
    assert codes(lambda: postpone(doing, head, ready, reason="no_mood")) == ["unknown_reason"]


def test_a_newer_check_wants_a_new_word(ready: str, doing: Doing, head: Actor) -> None:
    old = seen()
    check(doing, ready)

    assert codes(lambda: approve(doing, head, ready, **old)) == ["changed_meanwhile"]


def test_strangers_and_officers_sign_nothing(ready: str, doing: Doing, officer: Actor, stranger: Actor) -> None:
    elsewhere = person(new_id(), "Kepala desa lain", ("village_head", "32.12.16.2004"))
    for outsider in (officer, stranger, elsewhere):
        for name, more in (("cases.approve_letter", {}), ("cases.postpone_letter", {"reason": "talk_first"})):
            assert codes(lambda: say(doing, outsider, name, ready, **more)) == ["not_found"]  # noqa: B023


# --- pages -----------------------------------------------------------------------------------------


def test_a_card_says_who_where_what_was_found_and_said_and_one_tap_agrees(ready: str, doing: Doing) -> None:
    phone, desk = signed_in("village_head"), signed_in("village_officer")
    assert "Tanda tangan: 1 surat" in phone.get("/").content.decode()
    page = phone.get(reverse("cases:signatures"))
    (card,) = page.context["cards"]
    assert (card["name"], card["check"]["name"], card["talk"]["name"]) == ("Ibu Siti Aminah", "aman", "aman")
    assert card["giver"] == "Suami Budi Santoso"
    assert main_buttons(page) == 1

    form = card["form"]
    sent = {name: form[name].value() for name in form.fields}
    answer = phone.post(card["approve_url"], sent)

    assert answer.url == reverse("cases:signatures")
    after = phone.get(answer.url)
    assert (after.context["cards"], len(after.context["approved"])) == ([], 1)
    line = lines(desk.get(reverse("cases:case", args=[ready])))["Surat izin keluarga"]
    assert "Kepala desa menyetujui 23 November 2026." in line["detail"]


def test_a_letter_is_put_off_with_a_reason_that_the_officer_reads(ready: str, doing: Doing) -> None:
    phone, desk = signed_in("village_head"), signed_in("village_officer")
    address = reverse("cases:postpone_letter", args=[ready])
    assert send(phone, address).context["form"].errors["reason"] == ["Pilih alasannya."]

    send(phone, address, reason="check_agency")

    line = lines(desk.get(reverse("cases:case", args=[ready])))["Surat izin keluarga"]
    assert "menunda sampai 24 November 2026: perusahaan atau perekrutnya perlu dipastikan." in line["detail"]
    (card,) = phone.get(reverse("cases:signatures")).context["cards"]
    assert card["postpone_url"] == ""
    assert card["form"] is not None


def test_a_card_that_cannot_be_signed_says_why_without_telling_of_pressure(
    family: Family, doing: Doing, case_id: str
) -> None:
    check(doing, case_id)
    talked(doing, family, case_id, pressure=True)

    (card,) = signed_in("village_head").get(reverse("cases:signatures")).context["cards"]

    assert card["form"] is None
    assert [reason.text for reason in card["reasons"]] == ["Izin keluarga belum bisa dipakai; tanyakan kepada petugas."]


def test_a_tap_on_an_old_page_changes_nothing_and_says_so(ready: str, doing: Doing) -> None:
    phone = signed_in("village_head")
    (card,) = phone.get(reverse("cases:signatures")).context["cards"]
    sent = {name: card["form"][name].value() for name in card["form"].fields}
    check(doing, ready)

    page = phone.post(card["approve_url"], sent, follow=True)

    assert "pemeriksaan atau pembicaraan baru" in page.content.decode()
    assert not kuripan(HeadDecision).exists()


def test_strangers_find_no_card(ready: str, places: None) -> None:
    stranger: Client = signed_in("village_head", "32.12.16.2004")

    assert stranger.get(reverse("cases:signatures")).context["cards"] == []
    assert stranger.get(reverse("cases:postpone_letter", args=[ready])).status_code == 404
    assert stranger.post(reverse("cases:approve_letter", args=[ready])).status_code == 404
    assert signed_in("village_officer").get(reverse("cases:signatures")).status_code == 404


def test_the_cards_ask_a_fixed_number_of_questions(ready: str, django_assert_num_queries: Any) -> None:
    phone = signed_in("village_head")
    phone.get(reverse("cases:signatures"))

    with django_assert_num_queries(14):
        assert phone.get(reverse("cases:signatures")).status_code == 200
