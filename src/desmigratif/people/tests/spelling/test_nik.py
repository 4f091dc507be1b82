from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lokal.nik import parse_nik as parse_by_lokal

from desmigratif.people.rules import nik as niks

TODAY = date(2026, 11, 23)
WOMAN = "3307105508900001"  # born 15-08-1990 (55 = 15 + 40)
BORN = date(1990, 8, 15)


def codes(doubts):
    return [doubt.code for doubt in doubts]


def test_a_womans_nik_tells_region_birth_date_and_sex():
    parsed = niks.parse_nik(WOMAN, TODAY)

    assert parsed == niks.ParsedNik("330710", (BORN,), "F", "0001")


def test_a_recent_year_leaves_both_centuries_possible():
    parsed = niks.parse_nik("3307101501200001", TODAY)

    assert parsed.birth_dates == (date(2020, 1, 15), date(1920, 1, 15))


def test_a_nik_that_fits_raises_no_doubt():
    assert niks.doubts_about_nik(WOMAN, BORN, "F", {"330710"}, TODAY) == []


@pytest.mark.parametrize(
    ("nik", "birth_date", "sex", "expected"),
    [
        (WOMAN, date(1990, 8, 16), "F", ["nik_birth_date"]),
        (WOMAN, BORN, "M", ["nik_sex"]),
        ("9907105508900001", BORN, "F", ["nik_region"]),
        ("3307103113900001", BORN, "M", ["nik_impossible_date"]),
        ("3307105508900000", BORN, "F", ["nik_serial"]),
        ("330710550890001", BORN, "F", ["nik_length"]),
        ("9907105508900001", date(1991, 8, 15), "M", ["nik_birth_date", "nik_sex", "nik_region"]),
        ("3307102902010001", None, None, ["nik_impossible_date"]),  # 29-02-2001 and 29-02-1901 never were
    ],
)
def test_what_does_not_fit_is_asked_again(nik, birth_date, sex, expected):
    assert (
        codes(niks.doubts_about_nik(nik, birth_date, sex, {"330710"} if nik[:2] == "33" else None, TODAY)) == expected
    )


def test_what_is_not_known_is_not_compared():
    assert niks.doubts_about_nik(WOMAN, None, None, None, TODAY) == []


@pytest.mark.parametrize("unknown", ["0", "", "0000000000000000"])
def test_a_nik_not_yet_known_raises_no_doubt(unknown):
    assert niks.doubts_about_nik(unknown, BORN, "F", None, TODAY) == []


def test_a_doubt_says_both_dates_and_what_to_do():
    (doubt,) = niks.doubts_about_nik(WOMAN, date(1990, 8, 16), "F", None, TODAY)

    assert doubt.text == "Tanggal lahir di dalam NIK (15-08-90) berbeda dari yang tertulis (16-08-1990)."
    assert doubt.way_out == "Cocokkan dengan KTP atau KK."


@given(
    st.builds(
        "{}{}{:02d}{:02d}{:02d}{:04d}".format,
        st.sampled_from(["3307", "3212", "5301", "9907", "0000", "3300"]),
        st.sampled_from(["10", "16", "00", "99"]),
        st.integers(0, 99),
        st.integers(0, 14),
        st.integers(0, 99),
        st.integers(0, 9999),
    )
)
def test_an_independent_reader_sees_the_same_in_a_nik(nik):
    theirs = parse_by_lokal(nik, reference_date=TODAY)

    ours = niks.parse_nik(nik, TODAY)

    assert ours.region == nik[:6]
    if theirs.birth_date:
        their_birth = date.fromisoformat(theirs.birth_date)
        # lokal-id guesses the century from the year alone; ours leaves out what is still to come
        if their_birth <= TODAY:
            assert their_birth in ours.birth_dates
            assert ours.sex == {"L": "M", "P": "F"}[theirs.gender]
    elif not ours.birth_dates:
        assert ours.sex is None
    doubts = codes(niks.doubts_about_nik(nik, None, None, None, TODAY)) if nik.strip("0") else []
    theirs_found = {issue.code for issue in theirs.errors}
    if nik.strip("0"):
        assert ("nik_serial" in doubts) == ("serial" in theirs_found)
        assert ("nik_region" in doubts) == ("province" in theirs_found)


@given(st.dates(date(1930, 1, 1), TODAY), st.sampled_from("MF"), st.integers(1, 9999))
def test_a_nik_made_from_a_birth_date_always_fits_it(birth_date, sex, serial):
    nik = f"330710{niks.date_digits(birth_date, sex)}{serial:04d}"

    assert niks.doubts_about_nik(nik, birth_date, sex, None, TODAY) == []


@pytest.mark.parametrize(
    ("raw", "digits", "repaired"),
    [
        ("3307105508900001", "3307105508900001", False),
        ("'3307105508900001", "3307105508900001", False),
        (" 3307105508900001 ", "3307105508900001", False),
        (3307105508900001.0, "3307105508900001", True),
        (3.5231e15, "3523100000000000", True),
        ("33.0710.550890.0001", "3307105508900001", True),
        ("35.2318.000000.0001", "3523180000000001", True),
        ("3307 1055 0890 0001", "3307105508900001", True),
        ("3307105508900001.00", "3307105508900001", True),
        ("3.307105508900001E+15", "3307105508900001", True),
        ("3,5E+15", "35", True),
        (0.0, "0", False),
        ("0", "0", False),
        ("", "", True),
        (-1.0, "", True),
        (1.5, "", True),
        (float("nan"), "", True),
        (float("inf"), "", True),
    ],
)
def test_numbers_garbled_by_spreadsheets_are_repaired_only_when_all_digits_are_there(raw, digits, repaired):
    assert niks.repair_number(raw) == (digits, repaired)


@given(st.text(max_size=40) | st.floats())
def test_repairing_never_fails_and_gives_only_digits(raw):
    digits, _ = niks.repair_number(raw)

    assert digits == "" or (digits.isascii() and digits.isdigit())


@given(st.text(alphabet="0123456789", min_size=16, max_size=16))
def test_dots_anywhere_inside_never_change_the_digits(digits):
    dotted = f"{digits[:2]}.{digits[2:6]}.{digits[6:12]}.{digits[12:]}"

    assert niks.repair_number(dotted) == (digits, True)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("3307101508900001", []),
        ("330710150890001", ["kk_length"]),
        ("", ["kk_length"]),
        ("0000000000000000", ["kk_zeros"]),
        ("33071015089000০1", ["kk_length"]),  # a Bengali zero is no digit of ours
    ],
)
def test_a_kk_number_has_sixteen_digits(number, expected):
    assert codes(niks.reasons_against_kk(number)) == expected


def test_the_kk_sentence_says_how_many_digits_were_written():
    (reason,) = niks.reasons_against_kk("330710150890001")

    assert reason.text == "Nomor KK harus 16 angka; yang tertulis 15."


@pytest.mark.parametrize(
    ("nik", "masked"), [(WOMAN, "••••••••••••0001"), ("0001", "••••"), ("", ""), ("12345", "•2345")]
)
def test_a_masked_nik_shows_at_most_four_digits(nik, masked):
    assert niks.mask(nik) == masked
