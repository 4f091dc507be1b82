import io
from dataclasses import replace
from datetime import date, datetime, time

import pytest
import xlsxwriter

from desmigratif.people.rules.register_sheet.guard import WEB
from desmigratif.people.rules.register_sheet.read import check_header, column_letter, read_sheet
from desmigratif.people.rules.register_sheet.row import COLUMNS
from desmigratif.people.rules.register_sheet.write import template_bytes

A_MOMENT = datetime(2001, 2, 3, 4, 5)  # noqa: DTZ001  a sheet knows no zones
A_MOMENT = datetime(2001, 2, 3, 4, 5)  # noqa: DTZ001  a sheet knows no zones
ALL = [column.header for column in COLUMNS]


def book(*rows, first_row=0, first_column=0):
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"default_date_format": "dd-mm-yyyy"}) as workbook:
        sheet = workbook.add_worksheet()
        for number, row in enumerate(rows, first_row):
            for place, cell in enumerate(row, first_column):
                sheet.write(number, place, cell)
    return target.getvalue()


def codes(sheet):
    return [(error.row, error.column, error.code) for error in sheet.errors]


def test_rows_keep_their_number_in_the_sheet_and_blank_and_hash_rows_do_not_count():
    sheet = read_sheet(
        book(["nama", "nik", "no_kk"], ["Siti", "0", ""], [], ["  ", " ", ""], ["Ali", "0", ""], ["###", "###", "###"])
    )

    assert list(sheet.numbers) == [2, 5]
    assert [row[0] for row in sheet.cells] == ["Siti", "Ali"]
    assert sheet.errors == ()


def test_columns_may_stand_in_any_order_with_blank_columns_between():
    sheet = read_sheet(book(["nik", "", "nama", "", "no_kk"], ["1", "", "Siti", "", "2"], first_column=2))

    row = sheet.cells[0]
    assert {title: row[place] for title, place in sheet.columns.items()} == {"nik": "1", "nama": "Siti", "no_kk": "2"}


def test_cells_come_as_text_or_number_and_dates_as_iso_text():
    cells = ["Siti", 3, 1.5, date(1990, 8, 15), A_MOMENT, time(4, 5), True, "=1+1"]
    sheet = read_sheet(book(["nama", "nik", "no_kk", "tanggallahir", "married", "x", "y", "z"], cells))
    assert [error.code for error in sheet.errors] == ["header_unknown"] * 4

    titles = ["nama", "nik", "no_kk", "tanggallahir", "tanggalperkawinan", "alamat", "dusun", "suku"]
    sheet = read_sheet(book(titles, cells))

    assert sheet.cells[0] == ["Siti", 3.0, 1.5, "1990-08-15", "2001-02-03T04:05:00", "04:05:00", "TRUE", 0.0]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (["nama", "nik"], [(1, "no_kk", "header_missing")]),
        (["Nama", "nik", "no_kk"], [(1, "Nama", "header_unknown"), (1, "nama", "header_missing")]),
        (["nama", "nik", "no_kk", "nik"], [(1, "nik", "header_double")]),
        (["nama", "nik", "no_kk", "tanggal lahir"], [(1, "tanggal lahir", "header_unknown")]),
        (["nama", "nik", "no_kk", ""], [(1, "D", "header_blank")]),
    ],
)
def test_a_wrong_header_is_said_for_each_column(header, expected):
    sheet = read_sheet(book(header, ["Siti", "0", "3", "data"][: len(header)]))

    assert codes(sheet) == expected
    assert not sheet.cells


def test_a_misspelt_title_gets_the_title_that_was_meant():
    _, errors = check_header(["nama", "nik", "no_kk", "tanggal_lahir", "keterangan"], set())

    assert [error.message for error in errors] == [
        "Judul kolom “tanggal_lahir” tidak dikenal; mungkin maksudnya “tanggallahir”.",
        "Judul kolom “keterangan” tidak dikenal; pakai judul seperti pada contoh lembar kerja.",
    ]


def test_all_43_columns_in_reverse_are_a_good_header():
    columns, errors = check_header(list(reversed(ALL)), set())

    assert errors == []
    assert len(columns) == 43 and columns["lng"] == 0


@pytest.mark.parametrize("rows", [[], [[], ["nama", "nik", "no_kk"]]])
def test_a_sheet_without_titles_in_row_one_is_said_so(rows):
    assert codes(read_sheet(book(*rows))) == [(1, "", "header_missing")]


def test_exactly_the_limit_of_rows_is_read_and_one_more_is_refused_naming_the_command():
    header, person = ["nama", "nik", "no_kk"], ["Siti", "0", "1"]
    limits = replace(WEB, rows=3)

    fits = read_sheet(book(header, person, [], person, person, ["###"]), limits=limits)
    over = read_sheet(book(header, person, [], person, person, person), limits=limits)
    any_number = read_sheet(book(header, person, [], person, person, person), limits=replace(WEB, rows=None))

    assert len(fits.cells) == 3 and not fits.errors
    assert codes(over) == [(6, "", "too_many_rows")]
    assert "3 baris" in over.errors[0].message and "desmigratif import-residents" in over.errors[0].message
    assert len(any_number.cells) == 4


def test_20001_rows_are_one_too_many_for_the_web_page():
    header, person = ["nama", "nik", "no_kk"], ["Siti", "0", "1"]

    sheet = read_sheet(book(header, *[person] * 20_001))

    assert codes(sheet) == [(20_002, "", "too_many_rows")]
    assert "20.000 baris" in sheet.errors[0].message


def test_the_template_is_an_empty_sheet_with_a_good_header():
    sheet = read_sheet(template_bytes())

    assert sheet.errors == () and list(sheet.columns) == ALL and not sheet.cells


@pytest.mark.parametrize(("place", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (42, "AQ"), (16_383, "XFD")])
def test_columns_are_named_as_in_the_spreadsheet(place, letter):
    assert column_letter(place) == letter
