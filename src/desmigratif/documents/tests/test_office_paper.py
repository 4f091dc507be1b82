"""A paper of the office is checked like a letter: signature, picture and text must agree."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desmigratif.documents.rules.contents import print_letters
from desmigratif.documents.rules.letter_page import Fact, Paragraph, Table, page_count
from desmigratif.documents.rules.letter_text import LetterContent
from desmigratif.documents.rules.office_paper import OfficePaperContent
from desmigratif.documents.rules.statement import qr_text, sign_statement
from desmigratif.documents.rules.verify_pdf import verify_pdf
from desmigratif.documents.tests.conftest import ISSUED_ON, VILLAGE, Village

TODAY = date(2026, 11, 20)
LONG = "Sinyal di Dusun Sikapat putus tiga hari sehingga catatan kertas baru masuk pekan berikutnya. " * 6


@pytest.fixture(scope="session")
def paper(kuripan: Village, letter: LetterContent) -> OfficePaperContent:
    rows = tuple((f"A{number} Keluarga yang mendapat penjelasan lengkap", "12", "14", "85,7%") for number in range(30))
    content = OfficePaperContent(
        kind="village_report", title="Laporan Bulanan Desa Migran Produktif", office=letter.office,
        number="560/LAP-2026.10.1/DS-KRP/XI/2026", issued_on=ISSUED_ON, prepared_by="Wulan Setyowati",
        prepared_as="Petugas Desmigratif", says="Oktober 2026, sidik 1A2B-3C4D",
        blocks=(
            Paragraph("Angka bulan ini."), Table(("Angka", "Bagian", "Dari", "Hasil"), rows),
            (Fact("Kendala", LONG), Fact("Tindak lanjut", LONG)),
        ),
        short_code="7KQ2-M9XD-4T0B", check_address="contoh.desa.id/v/",
    )  # fmt: skip
    cwt = sign_statement(content.statement(village_code=VILLAGE), kuripan.private_key)
    return replace(content, qr=qr_text("https://contoh.desa.id", cwt))


@pytest.fixture(scope="session")
def pdf(paper: OfficePaperContent) -> bytes:
    return print_letters([paper])


def test_thirty_figures_and_two_long_stories_stay_on_one_checkable_page(pdf: bytes, kuripan: Village) -> None:
    verdict = verify_pdf(pdf, kuripan.keys(), today=TODAY)

    assert page_count(pdf) == 1
    assert (verdict.code, verdict.matches_text, verdict.revoked) == ("valid", True, False)
    assert verdict.statement is not None
    assert (verdict.statement.kind, verdict.statement.says) == ("village_report", "Oktober 2026, sidik 1A2B-3C4D")


@pytest.mark.parametrize("change", [{"says": "Oktober 2026, sidik 9Z9Z-9Z9Z"}, {"number": "560/LAP-2026.10.2/DS-KRP"},
                                    {"prepared_by": "Orang Lain"}])  # fmt: skip
def test_a_changed_paper_under_a_good_code_is_noticed(
    change: dict[str, str], paper: OfficePaperContent, kuripan: Village
) -> None:
    verdict = verify_pdf(print_letters([replace(paper, **change)]), kuripan.keys(), today=TODAY)  # type: ignore[arg-type]

    assert (verdict.valid, verdict.matches_text) == (False, False)


def test_it_is_kept_as_it_was_printed(paper: OfficePaperContent) -> None:
    assert OfficePaperContent.from_json(paper.to_json()) == paper


def test_one_that_was_replaced_says_so(paper: OfficePaperContent, kuripan: Village) -> None:
    verdict = verify_pdf(print_letters([paper], voided_on=[TODAY]), kuripan.keys(), today=TODAY)

    assert (verdict.valid, verdict.code) == (False, "revoked")
