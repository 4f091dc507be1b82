"""The pages of extracts: asking, deciding, taking, and a file that somebody found."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from desmigratif.access.models import Grant, User
from desmigratif.access.testing import signed_in_browser
from desmigratif.extracts.models import Extract, ExtractFile
from desmigratif.extracts.tests.conftest import KURIPAN, PURPOSE, WONOSOBO, Desk
from desmigratif.shared.ids import new_id

pytestmark = pytest.mark.django_db
ASK = f"/ekstrak/minta/?pokok=departures&wilayah={WONOSOBO}"
FORM = {
    "period": "2026", "columns": ["wilayah", "umur", "keadaan"], "purpose": PURPOSE, "ground": "study",
    "study": "ST-12/2026", "wanted_until": "23-12-2026",
}  # fmt: skip


def browser(role: str, region: str, now: datetime, name: str = "") -> Client:
    user = User.objects.create(id=new_id(), username=name or role, name=role)
    Grant.objects.create(id=new_id(), user=user, role=role, region_code=region, valid_from=now.date() - timedelta(9))
    return signed_in_browser(user)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def ask(client: Client, **other: Any) -> str:
    form = client.get(ASK).context["form"]
    ids = {name: form[name].value() for name in ("act_id", "record_id")}
    return text(client.post(ASK, {**ids, **FORM, **other}, follow=True))


def decide(client: Client, extract: Extract, **answers: str) -> str:
    here = reverse("extracts:extract", args=[extract.id])
    act_id = client.get(here).context["form"]["act_id"].value()
    return text(client.post(here, {"act_id": act_id, **answers}, follow=True))


def test_from_the_wish_to_the_file_that_names_its_extract(desk: Desk, now: datetime) -> None:
    analyst, guard = browser("ministry_analyst", "ID", now), browser("data_protection_officer", "ID", now)
    assert "menunggu petugas pelindungan data" in ask(analyst)
    extract = Extract.objects.everywhere().get()
    here = reverse("extracts:extract", args=[extract.id])
    assert extract.name in text(guard.get("/ekstrak/"))
    assert "Tulis mengapa ditolak" in decide(guard, extract, decision="refuse", remark="")
    assert "berkasnya sudah dibuat" in decide(guard, extract, decision="approve", remark="")
    page = analyst.get(here)
    sent = {"langkah": "ambil", "act_id": page.context["take_id"], "bentuk": "csv"}
    file = analyst.post(here, sent)
    assert file["Content-Disposition"] == f'attachment; filename="{extract.name}.zip"'
    assert "sudah dipakai" in text(analyst.post(here, sent))
    assert "Bisa diambil 4 kali lagi" in text(analyst.get(here))

    def check(content: bytes) -> str:
        return text(guard.post("/ekstrak/periksa/", {"found": SimpleUploadedFile("temuan", content)}))

    assert "Berkas ini berasal dari" in check(file.content) and extract.name in check(file.content)
    workbook = analyst.post(here, {**sent, "act_id": new_id(), "bentuk": "xlsx"})
    assert "Berkas ini berasal dari" in check(workbook.content)
    assert "hanya menyebut nomornya" in check(f"katanya {extract.name}".encode())
    assert "Bukan dari ekstrak" in check(b"nama,nomor\nx,1\n")
    assert "tidak bisa dibaca" in check(b"PK\x03\x04rusak")


def test_a_short_purpose_is_told_beside_its_field_and_nothing_typed_is_lost(desk: Desk, now: datetime) -> None:
    page = ask(browser("ministry_analyst", "ID", now), purpose="Kajian", wanted_until="1-1-2026")

    assert "satu kalimat utuh, paling sedikit 30 huruf" in page and "sudah lewat" in page
    assert ">Kajian</textarea>" in page.replace("\r\n", "").replace("\n", "") and "ST-12/2026" in page


def test_nothing_left_is_said_with_a_way_out(desk: Desk, now: datetime) -> None:
    page = ask(browser("ministry_analyst", "ID", now), period="2025")

    assert "Tidak ada baris yang bisa dibuka" in page and "masa yang lebih panjang" in page and PURPOSE in page


def test_the_pages_cost_few_queries_and_show_an_extract_to_nobody_elsewhere(
    desk: Desk, now: datetime, django_assert_max_num_queries: Any
) -> None:
    extract = desk.ready()
    coordinator, far = browser("regency_coordinator", WONOSOBO, now), browser("auditor", "32.12", now)
    here = reverse("extracts:extract", args=[extract.id])
    for address in ("/ekstrak/", here, ASK):
        with django_assert_max_num_queries(14):
            assert coordinator.get(address).status_code == 200
    assert far.get(here).status_code == 404 and extract.name not in text(far.get("/ekstrak/"))
    for place, status in ((KURIPAN, 200), ("32.12.16.2004", 404)):  # whoever's rows are in it may know who has them
        head = browser("village_head", place, now, name=place)
        assert head.get(here).status_code == status
        assert (extract.name in text(head.get("/ekstrak/"))) is (status == 200)
    assert "tidak sedang menunggu Anda" in text(coordinator.post(here, {}, follow=True))


def test_a_damaged_file_is_not_handed_out_and_not_counted(desk: Desk, now: datetime) -> None:
    analyst, guard = browser("ministry_analyst", "ID", now), browser("data_protection_officer", "ID", now)
    ask(analyst)
    extract = Extract.objects.everywhere().get()
    decide(guard, extract, decision="approve", remark="")
    ExtractFile.objects.update(sealed=b"\x01" + b"rusak" * 20)

    here = reverse("extracts:extract", args=[extract.id])
    said = text(analyst.post(here, {"langkah": "ambil", "act_id": new_id(), "bentuk": "csv"}, follow=True))
    extract.refresh_from_db()
    assert "rusak dan tidak diberikan" in said and extract.taken_count == 0
