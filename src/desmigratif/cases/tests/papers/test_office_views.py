"""Pages of bundles, walked as a village's officer, as the offices outside it and as a stranger."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from desmigratif.access import reads
from desmigratif.audit.models import Event
from desmigratif.cases.models import Bundle
from desmigratif.cases.tests.before.test_journey_views import lines, page_of, row, signed_in
from desmigratif.cases.tests.conftest import Family
from desmigratif.cases.tests.pages import kuripan, main_buttons, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


@pytest.fixture
def desk(places: None) -> Client:
    return signed_in("village_officer")


@pytest.fixture
def registry(places: None) -> Client:
    return signed_in("registrar", "33.07")


@pytest.fixture
def sent(desk: Client, family: Family, case_id: str) -> Bundle:
    """Siti's KTP, KK and the rest, sent to the civil registry."""
    send(desk, page_of("send_bundle"))
    bundle: Bundle = kuripan(Bundle).get()
    return bundle


def at(name: str, bundle: Bundle) -> str:
    return reverse(f"cases:{name}", args=[bundle.id])


def test_the_step_leads_to_sending_and_the_checklist_says_where_the_papers_lie(
    desk: Client, family: Family, case_id: str
) -> None:
    assert "Kirim berkas ke Dukcapil" in desk.get(page_of("step")).content.decode()
    page = desk.get(page_of("send_bundle"))
    assert main_buttons(page) == 1
    assert "Dukcapil menjawab dalam 5 hari kerja" in page.content.decode()

    answer = send(desk, page_of("send_bundle"), papers=["ktp", "kk"])

    assert answer.url == reverse("cases:case", args=[case_id])
    assert kuripan(Bundle).get().papers == ["kk", "ktp"]
    line = lines(desk.get(answer.url))["KTP, KK, akta dicocokkan"]
    assert line["holder"] == "Dukcapil, sejak 23 November 2026"
    assert line["detail"] == (
        "Berkas dikirim ke Dukcapil 23 November 2026, belum diterima; tinggal 5 hari kerja, sampai 30 November 2026."
    )
    assert desk.get(page_of("send_bundle")).status_code == 302
    assert "Kirim berkas ke" not in desk.get(page_of("step")).content.decode()


def test_nothing_ticked_is_said_beside_the_question(desk: Client, family: Family, case_id: str) -> None:
    page = send(desk, page_of("send_bundle"), papers=[])

    assert page.context["form"].errors["papers"] == ["Pilih dokumen yang ada di dalam berkas."]


def test_an_office_takes_a_bundle_and_answers_it(registry: Client, desk: Client, sent: Bundle) -> None:
    inbox = registry.get(reverse("cases:inbox"))
    assert [r["title"] for r in inbox.context["rows"]] == ["Siti Aminah"]
    page = registry.get(at("bundle", sent))
    assert main_buttons(page) == 1
    assert [fact["label"] for fact in page.context["facts"]] == [
        "Nama", "Tanggal lahir", "Tempat lahir", "Jenis kelamin", "Status perkawinan", "Desa", "Dikirim",
    ]  # fmt: skip

    send(registry, at("bundle", sent))
    assert kuripan(Bundle).get().state == "accepted"
    page = registry.get(at("bundle", sent))
    assert main_buttons(page) == 1
    assert "Catat jawaban" in page.content.decode()
    answer = send(registry, at("answer_bundle", sent))

    assert answer.url == reverse("cases:inbox")
    assert row("civil_papers").state == "done"
    assert registry.get(at("answer_bundle", sent)).status_code == 302
    assert main_buttons(registry.get(at("bundle", sent))) == 0


def test_an_office_sends_a_bundle_back_and_the_village_reads_why(
    registry: Client, desk: Client, sent: Bundle, case_id: str
) -> None:
    page = send(registry, at("return_bundle", sent), reason="paper_missing")
    assert page.context["form"].errors["papers"] == ["Sebut dokumen mana, supaya desa tahu apa yang dilengkapi."]

    send(registry, at("return_bundle", sent), reason="paper_missing", papers=["birth_certificate"], note="Asli dibawa")

    line = lines(desk.get(reverse("cases:case", args=[case_id])))["KTP, KK, akta dicocokkan"]
    assert line["detail"] == (
        "Dukcapil mengembalikan berkas 23 November 2026: ada dokumen yang kurang (Akta kelahiran). "
        "Lengkapi dokumen yang disebut, lalu kirim lagi."
    )
    assert "Asli dibawa" in desk.get(page_of("step")).content.decode()
    listed = desk.get(reverse("cases:bundles"))
    assert [r["states"][0]["label"] for r in listed.context["rows"]] == ["Dikembalikan"]
    send(desk, page_of("send_bundle"))
    assert [b.round for b in kuripan(Bundle).order_by("round")] == [1, 2]


def test_a_late_answer_is_seen_on_both_sides(desk: Client, sent: Bundle, case_id: str) -> None:
    with time_machine.travel("2026-12-02T03:15:00Z", tick=False):
        late = signed_in("registrar", "33.07").get(f"{reverse('cases:inbox')}?lihat=terlambat")
        page = signed_in("village_head").get(reverse("cases:case", args=[case_id]))

    assert [r["states"][0]["label"] for r in late.context["rows"]] == ["Terlambat dijawab"]
    assert lines(page)["KTP, KK, akta dicocokkan"]["word"] == "Terlambat dijawab"


def test_an_office_sees_the_chosen_fields_and_no_other_page(registry: Client, sent: Bundle, family: Family) -> None:
    text = registry.get(at("bundle", sent)).content.decode()

    assert "Siti Aminah" in text
    for hidden in ("Budi", "Krajan", "Hong Kong", "3307"):
        assert hidden not in text
    for address in (
        reverse("cases:case", args=[sent.case_id]), reverse("cases:cases"), reverse("cases:bundles"),
        reverse("people:residents"), reverse("people:household", args=[family.household.id]),
    ):  # fmt: skip
        assert registry.get(address).status_code == 404


def test_other_offices_and_strangers_find_no_bundle(sent: Bundle) -> None:
    for role, region in (
        ("manpower_officer", "33.07"), ("registrar", "32.12"), ("village_officer", "32.12.16.2004"),
        ("regency_coordinator", "33.07"),
    ):  # fmt: skip
        client = signed_in(role, region)
        for name in ("bundle", "return_bundle", "answer_bundle"):
            assert client.get(at(name, sent)).status_code == 404
    assert signed_in("manpower_officer", "32.12").get(reverse("cases:inbox")).context["rows"] == []
    assert signed_in("village_head", "32.12.16.2004").get(reverse("cases:bundles")).context["rows"] == []


def test_two_at_one_office_are_told_of_each_other(registry: Client, sent: Bundle) -> None:
    old = registry.get(at("return_bundle", sent))
    send(registry, at("bundle", sent))
    form = old.context["form"]
    mine = {"act_id": form["act_id"].value(), "seen": 1, "on": "23-11-2026", "reason": "expired", "papers": ["ktp"]}

    told = registry.post(at("return_bundle", sent), mine)

    assert "sudah diubah orang lain" in told.content.decode()
    assert told.context["form"]["papers"].value() == ["ktp"]
    assert kuripan(Bundle).get().state == "accepted"
    registry.post(at("return_bundle", sent), {**mine, "seen": told.context["form"]["seen"].value()})
    assert kuripan(Bundle).get().state == "returned"


def test_opening_a_bundle_leaves_a_trace_and_what_cannot_be_noted_stays_closed(
    registry: Client, sent: Bundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(registry, at("return_bundle", sent), reason="name_differs", note="Kata rahasia")
    assert "Kata rahasia" in registry.get(at("bundle", sent)).content.decode()
    seen = Event.objects.filter(event="bundle.opened").latest("audit_no")
    assert {"type": "resident", "id": str(sent.case.resident_id)} in seen.subjects

    monkeypatch.setattr(reads, "opened", lambda *args, **kwargs: False)
    text = registry.get(at("bundle", sent)).content.decode()

    assert "Kata rahasia" not in text
    assert "belum bisa dicatat" in text


@pytest.mark.parametrize(
    ("name", "queries"), [("inbox", 11), ("bundle", 10), ("return_bundle", 10), ("answer_bundle", 10)]
)
def test_each_page_of_an_office_asks_a_fixed_number_of_questions(
    registry: Client, sent: Bundle, django_assert_num_queries: Any, name: str, queries: int
) -> None:
    address = reverse("cases:inbox") if name == "inbox" else at(name, sent)
    registry.get(address)

    with django_assert_num_queries(queries):
        assert registry.get(address).status_code == 200


@pytest.mark.parametrize(("name", "queries"), [("send_bundle", 11), ("bundles", 9)])
def test_each_page_of_the_village_asks_a_fixed_number_of_questions(
    desk: Client, family: Family, case_id: str, django_assert_num_queries: Any, name: str, queries: int
) -> None:
    address = page_of("send_bundle") if name == "send_bundle" else reverse("cases:bundles")
    desk.get(address)

    with django_assert_num_queries(queries):
        assert desk.get(address).status_code == 200
