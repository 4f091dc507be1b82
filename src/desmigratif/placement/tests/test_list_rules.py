"""Reading national lists, finding the company that is meant, and when a list is too old."""

from __future__ import annotations

from datetime import date
from importlib.resources import files

import pytest
import yaml

from desmigratif.placement.rules.cells import job_of
from desmigratif.placement.rules.columns import COLUMNS
from desmigratif.placement.rules.freshness import may_answer
from desmigratif.placement.rules.matching import Match, company_key, match_company
from desmigratif.placement.rules.sheet import ReadList, read_list
from desmigratif.shared.tests.mutating import unnoticed

EXAMPLES = yaml.safe_load(
    files("desmigratif.regulations").joinpath("examples/national_lists.yaml").read_text(encoding="utf-8")
)
KEYS = tuple(company_key(name) for name in ("PT Karya Mandiri", "PT Cahaya Utama Sentosa", "PT Bahtera Asih"))


def all_examples_hold() -> bool:
    return all(may_answer(one["list"], one["as_of"], one["on"]) is one["usable"] for one in EXAMPLES)


def test_the_worked_examples_of_old_lists_hold() -> None:
    assert all_examples_hold()


def test_no_limit_can_be_written_wrongly_unnoticed(monkeypatch: pytest.MonkeyPatch) -> None:
    tried, missed = unnoticed(monkeypatch, "national_lists", all_examples_hold)

    assert tried >= 6
    assert missed == []


@pytest.mark.parametrize(
    "written", ["PT Karya Mandiri", "pt. karya mandiri", "KARYA  MANDIRI, PT", "P.T. Karja Mandiri", "Karya Mandri"]
)
def test_a_company_is_found_in_many_spellings(written: str) -> None:
    assert match_company(written, KEYS).key == KEYS[0]


@pytest.mark.parametrize("written", ["PT Karya Mandiri Abadi", "Karya", "PT Maju Jaya", "", "PT"])
def test_another_company_is_never_taken_for_one_on_the_list(written: str) -> None:
    assert match_company(written, KEYS).key == ""


def test_what_fits_two_companies_fits_none_and_both_are_named() -> None:
    keys = (company_key("PT Sumber Rejeki"), company_key("PT Sumber Rejaki"))

    match = match_company("PT Sumber Rejiki", keys)

    assert match.key == ""
    assert set(match.others) == set(keys)


def test_a_slip_is_told_apart_from_the_same_name() -> None:
    assert match_company("PT Karya Mandiri", KEYS) == Match(KEYS[0])
    assert match_company("PT Karya Mandirri", KEYS) == Match(KEYS[0])
    assert match_company("PT Kary Mandiri", KEYS).near


def read(kind: str, *rows: list[str | float]) -> ReadList:
    return read_list(kind, list(range(1, len(rows) + 1)), list(rows))


def test_a_list_of_agencies_is_read_with_its_columns_in_any_order() -> None:
    found = read("agencies", ["Status", "No. Izin", "Nama P3MI"], ["AKTIF", "123/2020", "PT Karya Mandiri"])

    assert not found.errors
    assert list(found.rows) == [
        {"status": "active", "licence_number": "123/2020", "name": "PT Karya Mandiri", "row": 2}
    ]


def test_every_row_says_in_indonesian_what_is_wrong_with_it() -> None:
    found = read(
        "permits",
        ["perusahaan", "negara", "pekerjaan", "gaji", "berlaku sampai", "umur minimal", "umur maksimal"],
        ["PT Karya", "Hongkong Raya", "perawat lansia", "banyak", "31-02-2027", "", ""],
        ["", "Taiwan", "perawat lansia", "", "", "40", "21"],
    )

    assert not found.rows
    assert [(one.row, one.code) for one in found.errors] == [
        (2, "country_wrong"), (2, "wage_amount_wrong"), (2, "valid_until_wrong"), (3, "name_wrong"),
        (3, "ages_crossed"),
    ]  # fmt: skip
    assert "bukan tanggal" in found.errors[2].message


def test_a_missing_column_and_a_sheet_without_rows_are_told() -> None:
    assert [one.code for one in read("agencies", ["nama"], ["PT Karya"]).errors] == ["column_missing"]
    assert [one.code for one in read("agencies", ["nama", "status"]).errors] == ["no_rows"]
    assert [one.code for one in read_list("agencies", [], []).errors] == ["header_missing"]


def test_a_company_that_stands_twice_is_refused_and_named_with_its_first_row() -> None:
    found = read("agencies", ["nama", "status"], ["PT Karya", "aktif"], ["P.T. KARYA", "dicabut"])

    assert [(one.row, one.code) for one in found.errors] == [(3, "twice")]
    assert "baris 2" in found.errors[0].message


def test_a_title_that_we_do_not_know_is_kept_as_other_work_with_a_warning() -> None:
    found = read("permits", ["nama", "negara", "pekerjaan"], ["PT Karya", "HKG", "Peniup kaca"])

    assert (found.rows[0]["job"], found.rows[0]["title"]) == ("other", "Peniup kaca")
    assert [one.code for one in found.warnings] == ["title_unknown"]
    assert job_of("Penata Laksana Rumah Tangga") == job_of("PLRT") == "domestic_worker"


def test_destinations_say_open_or_closed_or_nothing() -> None:
    found = read(
        "destinations", ["negara", "rumah tangga", "perusahaan"], ["Taiwan", "buka", "-"], ["SAU", "tutup", "buka"]
    )

    assert [(row["country"], row["household_open"], row["company_open"]) for row in found.rows] == [
        ("TWN", True, None), ("SAU", False, True),
    ]  # fmt: skip


def test_headings_of_one_list_never_mean_two_columns() -> None:
    for columns in COLUMNS.values():
        headings = [heading for column in columns for heading in (column.header, *column.also)]
        assert len(headings) == len(set(headings))


def test_a_list_of_tomorrow_does_not_answer_today() -> None:
    assert not may_answer("agencies", date(2026, 11, 24), date(2026, 11, 23))
    assert not may_answer("unheard_of", date(2026, 11, 23), date(2026, 11, 23))
