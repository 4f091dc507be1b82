"""A table as bars: lengths say what the words say, and nothing is told of what is closed."""

from __future__ import annotations

from datetime import date

import pytest

from desmigratif.analysis.rules.cells import HIDDEN, NOTHING, Cell
from desmigratif.analysis.rules.picture import LABEL, MOST, VALUE, WIDE, Picture, drawn
from desmigratif.analysis.rules.state import pivot_from
from desmigratif.analysis.rules.table import WHOLE, Figures, Head, laid_out

TODAY = date(2026, 11, 23)
ROOM = WIDE - VALUE - LABEL


def cell(above: int | None, below: int | None = None) -> Cell:
    return Cell(above, below, 0, TODAY)


def picture(query: str, cells: dict[tuple[str, str], list[Cell]], names: tuple[str, ...] = ("Garung",)) -> Picture:
    pivot, _reasons = pivot_from(query or "wilayah=33.07", home="33.07", today=TODAY, programmes=())
    places = (Head(WHOLE, "Wonosobo"), *(Head(name, name, name) for name in names))
    table = laid_out(pivot, Figures(places, cells), title="", today=TODAY)
    return drawn(table, table.lines)


def test_half_of_a_percentage_is_half_as_wide_as_there_is_room() -> None:
    (panel,) = picture("", {("Garung", "A5"): [cell(1, 2), cell(3, 4), cell(0, 9)]}).panels

    assert panel.heading == "Garung"
    assert [(bar.label, bar.text, bar.width) for bar in panel.bars] == [
        ("2024", "50%", ROOM // 2), ("2025", "75%", 3 * ROOM // 4), ("2026 (berjalan)", "0%", 0),
    ]  # fmt: skip


def test_every_closed_figure_is_as_long_as_any_other_and_moves_no_scale() -> None:
    open_alone = picture("ukuran=A1&baris=masa&kolom=", {(WHOLE, "A1"): [cell(8), NOTHING, cell(4)]})
    with_closed = picture("ukuran=A1&baris=masa&kolom=", {(WHOLE, "A1"): [cell(8), HIDDEN, cell(4)]})

    def lengths(one: Picture) -> list[tuple[str, int]]:
        return [(bar.state, bar.width) for bar in one.panels[0].bars]

    assert lengths(open_alone) == [("open", ROOM), ("unknown", ROOM), ("open", ROOM // 2)]
    assert lengths(with_closed) == [("open", ROOM), ("closed", ROOM), ("open", ROOM // 2)]
    assert with_closed.has_closed and not with_closed.has_unknown


def test_what_went_down_lies_left_of_the_line() -> None:
    pivot, _reasons = pivot_from("ukuran=A1&nilai=beda", home="33.07", today=TODAY, programmes=())
    before, now = [cell(10), cell(20), cell(10)], [cell(20), cell(10), cell(10)]
    places = (Head(WHOLE, "Wonosobo"), Head("Garung", "Garung", "33.07.12"))
    table = laid_out(pivot, Figures(places, {("Garung", "A1"): now}, {("Garung", "A1"): before}), title="", today=TODAY)

    (panel,) = drawn(table, table.lines).panels

    up, down, same = panel.bars
    assert (up.x, up.width, down.x + down.width, down.width) == (panel.zero, ROOM // 2, panel.zero, ROOM // 2)
    assert same.width == 0


@pytest.mark.parametrize(
    ("query", "headings"),
    [
        ("ukuran=A5,A1&baris=wilayah&kolom=ukuran", ["A1 Kunjungan", "A5 Berangkat sesuai prosedur"]),
        ("ukuran=A5,A1&baris=ukuran&kolom=masa", ["A1 Kunjungan", "A5 Berangkat sesuai prosedur"]),
        ("ukuran=A5,A1&baris=ukuran&kolom=", ["Persen", "Banyaknya"]),
    ],
)
def test_indicators_share_a_scale_only_with_their_own_kind(query: str, headings: list[str]) -> None:
    cells = {(place, "A1"): [cell(900)] * 3 for place in (WHOLE, "Garung")}
    cells |= {(place, "A5"): [cell(1, 2)] * 3 for place in (WHOLE, "Garung")}

    made = picture(query, cells)

    assert [panel.heading.split(" ")[0] for panel in made.panels] == [one.split(" ")[0] for one in headings]
    room = WIDE - VALUE - made.left
    widths = {bar.text: bar.width for panel in made.panels for bar in panel.bars}
    assert widths["50%"] == room // 2 and max(widths.values()) == room


def test_a_long_table_is_drawn_as_far_as_a_page_carries() -> None:
    names = tuple(f"Desa {number:02}" for number in range(30))
    made = picture("", {(name, "A5"): [cell(1, 2)] * 3 for name in names}, names)

    assert (len(made.panels), made.of) == (MOST // 3, 30)


def test_long_labels_stand_above_their_bars_and_are_cut() -> None:
    name = "Desa Kuripan yang namanya panjang sekali, Kecamatan Watumalang"
    made = picture("kolom=", {(name, "A5"): [cell(1, 2)] * 3}, (name,))

    (bar,) = made.panels[0].bars
    assert made.left == 0 and bar.label_y < bar.y and bar.label.endswith("…")
