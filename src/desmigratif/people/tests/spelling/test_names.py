import pytest
from hypothesis import given
from hypothesis import strategies as st

from desmigratif.people.rules.names import (
    address_as,
    fold_name,
    fold_place,
    given_name,
    initials_form,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("H. Moch. Ma'ruf, S.Pd", "Muhammad Maruf"),
        ("M. Ali", "Mohammad Ali"),
        ("MOH ALI", "Mochamad Ali"),
        ("Muh. Ali", "Mohamad Ali"),
        ("Achmad Djoko", "AHMAD JOKO"),
        ("Akhmad", "Ahmad"),
        ("Abd. Rahman", "Abdul Rahman"),
        ("Abdurrahman", "Abdul Rahman"),
        ("Abdoel Karim", "Abdul Karim"),
        ("Sitti Noer Aini", "St. Nur Aini"),
        ("Noor Hayati", "Nur Hayati"),
        ("Soekarno", "Sukarno"),
        ("Tjahjo", "Cahyo"),
        ("Sjarif", "Syarif"),
        ("Jusuf", "Yusuf"),
        ("Nur’aini", "Nur'aini"),
        ("Ali bin Umar", "Ali Umar"),
        ("Aminah binti Saleh", "Aminah Saleh"),
        ("Drs. H. Slamet", "Slamet"),
        ("Slamet S.Pd.I", "Slamet"),
        ("Rina, A.Md.Keb", "rina"),
        ("K.H. Ahmad Dahlan", "Kiai Ahmad Dahlan"),
        ("Suparman (Alm)", "Suparman"),
        ("  SITI   AMINAH ", "Siti Aminah"),
        ("Fathimah", "Fatimah"),
    ],
)
def test_spellings_of_one_name_share_a_key(one, other):
    assert fold_name(one) == fold_name(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Abdullah", "Abdul"), ("Siti Aminah", "Siti Aisyah"), ("Slamet", "Selamat"), ("I Made Sudana", "Ni Made Sudana")],
)
def test_different_names_keep_different_keys(one, other):
    assert fold_name(one) != fold_name(other)


@pytest.mark.parametrize("name", ["H.", "Siti", "M", "Alm", "Bin"])
def test_a_name_that_looks_like_a_title_is_still_a_name(name):
    assert fold_name(name)


@given(st.text(max_size=60))
def test_folding_any_text_never_fails_and_is_lower_ascii(text):
    folded = fold_name(text)

    assert all("a" <= letter <= "z" or letter == " " for letter in folded)
    assert folded == " ".join(folded.split())


def test_places_fold_without_their_kind():
    assert fold_place("Kab. Wonosobo") == fold_place("WONOSOBO") == "wonosobo"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Siti Aminah Rahayu", "Siti A. R. (1990)"),
        ("SITI AMINAH RAHAYU", "Siti A. R. (1990)"),
        ("Hj. Siti Aminah, S.Pd", "Siti A. (1990)"),
        ("Slamet", "Slamet (1990)"),
        ("MA'RUF AMIN", "Ma'ruf A. (1990)"),
        ("Ahmad bin Ali", "Ahmad A. (1990)"),
        ("I Made Sudana", "I M. S. (1990)"),
    ],
)
def test_a_letter_shows_first_word_initials_and_birth_year(name, shown):
    assert initials_form(name, 1990) == shown


def test_an_unknown_birth_year_is_left_out():
    assert initials_form("Siti Aminah", None) == "Siti A."


@pytest.mark.parametrize(
    ("name", "given_by"),
    [("SITI AMINAH", "Siti"), ("M. Ali", "Ali"), ("I Made Sudana", "Made"), ("Ni Luh Sari", "Luh"), ("Y.", "Y.")],
)
def test_people_are_called_by_a_whole_word(name, given_by):
    assert given_name(name) == given_by


@pytest.mark.parametrize(
    ("sex", "age", "expected"),
    [("F", 36, "Ibu Siti"), ("M", 36, "Bapak Siti"), (None, None, "Bapak/Ibu Siti"), ("F", 16, "Adik Siti")],
)
def test_forms_of_address(sex, age, expected):
    assert address_as("SITI AMINAH", sex, age) == expected
