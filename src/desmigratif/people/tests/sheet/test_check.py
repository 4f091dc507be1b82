from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desmigratif.people.rules.nik import date_digits
from desmigratif.people.rules.register_sheet.check import check_file, check_rows
from desmigratif.people.rules.register_sheet.read import Sheet
from desmigratif.people.rules.register_sheet.row import COLUMNS, FIELDS, RegisterRow
from desmigratif.people.rules.register_sheet.write import sheet_row, write_sheet

TODAY = date(2026, 11, 23)
HEADERS = [column.header for column in COLUMNS]
BORN = date(1990, 8, 15)
SITI = {
    "nama": "SITI AMINAH",
    "nik": "3307105508900001",
    "no_kk": "3307101508150001",
    "sex": "2",
    "tempatlahir": "WONOSOBO",
    "tanggallahir": "1990-08-15",
    "kk_level": "3",
    "dusun": "Krajan",
    "rw": "001",
    "rt": "002",
}


def sheet(*rows):
    """A sheet as the reader gives it, from cells by header."""
    return Sheet(
        columns={header: place for place, header in enumerate(HEADERS)},
        numbers=range(2, 2 + len(rows)),
        cells=[[row.get(header, "") for header in HEADERS] for row in rows],
    )


def check(*rows, **more):
    return check_rows(sheet(*rows), today=TODAY, **more)


def places(messages):
    return [(message.row, message.column, message.code) for message in messages]


def test_a_good_row_is_translated_and_empty_cells_are_none():
    checked = check({**SITI, "status_kawin": "KAWIN", "ktp_el": "2"})

    assert checked.errors == [] and checked.warnings == [] and checked.count == 1
    (row,) = checked.rows
    said = {name: value for name, value in row._asdict().items() if value is not None}
    assert said == {
        "row": 2, "name": "SITI AMINAH", "nik": "3307105508900001", "kk_number": "3307101508150001", "sex": "F",
        "birth_place": "WONOSOBO", "birth_date": BORN, "relation": "wife", "hamlet": "Krajan", "rw": "001",
        "rt": "002", "marital_status": "married", "id_card": "2",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("nama", "", "name_missing"),
        ("nama", " - ", "name_missing"),
        ("nama", "S1ti", "name_characters"),
        ("nama", '=HYPERLINK("x")', "name_characters"),
        ("nama", "...", "name_characters"),
        ("nama", "A" * 101, "too_long"),
        ("nik", "330710550890001", "nik_length"),
        ("nik", "belum ada", "nik_length"),
        ("no_kk", "330710150815001", "kk_length"),
        ("no_kk", "33071015081500011", "kk_length"),
        ("no_kk", "0", "kk_length"),
        ("no_kk", "0000000000000000", "kk_zeros"),
        ("tanggallahir", "31-02-1990", "date_impossible"),
        ("tanggallahir", "1990", "date_impossible"),
        ("tanggallahir", 33100.0, "date_impossible"),
        ("tanggallahir", "08/15/1990", "date_impossible"),
        ("tanggallahir", "00-00-0000", "date_impossible"),
        ("tanggallahir", "15-08-1890", "date_impossible"),
        ("tanggallahir", "24-11-2026", "date_future"),
        ("tanggallahir", "2090-08-15", "date_future"),
        ("tanggalperkawinan", "24-11-2026", "date_future"),
        ("tanggal_akhir_paspor", "01-01-2126", "date_impossible"),
        ("sex", "3", "code_unknown"),
        ("sex", "x", "code_unknown"),
        ("pekerjaan_id", "90", "code_unknown"),
        ("agama_id", "0", "code_unknown"),
        ("alamat", "x" * 201, "too_long"),
    ],
)
def test_each_error_is_reported_once_at_its_row_and_column_and_keeps_the_row_out(column, cell, code):
    checked = check(SITI, {**SITI, "nik": "0", "tanggallahir": "", column: cell})

    assert places(checked.errors) == [(3, column, code)]
    assert [row.row for row in checked.rows] == [2]
    assert checked.count == 2 and checked.row_numbers_with_errors == {3}


@pytest.mark.parametrize(
    ("column", "cell", "field", "value"),
    [
        ("nama", "Ma’ruf  Amin, S.Pd.", "name", "Ma'ruf Amin, S.Pd."),
        ("nama", "Nur-Aini\u200b\xa0Putri", "name", "Nur-Aini Putri"),
        ("nama", "I Gede José", "name", "I Gede José"),
        ("nik", "0", "nik", None),
        ("nik", 0.0, "nik", None),
        ("nik", "", "nik", None),
        ("nik", "'3307105508900001", "nik", "3307105508900001"),
        ("no_kk", "No. 3307101508150001 ", "kk_number", "3307101508150001"),
        ("no_kk", "'3307101508150001", "kk_number", "3307101508150001"),
        ("no_kk", "", "kk_number", None),
        ("tanggallahir", "15-08-1990", "birth_date", BORN),
        ("tanggallahir", "15/08/1990", "birth_date", BORN),
        ("tanggallahir", "'15-8-1990", "birth_date", BORN),
        ("tanggallahir", "1990-08-15T00:00:00", "birth_date", BORN),
        ("tanggallahir", "23-11-2026", "birth_date", TODAY),
        ("tanggalperkawinan", "0000-00-00", "married_on", None),
        ("tanggal_akhir_paspor", "01-01-2031", "passport_expires_on", date(2031, 1, 1)),
        ("sex", 2.0, "sex", "F"),
        ("sex", "Perempuan", "sex", "F"),
        ("golongan_darah_id", "TDK TH", "blood_type", "13"),
        ("golongan_darah_id", "-", "blood_type", None),
        ("status_dasar", "6", "life_status", "away"),
        ("rt", "-", "rt", "-"),
        ("rt", "0", "rt", "-"),
        ("rt", 1.0, "rt", "001"),
        ("rw", "'02", "rw", "002"),
        ("dusun", "-", "hamlet", "-"),
        ("dokumen_pasport", "-", "passport_number", None),
        ("no_asuransi", 123.0, "insurance_number", "123"),
        ("lat", "-7,35", "latitude", -7.35),
        ("lng", 109.9, "longitude", 109.9),
        ("ayah_nik", "0", "father_nik", None),
        ("ayah_nik", 3307101508600001.0, "father_nik", "3307101508600001"),
    ],
)
def test_cells_are_read_as_registers_write_them(column, cell, field, value):
    checked = check({**SITI, "nik": "0", "tanggallahir": "", column: cell})

    assert checked.errors == [] and checked.warnings == []
    assert getattr(checked.rows[0], field) == value


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"tanggallahir": "16-08-1990"}, ("nik", "nik_birth_date")),
        ({"sex": "1"}, ("nik", "nik_sex")),
        ({"nik": "9907105508900001"}, ("nik", "nik_region")),
        ({"nik": "33.0710.550890.0001"}, ("nik", "nik_repaired")),
        ({"nik": 3307105508900001.0}, ("nik", "nik_repaired")),
        ({"no_kk": 3307101508150000.0}, ("no_kk", "kk_repaired")),
        ({"ayah_nik": "123"}, ("ayah_nik", "parent_nik_length")),
        ({"lat": "95"}, ("lat", "coordinate")),
        ({"lng": "timur"}, ("lng", "coordinate")),
    ],
)
def test_a_doubt_is_a_warning_and_the_row_still_counts(change, place):
    checked = check({**SITI, **change})

    assert places(checked.warnings) == [(2, *place)]
    assert checked.errors == [] and len(checked.rows) == 1


def test_a_numeric_nik_that_lost_its_last_digit_says_so():
    checked = check({**SITI, "nik": 3307105508900010.0})

    assert checked.rows[0].nik == "3307105508900010"
    assert checked.warnings[0].message == (
        "NIK tersimpan sebagai angka, jadi angka terakhirnya mungkin berubah; cocokkan dengan KTP."
    )


def test_the_region_of_a_nik_is_compared_with_the_districts_that_are_known():
    fits = check(SITI, known_region_prefixes=["330710"])
    unknown = check(SITI, known_region_prefixes={"321216"})

    assert fits.warnings == []
    assert places(unknown.warnings) == [(2, "nik", "nik_region")]


def test_the_same_nik_twice_is_an_error_that_names_the_first_row():
    checked = check(SITI, {**SITI, "nama": "Ali"}, {**SITI, "nik": "0"}, {**SITI, "nik": "'3307105508900001"})

    assert places(checked.errors) == [(3, "nik", "nik_double"), (5, "nik", "nik_double")]
    assert "baris 2" in checked.errors[1].message
    assert [row.row for row in checked.rows] == [2, 4]


def test_two_living_heads_in_one_kk_are_a_warning():
    head = {**SITI, "nik": "0", "kk_level": "1"}
    checked = check(head, {**head, "nama": "Ali"}, {**head, "status_dasar": "2"}, {**head, "no_kk": ""})

    assert places(checked.warnings) == [(3, "kk_level", "two_heads")]
    assert "baris 2" in checked.warnings[0].message


def test_a_dead_head_and_a_new_one_are_no_reason_to_ask():
    head = {**SITI, "nik": "0", "kk_level": "1"}

    assert check({**head, "status_dasar": "MATI"}, {**head, "nama": "Ali"}).warnings == []


def test_findings_come_in_the_order_of_the_sheet_each_as_one_sentence():
    bad = {**SITI, "sex": "9", "nama": "", "tanggallahir": "x", "no_kk": "1", "nik": "12"}
    checked = check(bad, {**bad, "agama_id": "99"})

    assert [place[:2] for place in places(checked.errors)] == [
        (2, "nama"), (2, "no_kk"), (2, "nik"), (2, "sex"), (2, "tanggallahir"),
        (3, "nama"), (3, "no_kk"), (3, "nik"), (3, "sex"), (3, "tanggallahir"), (3, "agama_id"),
    ]  # fmt: skip
    for error in checked.errors:
        assert error.message.endswith(".") and "\n" not in error.message and len(error.message) < 160
    assert checked.errors[1].message == "Nomor KK harus 16 angka; yang tertulis 1."
    assert checked.errors[3].message == (
        "Jenis kelamin “9” tidak ada dalam daftar; isi dengan 1 (Laki-laki) atau 2 (Perempuan)."
    )
    assert checked.errors[4].message == "Tanggal lahir “x” bukan tanggal yang mungkin; tulis seperti 31-12-1990."


def test_columns_left_out_change_nothing():
    small = Sheet({"nik": 0, "nama": 1, "no_kk": 2}, [2], [["0", "Siti", ""]])

    (row,) = check_rows(small, today=TODAY).rows

    assert row == RegisterRow(2, **{**dict.fromkeys(FIELDS), "name": "Siti"})


def test_a_sheet_without_rows_is_empty_not_wrong():
    checked = check()

    assert (checked.count, list(checked.rows), list(checked.errors)) == (0, [], [])


def test_a_refused_file_is_one_error_without_a_row():
    checked = check_file(b"%PDF-1.7", today=TODAY)

    assert [(error.row, error.column, error.code) for error in checked.errors] == [(None, "", "pdf")]
    assert checked.errors[0].as_dict()["message"].startswith("Ini berkas PDF")


def test_a_whole_village_from_file_to_rows(tmp_path):
    def residents():
        for number in range(4_000):
            born = BORN - timedelta(days=number)
            yield sheet_row({
                "name": "Siti Aminah", "nik": f"330710{date_digits(born, 'F')}{number % 9_999 + 1:04d}", "sex": "F",
                "birth_date": born, "kk_number": f"3307101508{number // 4:06d}", "relation": "wife", "rt": "001",
                "hamlet": "Krajan", "occupation": "89", "marital_status": "married",
            })  # fmt: skip

    path = tmp_path / "village.xlsx"
    write_sheet(residents(), path)

    checked = check_file(path, today=TODAY, known_region_prefixes={"330710"})

    assert checked.count == len(checked.rows) == 4_000
    assert checked.errors == [] and checked.warnings == []
    assert checked.rows[-1].birth_date == BORN - timedelta(days=3_999)
    assert checked.rows[-1].row == 4_001


any_cell = st.one_of(
    st.just(""),
    st.text(max_size=25),
    st.floats(allow_nan=False),
    st.sampled_from(["0", "-", "1", "2", "99", "15-08-1990", "'15/08/1990", "3307105508900001", "KAWIN", "###", "'"]),
)


@given(st.lists(st.fixed_dictionaries({}, optional=dict.fromkeys(HEADERS, any_cell)), max_size=5))
def test_any_cells_are_rows_or_findings_and_no_cell_is_wrong_twice(rows):
    checked = check(*rows)

    assert checked.count == len(rows)
    wrong = [(error.row, error.column) for error in checked.errors]
    assert len(wrong) == len(set(wrong))
    assert {row for row, _ in wrong} == checked.row_numbers_with_errors
    assert {row.row for row in checked.rows} == set(range(2, 2 + len(rows))) - checked.row_numbers_with_errors
    for finding in (*checked.errors, *checked.warnings):
        assert 2 <= finding.row < 2 + len(rows) and finding.column in HEADERS and finding.message.endswith(".")
    for row in checked.rows:
        assert (
            row.name and (row.nik is None or len(row.nik) == 16) and (row.kk_number is None or len(row.kk_number) == 16)
        )
        assert row.birth_date is None or row.birth_date <= TODAY


BAD = {
    "nama": "S1ti", "no_kk": "12", "nik": "99", "sex": "x", "tanggallahir": "31-02-1990", "agama_id": "77",
    "pekerjaan_id": "xyz", "status_kawin": "9", "kk_level": "0", "tanggalperkawinan": "1-1-3000",
}  # fmt: skip


@given(st.lists(st.sets(st.sampled_from(sorted(BAD))), min_size=1, max_size=6))
def test_every_bad_cell_is_reported_exactly_once(bad_columns_by_row):
    rows = [
        {**SITI, "nik": "0", "tanggallahir": "", **{column: BAD[column] for column in columns}}
        for columns in bad_columns_by_row
    ]

    checked = check(*rows)

    expected = {(number, column) for number, columns in enumerate(bad_columns_by_row, 2) for column in columns}
    assert sorted((error.row, error.column) for error in checked.errors) == sorted(expected)
