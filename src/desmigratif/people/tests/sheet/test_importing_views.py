"""A register sheet tried, written and taken back on its pages."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from desmigratif.access.testing import SignIn
from desmigratif.audit.models import Receipt
from desmigratif.people import uploads
from desmigratif.people.models import ImportBatch, Resident
from desmigratif.people.rules.register_sheet.write import write_sheet
from desmigratif.people.tests.pages import html
from desmigratif.people.uploads import Upload
from desmigratif.shared.ids import new_id

KURIPAN = "33.07.10.2004"
KENANGA = "32.12.16.2004"
pytestmark = pytest.mark.django_db


def sheet(*names: str, **cells: Any) -> bytes:
    target = io.BytesIO()
    rows = [
        {"nama": name, "nik": "0", "no_kk": "3307101203150095", "dusun": "Sidorejo", "kk_level": "4", **cells}
        for name in names
    ]
    write_sheet(rows, target)
    return target.getvalue()


def give(client: Client, content: bytes, name: str = "register.xlsx") -> Any:
    return client.post(reverse("people:import"), {"sheet": SimpleUploadedFile(name, content)})


def batch_of(answer: Any) -> UUID:
    return UUID(answer["Location"].rstrip("/").rsplit("/", 1)[-1])


def test_a_sheet_is_tried_written_and_taken_back(desk: Client) -> None:
    tried = give(desk, sheet("Ani Lestari", "Budi Santoso"))
    report = desk.get(tried["Location"])
    nothing_yet = Resident.objects.in_village(KURIPAN).exists()
    desk.post(tried["Location"])
    done = desk.get(tried["Location"])
    people = Resident.objects.in_village(KURIPAN).count()
    undone = desk.post(reverse("people:undo_import", args=[batch_of(tried)]), {"act_id": new_id()})

    assert "Siap dimasukkan" in html(report)
    assert (nothing_yet, people) == (False, 2)
    assert "Register yang dimasukkan" in html(done)
    assert "2 warga dihapus" in html(undone)
    assert "sudah dibatalkan" in html(desk.get(tried["Location"]))
    assert not Resident.objects.in_village(KURIPAN).exists()
    asked_again = desk.get(reverse("people:undo_import", args=[batch_of(tried)]))
    assert asked_again["Location"] == reverse("people:import_batch", args=[batch_of(tried)])


def test_a_double_click_on_write_writes_once(desk: Client) -> None:
    tried = give(desk, sheet("Ani Lestari"))

    first, second = desk.post(tried["Location"]), desk.post(tried["Location"])

    assert (first.status_code, second.status_code) == (302, 200)
    assert ImportBatch.objects.count() == 1


def test_each_wrong_cell_is_named_by_row_and_column(desk: Client) -> None:
    tried = give(desk, sheet("Ani Lestari", "Budi Santoso", tanggallahir="24-11-2026"))

    text = html(desk.get(tried["Location"]))

    assert "Baris 2" in text
    assert "Tanggal lahir (tanggallahir)" in text
    assert "masih di masa depan" in text
    assert "Tidak ada baris yang bisa dimasukkan" in text
    desk.post(tried["Location"])
    assert not ImportBatch.objects.exists()


def bomb() -> bytes:
    """A small file that unpacks to 400 MB."""
    target = io.BytesIO(sheet("Ani Lestari"))
    with (
        zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/media/image1.bin", "w") as picture,
    ):
        for _ in range(400):
            picture.write(bytes(1 << 20))
    return target.getvalue()


def wrong_header() -> bytes:
    source = io.BytesIO(sheet("Ani Lestari"))
    target = io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b">nama<", b">nma<"))
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (lambda: b"bukan lembar kerja sama sekali\n" * 5, "bukan .xlsx"),
        (lambda: b"%PDF-1.7 ...", "PDF"),
        (lambda: b"", "kosong"),
        (bomb, "terlalu besar"),
        (wrong_header, "tidak dikenal"),
        (lambda: sheet(), "tidak berisi satu warga pun"),
        (lambda: sheet(*["Warga"] * 20_001), "lebih dari 20.000 baris"),
    ],
    ids=["text", "pdf", "empty", "bomb", "header", "no-rows", "20001-rows"],
)
def test_what_is_no_register_ends_in_one_sentence_and_nothing_is_kept(
    desk: Client, tmp_path: Path, content: Callable[[], bytes], sentence: str
) -> None:
    answer = give(desk, content())

    assert answer.status_code == 200
    assert sentence in html(answer)
    assert not Receipt.objects.exists()
    assert list((tmp_path / "uploads").glob("*.sealed")) == []


def test_a_kept_sheet_is_sealed_bound_to_its_owner_and_forgotten_after_an_hour(
    desk: Client, tmp_path: Path, now: datetime
) -> None:
    content = sheet("Ani Lestari")
    tried = give(desk, content)
    (file,) = (tmp_path / "uploads").glob("*.sealed")

    colleague = new_id()

    assert content not in file.read_bytes()
    assert uploads.fetch(batch_of(tried), owner_id=colleague, village_code=KURIPAN, now=now) is None
    uploads.forget_old(now + uploads.LASTS * 2)
    assert desk.get(tried["Location"])["Location"] == reverse("people:import")


def test_a_kept_sheet_comes_back_to_its_owner(now: datetime, settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    upload_id, owner = new_id(), new_id()
    kept = Upload(b"isi", "a.xlsx", {"rows": 1})

    uploads.keep(upload_id, kept, owner_id=owner, village_code=KURIPAN, now=now)

    assert uploads.fetch(upload_id, owner_id=owner, village_code=KURIPAN, now=now) == kept
    assert uploads.fetch(upload_id, owner_id=owner, village_code=KENANGA, now=now) is None
    assert uploads.fetch(upload_id, owner_id=owner, village_code=KURIPAN, now=now + uploads.LASTS * 1.1) is None


def test_the_template_is_a_sheet_that_can_be_imported(desk: Client) -> None:
    template = desk.get(reverse("people:import_template")).content

    assert "tidak berisi satu warga pun" in html(give(desk, template))


def test_a_stranger_cannot_see_or_undo_an_import(desk: Client, sign_in: SignIn) -> None:
    tried = give(desk, sheet("Ani Lestari"))
    desk.post(tried["Location"])
    stranger = sign_in("village_officer", KENANGA)
    undo_address = reverse("people:undo_import", args=[batch_of(tried)])

    assert stranger.get(tried["Location"])["Location"] == reverse("people:import")
    assert stranger.get(undo_address).status_code == 404
    assert stranger.post(undo_address).status_code == 404
    assert Resident.objects.in_village(KURIPAN).count() == 1
