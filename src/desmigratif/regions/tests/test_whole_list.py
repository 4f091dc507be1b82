"""The whole list: complete, without orphans, equal to the package it was taken from, and loaded in seconds."""

from __future__ import annotations

import gzip
import json
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import lokal
import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from desmigratif.regions import actions, dataset, queries
from desmigratif.regions.dataset import RegionRow
from desmigratif.regions.models import LoadedList, Region, RegionAlias
from desmigratif.regions.search import search_regions


@pytest.fixture(scope="module")
def rows() -> list[RegionRow]:
    return list(dataset.read_regions())


@pytest.fixture(scope="module")
def loaded_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The whole list, once for this file, and gone after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        actions.load_regions()
        yield
        transaction.set_rollback(True)
    queries.forget()


@pytest.fixture
def loaded(loaded_once: None, db: None) -> None:
    """The whole list, for a test that may also change it."""


def test_the_counts_are_those_of_the_decree(rows: list[RegionRow]) -> None:
    assert Counter(row.level for row in rows) == {1: 38, 2: 514, 3: 7_285, 4: 83_762}
    kinds = Counter(row.kind for row in rows)
    assert kinds["Kabupaten"] + kinds["Kabupaten Administrasi"] == 416
    assert kinds["Kota"] + kinds["Kota Administrasi"] == 98
    assert (kinds["Kelurahan"], kinds["Desa"], kinds["Kampung Adat"]) == (8_496, 75_252, 14)


def test_nobody_is_an_orphan_and_no_code_comes_twice(rows: list[RegionRow]) -> None:
    codes = [row.code for row in rows]
    assert len(set(codes)) == len(codes)
    known = set(codes)
    assert [row.code for row in rows if row.parent_code and row.parent_code not in known] == []
    assert [row.code for row in rows if row.level > 1 and not row.parent_code] == []


def test_the_list_equals_the_package_it_was_taken_from(rows: list[RegionRow]) -> None:
    folder = Path(lokal.__file__).parent / "data"
    named, postal = {}, json.loads(gzip.decompress((folder / "kodepos.json.gz").read_bytes()))
    for file in ("wilayah.json.gz", "desa.json.gz"):
        named |= json.loads(gzip.decompress((folder / file).read_bytes()))

    ours = {row.code: f"{row.kind} {row.name}" if row.level == 2 else row.name for row in rows}

    assert ours == named
    assert {row.code: row.postal_code for row in rows if row.postal_code} == postal


def test_the_file_says_the_same_bytes_each_time_it_is_made() -> None:
    header = dataset.REGIONS_FILE.read_bytes()[:10]
    codes = [row.code for row in dataset.read_regions()]

    assert header[4:8] == b"\0\0\0\0", "gzip keeps no time of making"
    assert header[3] == 0, "nor a file name"
    assert codes == sorted(codes)
    assert dataset.REGIONS_FILE.stat().st_size < 800_000


def test_each_regency_that_moved_has_an_old_code_that_is_free_now(rows: list[RegionRow]) -> None:
    codes = {row.code for row in rows}
    aliases = dataset.read_aliases()

    moved = {code for code in codes if code[:2] in {"93", "94", "95", "96"} and code.count(".") == 1}
    assert {alias.new_code for alias in aliases} == moved
    assert [alias.old_code for alias in aliases if alias.old_code in codes] == []
    assert {alias.on for alias in aliases} == {date(2022, 7, 25), date(2022, 12, 8)}


def test_the_list_loads_within_seconds_and_again_gives_the_same(db: None) -> None:
    started = time.process_time()
    count = actions.load_regions()
    took = time.process_time() - started
    first = list(Region.objects.order_by("code").values_list())

    again = actions.load_regions()

    assert count == again == Region.objects.count() == 91_599
    assert list(Region.objects.order_by("code").values_list()) == first
    assert RegionAlias.objects.count() == 26
    assert actions.is_loaded()
    assert took < 10, "measured about 1 s; the limit leaves room for a busy machine"


def test_an_older_list_counts_as_missing(loaded: None) -> None:
    LoadedList.objects.update(digest="0" * 64)

    assert not actions.is_loaded()


def test_a_code_that_left_the_list_ends_and_keeps_its_place(db: None) -> None:
    Region.objects.all().delete()
    Region.objects.create(
        code="33.99", level=2, kind="Kabupaten", name="Lama", parent_code="33", search_key="lama",
        basis="Kepmendagri 050-145/2022", valid_from=date(2022, 2, 14),
    )  # fmt: skip
    Region.objects.create(
        code="33.07", level=2, kind="Kabupaten", name="Wonosobo lama", parent_code="33", search_key="x",
        basis="Kepmendagri 050-145/2022", valid_from=date(2022, 2, 14),
    )  # fmt: skip

    actions.load_regions()

    assert Region.objects.get(code="33.99").valid_until == dataset.VALID_FROM
    standing = Region.objects.get(code="33.07")
    assert (standing.name, standing.valid_from, standing.valid_until) == ("Wonosobo", date(2022, 2, 14), None)
    assert queries.region_name("33.99") == "Kabupaten Lama"
    assert "33.99" not in [choice.code for choice in queries.children_of("33")]
    queries.forget()


def test_the_two_pilots_are_found_by_name(loaded: None) -> None:
    assert [c.code for c in search_regions("kuripan watumalang")] == ["33.07.10.2004"]
    assert [c.code for c in search_regions("indramayu kenanga")] == ["32.12.16.2004"]


def test_namesakes_in_one_regency_are_told_apart(loaded: None) -> None:
    found = search_regions("Desa Kuripan, Wonosobo")

    assert [(c.code, c.label) for c in found] == [
        ("33.07.10.2004", "Desa Kuripan, Kec. Watumalang, Kab. Wonosobo"),
        ("33.07.12.2007", "Desa Kuripan, Kec. Garung, Kab. Wonosobo"),
    ]


@pytest.mark.parametrize("text", ["KOERIPAN watoe malang", "Kuripen wonosbo", "kuripan  WONOSOBO", "3307102004"])
def test_spelling_and_case_do_not_matter(loaded: None, text: str) -> None:
    assert "33.07.10.2004" in [choice.code for choice in search_regions(text)]


@pytest.mark.parametrize("text", ["su", "sukamaju", "desa", "33", "%", "__", "a" * 5000, "", " ", "😀😀", "'; --"])
def test_never_more_than_twenty_come_back(loaded: None, text: str) -> None:
    assert len(search_regions(text, limit=5000)) <= 20


def test_level_and_region_narrow_the_search(loaded: None) -> None:
    assert {c.level for c in search_regions("kuripan", level=3)} == {3}
    assert all(c.code.startswith("33.07.") for c in search_regions("kuripan", within="33.07"))


def test_an_exact_name_stands_before_longer_ones(loaded: None) -> None:
    assert search_regions("wonosobo")[0].code == "33.07"
    assert search_regions("aceh")[0].code == "11"
