"""Every file of a report is read back as who gets it would, and says the same."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from desmigratif.documents.rules.letter_page import page_count
from desmigratif.indicators.rules.definitions import indicators
from desmigratif.indicators.rules.periods import Period
from desmigratif.reports.press import region_pdf
from desmigratif.reports.rules.figures import Figure
from desmigratif.reports.rules.files import COLUMNS, as_csv, as_xlsx, dictionary_csv
from desmigratif.reports.rules.machines import SDMX_COLUMNS, STRUCTURE_ID, as_dhis2, as_sdmx_csv, dhis2_period
from desmigratif.reports.rules.table import RegionTable, table_from

WONOSOBO, KURIPAN = "33.07", "33.07.10"


@pytest.fixture(scope="module")
def table() -> RegionTable:
    day = date(2026, 9, 20)
    figures = [
        Figure("A1", WONOSOBO, 84, None, 1, day, 1), Figure("A5", WONOSOBO, 6, 7, 1, day, 1),
        Figure("C1", WONOSOBO, None, None, 2, None, 1),
        Figure("A1", KURIPAN, 84, None, 0, day, 1), Figure("A5", KURIPAN, 2, 3, 0, day, 1, hidden=True),
        Figure("C1", KURIPAN, None, None, 1, None, 1),
    ]  # fmt: skip
    names = {WONOSOBO: "Kabupaten Wonosobo", KURIPAN: '=HYPERLINK("http://contoh")'}
    return RegionTable(WONOSOBO, Period.parse("2026-Q3"), date(2026, 11, 23), names, tuple(figures))


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode())))


def test_the_csv_gives_parts_and_leaves_empty_what_is_unknown_or_closed(table: RegionTable) -> None:
    read = rows(as_csv(table))

    assert tuple(read[0]) == tuple(name for name, _ in COLUMNS)
    assert [(one["bagian"], one["dari"], one["hasil"], one["ditutup"]) for one in read] == [
        ("84", "", "84", "0"), ("6", "7", "85.714286", "0"), ("", "", "", "0"),
        ("84", "", "84", "0"), ("", "", "", "1"), ("", "", "", "0"),
    ]  # fmt: skip
    assert {one["masa"] for one in read} == {"2026-Q3"}


def test_nothing_in_a_file_runs_as_a_formula(table: RegionTable) -> None:
    assert rows(as_csv(table))[3]["wilayah"] == '\'=HYPERLINK("http://contoh")'
    book = CalamineWorkbook.from_filelike(io.BytesIO(as_xlsx(table)))
    assert book.get_sheet_by_name("Wilayah di dalamnya").to_python()[2][1] == '=HYPERLINK("http://contoh")'


def test_the_workbook_shows_the_region_its_parts_and_the_dictionary(table: RegionTable) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(as_xlsx(table)))

    own = book.get_sheet_by_name("Laporan").to_python()
    assert own[0][0] == "Kabupaten Wonosobo, triwulan III 2026"
    assert own[5][:6] == ["A5", "Berangkat sesuai prosedur", 6.0, 7.0, "85,7%", 1.0]
    assert book.get_sheet_by_name("Wilayah di dalamnya").to_python()[2][2:] == [
        "84",
        "terlalu sedikit",
        "belum ada data",
    ]
    assert len(book.get_sheet_by_name("Kamus").to_python()) == len(indicators()) + 1


def test_the_dictionary_names_every_column_every_indicator_and_the_licence() -> None:
    text = dictionary_csv("CC BY 4.0").decode()

    assert all(f"\n{name}," in text for name, _ in COLUMNS[1:])
    assert all(f"\n{one.code}," in text for one in indicators())
    assert "lisensi,CC BY 4.0" in text


def test_the_dictionary_says_where_a_mean_stands_for_a_middle_value() -> None:
    rows = list(csv.reader(io.StringIO(dictionary_csv("CC BY 4.0").decode())))
    head = next(place for place, row in enumerate(rows) if len(row) > 2 and row[0] == "kode_ukuran")
    notes = {row[0]: row[rows[head].index("catatan")] for row in rows[head + 1 :]}

    assert all("bukan nilai tengah" in notes[code] for code in ("A10", "A11", "B4", "C7"))


def test_sdmx_csv_reads_back_with_status_and_without_dots_in_codes(table: RegionTable) -> None:
    read = rows(as_sdmx_csv(table))

    assert tuple(read[0]) == SDMX_COLUMNS
    assert {(one["STRUCTURE"], one["STRUCTURE_ID"], one["ACTION"]) for one in read} == {("dataflow", STRUCTURE_ID, "I")}
    keys = [(one["REF_AREA"], one["INDICATOR"], one["FREQ"], one["TIME_PERIOD"]) for one in read]
    assert len(set(keys)) == len(table.figures) and keys[0] == ("33_07", "A1", "Q", "2026-Q3")
    assert [(one["OBS_VALUE"], one["OBS_STATUS"]) for one in read] == [
        ("84", "A"), ("85.714286", "A"), ("", "O"), ("84", "A"), ("", "Q"), ("", "O"),
    ]  # fmt: skip
    assert (read[1]["NUMERATOR"], read[1]["DENOMINATOR"], read[4]["NUMERATOR"]) == ("6", "7", "")


def test_dhis2_gets_parts_as_texts_and_nothing_that_is_unknown_or_closed(table: RegionTable) -> None:
    document = json.loads(as_dhis2(table))

    assert set(document) == {"dataValues"}
    found = {(one["dataElement"], one["orgUnit"]): one["value"] for one in document["dataValues"]}
    assert found == {
        ("DESMIGRATIF_A1_N", WONOSOBO): "84", ("DESMIGRATIF_A5_N", WONOSOBO): "6",
        ("DESMIGRATIF_A5_D", WONOSOBO): "7", ("DESMIGRATIF_A1_N", KURIPAN): "84",
    }  # fmt: skip
    assert {one["period"] for one in document["dataValues"]} == {"2026Q3"}
    assert [dhis2_period(Period.parse(text)) for text in ("2026-10", "2026")] == ["202610", "2026"]


def test_the_paper_is_one_file_with_every_figure(table: RegionTable) -> None:
    from pypdf import PdfReader

    pdf = region_pdf(table)
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert page_count(pdf) == 1
    assert all(words in text for words in ("85,7%", "belum ada data", "Triwulan III 2026"))


def test_a_table_is_kept_whole(table: RegionTable) -> None:
    assert table_from(json.loads(json.dumps(table.as_dict()))) == table
