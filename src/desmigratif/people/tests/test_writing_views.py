"""What an officer writes down on the pages on people, and what they say when something is wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from desmigratif.access.actor import Actor
from desmigratif.audit import memory
from desmigratif.people import sealing
from desmigratif.people.models import Consent, Household, Phone, Resident
from desmigratif.people.tests.pages import Family, fields_of, html, pages_of, send
from desmigratif.shared.ids import new_id

KURIPAN = "33.07.10.2004"
TODAY = date(2026, 11, 23)
pytestmark = pytest.mark.django_db


def test_a_new_family_is_registered_and_a_double_click_acts_once(desk: Client) -> None:
    address = reverse("people:new_household")
    said = fields_of(desk.get(address)) | {
        "name": "Bambang Prasetyo",
        "hamlet": "Sidorejo",
        "nik": "3307 1001 0290 0005",
    }

    first = desk.post(address, said)
    second = desk.post(address, said)

    resident = Resident.objects.in_village(KURIPAN).get()
    assert first["Location"] == second["Location"] == reverse("people:household", args=[resident.household_id])
    assert sealing.open_nik(resident) == "3307100102900005"
    assert resident.relation == "head"


def test_somebody_alike_is_shown_and_can_be_told_apart(desk: Client, family: Family) -> None:
    address = reverse("people:new_household")
    said = fields_of(desk.get(address)) | {"name": "Sitti Aminah", "birth_date": "12-05-1992"}

    asked = desk.post(address, said)
    done = desk.post(address, {**said, "known_to_differ": "on"})

    assert "Mungkin orang ini sudah tercatat" in html(asked)
    assert reverse("people:household", args=[family["Siti"].household_id]) in html(asked)
    assert done.status_code == 302


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "tidak boleh kosong"),
        ({"name": "R2D2"}, "Nama hanya boleh berisi huruf"),
        ({"nik": "123"}, "NIK harus 16 angka; yang terbaca 3."),
        ({"kk_number": "33071012031500"}, "Nomor KK harus 16 angka; yang tertulis 14."),
        ({"birth_date": "24-11-2026"}, "Tanggal lahir masih di masa depan"),
        ({"birth_date": "31-02-1990"}, "tanggal"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_written(
    desk: Client, wrong: dict[str, str], sentence: str
) -> None:
    answer = send(desk, reverse("people:new_household"), **{"name": "Bambang Prasetyo", **wrong})

    assert answer.status_code == 200
    assert sentence in html(answer)
    assert list(answer.context["form"].errors) == list(wrong)
    assert not Resident.objects.in_village(KURIPAN).exists()


def test_an_answer_of_the_search_leads_to_that_person_within_the_family(desk: Client, family: Family) -> None:
    (found,) = [row for row in desk.get(pages_of(family)["search"]).context["results"] if "Siti" in row["name"]]
    address, _, anchor = found["url"].partition("#")

    assert address == pages_of(family)["household"]
    assert f'id="{anchor}"' in html(desk.get(address))


def test_a_member_is_added(desk: Client, family: Family) -> None:
    answer = send(desk, pages_of(family)["member"], name="Mbah Karti", relation="parent")

    assert answer.status_code == 302
    assert family["Siti"].household.members.in_village(KURIPAN).count() == 4


def test_a_correction_sends_only_what_was_changed(desk: Client, family: Family) -> None:
    answer = send(
        desk, pages_of(family)["correct"], name="Siti Aminah Rahayu", source="KTP", reason="Nama di KTP lebih panjang"
    )

    siti = family["Siti"]
    siti.refresh_from_db()
    assert answer.status_code == 302
    assert (siti.name, siti.field_versions) == ("Siti Aminah Rahayu", {"name": 2})
    assert sealing.open_nik(siti) == "3307105205920418"


def test_the_source_of_most_facts_is_said_once_and_another_stands_out(desk: Client, family: Family) -> None:
    send(desk, pages_of(family)["correct"], birth_place="Banjarnegara", source="KTP", reason="Tertulis di KTP")

    page = desk.get(pages_of(family)["resident"]).context

    stated = {fact["label"]: fact["source"] for fact in page["facts"]}
    assert page["usual_source"].startswith("Petugas desa")
    assert page["usual_source"] not in stated.values()
    assert [label for label, source in stated.items() if source.startswith("KTP")] == ["Tempat lahir"]


def test_two_tabs_correcting_one_field_end_in_a_sentence(desk: Client, family: Family) -> None:
    address = pages_of(family)["correct"]
    why = {"source": "KTP", "reason": "Cocok"}
    first, second = fields_of(desk.get(address)), fields_of(desk.get(address))

    desk.post(address, {**first, **why, "name": "Siti Aminah Rahayu"})
    clash = desk.post(address, {**second, **why, "name": "Siti Aminatun"})
    other = desk.post(address, {**second, **why, "act_id": new_id(), "birth_place": "Wonosobo"})

    siti = family["Siti"]
    siti.refresh_from_db()
    assert "Nama sudah diubah orang lain sejak berkas ini dibuka" in html(clash)
    assert other.status_code == 302
    assert (siti.name, siti.birth_place) == ("Siti Aminah Rahayu", "Wonosobo")


def test_a_family_moves_house(desk: Client, family: Family, household: Household) -> None:
    answer = send(desk, pages_of(family)["correct_household"], rt="7", source="RT", reason="Pindah rumah")

    household.refresh_from_db()
    assert answer.status_code == 302
    assert (household.rt, sealing.open_kk(household)) == ("007", "3307101203150093")


def test_phone_wish_and_consent_are_recorded_and_shown(desk: Client, family: Family) -> None:
    pages = pages_of(family)
    send(desk, pages["phone"], number="0812 3456 7890", safe="false")
    send(desk, pages["wish"], wish="Lewat Bu RT saja")
    send(desk, pages["consent"], given="true", given_by="self")

    text = html(desk.get(pages["resident"]))

    assert "Jangan ditelepon" in text
    assert "Lewat Bu RT saja" in text
    assert "81234567890" not in text
    assert Consent.objects.get().purpose == "photo"


def test_a_phone_is_unmasked_by_its_id(desk: Client, family: Family) -> None:
    send(desk, pages_of(family)["phone"], number="0812 3456 7890")
    phone = Phone.objects.in_village(KURIPAN).get()

    text = html(desk.post(reverse("people:unmask", args=[family["Siti"].id]), {"nomor": str(phone.id)}))

    assert "0812-3456-7890" in text


def test_consent_is_withdrawn_with_one_button(desk: Client, family: Family) -> None:
    send(desk, pages_of(family)["consent"], given="true", given_by="self")
    consent = Consent.objects.get()
    address = reverse("people:withdraw_consent", args=[family["Siti"].id, consent.id])

    desk.post(address, {"act_id": new_id()})

    consent.refresh_from_db()
    assert consent.withdrawn_on == TODAY


def test_a_doubt_that_was_none_is_settled_from_the_page(
    desk: Client, officer: Actor, family: Family, working: Callable[..., Any]
) -> None:
    home, siti = family["Siti"].household_id, family["Siti"].id
    with working(officer):
        memory.set_signal("nik_doubt", village_code=KURIPAN, household_id=home, resident_id=siti, since=TODAY)
    page = html(desk.get(pages_of(family)["household"]))

    said = {"act_id": new_id(), "kind": "nik_doubt", "resident_id": siti}
    desk.post(reverse("people:settle_doubt", args=[home]), said)

    assert "Cocokkan NIK Siti dengan KTP" in page
    assert "Cocokkan NIK" not in html(desk.get(pages_of(family)["household"]))


def test_another_source_is_chosen(desk: Client, family: Family) -> None:
    send(desk, pages_of(family)["correct"], name="Siti Aminatun", source="KK", reason="Salah baca")
    page = desk.get(pages_of(family)["resident"])
    (other,) = [fact for fact in page.context["others"] if not fact.chosen]

    send(desk, reverse("people:choose_fact", args=[family["Siti"].id, other.id]), reason="KTP asli dilihat")

    family["Siti"].refresh_from_db()
    assert other.value == "Siti Aminah"
    assert family["Siti"].name == "Siti Aminah"
