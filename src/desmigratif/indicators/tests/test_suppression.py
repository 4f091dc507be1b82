"""Nobody finds a small figure by subtraction, however the regions are cut."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from desmigratif.indicators.rules.suppression import hidden_parts, shown_regions

SMALL = 5
sizes = st.integers(0, 12)
# A regency's own part, then districts; a nation's own part, then provinces with their own part and regencies.
regencies = st.lists(sizes, max_size=4)
provinces = st.lists(st.tuples(sizes, regencies), max_size=4)


def test_a_small_part_takes_the_smallest_other_with_it() -> None:
    assert hidden_parts({"a": 2, "b": 9, "c": 7, "d": 0}, SMALL) == {"a", "c"}


def test_small_parts_that_are_large_together_hide_each_other() -> None:
    assert hidden_parts({"a": 2, "b": 4, "c": 7}, SMALL) == {"a", "b"}
    assert hidden_parts({"a": 1, "b": 1, "c": 7, "d": 9}, SMALL) == {"a", "b", "c"}


def test_where_nothing_is_small_everything_is_shown() -> None:
    assert hidden_parts({"a": 5, "b": 0, "c": 70}, SMALL, 75) == set()


def test_what_belongs_to_no_part_is_not_given_away_by_subtraction() -> None:
    assert hidden_parts({"a": 8, "b": 9}, SMALL, 18) == {"a"}


@given(own=sizes, provinces=provinces)
def test_no_small_figure_follows_from_those_that_are_shown(own: int, provinces: list[tuple[int, list[int]]]) -> None:
    values = {"ID/": own}
    tree: dict[str, dict[str, int]] = {"ID": {}}
    wholes = {}
    for number, (of_province, districts) in enumerate(provinces, start=10):
        province = str(number)
        tree[province] = {f"{province}.{n:02d}": size for n, size in enumerate(districts, start=1)}
        values |= {f"{province}/": of_province} | tree[province]
        wholes[province] = tree["ID"][province] = of_province + sum(districts)
        wholes |= tree[province]
    wholes["ID"] = own + sum(tree["ID"].values())
    shown = shown_regions(tree, wholes, SMALL, "ID")

    assert all(wholes[region] == 0 or wholes[region] >= SMALL for region in shown)
    # What a reader knows: each figure that is shown is the sum of the cells in it, and who shows zero holds nothing.
    cells = [cell for cell, value in values.items() if value > 0]
    known = [
        [float(region == "ID" or cell == region or cell.startswith((region + ".", region + "/"))) for cell in cells]
        for region in sorted(shown)
    ]
    rank = np.linalg.matrix_rank(np.array(known)) if known and cells else 0
    for place, cell in enumerate(cells):
        if values[cell] < SMALL:
            alone = [[float(n == place) for n in range(len(cells))]]
            assert np.linalg.matrix_rank(np.array(known + alone)) == rank + 1, (cell, shown)
