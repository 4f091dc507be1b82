from importlib.resources import files

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from desmigratif.people.rules import codes
from desmigratif.people.rules.register_sheet.row import COLUMNS

SIZES = {
    "sex": 2, "religion": 7, "education": 10, "education_current": 18, "occupation": 89, "marital_status": 4,
    "relation": 11, "nationality": 3, "blood_type": 13, "disability": 7, "family_planning": 9, "pregnant": 2,
    "id_card": 2, "recording_status": 8, "life_status": 6, "insurance": 5,
}  # fmt: skip


def test_every_list_is_complete_and_every_code_column_has_its_list():
    assert {name: len(known.labels) for name, known in codes.code_lists().items()} == SIZES
    assert {column.field for column in COLUMNS if column.kind == "code"} == set(SIZES)


@pytest.mark.parametrize("list_name", SIZES)
def test_every_number_and_label_of_a_list_leads_to_its_code(list_name):
    for code, label in codes.choices(list_name):
        number = codes.number_of(list_name, code)
        assert codes.code_of(list_name, number) == code
        assert codes.code_of(list_name, float(number)) == code
        assert codes.code_of(list_name, label) == code
        assert codes.code_of(list_name, label.upper()) == code
        assert codes.label(list_name, code) == label


def test_no_spelling_stands_for_two_codes_of_a_list():
    lists = yaml.safe_load(files("desmigratif.regulations").joinpath("resident_codes.yaml").read_text("utf-8"))
    for name, lines in lists.items():
        for number, (label, _, *others) in lines.items():
            for spelling in (label, *others):
                assert codes.number_of(name, codes.code_of(name, spelling)) == number, (name, spelling)


@pytest.mark.parametrize(
    ("list_name", "written", "code"),
    [
        ("blood_type", "TDK TH", "13"),
        ("blood_type", "Tdk. Th.", "13"),
        ("blood_type", "tidak tahu", "13"),
        ("blood_type", "A-", "6"),
        ("blood_type", "A +", "5"),
        ("blood_type", "ab", "3"),
        ("sex", "LAKI - LAKI", "M"),
        ("sex", "p", "F"),
        ("sex", "02", "F"),
        ("sex", "2.0", "F"),
        ("sex", 1.0, "M"),
        ("marital_status", "BELUM  KAWIN", "single"),
        ("marital_status", "Blm Kawin", "single"),
        ("marital_status", "cerai mati", "widowed"),
        ("relation", "Kep. Keluarga", "head"),
        ("relation", "Isteri", "wife"),
        ("relation", "ORANG TUA", "parent"),
        ("occupation", "BLM/TDK BEKERJA", "1"),
        ("occupation", "Petani / Pekebun", "9"),
        ("occupation", "PNS", "5"),
        ("occupation", "Mengurus Rumah Tangga", "2"),
        ("education", "SLTA / SEDERAJAT", "5"),
        ("education", "Diploma I / II", "6"),
        ("education", "DIPLOMA III", "7"),
        ("occupation", "belum tidak bekerja", "1"),
        ("religion", "KATHOLIK", "3"),
        ("life_status", "PERGI", "away"),
        ("family_planning", "8", "8"),
    ],
)
def test_usual_spellings_are_understood(list_name, written, code):
    assert codes.code_of(list_name, written) == code


@pytest.mark.parametrize(
    ("list_name", "written"),
    [
        ("sex", "3"),
        ("sex", "x"),
        ("sex", "0"),
        ("life_status", "5"),
        ("occupation", "90"),
        ("religion", "1.5"),
        ("sex", ""),
    ],
)
def test_what_is_not_in_the_list_is_refused(list_name, written):
    with pytest.raises(codes.UnknownCode):
        codes.code_of(list_name, written)


@given(st.sampled_from(sorted(SIZES)), st.text(max_size=20) | st.floats(allow_nan=True))
def test_any_cell_is_a_code_of_the_list_or_refused(list_name, cell):
    try:
        code = codes.code_of(list_name, cell)
    except codes.UnknownCode:
        return
    assert code in codes.code_lists()[list_name].labels
