"""What a code says, and which names meet."""

from __future__ import annotations

import pytest

from desmigratif.regions import rules


@pytest.mark.parametrize(
    ("code", "listed", "kind", "name"),
    [
        ("33", "Jawa Tengah", "Provinsi", "Jawa Tengah"),
        ("33.07", "Kabupaten Wonosobo", "Kabupaten", "Wonosobo"),
        ("33.71", "Kota Magelang", "Kota", "Magelang"),
        ("31.71", "Kota Administrasi Jakarta Pusat", "Kota Administrasi", "Jakarta Pusat"),
        ("31.01", "Kabupaten Administrasi Kepulauan Seribu", "Kabupaten Administrasi", "Kepulauan Seribu"),
        ("33.07.10", "Watumalang", "Kecamatan", "Watumalang"),
        ("33.07.10.2004", "Kuripan", "Desa", "Kuripan"),
        ("33.07.10.1001", "Wonoroto", "Kelurahan", "Wonoroto"),
        ("91.03.08.3001", "Ohey", "Kampung Adat", "Ohey"),
    ],
)
def test_the_kind_is_read_from_code_and_name(code: str, listed: str, kind: str, name: str) -> None:
    assert rules.kind_and_name(code, listed) == (kind, name)


def test_a_regency_that_does_not_say_what_it_is_stops_the_load() -> None:
    with pytest.raises(ValueError, match=r"33\.07"):
        rules.kind_and_name("33.07", "Wonosobo")


@pytest.mark.parametrize(
    ("code", "offset"),
    [
        ("33.07.10.2004", 7),
        ("61", 7),
        ("62.01", 7),
        ("63.01", 8),
        ("51.03", 8),
        ("53.08.12.2014", 8),
        ("81.01", 9),
        ("93.01", 9),
        ("ID", 7),
    ],
)
def test_clocks_follow_the_province(code: str, offset: int) -> None:
    assert rules.utc_offset_of(code) == offset


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Watumalang", "WATU MALANG"),
        ("Kuripan", "Desa Koeripan"),
        ("Kab. Wonosobo", "Wonosobo"),
        ("Yogyakarta", "Djogjakarta"),
        ("Ma'rang", "Marang"),
        ("Sukkamaju", "Suka Maju"),
    ],
)
def test_spellings_of_one_name_meet(one: str, other: str) -> None:
    assert rules.search_key(one) == rules.search_key(other)


def test_different_names_stay_apart() -> None:
    assert rules.search_key("Kuripan") != rules.search_key("Kurupan")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("33.07", "33.07"),
        ("3307", "33.07"),
        ("3307102004", "33.07.10.2004"),
        ("33.07.1", "33.07.1"),
        ("3 desa", ""),
        ("Kuripan", ""),
    ],
)
def test_a_typed_code_needs_no_dots(typed: str, code: str) -> None:
    assert rules.typed_code(typed) == code


def test_a_code_knows_its_path() -> None:
    assert rules.path_of("33.07.10.2004") == ("33", "33.07", "33.07.10", "33.07.10.2004")
    assert rules.parent_of("33") == ""
    assert rules.is_code("33.07") and not rules.is_code("33.7") and not rules.is_code("33.07.")
