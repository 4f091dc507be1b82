"""Nobody stands alone in what leaves: proven for tables that nobody thought of."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from importlib.resources import files
from random import Random
from unittest.mock import patch

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from desmigratif.extracts.rules import anonymity
from desmigratif.extracts.rules.anonymity import Guard, Released, release
from desmigratif.extracts.rules.asking import Held, Stretch, few_words, guard_on, reasons_to_keep_apart
from desmigratif.extracts.rules.ladders import ALL, FIXED, OTHER, place_rung, rung_label, rungs_of
from desmigratif.extracts.rules.marks import extracts_marked, in_keyed_order, marks_of, print_of
from desmigratif.shared.dated import value_on
from desmigratif.shared.deidentified import UNKNOWN, Column, Kind, Record, band
from desmigratif.shared.rupiah import format_rupiah

EXAMPLES = yaml.safe_load(
    files("desmigratif.regulations").joinpath("examples/extracts.yaml").read_text(encoding="utf-8")
)
TODAY = date(2026, 11, 23)
COLUMNS = (
    Column("wilayah", "Wilayah", Kind.PLACE, ""), Column("bulan", "Bulan", Kind.MONTH, ""),
    Column("umur", "Umur", Kind.AGE, ""), Column("negara", "Negara", Kind.PLAIN, ""),
    Column("keadaan", "Keadaan", Kind.TOLD, ""),
)  # fmt: skip
VILLAGES = ("33.07.10.2004", "33.07.10.2005", "33.07.12.2007", "32.12.16.2004")
VALUES = st.fixed_dictionaries({
    "wilayah": st.sampled_from(VILLAGES),
    "bulan": st.integers(0, 400).map(lambda days: date(2025, 9, 1) + timedelta(days=days)),
    "umur": st.none() | st.integers(15, 70),
    "negara": st.sampled_from(["Hong Kong", "Malaysia", "Brunei", None]),
    "keadaan": st.sampled_from(["bekerja", "rencana", None]),
})  # fmt: skip
RECORDS = st.lists(st.builds(Record, st.integers(0, 25), VALUES), max_size=80)
GUARD = Guard(5, 2, 10)


def released(records: list[Record], guard: Guard = GUARD, region: str = "ID") -> Released:
    return release(records, COLUMNS, {one.code: rungs_of(one, records, region, guard.group) for one in COLUMNS}, guard)


@pytest.mark.parametrize("most", [0, anonymity.MOST_TRIED])
@given(records=RECORDS)
def test_every_group_that_leaves_speaks_of_five_or_more_and_tells_several_things(
    most: int, records: list[Record]
) -> None:
    with patch.object(anonymity, "MOST_TRIED", most):  # step by step, and by trying all
        made = released(records)

    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for row, number in zip(made.rows, made.kept, strict=True):
        groups[row[:4]].append(number)
    for numbers in groups.values():
        assert len({records[number].unit for number in numbers}) >= 5
        told = {records[number].values["keadaan"] for number in numbers} - {None}
        assert len(told) != 1


@given(RECORDS)
def test_every_record_is_either_in_a_row_or_counted_as_withheld(records: list[Record]) -> None:
    made = released(records)

    assert len(made.rows) + made.withheld == len(records)
    assert [row[4] for row in made.rows] == [records[number].values["keadaan"] or UNKNOWN for number in made.kept]


@given(RECORDS)
def test_a_column_is_written_alike_in_the_whole_table(records: list[Record]) -> None:
    made = released(records)

    for at, column in enumerate(COLUMNS):
        written = {row[at] for row in made.rows}
        if made.levels[column.code] == len(rungs_of(column, records, "ID", 5)) - 1 and column.kind is not Kind.TOLD:
            assert written <= {ALL}
        elif column.kind is Kind.PLACE:
            assert len({place.count(".") for place in written}) <= 1


@given(RECORDS, st.randoms())
def test_the_order_of_the_records_changes_nothing(records: list[Record], dice: Random) -> None:
    shuffled = list(records)
    dice.shuffle(shuffled)

    assert sorted(released(shuffled).rows) == sorted(released(records).rows)


def test_one_who_has_five_rows_is_not_taken_for_five() -> None:
    values = {"wilayah": VILLAGES[0], "bulan": TODAY, "umur": 30, "negara": "Malaysia"}
    rows = [Record("one", {**values, "keadaan": state}) for state in ("bekerja", "rencana") * 5]

    assert released(rows).rows == ()


def test_a_group_whose_whole_state_is_known_by_being_in_it_does_not_leave() -> None:
    values = {"wilayah": VILLAGES[0], "bulan": TODAY, "umur": 30, "negara": "Malaysia", "keadaan": "bekerja"}

    assert released([Record(number, values) for number in range(50)]).rows == ()


def test_only_what_must_be_is_written_coarser() -> None:
    def many(village: str, age: int) -> list[Record]:
        values = {"wilayah": village, "bulan": TODAY, "umur": age, "negara": "Malaysia"}
        return [Record((village, age, n), {**values, "keadaan": ("bekerja", "rencana")[n % 2]}) for n in range(6)]

    fine = many(VILLAGES[0], 31) + many(VILLAGES[2], 31)
    assert set(released(fine).levels.values()) == {0}
    few = many(VILLAGES[0], 31)[:4] + many(VILLAGES[1], 31)[:4]
    assert released(few).levels == {"wilayah": 1, "bulan": 0, "umur": 0, "negara": 0, "keadaan": 0}


def test_the_ladders_say_what_the_examples_say() -> None:
    for age, five, ten in EXAMPLES["umur"]:
        assert [rung(age) for rung in FIXED[Kind.AGE]] == [five, ten]
    for day, *words in EXAMPLES["bulan"]:
        assert [rung(day) for rung in FIXED[Kind.MONTH]] == words
    for village, *codes in EXAMPLES["tempat"]:
        assert [place_rung(parts)(village) for parts in (4, 3, 2)] == codes
    for amount, words in EXAMPLES["uang"]:
        assert band(amount, value_on("extracts.money_bands", TODAY), format_rupiah) == words
    guard = guard_on(TODAY)
    said = {name: value_on(f"extracts.{name}", TODAY) for name in ("downloads", "days", "most_days")}
    assert EXAMPLES["batas"] == {
        "group": guard.group,
        "kinds_told": guard.kinds_told,
        "withheld_percent": guard.withheld_percent,
        **said,
    }


def test_a_place_is_never_written_above_the_region_that_was_asked_for() -> None:
    place = COLUMNS[0]

    assert [rung(VILLAGES[0]) for rung in rungs_of(place, [], "33.07", 5)] == [VILLAGES[0], "33.07.10", ALL]
    assert rung_label(place, 1, 3) == "per kecamatan" and rung_label(place, 2, 3) == ALL


def test_a_word_that_few_have_becomes_another_before_the_column_says_nothing() -> None:
    records = [Record(n, {"negara": "Malaysia"}) for n in range(20)] + [Record("x", {"negara": "Brunei"})]
    rung = rungs_of(COLUMNS[3], records, "ID", 5)[1]

    assert (rung("Malaysia"), rung("Brunei"), rung(None)) == ("Malaysia", OTHER, UNKNOWN)


def test_marks_name_their_extract_and_noise_names_none() -> None:
    key, other = b"k" * 32, b"o" * 32
    marks = marks_of(key, 7, 200)

    assert len(set(marks)) == 200 and not set(marks) & set(marks_of(key, 8, 200))
    text = f"x,{marks[3]},y\n{marks[9]};{'A' * 26};{marks_of(other, 7, 1)[0]}"
    assert extracts_marked(key, text) == {7: 2}
    assert extracts_marked(key, "tidak ada tanda di sini") == {}


def test_the_order_of_rows_is_the_extract_s_own_and_so_is_their_print() -> None:
    key = b"k" * 32
    rows = [(str(number), "a") for number in range(40)]
    mine, others = in_keyed_order(key, 1, rows), in_keyed_order(key, 2, reversed(rows))

    assert mine == in_keyed_order(key, 1, reversed(rows)) and mine != others and sorted(mine) == sorted(others)
    assert print_of(key, mine) != print_of(key, others)


@pytest.mark.parametrize(("other", "meets"), [
    (("departures", "33.07", date(2026, 7, 1), date(2026, 9, 30)), True),
    (("departures", "ID", date(2026, 11, 23), date(2027, 1, 1)), True),
    (("departures", "33.07.10", date(2020, 1, 1), date(2026, 1, 1)), True),
    (("departures", "33.0", date(2026, 7, 1), date(2026, 9, 30)), False),
    (("departures", "32.12", date(2026, 7, 1), date(2026, 9, 30)), False),
    (("departures", "33.07", date(2025, 1, 1), date(2025, 12, 31)), False),
    (("complaints", "33.07", date(2026, 7, 1), date(2026, 9, 30)), False),
])  # fmt: skip
def test_who_holds_a_file_gets_no_other_of_the_same_records(other: tuple[str, str, date, date], meets: bool) -> None:
    about, held = Stretch("departures", "33.07", date(2026, 1, 1), TODAY), Stretch(*other)

    assert bool(reasons_to_keep_apart(about, [Held("EKS-2026-0001", held, None)], TODAY)) is meets
    recently = reasons_to_keep_apart(about, [Held("EKS-2026-0001", held, TODAY - timedelta(days=179))], TODAY)
    assert bool(recently) is meets and all("24 November 2026" in one.way_out for one in recently)
    assert reasons_to_keep_apart(about, [Held("EKS-2026-0001", held, TODAY - timedelta(days=180))], TODAY) == []


def test_a_small_number_of_withheld_rows_is_not_told() -> None:
    assert [few_words(count, 5) for count in (0, 4, 5, 1200)] == ["0", "kurang dari 5", "5", "1.200"]
