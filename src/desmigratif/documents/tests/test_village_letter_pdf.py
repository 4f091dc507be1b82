"""Letters of the village on paper: one page whatever is written, and a check that notices a changed main fact."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pypdf import PdfReader

from desmigratif.documents.rules.contents import print_letters, read_content
from desmigratif.documents.rules.letter_page import Fact, page_count
from desmigratif.documents.rules.letter_text import LetterContent, Office, Person
from desmigratif.documents.rules.statement import qr_text, read_statement, sign_statement
from desmigratif.documents.rules.verify_pdf import verify_pdf
from desmigratif.documents.rules.village_kinds import Kind, kind_on, kinds_on
from desmigratif.documents.rules.village_text import VillageLetterContent, last_day, village_letter

DAY = date(2026, 11, 17)
OFFICE = Office("Wonosobo", "Watumalang", "Kuripan", "Jalan Raya Kuripan 1", "Slamet Riyadi")
KNOWN = {
    "name": "Siti Nur Aisyah", "nik": "3307105203920002", "born": "Wonosobo, 12 Maret 1992", "sex": "Perempuan",
    "marital_status": "Belum kawin", "occupation": "Petani", "address": "RT 02, Desa Kuripan",
    "plan_country": "Hong Kong", "plan_job": "Juru masak",
}  # fmt: skip


def written(
    kind: Kind, village: Any, *, name: str = KNOWN["name"], text: str = "Melamar kerja", office: Office = OFFICE,
    **changes: Any,
) -> VillageLetterContent:  # fmt: skip
    asked = {one.code: "2026-11-25" if one.is_day else text[: one.most] for one in kind.asks}
    letter = village_letter(
        kind, holder=Person(name, KNOWN["nik"], birth_date=date(1992, 3, 12)), known={**KNOWN, "name": name},
        asked=asked, office=office, number="470/001/DS-KRP/XI/2026", issued_on=DAY,
    )  # fmt: skip
    signed: VillageLetterContent = village.signed(replace(letter, check_address="contoh.desa.id/v/", **changes))
    return signed


@pytest.fixture(params=kinds_on(DAY), ids=lambda kind: kind.code)
def kind(request: pytest.FixtureRequest) -> Kind:
    found: Kind = request.param
    return found


def a_kind(code: str) -> Kind:
    found = kind_on(code, DAY)
    assert found is not None
    return found


def test_every_kind_is_one_page_that_passes_its_own_check(kind: Kind, kuripan: Any) -> None:
    letter = written(kind, kuripan)
    pdf = print_letters([letter])
    text = PdfReader(io.BytesIO(pdf)).pages[0].extract_text()

    verdict = verify_pdf(pdf, kuripan.keys(), today=DAY)
    assert (verdict.valid, verdict.matches_text, page_count(pdf)) == (True, True, 1)
    for part in ("PEMERINTAH DESA KURIPAN", kind.title, "Nomor: 470/001", "Kepala Desa Kuripan", "Slamet Riyadi"):
        assert part in text
    assert ("Yang bersangkutan" in text) == kind.holder_signs


def test_long_names_and_long_answers_stay_on_one_page(kind: Kind, kuripan: Any) -> None:
    name, text = "Raden Roro " + "Kusumaningtyas " * 6, "Keperluan yang panjang sekali " * 10
    pdf = print_letters([written(kind, kuripan, name=name.strip(), text=text)])

    assert page_count(pdf) == 1
    assert verify_pdf(pdf, kuripan.keys(), today=DAY).valid


def test_the_same_letter_is_the_same_file_years_later(kind: Kind, kuripan: Any) -> None:
    letter = written(kind, kuripan)
    kept = read_content(letter.to_json())

    assert kept == letter
    assert print_letters([kept]) == print_letters([letter])


def test_a_familys_permission_is_still_read_as_one(letter: LetterContent) -> None:
    assert read_content(letter.to_json()) == letter


def test_a_changed_main_fact_is_noticed(kuripan: Any) -> None:
    true = written(a_kind("marital_status"), kuripan)
    blocks = tuple(
        tuple(replace(fact, value="Kawin") if fact.label == "Status perkawinan" else fact for fact in block)
        if isinstance(block, tuple) else block
        for block in true.blocks
    )  # fmt: skip

    verdict = verify_pdf(print_letters([replace(true, blocks=blocks)]), kuripan.keys(), today=DAY)

    assert (verdict.valid, verdict.code) == (False, "text_differs")
    assert "isi pokok" in verdict.reason


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"valid_until": date(2030, 1, 1)}, "masa berlaku"),
        ({"number": "470/002/DS-KRP/XI/2026"}, "nomor surat"),
        ({"blocks": ((Fact("Nama lengkap", "Tuti Alawiyah"), Fact("Keperluan", "Melamar kerja")),)}, "pemegang"),
    ],
)
def test_another_end_number_or_holder_is_noticed(kuripan: Any, change: dict[str, Any], named: str) -> None:
    true = written(a_kind("general_cover"), kuripan)

    verdict = verify_pdf(print_letters([replace(true, **change)]), kuripan.keys(), today=DAY)

    assert not verdict.valid and named in verdict.reason


def test_the_code_says_kind_and_main_fact_but_no_full_name(kuripan: Any) -> None:
    letter = written(a_kind("skck_cover"), kuripan)

    facts = {row["label"]: row["value"] for row in read_statement(letter.qr, kuripan.keys(), today=DAY).facts}

    assert facts["Jenis surat"] == "Surat pengantar SKCK"
    assert facts["Isi pokok"] == "Melamar kerja"
    assert facts["Nama singkat"] == "Siti N. A. (lahir 1992)"
    assert "Negara tujuan" not in facts


def test_after_its_last_day_the_check_says_so(kuripan: Any) -> None:
    letter = written(a_kind("general_cover"), kuripan)
    until = letter.valid_until
    assert until == date(2026, 12, 17)

    assert verify_pdf(print_letters([letter]), kuripan.keys(), today=until).valid
    assert verify_pdf(print_letters([letter]), kuripan.keys(), today=date(2026, 12, 18)).code == "expired"


def test_a_kelurahan_has_the_head_of_its_regency_and_a_lurah(kuripan: Any) -> None:
    office = replace(OFFICE, kind="Kelurahan", regency_kind="Kota", regency="Surabaya", head_title="Lurah")
    text = PdfReader(io.BytesIO(print_letters([written(a_kind("domicile"), kuripan, office=office)]))).pages[0]
    lines = text.extract_text().splitlines()

    assert lines[0].strip() == "PEMERINTAH KOTA SURABAYA"
    assert "KELURAHAN KURIPAN" in [line.strip() for line in lines]
    assert "PEMERINTAH KELURAHAN" not in text.extract_text()
    assert "Lurah Kuripan" in text.extract_text()


def test_a_replaced_letter_is_named_on_paper_and_by_the_check(kuripan: Any) -> None:
    old, new = "470/001/DS-KRP/XI/2026", "470/009/DS-KRP/XI/2026"
    letter = written(a_kind("domicile"), kuripan)
    keys = kuripan.keys(revoked=(old,))
    known = replace(keys.revocations, replaced_by={(kuripan.key.village_code, old): new})
    keys = type(keys).from_json(replace(keys, revocations=known).to_json())

    verdict = read_statement(letter.qr, keys, today=DAY)

    assert (verdict.code, verdict.revoked) == ("revoked", True)
    assert verdict.reason.endswith(f"Penggantinya surat nomor {new}.")
    after = print_letters([written(a_kind("domicile"), kuripan, replaces=old)], voided_on=[DAY])
    text = PdfReader(io.BytesIO(after)).pages[0].extract_text()
    assert f"menggantikan surat nomor {old}" in text.replace("\n", " ")
    assert "DICABUT" in text


@pytest.mark.parametrize(
    ("issued", "months", "until"),
    [
        (date(2026, 11, 23), 6, date(2027, 5, 23)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2026, 1, 30), 3, date(2026, 4, 30)),
        (date(2026, 1, 5), None, None),
    ],
)
def test_the_last_day_is_the_same_day_of_the_month_or_its_last(
    issued: date, months: int | None, until: date | None
) -> None:
    assert last_day(issued, months) == until


def test_a_statement_of_a_village_letter_reads_back(kuripan: Any) -> None:
    statement = written(a_kind("poverty"), kuripan).statement(village_code=kuripan.key.village_code)
    cwt = sign_statement(statement, kuripan.private_key)

    read = read_statement(qr_text("", cwt), kuripan.keys(), today=DAY).statement
    assert read is not None and (read.kind, read.stage, read.says) == ("poverty", "village", "Melamar kerja")
