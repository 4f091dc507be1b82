"""Pages of referrals, walked as the village's officer, as a body with a desk, and by a one-time address."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from desmigratif.access import reads
from desmigratif.audit.models import Event
from desmigratif.cases.answer_links import token_of
from desmigratif.cases.models import Case, Referral
from desmigratif.cases.tests.before.test_journey_views import signed_in
from desmigratif.cases.tests.conftest import Doing, Family
from desmigratif.cases.tests.pages import fields_of, main_buttons, send
from desmigratif.cases.tests.trouble.referring import (
    DISNAKER,
    MISSION,
    POLICE,
    WHY,
    body_called,
    live_link,
    load_directory,
    the_referral,
    whats,
    works_for,
)
from desmigratif.documents.models import Letter
from desmigratif.shared.ids import new_id

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def morning(settings: Any, places: None) -> Iterator[None]:
    settings.SECOND_FACTOR_REQUIRED = False
    with time_machine.travel("2026-11-23T03:15:00Z", tick=False):
        load_directory(datetime.fromisoformat("2026-11-23T03:15:00+00:00"))
        yield


@pytest.fixture
def desk(places: None) -> Client:
    return signed_in("village_officer")


@pytest.fixture
def manpower(places: None) -> Client:
    return signed_in("manpower_officer", "33.07")


def refer(desk: Client, case_id: str, body: str = POLICE, **said: Any) -> Referral:
    page = f"{reverse('cases:send_referral')}?hal=case:{case_id}"
    given = {
        "about": "recruitment", "body_id": str(body_called(body).id), "why": WHY, "fields": ["name", "birth_date"],
        "basis": "consent", **said,
    }  # fmt: skip
    answer = send(desk, page, **given)
    assert answer.status_code == 302, answer.context["form"].errors
    return the_referral(body_name=body)


def at(name: str, referral: Referral) -> str:
    return reverse(f"cases:{name}", args=[referral.id])


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_plan_is_referred_from_its_page_and_the_page_says_where_it_is(
    desk: Client, family: Family, case_id: str
) -> None:
    case_page = reverse("cases:case", args=[case_id])
    assert f"{reverse('cases:send_referral')}?hal=case:{case_id}" in text(desk.get(case_page))

    referral = refer(desk, case_id)

    page = desk.get(at("referral", referral))
    assert main_buttons(page) == 1
    said = text(page)
    assert POLICE in said and WHY in said and "21 April 1996" in said and referral.number in said
    assert "Wonosobo, 21 April" not in said
    assert f"/jawab/{token_of(live_link(referral).id)}/" in said
    assert POLICE in text(desk.get(case_page))
    listed = desk.get(reverse("cases:referrals"))
    assert [row["name"] for row in listed.context["stuck"]] == [POLICE]
    assert [row["title"] for row in listed.context["rows"]] == ["Siti Aminah: Masalah perekrutan atau biaya"]


def test_what_was_typed_stays_when_the_body_is_the_wrong_one(desk: Client, family: Family, case_id: str) -> None:
    page = f"{reverse('cases:send_referral')}?hal=case:{case_id}"
    answer = send(desk, page, about="health_care", body_id=str(body_called(POLICE).id), why=WHY, basis="consent")

    assert answer.status_code == 200
    assert "lembaga ini tidak berwenang" in text(answer)
    assert WHY in text(answer)


def test_a_body_with_a_desk_sees_the_chosen_fields_and_answers_on_the_same_page(
    desk: Client, manpower: Client, family: Family, case_id: str
) -> None:
    referral = refer(desk, case_id, DISNAKER)
    assert "Siti Aminah" in text(manpower.get(reverse("cases:referred")))
    page = manpower.get(at("referred_one", referral))
    assert main_buttons(page) == 1
    assert [fact["label"] for fact in page.context["shared"]] == ["Nama", "Tanggal lahir"]
    assert WHY in text(page)

    send(manpower, at("referred_one", referral), reply="accepted", reference="560/1")
    send(manpower, at("referred_one", referral), reply="answered", outcome="helped", note="Uang kembali.")

    said = text(desk.get(at("referral", referral)))
    assert "Uang kembali." in said and "560/1" in said and "Selesai ditolong" in said
    send(desk, at("referral", referral), solved="ya")
    assert the_referral().state == "confirmed"
    closed = manpower.get(at("referred_one", referral))
    assert closed.context["shared"] == [] and "Siti" not in text(closed)
    assert "Data sudah ditutup" in text(closed)
    assert manpower.post(at("referred_one", referral), {}).status_code == 302


def test_a_body_without_an_account_answers_by_its_address_and_hears_when_it_is_used_up(
    desk: Client, client: Client, family: Family, case_id: str
) -> None:
    referral = refer(desk, case_id)
    address = reverse("portal:answer", args=[token_of(live_link(referral).id)])
    page = client.get(address)
    opened_twice = {**fields_of(page), "reply": "accepted", "note": "Kami tangani bersama."}
    assert page.headers["Cache-Control"] == "no-store, private"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "Siti Aminah" in text(page) and WHY in text(page)

    following = send(client, address, reply="accepted")
    assert following.status_code == 302
    assert "Jawaban sebelumnya sudah tersimpan" in text(client.get(following.url))

    used = client.get(address)
    assert "Alamat jawaban ini sudah dipakai pada 23 November 2026." in text(used)
    assert "Siti" not in text(used) and WHY not in text(used)
    assert "Catatan Anda dititipkan" in text(client.post(address, opened_twice))
    assert "Kami tangani bersama." in text(desk.get(at("referral", referral)))
    late = send(client, address, reply="refused", because="no_capacity", note="Petugas kami cuti.")
    assert "Catatan Anda dititipkan" in text(late)
    assert "Petugas kami cuti." in text(desk.get(at("referral", referral)))
    assert the_referral().state == "accepted"

    done = send(client, following.url, reply="answered", outcome="partly", note="Sebagian uang kembali.")
    assert "Terima kasih, jawaban tersimpan" in text(done)
    assert whats(referral) == ["sent", "accepted", "late_answer", "late_answer", "answered"]


def test_whoever_guesses_addresses_is_shut_out_and_cannot_tell_a_right_one(
    desk: Client, client: Client, family: Family, case_id: str
) -> None:
    right = reverse("portal:answer", args=[token_of(live_link(refer(desk, case_id)).id)])
    for guess in range(20):
        assert client.get(f"/jawab/7KQ2-M9XD-4T0B-{guess:04}/").status_code == 404

    page = client.post(right, {"reply": "accepted", "note": "Kami tangani."})
    assert page.status_code == 429 == client.get("/jawab/7KQ2-M9XD-4T0B-81CE/").status_code
    assert "Kami tangani." in text(page) and "Siti" not in text(page)
    assert "Siti Aminah" in text(client.get(right, REMOTE_ADDR="192.0.2.7"))
    with time_machine.travel(datetime(2026, 11, 23, 3, 31, tzinfo=UTC), tick=False):
        assert "Siti Aminah" in text(client.get(right))


def test_the_second_body_to_accept_is_asked_to_wait_and_the_sender_sees_both(
    desk: Client, client: Client, family: Family, case_id: str
) -> None:
    first, second = refer(desk, case_id), refer(desk, case_id, body=DISNAKER)
    links = [reverse("portal:answer", args=[token_of(live_link(row).id)]) for row in (first, second)]
    send(client, links[0], reply="accepted")

    told = send(client, links[1], reply="accepted", note="Kami siap.")
    told = client.get(told.url) if told.status_code == 302 else told

    assert "Lembaga lain menyanggupi lebih dulu" in text(told)
    assert (the_referral(id=first.id).state, the_referral(id=second.id).state) == ("accepted", "standby")
    seen = text(desk.get(at("referral", second)))
    assert "Kami siap." in seen
    assert at("referral", first) in seen


def test_a_referral_that_helped_nobody_says_so_and_goes_on_to_another_body(
    desk: Client, family: Family, case_id: str
) -> None:
    referral = refer(desk, case_id)
    send(desk, at("record_referral_answer", referral), reply="answered", outcome="not_helped")
    send(desk, at("referral", referral), solved="tidak")

    page = desk.get(at("referral", referral))
    assert page.context["state"]["label"] == "Ditutup, belum tertolong"
    assert f"ganti={referral.id}" in text(page)


def test_an_address_that_nobody_was_given_tells_nothing(client: Client, places: None) -> None:
    answer = client.get(reverse("portal:answer", args=["0000-0000-0000-0000"]))

    assert answer.status_code == 404
    assert "tidak dikenal" in text(answer)


def test_the_wrong_answer_by_an_address_keeps_what_was_typed(
    desk: Client, client: Client, family: Family, case_id: str
) -> None:
    address = reverse("portal:answer", args=[token_of(live_link(refer(desk, case_id)).id)])

    answer = send(client, address, reply="refused", note="Bukan wilayah kami.")

    assert answer.status_code == 200
    assert "Pilih alasan mengapa tidak bisa ditangani." in text(answer)
    assert "Bukan wilayah kami." in text(answer)


def test_what_was_heard_a_reminder_and_taking_back(desk: Client, family: Family, case_id: str) -> None:
    referral = refer(desk, case_id)
    first = live_link(referral)
    send(desk, at("remind_body", referral), way="phone", note="Bicara dengan piket.")
    assert live_link(referral).id != first.id
    send(desk, at("record_referral_answer", referral), reply="refused", because="other_body")
    page = desk.get(at("referral", referral))
    assert "Rujuk ke lembaga yang disebut dalam jawabannya." in text(page)
    assert main_buttons(page) == 1
    again = f"{reverse('cases:send_referral')}?hal=case:{case_id}&ganti={referral.id}"
    assert again.replace("&", "&amp;") in text(page)
    send(
        desk, again, about="work_trouble", body_id=str(body_called(MISSION).id), why=WHY, fields=["name"],
        basis="consent",
    )  # fmt: skip
    second = the_referral(body_name=MISSION)
    assert second.follows_id == referral.id
    send(desk, at("recall_referral", second), because="not_needed")
    assert the_referral(id=second.id).state == "recalled"
    for name in ("remind_body", "recall_referral", "record_referral_answer"):
        assert desk.get(at(name, second)).status_code == 302


def test_the_letter_is_written_from_the_page_and_leads_to_its_print(
    desk: Client, family: Family, case_id: str, office: None
) -> None:
    referral = refer(desk, case_id)
    page = desk.get(at("referral", referral))
    form = page.context["letter_form"]

    answer = desk.post(at("write_referral_letter", referral), form.initial)

    letter = Letter.objects.in_village("33.07.10.2004").get()
    assert answer.url == reverse("documents:letter", args=[letter.id])
    assert "Surat rujukan" in text(desk.get(answer.url))
    assert desk.get(reverse("documents:letter_pdf", args=[letter.id])).status_code == 200
    assert reverse("documents:letter", args=[letter.id]) in text(desk.get(at("referral", referral)))


def test_the_head_sees_where_it_is_but_not_what_was_asked(desk: Client, family: Family, case_id: str) -> None:
    referral = refer(desk, case_id)
    head = signed_in("village_head")
    said = text(head.get(at("referral", referral)))

    assert POLICE in said and WHY not in said and "/jawab/" not in said
    assert head.get(at("remind_body", referral)).status_code == 404


def test_the_head_reads_no_employer_that_a_body_may_read(
    desk: Client, manpower: Client, family: Family, doing: Doing
) -> None:
    abroad = doing("cases.record_found_abroad", case_id=new_id(), resident_id=family.siti.id, country="MYS")["id"]
    facts = {"employer": "Ladang Contoh"}
    version = Case.objects.in_village("33.07.10.2004").get().version
    doing("cases.record_stay", case_id=abroad, seen=version, facts=facts)
    works_for("manpower_officer", "33.07")
    referral = refer(desk, abroad, DISNAKER, about="work_trouble", fields=["name", "employer"])

    for client, name in ((desk, "referral"), (manpower, "referred_one")):
        assert "Ladang Contoh" in text(client.get(at(name, referral)))
    assert "Ladang Contoh" not in text(signed_in("village_head").get(at("referral", referral)))


def test_opening_is_remembered_and_what_cannot_be_remembered_stays_closed(
    desk: Client, manpower: Client, family: Family, case_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    referral = refer(desk, case_id, DISNAKER)
    manpower.get(at("referred_one", referral))
    assert Event.objects.filter(event="share.opened", actor_role="manpower_officer").count() == 1

    monkeypatch.setattr(reads, "opened", lambda *args, **kwargs: False)
    for browser, name in ((desk, "referral"), (manpower, "referred_one")):
        said = text(browser.get(at(name, referral)))
        assert WHY not in said and "21 April 1996" not in said


def test_lists_and_pages_ask_a_fixed_number_of_questions(
    desk: Client, manpower: Client, family: Family, case_id: str, django_assert_max_num_queries: Any
) -> None:
    for body in (POLICE, DISNAKER):
        refer(desk, case_id, body)
    works_for("registrar", "33.07")
    for browser, address, most in (
        (desk, reverse("cases:referrals"), 12),
        (desk, at("referral", the_referral(body_name=POLICE)), 20),
        (manpower, reverse("cases:referred"), 9),
        (manpower, at("referred_one", the_referral(body_name=DISNAKER)), 14),
    ):
        browser.get(address)
        with django_assert_max_num_queries(most):
            browser.get(address)


def test_a_hand_over_and_a_return_lead_to_a_referral(desk: Client, family: Family, doing: Doing) -> None:
    handed, returned = new_id(), new_id()
    doing(
        "people.hand_over_household", hand_over_id=handed, household_id=family.household.id, kind="child_worry",
        resident_id=family.rini.id,
    )  # fmt: skip
    doing(
        "cases.record_return", return_id=returned, resident_id=family.siti.id, case_id=new_id(),
        returned_on="2026-11-20", kind="sick", cause="illness", source="family", country="MYS",
    )  # fmt: skip
    for page, matter, about in (
        (reverse("people:hand_overs"), f"hand_over:{handed}", "child"),
        (reverse("cases:back", args=[returned]), f"return:{returned}", "health_care"),
    ):
        address = f"{reverse('cases:send_referral')}?hal={matter}"
        assert address in text(desk.get(page))
        assert desk.get(address).context["form"].initial["about"] == about
    for unknown in ("case:bukan-id", f"rahasia:{handed}", f"case:{handed}"):
        assert desk.get(f"{reverse('cases:send_referral')}?hal={unknown}").status_code == 404
