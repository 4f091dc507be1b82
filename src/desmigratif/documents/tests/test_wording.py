"""Numbers, names and codes on letters."""

from __future__ import annotations

from datetime import date

import pytest

from desmigratif.documents.rules.letter_text import letter_number
from desmigratif.documents.rules.short_code import normalise_short_code, short_code
from desmigratif.documents.rules.wording import in_words, printable, roman_month, short_holder, shorten


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Siti Nur Aisyah", "Siti N. A."),
        ("SUKARNI", "SUKARNI"),
        ("M. Rizki Fauzi", "M. Rizki F."),
        ("Hj. Siti Aminah", "Hj. Siti A."),
        ("Ni Luh Putu Ayu", "Ni L. P. A."),
        ("  Budi   santoso ", "Budi S."),
        ("O'neil D'souza", "O'neil D."),
    ],
)
def test_a_holder_is_first_word_and_initials(name: str, shown: str) -> None:
    assert short_holder(name) == shown


def test_a_letter_number_has_month_and_year_as_offices_write_them() -> None:
    number = letter_number(sequence=7, classification="474", village_short="DS-KRP", issued_on=date(2026, 1, 5))

    assert number == "474/007/DS-KRP/I/2026"
    with pytest.raises(ValueError):
        letter_number(sequence=0, classification="474", village_short="X", issued_on=date(2026, 1, 5))


def test_months_are_roman() -> None:
    assert [roman_month(month) for month in (1, 4, 9, 12)] == ["I", "IV", "IX", "XII"]
    with pytest.raises(ValueError):
        roman_month(13)


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "nol"), (2, "dua"), (11, "sebelas"), (12, "dua belas"), (20, "dua puluh"), (36, "tiga puluh enam"),
     (100, "seratus"), (111, "seratus sebelas"), (999, "sembilan ratus sembilan puluh sembilan")],
)  # fmt: skip
def test_numbers_in_words(number: int, words: str) -> None:
    assert in_words(number) == words


def test_odd_characters_never_reach_a_letter() -> None:
    assert printable("Siti\u202e \u200bNur\n\tAisyah 😀 Müller ") == "Siti Nur Aisyah ? Müller"


def test_a_long_agency_is_cut_at_a_word() -> None:
    assert shorten("PT Sumber Daya Manusia", 30) == "PT Sumber Daya Manusia"
    assert shorten("PT Sumber Daya Manusia", 20) == "PT Sumber Daya…"
    assert len(shorten("X" * 80, 48)) == 48


def test_a_short_code_follows_from_the_key_and_the_letter() -> None:
    code = short_code(b"a" * 32, village_code="33.07.10.2004", number="474/012/DS-KRP/XI/2026")

    assert code == short_code(b"a" * 32, village_code="33.07.10.2004", number="474/012/DS-KRP/XI/2026")
    assert code != short_code(b"b" * 32, village_code="33.07.10.2004", number="474/012/DS-KRP/XI/2026")
    assert code != short_code(b"a" * 32, village_code="33.07.10.2004", number="474/013/DS-KRP/XI/2026")
    assert normalise_short_code(code) == code


@pytest.mark.parametrize("typed", ["10AB-CDEF-GHJK", "ioab cdef ghjk", "lOABCDEFGHJK", " 1 0 a b.c d e f/g h j k "])
def test_a_typed_code_is_understood_however_it_looks(typed: str) -> None:
    assert normalise_short_code(typed) == "10AB-CDEF-GHJK"


@pytest.mark.parametrize("typed", ["", "10AB-CDEF-GHJ", "10AB-CDEF-GHJKM", "10AB-CDEF-GHJU", "ÄÖÜß"])
def test_what_cannot_be_a_code_gets_a_sentence(typed: str) -> None:
    with pytest.raises(ValueError, match="12 huruf dan angka"):
        normalise_short_code(typed)
