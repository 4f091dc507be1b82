"""The map as numbers, the league without shame, and an operator's own boundaries."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desmigratif.indicators.maps import country
from desmigratif.indicators.rules.league import LEAST, quarters
from desmigratif.indicators.rules.maps.boundaries import read_boundaries
from desmigratif.indicators.rules.maps.geometry import HIGH, WIDE, area, path_of, simplified

KNOWN = {"33", "33.07", "32.12"}
SQUARE = [[109.8, -7.2], [110.1, -7.2], [110.1, -7.5], [109.8, -7.5], [109.8, -7.2]]
numbers = st.integers(min_value=0, max_value=500).map(float)


def geojson(*codes: str, ring: Any = None, kind: str = "Polygon") -> bytes:
    shapes = [
        {"type": "Feature", "properties": {"kode": code}, "geometry": {"type": kind, "coordinates": [ring or SQUARE]}}
        for code in codes
    ]
    return json.dumps({"type": "FeatureCollection", "features": shapes}).encode()


def test_every_regency_has_a_point_and_every_province_a_tile_inside_the_picture() -> None:
    points, tiles = country.points(), country.tiles()

    assert (len(points), len(tiles)) == (514, 38)
    assert all(0 < x < WIDE and 0 < y < HIGH for x, y in points.values())
    assert {code[:2] for code in points} == {tile.code for tile in tiles}
    assert len({(tile.column, tile.row) for tile in tiles}) == len({tile.label for tile in tiles}) == 38
    assert country.outline().startswith("M") and len(country.outline()) < 15_000


@given(st.lists(st.tuples(numbers, numbers), min_size=2, max_size=40), st.integers(0, 20))
def test_a_simple_line_keeps_its_ends_and_no_point_is_off_by_more_than_allowed(line: list[Any], most: int) -> None:
    simple = simplified(line, most)

    assert (simple[0], simple[-1]) == (line[0], line[-1])
    assert set(simple) <= set(line)
    assert simplified(simple, 0)[0] == line[0]


def test_an_island_that_nobody_would_see_is_left_out() -> None:
    small = [(0, 0), (1, 0), (1, 1), (0, 0)]

    assert (area(small), path_of([small])) == (0.5, "")


def test_boundaries_by_our_codes_become_paths() -> None:
    read = read_boundaries(geojson("33.07", "32.12"), KNOWN)

    assert read.reasons == ()
    assert set(read.paths) == {"33.07", "32.12"}
    assert read.paths["33.07"].startswith("M") and read.paths["33.07"].endswith("z")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (geojson("33.99"), "unknown_codes"),
        (geojson("33.07", ""), "unknown_codes"),
        (geojson("33.07", "33.07"), "twice"),
        (geojson("33", "33.07"), "mixed"),
        (geojson("33.07", ring=[[-7.2, 109.8], [-7.2, 110.1], [-7.5, 110.1], [-7.2, 109.8]]), "wrong_shape"),
        (geojson("33.07", kind="Point"), "wrong_shape"),
        (geojson("33.07", ring=[["x"]]), "wrong_shape"),
        (b"{", "not_geojson"),
        (b'{"features": []}', "not_geojson"),
        (b'{"features": [1]}', "not_geojson"),
    ],
)
def test_a_file_that_is_not_ours_is_refused_whole_in_one_sentence(content: bytes, code: str) -> None:
    read = read_boundaries(content, KNOWN)

    assert [reason.code for reason in read.reasons] == [code]
    assert read.paths == {}


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.fractions(), min_size=LEAST, max_size=40))
def test_a_better_value_never_stands_in_a_worse_quarter(values: dict[str, Fraction]) -> None:
    found = quarters(values, better="up")

    assert set(found.values()) <= {1, 2, 3, 4}
    ordered = sorted(values, key=lambda code: -values[code])
    assert [found[code] for code in ordered] == sorted(found[code] for code in ordered)


def test_among_few_villages_nobody_is_ranked() -> None:
    assert quarters({str(n): Fraction(n) for n in range(LEAST - 1)}, better="up") == {}
    assert quarters({str(n): Fraction(n) for n in range(LEAST)}, better="none") == {}
