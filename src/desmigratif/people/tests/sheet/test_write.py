import io
import zipfile
from datetime import date

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desmigratif.people.rules import codes
from desmigratif.people.rules.register_sheet.check import check_file
from desmigratif.people.rules.register_sheet.row import COLUMNS, FIELDS, RegisterRow
from desmigratif.people.rules.register_sheet.write import sheet_row, template_bytes, write_sheet

TODAY = date(2026, 11, 23)
FULL = RegisterRow(
    row=2, address="Jl. Raya 1", hamlet="Krajan", rw="001", rt="-", name="Nur'aini, S.Pd", kk_number="3307101508150001",
    nik="3307105508900001", sex="F", birth_place="Wonosobo", birth_date=date(1990, 8, 15), religion="1",
    education="5", education_current="18", occupation="89", marital_status="married", relation="head",
    nationality="indonesian", father_nik="3307101508600001", father_name="Ali", mother_nik="3307105508620001",
    mother_name="=Aminah", blood_type="6", birth_certificate="+12/AL", passport_number="-A1234567",
    passport_expires_on=date(2031, 1, 2), kitas="@1", marriage_certificate="12", married_on=date(2012, 3, 4),
    divorce_certificate="13", divorced_on=date(2020, 5, 6), disability="7", family_planning="99", pregnant="no",
    id_card="2", recording_status="8", current_address="Hong Kong", life_status="away", ethnicity="Jawa",
    tag_id_card="1234567890", insurance="3", insurance_number="0001", latitude=-7.35, longitude=109.9,
)  # fmt: skip


def fields_of(row):
    return {name: getattr(row, name) for name in FIELDS}


def written(*rows):
    target = io.BytesIO()
    assert write_sheet(rows, target) == len(rows)
    return target.getvalue()


def test_a_full_row_comes_back_as_it_went_out():
    checked = check_file(written(sheet_row(fields_of(FULL))), today=TODAY)

    assert checked.errors == [] and checked.warnings == []
    assert checked.rows == [FULL]


def test_what_starts_like_a_formula_is_written_as_text():
    content = written({"nama": "=1+1", "nik": "@SUM(A1)", "alamat": "+1", "no_kk": '=HYPERLINK("http://x")'})

    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert all(b"<f>" not in archive.read(name) for name in archive.namelist())


def test_an_empty_value_leaves_an_empty_cell():
    checked = check_file(written({"nama": "Siti", "nik": "0", "no_kk": "", "alamat": None}), today=TODAY)

    assert checked.rows[0].address is None and checked.rows[0].kk_number is None


def test_our_codes_become_the_numbers_of_the_sheet():
    assert sheet_row({"sex": "F", "relation": "head", "life_status": "away", "name": "Siti", "nik": None, "id": 7}) == {
        "sex": "2", "kk_level": "1", "status_dasar": "6", "nama": "Siti",
    }  # fmt: skip


def test_a_code_outside_its_list_is_not_written():
    with pytest.raises(KeyError):
        sheet_row({"sex": "X"})


def test_the_template_explains_every_column_and_every_code_in_a_second_sheet():
    book = openpyxl.load_workbook(io.BytesIO(template_bytes()))

    assert [cell.value for cell in book.worksheets[0][1]] == [column.header for column in COLUMNS]
    explained = {row[0]: row for row in book.worksheets[1].iter_rows(min_row=2, values_only=True)}
    assert list(explained) == [column.header for column in COLUMNS]
    assert explained["nik"][2] == "ya" and explained["lat"][2] == "tidak"
    for column in COLUMNS:
        assert explained[column.header][3]
        if column.kind == "code":
            assert all(label in explained[column.header][3] for _, label in codes.choices(column.field))


def test_a_nik_typed_into_the_template_stays_text():
    sheet = openpyxl.load_workbook(io.BytesIO(template_bytes())).worksheets[0]

    places = {cell.value: cell.column for cell in sheet[1]}
    as_text = [(kept.min, kept.max) for kept in sheet.column_dimensions.values() if kept.number_format == "@"]
    for title in ("nik", "no_kk", "rt", "ayah_nik"):
        assert any(first <= places[title] <= last for first, last in as_text), title


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=40))
def test_any_text_a_person_typed_can_be_written_and_read(text):
    checked = check_file(written({"nama": "Siti", "nik": "0", "no_kk": "", "alamat": text}), today=TODAY)

    assert checked.errors == []
    assert len(checked.rows) == 1
