"""The letter on paper, and the check of its file."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, NameObject

from desmigratif.documents.rules import letter_page
from desmigratif.documents.rules.keys import KeySet
from desmigratif.documents.rules.letter_page import CannotPrint, page_count
from desmigratif.documents.rules.letter_text import (
    CAPACITIES,
    LetterContent,
    Person,
    render_letter,
    render_letters,
    voided,
)
from desmigratif.documents.rules.qr import qr_code, qr_picture
from desmigratif.documents.rules.verify_pdf import verify_pdf


def text_of(pdf: bytes) -> str:
    return PdfReader(io.BytesIO(pdf)).pages[0].extract_text()


@pytest.fixture(scope="session")
def pdf(letter: LetterContent) -> bytes:
    return render_letter(letter)


def test_the_letter_says_who_permits_whom_to_go_where(pdf: bytes) -> None:
    text = text_of(pdf)

    for part in (
        "KABUPATEN WONOSOBO", "PEMERINTAH DESA KURIPAN", "SURAT IZIN SUAMI", "Nomor: 474/012/DS-KRP/XI/2026",
        "Budi Santoso", "3307101205880001", "Siti Nur Aisyah", "Wonosobo, 12 Maret 1992", "Hong Kong",
        "PT Bumi Mas Indonesia Mandiri", "2 (dua) tahun", "tanpa paksaan", "Kuripan, 17 November 2026",
        "Mengetahui", "Kepala Desa Kuripan", "Slamet Riyadi", "Rp10.000", "Cara memeriksa surat ini",
    ):  # fmt: skip
        assert part in text


def test_the_letter_is_one_archivable_and_accessible_page(pdf: bytes) -> None:
    document = PdfReader(io.BytesIO(pdf))
    metadata = document.xmp_metadata

    assert len(document.pages) == page_count(pdf) == 1
    assert [round(float(side)) for side in document.pages[0].mediabox[2:]] == [595, 842]
    assert metadata is not None
    described = zlib.crc32(b"") == 0 and document.trailer["/Root"]["/Metadata"].get_object().get_data().decode()
    for claim in ("<pdfaid:part>2<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<"):
        assert claim in described
    assert document.trailer["/Root"]["/Lang"] == "id"


def test_the_same_letter_is_the_same_file(letter: LetterContent, pdf: bytes) -> None:
    kept = LetterContent.from_json(letter.to_json())

    assert kept == letter
    assert render_letter(kept) == pdf


def test_markup_in_a_name_stays_text(letter: LetterContent) -> None:
    name = '#panic("x") $a$ *b* <c> @d \\e "f" [g]'

    assert name in text_of(render_letter(replace(letter, job=name)))


def test_any_character_somebody_types_can_be_printed(letter: LetterContent) -> None:
    every = "".join(chr(code) for code in range(0x20, 0x2100)) + "😀漢字مرحبا\ud800"

    assert page_count(render_letter(replace(letter, giver=replace(letter.giver, name="Budi"), job=every[:4000]))) == 1


@pytest.mark.parametrize("length", [40, 120, 400, 1500])
def test_long_names_and_addresses_never_break_the_page(letter: LetterContent, length: int) -> None:
    words = ("Raden Mas Haji Muhammad Abdurrahman " * 60)[:length].strip()
    unbroken = "W" * length
    person = Person(name=words, nik="3307101205880001", birth_place=words, address=unbroken, occupation=words)

    pdf = render_letter(replace(letter, giver=person, receiver=person, agency=unbroken, job=words))

    assert page_count(pdf) == 1
    found = "".join(text_of(pdf).replace("\u200b", "").split())
    assert found.count(unbroken) == 3
    assert "Mengetahui," in found
    assert "Caramemeriksa" in found


@pytest.mark.parametrize("capacity", sorted(CAPACITIES))
def test_every_capacity_has_its_title(letter: LetterContent, capacity: str) -> None:
    text = text_of(render_letter(replace(letter, capacity=capacity, relation="Kakak kandung")))

    assert CAPACITIES[capacity][0] in text
    assert ("Kakak kandung" in text) == (capacity == "other")


def test_what_is_unknown_is_a_dotted_line_and_no_agency_is_said(letter: LetterContent, kuripan: Any) -> None:
    bare = kuripan.signed(
        replace(letter, giver=Person("Budi"), receiver=Person("Siti"), agency=None, contract_months=None)
    )
    pdf = render_letter(bare)

    assert "NIK : ...................." in text_of(pdf)
    assert "Tidak melalui perusahaan penempatan" in text_of(pdf)
    assert verify_pdf(pdf, kuripan.keys()).valid


def test_a_logo_is_a_png_or_jpeg_or_refused_in_a_sentence(letter: LetterContent) -> None:
    with_logo = replace(letter, office=replace(letter.office, logo=qr_picture("lambang")))
    images = PdfReader(io.BytesIO(render_letter(with_logo))).pages[0]["/Resources"]["/XObject"]

    assert len(images) == 2
    for bad in (b"<svg/>", b"\x89PNG\r\n\x1a\nbroken"):
        with pytest.raises(CannotPrint, match=r"logo|Logo"):
            render_letter(replace(letter, office=replace(letter.office, logo=bad)))


def test_the_qr_picture_shows_exactly_the_signed_text(letter: LetterContent) -> None:
    picture = qr_picture(letter.qr)
    width = struct.unpack(">I", picture[16:20])[0]
    size = struct.unpack(">I", picture[33:37])[0]
    lines = zlib.decompress(picture[41 : 41 + size])
    stride = 1 + (width + 7) // 8
    modules = [
        [int(not lines[y * 4 * stride + 1 + x // 2] & (0x80 >> x % 2 * 4)) for x in range(width // 4)]
        for y in range(width // 4)
    ]

    assert [bytes(row[4:-4]) for row in modules[4:-4]] == [bytes(row) for row in qr_code(letter.qr).matrix]
    assert not any(modules[0]) and not any(row[-1] for row in modules)


def test_the_printed_qr_is_three_centimetres_or_more_with_readable_modules(pdf: bytes, letter: LetterContent) -> None:
    link = PdfReader(io.BytesIO(pdf)).pages[0]["/Annots"][0].get_object()
    left, bottom, right, top = (float(side) / 72 * 25.4 for side in link["/Rect"])
    modules = len(qr_code(letter.qr).matrix) + 8

    assert link["/A"]["/URI"] == letter.qr
    assert left < 40 and bottom < 40  # bottom left
    assert (right - left) * (modules - 8) / modules >= 30
    assert (right - left) / modules >= 0.42  # mm; below 0.33 old cameras give up
    assert right - left == pytest.approx(top - bottom, abs=0.01)


def test_a_batch_is_one_file_with_a_page_each(letter: LetterContent) -> None:
    second = replace(letter, number="474/013/DS-KRP/XI/2026")

    assert page_count(render_letters([letter, second])) == 2


def test_the_check_of_a_true_file_says_that_its_text_matches(pdf: bytes, kuripan: Any) -> None:
    verdict = verify_pdf(pdf, kuripan.keys())

    assert (verdict.valid, verdict.matches_text, verdict.revoked) == (True, True, False)


@pytest.mark.parametrize("length", [60, 400])
def test_a_true_letter_with_long_facts_matches_too(letter: LetterContent, kuripan: Any, length: int) -> None:
    long = kuripan.signed(
        replace(
            letter,
            receiver=replace(letter.receiver, name=("Abdurrahman Wahidin Sudirohusodo " * 20)[:length].strip()),
            agency=("PT Sumber Daya Manusia Internasional " * 20)[:length].strip(),
            country="PRK",
            valid_until=date(2027, 5, 17),
        )
    )

    assert verify_pdf(render_letter(long), kuripan.keys()).reason.startswith("Surat ini asli")


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"number": "474/112/DS-KRP/XI/2026"}, "nomor surat"),
        ({"number": "474/012/DS-KRP/XI/2026-A"}, "nomor surat"),
        ({"country": "SAU"}, "negara tujuan"),
        ({"agency": "PT Lain Sekali"}, "perusahaan"),
        ({"agency": "PT Bumi Mas Indonesia Mandiri Jaya"}, "perusahaan"),
        ({"agency": None}, "perusahaan"),
        ({"issued_on": date(2026, 1, 17)}, "tanggal surat"),
    ],
)
def test_a_changed_text_is_named(change: dict[str, Any], named: str, letter: LetterContent, kuripan: Any) -> None:
    verdict = verify_pdf(render_letter(replace(letter, **change)), kuripan.keys())

    assert (verdict.valid, verdict.matches_text, verdict.code) == (False, False, "text_differs")
    assert named in verdict.reason


@pytest.mark.parametrize("name", ["Siti Nur Aminah Wati", "Wati Nur Aisyah", "Siti Aisyah", "Sitirah Nur Aisyah"])
def test_another_holder_is_named(name: str, letter: LetterContent, kuripan: Any) -> None:
    other = replace(letter, receiver=replace(letter.receiver, name=name))

    assert "nama penerima izin" in verify_pdf(render_letter(other), kuripan.keys()).reason


def test_another_year_of_birth_and_another_village_are_named(letter: LetterContent, kuripan: Any) -> None:
    younger = replace(letter, receiver=replace(letter.receiver, birth_date=date(2009, 3, 12)))
    elsewhere = replace(letter, office=replace(letter.office, village="Limbangan", address="Jalan Raya"))
    elsewhere = replace(
        elsewhere, **{who: replace(getattr(letter, who), address="Dusun Krajan") for who in ("giver", "receiver")}
    )

    assert "tahun lahir" in verify_pdf(render_letter(younger), kuripan.keys()).reason
    assert "nama desa" in verify_pdf(render_letter(elsewhere), kuripan.keys()).reason


def test_a_picture_of_another_qr_under_a_good_link_is_found(
    letter: LetterContent, kuripan: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = kuripan.signed(replace(letter, country="SAU"))
    wrong_picture = qr_picture(other.qr)
    monkeypatch.setattr(letter_page, "qr_picture", lambda text: wrong_picture)

    assert verify_pdf(render_letter(letter), kuripan.keys()).code == "qr_differs"


def test_a_letter_with_the_qr_of_another_letter_is_found(letter: LetterContent, kuripan: Any) -> None:
    swapped = replace(letter, qr=kuripan.signed(replace(letter, country="SAU")).qr)

    assert verify_pdf(render_letter(swapped), kuripan.keys()).code == "text_differs"


@pytest.mark.parametrize("entry", ["/Annots", "/Resources"])
def test_a_cut_qr_is_found(pdf: bytes, kuripan: Any, entry: str) -> None:
    writer = PdfWriter(clone_from=io.BytesIO(pdf))
    page = writer.pages[0]
    if entry == "/Annots":
        page[NameObject("/Annots")] = ArrayObject()
    else:
        del page["/Resources"]["/XObject"]
    cut = io.BytesIO()
    writer.write(cut)

    verdict = verify_pdf(cut.getvalue(), kuripan.keys())

    assert verdict.code == ("no_statement" if entry == "/Annots" else "qr_differs")
    assert not verdict.valid


def test_other_keys_old_keys_and_revoked_letters_are_refused(
    pdf: bytes, letter: LetterContent, kuripan: Any, make_village: Callable[..., Any]
) -> None:
    stranger = make_village(b"z")
    expired = make_village(valid_until=date(2026, 6, 30))

    assert verify_pdf(pdf, stranger.keys()).code == "unknown_key"
    assert verify_pdf(pdf, KeySet(())).code == "unknown_key"
    assert verify_pdf(pdf, expired.keys()).code == "key_expired"
    revoked = verify_pdf(pdf, kuripan.keys(revoked=(letter.number,)))
    assert (revoked.code, revoked.revoked, revoked.matches_text) == ("revoked", True, True)


def test_a_print_out_marked_as_revoked_is_refused_whatever_the_list_says(letter: LetterContent, kuripan: Any) -> None:
    pdf = render_letter(voided(letter, date(2026, 12, 1)))

    assert "tidak berlaku sejak 1 Desember 2026" in text_of(pdf)
    assert verify_pdf(pdf, kuripan.keys()).code == "revoked"


def test_a_true_page_beside_a_false_one_vouches_for_nothing(letter: LetterContent, kuripan: Any) -> None:
    both = render_letters([replace(letter, country="SAU"), letter])

    assert verify_pdf(both, kuripan.keys()).code == "several_pages"


@pytest.mark.parametrize("junk", [b"", b"%PDF-1.7", b"PK\x03\x04", b"\x00" * 10_000, b"%PDF-1.7\n" + b"<<" * 50_000])
def test_what_is_no_letter_gets_a_sentence(junk: bytes, kuripan: Any) -> None:
    assert verify_pdf(junk, kuripan.keys()).code == "not_a_pdf"


def test_a_truncated_letter_never_passes(pdf: bytes, kuripan: Any) -> None:
    for share in (0.2, 0.5, 0.9):
        assert not verify_pdf(pdf[: int(len(pdf) * share)], kuripan.keys()).valid
