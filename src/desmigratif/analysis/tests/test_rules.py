"""What an address says, what adds up, what is closed. No database."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from desmigratif.analysis.rules import state
from desmigratif.analysis.rules.cells import HIDDEN, NOTHING, Cell, over_places, over_time, said
from desmigratif.analysis.rules.files import Origin, as_csv, as_xlsx
from desmigratif.analysis.rules.state import Pivot, pivot_from
from desmigratif.analysis.rules.table import WHOLE, Figures, Head, Table, laid_out
from desmigratif.indicators.rules.closing import closed_in_year, may_show_sum, without_own
from desmigratif.indicators.rules.definitions import indicator
from desmigratif.indicators.rules.suppression import shown_regions

ROOT = Path(__file__).parents[4]
TODAY = date(2026, 11, 23)
ORIGIN = Origin("https://contoh.id/analisis/?ukuran=A5")


def asked(query: str) -> tuple[Pivot, list[str]]:
    pivot, reasons = pivot_from(query, home="33.07", today=TODAY, programmes=("desmigratif", "emas"))
    return pivot, [one.code for one in reasons]


def test_without_a_question_there_is_the_programme_of_ones_own_region_at_a_glance() -> None:
    pivot, wrong = asked("")

    assert (pivot.region, pivot.rows, pivot.columns, wrong) == ("33.07", "ukuran", "masa", [])
    assert [one.label for one in pivot.periods] == ["2024", "2025", "2026"]
    assert {one.pillar for one in pivot.indicators} == {"A", "C", "D", "E", "F"}
    assert sum(one.small == 1 for one in pivot.indicators) >= 5  # of villages and money: closed to nobody


def test_an_address_that_says_a_part_means_one_indicator_by_region() -> None:
    pivot, wrong = asked("wilayah=33")

    assert (pivot.region, pivot.codes, pivot.rows, pivot.columns, wrong) == ("33", ("A5",), "wilayah", "masa", [])


def test_an_address_read_and_written_again_is_the_same() -> None:
    query = (
        "ukuran=A5,B&wilayah=33&baris=ukuran&kolom=masa&jenjang=3&dari=2026-01&sampai=2026-10&tiap=triwulan"
        "&nilai=beda&program=emas"
    )

    pivot, wrong = asked(query)

    assert (pivot.query(), wrong) == (query, [])
    assert [one.code for one in pivot.indicators] == ["A5", *(f"B{n}" for n in range(1, 10))]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("ukuran=Z9", "unknown_indicator"),
        ("baris=warna", "unknown_choice"),
        ("dari=kemarin", "not_a_month"),
        ("sampai=2026-11", "month_not_over"),
        ("dari=2026-09&sampai=2026-02", "from_after_until"),
        ("baris=masa&kolom=masa", "same_twice"),
        ("baris=wilayah&kolom=program", "two_places"),
        ("baris=program&kolom=masa&program=emas", "filtered_groups"),
        ("ukuran=A5,A7&baris=wilayah&kolom=masa", "many_indicators"),
        ("nilai=target&program=emas", "aim_of_a_region"),
        ("nilai=target&tiap=bulan&dari=2026-09", "aim_of_a_year"),
        ("tiap=bulan&dari=2024-01", "too_many_columns"),
        ("baris=wilayah&kolom=&dari=2015-01&tiap=bulan", "too_many_periods"),
    ],
)
def test_what_cannot_be_shown_has_its_own_sentence(query: str, code: str) -> None:
    assert asked(query)[1] == [code]


def cell(above: int | None, below: int | None = None, missing: int = 0) -> Cell:
    return Cell(above, below, missing, None if above is None else TODAY)


def test_a_ratio_is_reckoned_anew_from_its_parts_and_never_a_mean_of_ratios() -> None:
    both = over_places([cell(1, 2), cell(90, 100), cell(None)])

    assert said(state.FIGURE, indicator("A5"), both).number == Fraction(9100, 102)


def test_unknown_stays_unknown_and_is_never_zero() -> None:
    both = over_places([cell(None), cell(None)])

    assert both.numerator is None
    assert said(state.FIGURE, indicator("A1"), both).text == "–"
    assert said(state.FIGURE, indicator("A5"), cell(0, 0)).text == "–"
    assert said(state.CHANGE, indicator("A1"), cell(5), before=NOTHING).text == "–"


def test_one_closed_part_closes_the_sum() -> None:
    assert over_places([cell(50, 60), HIDDEN]).closed
    assert over_time(indicator("A5"), [cell(50, 60), HIDDEN]).closed
    assert said(state.CHANGE, indicator("A1"), cell(50), before=HIDDEN).text == "ditutup"


def test_over_time_what_flows_adds_up_and_what_stands_is_the_last() -> None:
    flows, stands = (
        over_time(indicator("A5"), [cell(1, 2), cell(3, 4)]),
        over_time(indicator("A18"), [cell(1, 2), cell(3, 4)]),
    )

    assert (flows.numerator, flows.denominator, flows.missing) == (4, 6, None)
    assert (stands.numerator, stands.denominator) == (3, 4)


@pytest.mark.parametrize(
    ("value", "words"),
    [(state.FIGURE, "60%"), (state.PART, "6"), (state.WHOLE, "10"), (state.MISSING, "2"), (state.CHANGE, "-20 poin"),
     (state.AIM, "75%")],
)  # fmt: skip
def test_each_value_says_what_it_is(value: str, words: str) -> None:
    assert said(value, indicator("A5"), cell(6, 10, 2), before=cell(8, 10), aim=Fraction(80)).text == words


# --- what is closed ----------------------------------------------------------------------------------

SMALL = 5
months = st.lists(st.integers(0, 9), min_size=4, max_size=4)  # the four quarters of one cell
provinces = st.lists(st.tuples(months, st.lists(months, max_size=3)), max_size=3)


def world(
    own: list[int], provinces: list[tuple[list[int], list[list[int]]]]
) -> tuple[dict[str, list[str]], dict[str, list[int]], dict[str, list[int]]]:
    """(region -> its parts, region -> sizes, cell -> sizes); a cell that ends in / belongs to no part."""
    cells: dict[str, list[int]] = {"ID/": own}
    tree: dict[str, list[str]] = {"ID": []}
    for number, (of_province, regencies) in enumerate(provinces, start=10):
        tree["ID"].append(str(number))
        cells[f"{number}/"] = of_province
        tree[str(number)] = [f"{number}.{n:02d}" for n in range(1, len(regencies) + 1)]
        cells |= dict(zip(tree[str(number)], regencies, strict=True))
    regions = ["ID", *tree["ID"], *(part for province in tree["ID"] for part in tree[province])]
    sizes = {one: [sum(cells[cell][n] for cell in cells if inside(one, cell)) for n in range(4)] for one in regions}
    return tree, sizes, cells


def inside(region: str, cell: str) -> bool:
    return region == "ID" or cell == region or cell.startswith((f"{region}.", f"{region}/"))


def closed_by(tree: Any, sizes: dict[str, list[int]], length: int) -> set[str]:
    lines = {
        one: [sum(line[start : start + 4 // length]) for start in range(0, 4, 4 // length)]
        for one, line in sizes.items()
    }
    return closed_in_year(tree, lines, small=SMALL, top="ID", stands=False)


@given(own=months, provinces=provinces)
def test_no_small_figure_follows_from_all_pivots_together(
    own: list[int], provinces: list[tuple[list[int], list[list[int]]]]
) -> None:
    """Whoever has every quarter and every year that is shown, of all regions, and every total."""
    tree, sizes, cells = world(own, provinces)
    columns = [(cell, n) for cell, line in cells.items() if any(line) for n in range(4)]
    known = list(equations(tree, sizes, columns))
    rank = np.linalg.matrix_rank(np.array(known)) if known and columns else 0
    for region, line in sizes.items():
        for n, size in enumerate(line):
            if 0 < size < SMALL:
                asked = [float(inside(region, cell) and quarter == n) for cell, quarter in columns]
                assert np.linalg.matrix_rank(np.array([*known, asked])) == rank + 1, (region, n)


def equations(tree: Any, sizes: dict[str, list[int]], columns: list[tuple[str, int]]) -> Iterator[list[float]]:
    by_quarter, by_year = closed_by(tree, sizes, 4), closed_by(tree, sizes, 1)
    for region in sizes:
        if region not in by_year:
            yield [float(inside(region, cell)) for cell, _quarter in columns]
        if region not in by_quarter:
            yield from ([float(inside(region, cell) and quarter == n) for cell, quarter in columns] for n in range(4))


@given(own=months, provinces=provinces)
def test_by_years_it_closes_what_open_data_closes(
    own: list[int], provinces: list[tuple[list[int], list[list[int]]]]
) -> None:
    tree, sizes, _cells = world(own, provinces)
    years = {region: sum(line) for region, line in sizes.items()}
    shown = shown_regions(
        {region: {one: years[one] for one in parts} for region, parts in tree.items()}, years, SMALL, "ID"
    )

    assert {one for one in sizes if years[one]} - closed_by(tree, sizes, 1) == {one for one in shown if years[one]}


def test_a_small_month_closes_the_months_of_its_year_and_not_the_year() -> None:
    tree, sizes = {"ID": ["33"]}, {"ID": [9, 2, 9, 9], "33": [9, 2, 9, 9]}

    assert closed_in_year(tree, sizes, small=SMALL, top="ID", stands=False) == {"ID", "33"}
    assert closed_in_year(tree, {"ID": [29], "33": [29]}, small=SMALL, top="ID", stands=False) == set()


def test_what_is_closed_by_years_is_closed_by_quarters() -> None:
    """The first cover of the year, b, is not the one of the quarter, c; b's quarters would make up its year."""
    sizes = {"a": [3, 0, 0, 0], "b": [0, 0, 0, 5], "c": [5, 0, 0, 0]}
    sizes["ID"] = [sum(column) for column in zip(*sizes.values(), strict=True)]
    tree = {"ID": ["a", "b", "c"]}
    years = {region: [sum(line)] for region, line in sizes.items()}

    assert closed_in_year(tree, years, small=SMALL, top="ID", stands=False) == {"a", "b"}
    assert closed_in_year(tree, sizes, small=SMALL, top="ID", stands=False) == {"a", "b", "c"}


def test_a_cover_counts_only_where_somebody_stands_in_it() -> None:
    sizes = {"a": [3, 0, 0, 0], "b": [0, 9, 9, 9], "c": [9, 9, 9, 9], "d": [90, 90, 90, 90]}
    sizes["ID"] = [sum(column) for column in zip(*sizes.values(), strict=True)]

    assert closed_in_year({"ID": ["a", "b", "c", "d"]}, sizes, small=SMALL, top="ID", stands=False) == {"a", "b", "c"}


def test_what_stands_over_is_closed_where_it_grows_by_few() -> None:
    assert closed_in_year({}, {"ID": [20, 21, 30, 30]}, small=SMALL, top="ID", stands=True) == {"ID"}
    assert closed_in_year({}, {"ID": [20, 20, 30, 30]}, small=SMALL, top="ID", stands=True) == set()


def test_what_one_knows_anyway_covers_nobody() -> None:
    tree = {"ID": ["32", "33"]}
    sizes = without_own(
        {"ID": [12], "32": [3], "33": [9]}, {"33": [9]}, lambda wide, narrow: narrow.startswith(wide) or wide == "ID"
    )

    assert closed_in_year(tree, sizes, small=SMALL, top="ID", stands=False) >= {"ID", "32"}


def test_a_sum_of_villages_is_shown_when_none_or_many_of_them_are_closed() -> None:
    assert may_show_sum([], SMALL)
    assert not may_show_sum([(3,)] * 7, SMALL)
    assert may_show_sum([(3,)] * 8, SMALL)
    assert not may_show_sum([(3, 0)] * 7 + [(3, 2)], SMALL)


# --- the table ---------------------------------------------------------------------------------------


def table(query: str, cells: dict[tuple[str, str], list[Cell]]) -> Table:
    places = (Head(WHOLE, "Kabupaten Wonosobo"), Head("33.07.10", "Kecamatan Watumalang", "33.07.10"))
    pivot, wrong = asked(query or "wilayah=33.07")
    assert wrong == []
    return laid_out(pivot, Figures(places, cells), title="A5", today=TODAY)


def test_the_whole_is_its_own_figure_and_not_the_sum_of_the_rows() -> None:
    made = table(
        "",
        {("33.07.10", "A5"): [NOTHING, cell(1, 2), cell(3, 4)], (WHOLE, "A5"): [NOTHING, cell(10, 20), cell(30, 40)]},
    )

    assert [one.text for one in made.lines[0].cells] == ["–", "50%", "75%", "67%"]
    assert made.foot is not None
    assert [one.text for one in made.foot.cells] == ["–", "50%", "75%", "67%"]
    assert [one.label for one in made.columns] == ["2024", "2025", "2026 (berjalan)", "Seluruh masa"]


@pytest.mark.parametrize("query", ["ukuran=A18", "nilai=beda", "nilai=kosong", "nilai=target"])
def test_there_is_no_total_where_none_is_true(query: str) -> None:
    code = asked(query)[0].indicators[0].code
    made = table(query, {("33.07.10", code): [NOTHING] * 3, (WHOLE, code): [NOTHING] * 3})

    assert not made.has_total and len(made.columns) == 3


def test_indicators_side_by_side_have_no_total() -> None:
    made = table("ukuran=A5,A1&baris=ukuran&kolom=", {(WHOLE, "A5"): [cell(1, 2)] * 3, (WHOLE, "A1"): [cell(5)] * 3})

    assert [(line.head.key, line.cells[0].text) for line in made.lines] == [("A1", "15"), ("A5", "50%")]
    assert made.foot is None


def test_files_hold_every_cell_with_its_parts_and_where_they_came_from() -> None:
    made = table(
        "", {("33.07.10", "A5"): [HIDDEN, cell(1, 2), cell(3, 4)], (WHOLE, "A5"): [NOTHING, cell(10, 20), cell(30, 40)]}
    )

    rows = list(csv.DictReader(io.StringIO(as_csv(made, ORIGIN).decode())))
    assert len(rows) == 8
    assert (rows[0]["angka"], rows[0]["bagian"], rows[0]["ditutup"]) == ("", "", "1")
    assert (rows[1]["angka"], rows[1]["bagian"], rows[1]["dari"], rows[1]["versi_ukuran"]) == ("50.0", "1", "2", "1")
    assert {row["alamat"] for row in rows} == {ORIGIN.address}
    told = (ROOT / "docs" / "pertukaran-data.md").read_text(encoding="utf-8")
    assert [name for name in rows[0] if not re.search(rf"^\| [^|]*\b{name}\b", told, re.MULTILINE)] == []
    book = load_workbook(io.BytesIO(as_xlsx(made, ORIGIN)))
    words = [str(row[0].value) for row in book["Tabel silang"].iter_rows(max_row=5)]
    assert words[4] == ORIGIN.address and "23 November 2026" in words[2] and "A5 versi 1" in words[3]
    assert book["Tabel silang"]["B8"].value == "ditutup"
    assert book["Arti ukuran"]["A2"].value == "A5"
