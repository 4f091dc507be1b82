"""The pages on which somebody decides about what clashed."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse

from desmigratif.access import reads
from desmigratif.access.actor import Actor, person
from desmigratif.access.door import REGISTRY, Act, perform
from desmigratif.access.models import User
from desmigratif.access.testing import SignIn
from desmigratif.audit.models import Event, Outcome, Receipt, ReviewDecision, ReviewPayload
from desmigratif.cases.models import Visit
from desmigratif.desk.views.reviews import PERMISSIONS, REVIEWS
from desmigratif.people.models import Household, Resident
from desmigratif.shared.ids import new_id

KURIPAN, KENANGA = "33.07.10.2004", "32.12.16.2004"
LIST = "/perlu-diputuskan/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(sign_in: SignIn) -> Client:
    return sign_in("village_officer", KURIPAN)


@pytest.fixture
def sender(places: None) -> Actor:
    user = User.objects.create(username="sari", name="Sari Dewi")
    return person(user.id, user.name, ("village_officer", KURIPAN))


def act(by: Actor, now: datetime, name: str, via: str = "sync", **payload: Any) -> Receipt:
    return perform(by, Act(name, new_id(), {"village_code": KURIPAN, **payload}, via=via), now=now)


@pytest.fixture
def siti(sender: Actor, now: datetime) -> Resident:
    """Registered in Kuripan, made up."""
    member = {
        "resident_id": new_id(), "person_id": new_id(), "name": "Siti Aminah", "sex": "F", "birth_date": "1992-05-12",
        "nik": "3307105205920418", "relation": "head",
    }  # fmt: skip
    act(
        sender, now, "people.register_household", household_id=new_id(), on="2026-11-20", hamlet="Krajan", rt="002",
        members=[member],
    )  # fmt: skip
    return Resident.objects.in_village(KURIPAN).select_related("household").get()


def correct(by: Actor, now: datetime, resident: Resident, seen: int, **changes: Any) -> Receipt:
    return act(
        by, now, "people.correct_resident", resident_id=resident.id, seen_version=seen, on="2026-11-22",
        source="KTP", reason="Salah tulis", changes=changes,
    )  # fmt: skip


def clash(by: Actor, now: datetime, resident: Resident, **changes: Any) -> Receipt:
    """Two corrections of the same fields by people who saw the same version; the second one waits."""
    correct(by, now, resident, 1, name="Siti Aminah Rahayu")
    receipt = correct(by, now, resident, 1, **(changes or {"name": "Siti Aminatun"}))
    assert receipt.outcome == Outcome.NEEDS_REVIEW
    return receipt


def page_of(receipt: Receipt) -> str:
    return reverse("desk:review", args=[receipt.id])


def text_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def decide(client: Client, receipt: Receipt, decision: str) -> Any:
    """Open the page and press one of its buttons."""
    page = client.get(page_of(receipt))
    hidden = dict(re.findall(r'name="(act_id|seen_version)" value="([^"]+)"', page.content.decode()))
    return client.post(page_of(receipt), {**hidden, "decision": decision})


# --- the list and the first page ---


def test_the_list_says_who_sent_what_and_names_no_resident(
    desk: Client, sender: Actor, siti: Resident, now: datetime, django_assert_num_queries: Any
) -> None:
    clash(sender, now, siti)
    desk.get(LIST)

    with django_assert_num_queries(6):
        shown = text_of(desk.get(LIST))

    assert "Perbaikan data warga" in shown
    assert "Dikirim Sari Dewi dari HP, 23 November 2026, 10.15 WIB. Disimpan sampai 23 Desember 2026." in shown
    assert "Siti" not in shown


def test_an_empty_list_says_what_belongs_here(desk: Client) -> None:
    assert "Tidak ada yang perlu diputuskan" in text_of(desk.get(LIST))


def test_the_first_page_leads_to_what_waits(desk: Client, sender: Actor, siti: Resident, now: datetime) -> None:
    before = text_of(desk.get("/"))
    clash(sender, now, siti)
    after = desk.get("/")

    assert "perlu diputuskan" not in before
    assert "1 kiriman perlu diputuskan" in text_of(after)
    assert f'href="{LIST}"' in after.content.decode()


def test_counting_costs_the_first_page_no_query_more(
    desk: Client, sender: Actor, siti: Resident, now: datetime, django_assert_max_num_queries: Any
) -> None:
    for _ in range(3):
        clash(sender, now, siti)
    desk.get("/")

    with django_assert_max_num_queries(18):
        assert desk.get("/").status_code == 200


# --- a correction of a resident ---


def test_both_values_stand_side_by_side_with_who_why_and_when(
    desk: Client, sender: Actor, siti: Resident, now: datetime
) -> None:
    shown = text_of(desk.get(page_of(clash(sender, now, siti))))

    assert "Dikirim Sari Dewi dari HP, 23 November 2026, 10.15 WIB" in shown
    assert "sudah diubah orang lain sejak berkas ini dibuka" in shown
    assert "Siti Aminah Rahayu diubah sesudah pengirim membukanya Siti Aminatun" in shown
    assert "Menurut KTP Tertanggal 22 November 2026 Alasan pengirim Salah tulis" in shown


def test_opening_one_leaves_a_trace_on_the_resident(desk: Client, sender: Actor, siti: Resident, now: datetime) -> None:
    desk.get(page_of(clash(sender, now, siti)))

    event = Event.objects.get(event="review.opened")
    assert (event.village_code, event.subjects) == (KURIPAN, [{"type": "resident", "id": str(siti.id)}])


def test_without_its_trace_the_contents_stay_closed(
    desk: Client, sender: Actor, siti: Resident, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    receipt = clash(sender, now, siti)

    def fails(*args: Any, **kwargs: Any) -> None:
        raise DatabaseError("disk full")

    monkeypatch.setattr(reads.unit, "record", fails)
    answer = desk.get(page_of(receipt))

    assert "isi kiriman tetap tertutup" in text_of(answer)
    assert "Siti" not in text_of(answer)
    assert "Salah tulis" not in text_of(answer)
    assert "decision" not in answer.content.decode()


def test_numbers_are_masked_and_still_told_apart(desk: Client, sender: Actor, siti: Resident, now: datetime) -> None:
    correct(sender, now, siti, 1, nik="3307105205930418")
    receipt = correct(sender, now, siti, 1, nik="3307105205940418")

    shown = text_of(desk.get(page_of(receipt)))

    assert "berakhir 0418, tetapi angka di depannya berbeda" in shown
    assert not re.search(r"\d{16}", shown)


def test_a_specific_field_is_hidden_from_who_may_not_see_it(sender: Actor, siti: Resident, now: datetime) -> None:
    correct(sender, now, siti, 1, religion="1", name="Siti Aminah Rahayu")
    receipt = correct(sender, now, siti, 1, religion="2")
    given = REGISTRY["people.correct_resident"].input.model_validate(
        {
            "village_code": KURIPAN, "resident_id": siti.id, "seen_version": 1, "on": "2026-11-22", "source": "KTP",
            "reason": "Salah tulis", "changes": {"religion": "2"},
        }
    )  # fmt: skip
    compare = REVIEWS[receipt.action].compare

    open_, hidden = (compare(sender, given, today=now.date(), with_specific=may) for may in (True, False))

    assert (open_.lines[0].now, open_.lines[0].sent) == ("Islam", "Kristen")
    assert (hidden.lines[0].now, hidden.lines[0].sent) == ("disembunyikan", "disembunyikan")
    assert "Salah tulis" not in str(hidden.facts)


def test_using_it_writes_what_was_sent_and_nothing_that_was_not(
    desk: Client, sender: Actor, siti: Resident, now: datetime
) -> None:
    receipt = clash(sender, now, siti, name="Siti Aminatun", birth_place="Wonosobo")

    answer = decide(desk, receipt, "apply")

    assert (answer.status_code, answer.url) == (302, LIST)
    assert "Kiriman sudah dipakai." in text_of(desk.get(LIST))
    siti = Resident.objects.in_village(KURIPAN).get()
    assert (siti.name, siti.birth_place, siti.sex, siti.version) == ("Siti Aminatun", "Wonosobo", "F", 3)
    assert siti.nik_sealed is not None
    assert ReviewDecision.objects.get().decision == "applied"


def test_throwing_it_away_leaves_the_file_as_it_is(desk: Client, sender: Actor, siti: Resident, now: datetime) -> None:
    receipt = clash(sender, now, siti)

    answer = decide(desk, receipt, "discard")

    assert answer.url == LIST
    assert Resident.objects.in_village(KURIPAN).get().name == "Siti Aminah Rahayu"
    assert not ReviewPayload.objects.exists()
    assert desk.get(page_of(receipt)).status_code == 404


def test_what_changed_while_the_page_was_open_is_compared_again(
    desk: Client, sender: Actor, siti: Resident, now: datetime
) -> None:
    receipt = clash(sender, now, siti)
    page = desk.get(page_of(receipt)).content.decode()
    correct(sender, now, siti, 2, name="Siti Khotimah")

    hidden = dict(re.findall(r'name="(act_id|seen_version)" value="([^"]+)"', page))
    answer = desk.post(page_of(receipt), {**hidden, "decision": "apply"})

    assert answer.status_code == 200
    assert "Belum bisa diputuskan begitu" in text_of(answer)
    assert "Siti Khotimah diubah sesudah pengirim membukanya Siti Aminatun" in text_of(answer)
    assert Resident.objects.in_village(KURIPAN).get().name == "Siti Khotimah"


def test_what_stands_already_needs_no_decision(desk: Client, sender: Actor, siti: Resident, now: datetime) -> None:
    receipt = clash(sender, now, siti)
    correct(sender, now, siti, 2, name="Siti Aminatun")

    assert "Data sekarang sudah sama dengan yang dikirim" in text_of(desk.get(page_of(receipt)))


def test_a_version_that_is_no_number_is_as_if_nothing_was_compared(
    desk: Client, sender: Actor, siti: Resident, now: datetime
) -> None:
    receipt = clash(sender, now, siti)

    answer = desk.post(page_of(receipt), {"act_id": str(new_id()), "seen_version": "²", "decision": "apply"})

    assert "Bandingkan dulu dengan data yang sekarang." in text_of(answer)


# --- a correction of a family, and a visit ---


def test_a_familys_address_is_compared_and_used(desk: Client, sender: Actor, siti: Resident, now: datetime) -> None:
    for hamlet in ("Sidodadi", "Wonosari"):
        receipt = act(
            sender, now, "people.correct_household", household_id=siti.household_id, seen_version=1, on="2026-11-22",
            source="RT", reason="Pindah rumah", changes={"hamlet": hamlet},
        )  # fmt: skip

    shown = text_of(desk.get(page_of(receipt)))
    decide(desk, receipt, "apply")

    assert "Perbaikan data keluarga" in shown
    assert "Keluarga Siti Aminah" in shown
    assert "Sidodadi Wonosari" in shown
    home = Household.objects.in_village(KURIPAN).get()
    assert (home.hamlet, home.rt) == ("Wonosari", "002")


def visit(by: Actor, now: datetime, resident: Resident) -> Receipt:
    return act(
        by, now, "cases.record_visit", visit_id=new_id(), resident_id=resident.id, on="2026-11-23", place="home",
        purpose="ask_information", topics=["costs"], note="Bertemu kakaknya",
    )  # fmt: skip


def test_a_visit_to_somebody_who_is_said_to_be_dead_waits_until_the_file_is_put_right(
    desk: Client, sender: Actor, siti: Resident, now: datetime
) -> None:
    correct(sender, now, siti, 1, life_status="dead")
    receipt = visit(sender, now, siti)
    shown = text_of(desk.get(page_of(receipt)))

    refused = decide(desk, receipt, "apply")
    correct(sender, now, siti, 2, life_status="alive")
    decided = decide(desk, receipt, "apply")

    assert "tercatat meninggal" in shown
    assert "Kunjungan ke rumah" in shown
    assert "Bertemu kakaknya" in shown
    assert refused.status_code == 200 and "Warga ini tercatat meninggal" in text_of(refused)
    assert decided.url == LIST
    assert Visit.objects.in_village(KURIPAN).get().resident_id == siti.id


def test_a_clash_at_the_desk_says_that_what_was_typed_is_kept(
    desk: Client, sender: Actor, siti: Resident, now: datetime
) -> None:
    correct(sender, now, siti, 1, name="Siti Aminah Rahayu")
    address = reverse("people:correct_resident", args=[siti.id])
    form = desk.get(address).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}
    typed |= {f"initial-{name}": typed[name] for name in form.CORRECTED}
    typed |= {"name": "Siti Aminatun", "birth_date": "12-05-1992", "source": "KTP", "reason": "x", "seen_version": 1}

    answer = desk.post(address, {**typed, "initial-birth_date": "12-05-1992"})

    assert "Isian Anda tersimpan dan menunggu keputusan" in text_of(answer)
    assert "Belum bisa disimpan" not in text_of(answer)
    assert text_of(desk.get(LIST)).count("Dikirim Wulan Setyowati di komputer desa") == 1


def test_a_sending_whose_way_has_no_words_reads_as_a_sentence(
    desk: Client, sender: Actor, siti: Resident, now: datetime
) -> None:
    correct(sender, now, siti, 1, name="Siti Aminah Rahayu")
    late = {"resident_id": siti.id, "seen_version": 1, "on": "2026-11-22", "source": "KTP", "reason": "Salah tulis"}
    act(sender, now, "people.correct_resident", via="demo", changes={"name": "Siti Aminatun"}, **late)

    assert "Dikirim Sari Dewi, 23 November 2026" in text_of(desk.get(LIST))


# --- who may ---


def test_strangers_find_no_page_and_decide_nothing(
    sign_in: SignIn, sender: Actor, siti: Resident, now: datetime
) -> None:
    receipt = clash(sender, now, siti)

    for role, region in (("village_officer", KENANGA), ("village_head", KURIPAN), ("ministry_analyst", "ID")):
        client = sign_in(role, region)
        assert client.get(page_of(receipt)).status_code == 404
        assert client.post(page_of(receipt), {"decision": "discard"}).status_code == 404
    assert text_of(sign_in("village_officer", "53.01.10.2007").get(LIST)).count("Dikirim") == 0
    assert ReviewPayload.objects.count() == 1


def test_after_its_time_the_page_is_gone(desk: Client, sender: Actor, siti: Resident, now: datetime) -> None:
    receipt = clash(sender, now, siti)
    ReviewPayload.objects.update(expires_at=now)

    assert desk.get(page_of(receipt)).status_code == 404
    assert "Tidak ada yang perlu diputuskan" in text_of(desk.get(LIST))


def test_the_page_costs_the_same_whatever_was_sent(
    desk: Client, sender: Actor, siti: Resident, now: datetime, django_assert_num_queries: Any
) -> None:
    receipt = clash(sender, now, siti, name="Siti Aminatun", birth_place="Wonosobo", mother_name="Parti")
    desk.get(page_of(receipt))

    with django_assert_num_queries(13):
        desk.get(page_of(receipt))


def test_the_outer_gate_opens_for_every_kind_that_is_shown() -> None:
    assert {REGISTRY[name].permission for name in REVIEWS} == set(PERMISSIONS)
