"""A mentor's way from a family that stays at home to a catalogue: ask, train, form a group, permit, offer, share."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page, expect

from desmigratif.access.door import do
from desmigratif.access.models import User
from desmigratif.access.queries import actor_for
from desmigratif.enterprises.models import Group, Participant, Product, Training
from desmigratif.regions.queries import today_in
from desmigratif.shared.ids import new_id
from journeys.helping import answer, turn_page

KURIPAN = "33.07.10.2004"
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def family(officer: User) -> UUID:
    """Siti stays at home; the service centre hands her over for a training."""
    now = timezone.now()
    today = today_in(KURIPAN, now)
    by, home, siti = actor_for(officer, today=today), new_id(), new_id()

    def act(name: str, **given: Any) -> None:
        do(by, name, {"village_code": KURIPAN, "on": today, **given}, now=now, act_id=new_id())

    people = [
        {"resident_id": siti, "person_id": new_id(), "name": "Siti Aminah", "sex": "F", "birth_date": "1990-04-21"},
        {"resident_id": new_id(), "person_id": new_id(), "name": "Budi Santoso", "sex": "M", "relation": "head"},
    ]
    act("people.register_household", household_id=home, hamlet="Krajan", members=people)
    act(
        "people.hand_over_household", hand_over_id=new_id(), household_id=home, resident_id=siti, kind="spouse_training"
    )
    return siti


def photo() -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (320, 240), "orange").save(target, "JPEG")
    return target.getvalue()


def asked(page: Page) -> None:
    page.goto("/usaha/minat/")
    turn_page(page, page.get_by_role("link", name="Siti Aminah"))
    for name, value in (("will", "now"), ("skills", "cooking"), ("hours", "some")):
        answer(page, name, value)
    turn_page(page, page.get_by_role("button", name="Simpan"))
    expect(page.get_by_text("Hampir siap")).to_be_visible()


def trained(page: Page, today: str) -> None:
    """One day of eight hours; a score of four hundred is refused and nothing typed is lost."""
    page.goto("/usaha/pelatihan/baru/")
    course = {"title": "Keripik singkong", "trainer": "Ibu Guru", "starts_on": today, "hours": "8"}
    for name, value in course.items():
        answer(page, name, value)
    turn_page(page, page.get_by_role("button", name="Simpan"))
    turn_page(page, page.get_by_role("link", name="Undang"))
    page.get_by_text("Siti Aminah · Krajan").click()
    turn_page(page, page.get_by_role("button", name="Undang"))
    turn_page(page, page.get_by_role("link", name="Isi daftar hadir"))
    answer(page, "hours", "8")
    page.locator("label", has_text="Siti Aminah").click()
    turn_page(page, page.get_by_role("button", name="Simpan"))
    turn_page(page, page.get_by_role("link", name="Isi nilai"))
    page.get_by_label("Nilai awal Siti Aminah").fill("45")
    page.get_by_label("Nilai akhir Siti Aminah").fill("400")
    turn_page(page, page.get_by_role("button", name="Simpan"))
    expect(page.get_by_text("Nilai dari 0 sampai 100; yang tertulis 400.").first).to_be_visible()
    expect(page.get_by_label("Nilai awal Siti Aminah")).to_have_value("45")
    page.get_by_label("Nilai akhir Siti Aminah").fill("85")
    turn_page(page, page.get_by_role("button", name="Simpan"))
    turn_page(page, page.get_by_role("link", name="Selesaikan"))
    turn_page(page, page.get_by_role("button", name="Selesaikan"))
    expect(page.get_by_text("45 sebelum, 85 sesudah")).to_be_visible()


def formed(page: Page) -> None:
    page.goto("/usaha/kelompok/baru/")
    answer(page, "name", "Kelompok Melati")
    answer(page, "trade", "food")
    turn_page(page, page.get_by_role("button", name="Simpan"))
    turn_page(page, page.get_by_role("link", name="Tambah anggota"))
    page.get_by_label("Cari nama warga").fill("siti")
    turn_page(page, page.get_by_role("button", name="Cari", exact=True).last)
    turn_page(page, page.get_by_role("link", name="Siti Aminah"))
    answer(page, "post", "chair")
    answer(page, "tie", "spouse")
    turn_page(page, page.get_by_role("button", name="Simpan"))
    expect(page.get_by_text("Siti Aminah").first).to_be_visible()


def offered(page: Page, group: Group, today: str) -> None:
    """A permit, and a product whose price is first below nothing."""
    page.goto(f"/usaha/kelompok/{group.id}/izin/?izin=pirt")
    answer(page, "number", "2063307010101-31")
    answer(page, "issued_on", today)
    turn_page(page, page.get_by_role("button", name="Simpan"))
    expect(page.get_by_text("2063307010101-31")).to_be_visible()
    turn_page(page, page.get_by_role("link", name="Produk baru"))
    for name, value in (("name", "Keripik balado"), ("unit", "bungkus"), ("price_rupiah", "-10.000")):
        answer(page, name, value)
    turn_page(page, page.get_by_role("button", name="Simpan"))
    expect(page.get_by_text("Harga harus lebih dari Rp0; yang tertulis -Rp10.000.").first).to_be_visible()
    answer(page, "price_rupiah", "10.000")
    page.get_by_label("Foto").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    turn_page(page, page.get_by_role("button", name="Simpan"))
    turn_page(page, page.get_by_role("link", name="Katalog").last)
    expect(page.get_by_role("img", name="Keripik balado")).to_be_visible()
    page.get_by_text("Bagikan sebagai tulisan").click()
    assert "- Keripik balado: Rp10.000 per bungkus" in page.get_by_label("Salin lalu tempel di pesan").input_value()


def test_a_mentor_asks_trains_forms_a_group_and_shares_its_catalogue(
    page: Page, user_with: Callable[..., User], sign_in: Callable[[Page, User], None]
) -> None:
    siti = family(user_with(("village_officer", KURIPAN)))
    sign_in(page, user_with(("enterprise_mentor", KURIPAN), name="Ratih Lestari"))
    today = f"{today_in(KURIPAN, timezone.now()):%d-%m-%Y}"

    asked(page)
    trained(page, today)
    formed(page)
    group = Group.objects.in_village(KURIPAN).get()
    offered(page, group, today)

    row = Participant.objects.in_village(KURIPAN).get(resident_id=siti)
    assert (row.pre_score, row.post_score, row.certificate.startswith("PLT-")) == (45, 85, True)
    assert Product.objects.in_village(KURIPAN).get().photo_id is not None
    page.goto(f"/usaha/pelatihan/{Training.objects.in_village(KURIPAN).get().id}/")
    expect(page.get_by_role("link", name=row.certificate)).to_be_visible()
