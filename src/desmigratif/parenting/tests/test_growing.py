"""A quarter of a child: what can be, what it comes to, and the letter that is made of it."""

from __future__ import annotations

import io
from datetime import date
from importlib.resources import files
from typing import Any
from uuid import UUID

import pytest
import yaml
from django.urls import reverse
from PIL import Image
from pypdf import PdfReader

from desmigratif.access.actor import Actor
from desmigratif.access.testing import SignIn
from desmigratif.documents.attachments import content_of
from desmigratif.parenting.letter_press import pressed
from desmigratif.parenting.models import Quarter
from desmigratif.parenting.rules import growing as rules
from desmigratif.parenting.rules.letter import Letter, body_badge, centre_badge, reading_badge, school_badge
from desmigratif.parenting.tests.conftest import KENANGA, KURIPAN, Doing
from desmigratif.shared.ids import new_id
from desmigratif.shared.inputs import FileContent
from desmigratif.shared.reasons import Refusal

assert FileContent
TODAY = date(2026, 11, 23)
EXAMPLES = yaml.safe_load(
    files("desmigratif.regulations").joinpath("examples/parenting_growing.yaml").read_text("utf-8")
)
GPS = 0x8825


def quarter(rizky: UUID, **changes: Any) -> dict[str, Any]:
    return {
        "quarter_id": new_id(), "child_id": rizky, "year": 2026, "quarter": 4, "school_days": 40, "attended": 38,
        "mark": 84, "progress": "steady", "reading": "story", "height_cm": 131, "weight_tenths": 284,
        "answers": {"friends": 2, "likes_school": 2, "talks": 1}, "words": "Ibu, aku bisa baca.", **changes,
    }  # fmt: skip


@pytest.mark.parametrize("example", EXAMPLES["nilai"], ids=str)
def test_answers_come_to_hundredths_of_the_best(example: dict[str, Any]) -> None:
    assert rules.score_of(example["band"], example["answers"], TODAY) == example["score"]


@pytest.mark.parametrize("example", EXAMPLES["triwulan"], ids=str)
def test_a_day_lies_in_its_quarter(example: dict[str, Any]) -> None:
    assert list(rules.quarter_of(example["hari"])) == example["quarter"]


def test_a_quarter_has_its_days() -> None:
    assert [rules.days_of(2026, n) for n in (1, 4)] == [
        (date(2026, 1, 1), date(2026, 3, 31)), (date(2026, 10, 1), date(2026, 12, 31)),
    ]  # fmt: skip


@pytest.mark.parametrize("example", EXAMPLES["tidak_mungkin"], ids=str)
def test_what_cannot_be_is_refused_at_its_field(example: dict[str, Any]) -> None:
    reasons = rules.reasons_against(rules.Said(**example["said"]), "school", TODAY)

    assert [reason.field for reason in reasons] == [example["field"]]


@pytest.mark.parametrize("said", EXAMPLES["mungkin"], ids=str)
def test_what_can_be_is_taken(said: dict[str, Any]) -> None:
    assert rules.reasons_against(rules.Said(**said), "school", TODAY) == []


@pytest.mark.parametrize("picture", [None, "photo"])
def test_the_longest_letter_still_is_one_page(picture: str | None) -> None:
    long = ("Ibu, aku sudah bisa membaca dan menulis sendiri. " * 13)[:600]
    badges = (centre_badge(12), school_badge(58, 60), reading_badge("Membaca cerita", "Membaca kata"),
              body_badge(131, 284, 129))  # fmt: skip
    letter = Letter(
        "Muhammad Rizky", 9, "Ibu Siti Nurhaliza", "Rumah belajar Desa Kuripan", "Oktober-Desember 2026",
        "Sekolah Dasar Negeri 1 Kuripan kelas 4", "Nenek Yayah", long, long, tuple(one for one in badges if one),
        tuple((f"Jan-Mar 2{n}", 90 + n) for n in range(4)), "31 Desember 2026",
        photo_with_a_place() if picture else None,
    )  # fmt: skip

    assert len(PdfReader(io.BytesIO(pressed(letter))).pages) == 1


def test_badges_say_what_to_be_proud_of_and_nothing_else() -> None:
    assert school_badge(60, 60).more == "Masuk setiap hari!"  # type: ignore[union-attr]
    assert reading_badge("Membaca kata", "").more == ""  # type: ignore[union-attr]
    assert body_badge(131, 284, 129).more == "Bertambah 2 cm"  # type: ignore[union-attr]
    assert body_badge(129, None, 131).more == ""  # type: ignore[union-attr]  nobody shrinks on a letter
    assert centre_badge(0) is None
    assert [school_badge(None, 60), reading_badge("", ""), body_badge(None, None, 1)] == [None, None, None]


@pytest.mark.django_db
def test_a_score_of_400_is_refused_with_a_sentence(rizky: UUID, doing: Doing) -> None:
    with pytest.raises(Refusal) as refusal:
        doing("parenting.record_quarter", **quarter(rizky, mark=400))

    assert refusal.value.reasons[0].text == "Nilai rata-rata antara 0 dan 100."


@pytest.mark.django_db
def test_a_quarter_is_written_once_and_mended_by_who_saw_it(rizky: UUID, doing: Doing, tutor: Actor) -> None:
    doing("parenting.record_quarter", by=tutor, **quarter(rizky))
    with pytest.raises(Refusal, match="changed_meanwhile"):
        doing("parenting.record_quarter", by=tutor, **quarter(rizky, mark=50))
    doing("parenting.record_quarter", by=tutor, **quarter(rizky, mark=86, seen=1))

    row = Quarter.objects.in_village(KURIPAN).get()
    assert (row.mark, row.wellbeing, row.version) == (86, 83, 2)
    assert b"bisa baca" not in bytes(row.said_sealed or b"")


@pytest.mark.django_db
def test_a_quarter_that_has_not_begun_is_refused(rizky: UUID, doing: Doing) -> None:
    with pytest.raises(Refusal, match="quarter_in_future"):
        doing("parenting.record_quarter", **quarter(rizky, year=2027, quarter=1))


def photo_with_a_place() -> bytes:
    target = io.BytesIO()
    exif = Image.Exif()
    exif.get_ifd(GPS).update({1: "S", 2: (7.0, 21.0, 0.0), 3: "E", 4: (109.0, 54.0, 0.0)})
    Image.new("RGB", (80, 60), "skyblue").save(target, "JPEG", exif=exif)
    return target.getvalue()


@pytest.mark.django_db
def test_a_photo_loses_its_place_and_the_one_before_goes(rizky: UUID, doing: Doing) -> None:
    sent = photo_with_a_place()
    assert Image.open(io.BytesIO(sent)).getexif().get_ifd(GPS)
    doing("parenting.record_quarter", **quarter(rizky, picture_id=new_id(), picture=sent))
    first = Quarter.objects.in_village(KURIPAN).select_related("picture").get().picture
    assert first is not None
    assert not Image.open(io.BytesIO(content_of(first) or b"")).getexif().get_ifd(GPS)

    doing("parenting.record_quarter", **quarter(rizky, seen=1, picture_id=new_id(), picture=sent))
    first.refresh_from_db()
    assert first.removed_because == "replaced" and content_of(first) is None


@pytest.mark.django_db
def test_a_stranger_writes_and_reads_no_quarter(rizky: UUID, doing: Doing, stranger: Actor, sign_in: SignIn) -> None:
    with pytest.raises(Refusal, match="not_found"):
        doing("parenting.record_quarter", by=stranger, **quarter(rizky))
    doing("parenting.record_quarter", **quarter(rizky))
    desk = sign_in("tutor", KENANGA)

    for name in ("record_quarter", "letter", "letter_pdf"):
        assert desk.get(reverse(f"parenting:{name}", args=[rizky, 2026, 4])).status_code == 404


@pytest.mark.django_db
def test_a_tutor_fills_the_form_and_prints_a_letter_of_one_page_without_signs(
    rizky: UUID, doing: Doing, sign_in: SignIn
) -> None:
    doing("parenting.record_quarter", **quarter(rizky, year=2026, quarter=3, reading="sentences", height_cm=129))
    desk = sign_in("tutor", KURIPAN)
    address = reverse("parenting:record_quarter", args=[rizky, 2026, 4])
    form = desk.get(address).context["form"]
    sent = {name: form[name].value() for name in ("act_id", "record_id", "picture_id", "seen")}
    said = {"school_days": "40", "attended": "39", "reading": "story", "height_cm": "131", "weight_tenths": "28,4"}
    refused = desk.post(address, {**sent, **said, "mark": "400", "words": "Aku rindu Ibu."})
    assert "Nilai rata-rata antara 0 dan 100." in refused.content.decode()
    assert "Aku rindu Ibu." in refused.content.decode(), "what was typed stays"
    assert desk.post(address, {**sent, **said, "tanya_talks": "0", "words": "Aku rindu Ibu."}).status_code == 302

    page = desk.get(reverse("parenting:letter", args=[rizky, 2026, 4])).content.decode()
    pdf = PdfReader(io.BytesIO(desk.get(reverse("parenting:letter_pdf", args=[rizky, 2026, 4])).content))
    text = " ".join(pdf.pages[0].extract_text().split())

    assert len(pdf.pages) == 1
    for words in ("Untuk Ibu Siti", "Aku rindu Ibu.", "39 dari 40 hari masuk sekolah", "28,4 kg"):
        assert words in page and words in text
    assert "Tadinya membaca kalimat" in text and "Bertambah 2 cm" in text
    assert "dengar" not in text, "no sign of a worry goes to a wall"
