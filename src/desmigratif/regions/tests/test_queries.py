"""Looking a village up, its day, its children, and codes that changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from desmigratif.regions import queries
from desmigratif.regions.models import Region, RegionAlias
from desmigratif.regions.queries import UnknownRegion
from desmigratif.regions.testing import load_sample

KURIPAN = "33.07.10.2004"


@pytest.fixture(autouse=True)
def sample(db: None) -> None:
    Region.objects.all().delete()
    load_sample(("33.07.10.2004", "33.07.12.2007", "53.08.12.2014"))


def test_a_village_says_where_it_lies() -> None:
    kuripan = queries.village(KURIPAN)

    assert kuripan.full_name == "Desa Kuripan, Kec. Watumalang, Kab. Wonosobo"
    assert (kuripan.kind, kuripan.province, kuripan.postal_code, kuripan.utc_offset) == (
        "Desa", "Jawa Tengah", "56352", 7,
    )  # fmt: skip


def test_a_village_is_one_query_and_then_none(django_assert_num_queries: Callable[[int], object]) -> None:
    queries.forget()

    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        queries.village(KURIPAN)
        queries.village(KURIPAN)


@pytest.mark.parametrize("code", ["33.07", "33.07.10.2999", "", "ID", "x"])
def test_what_is_no_village_is_unknown(code: str) -> None:
    with pytest.raises(UnknownRegion):
        queries.village(code)


def test_an_unknown_village_is_not_remembered_as_unknown() -> None:
    with pytest.raises(UnknownRegion):
        queries.village("32.12.16.2004")

    load_sample(("32.12.16.2004",))

    assert queries.village("32.12.16.2004").name == "Kenanga"


def test_every_level_has_a_name() -> None:
    names = [queries.region_name(code) for code in ("ID", "33", "33.07", "33.07.10", KURIPAN)]

    assert names == ["Indonesia", "Provinsi Jawa Tengah", "Kabupaten Wonosobo", "Kecamatan Watumalang", "Desa Kuripan"]
    with pytest.raises(UnknownRegion):
        queries.region_name("34")


def test_midnight_comes_earlier_in_the_east() -> None:
    moment = datetime(2026, 11, 23, 15, 30, tzinfo=UTC)  # 22.30 WIB, 23.30 WITA, 00.30 WIT

    days = [queries.today_in(code, moment) for code in (KURIPAN, "53.08.12.2014", "93.01.01.2001")]

    assert days == [date(2026, 11, 23), date(2026, 11, 23), date(2026, 11, 24)]


def test_children_are_those_directly_inside() -> None:
    assert [c.code for c in queries.children_of()] == ["33", "53"]
    assert [c.label for c in queries.children_of("33.07")] == ["Kec. Garung", "Kec. Watumalang"]
    assert queries.children_of(KURIPAN) == []


def test_a_code_without_a_past_is_its_own_prefix() -> None:
    assert queries.prefixes_of("33.07") == ("33.07",)


def test_scope_follows_a_regency_that_moved() -> None:
    _alias("91.01", "93.01")

    assert queries.prefixes_of("93.01") == ("93.01", "91.01")
    assert queries.prefixes_of("93") == ("93", "91.01")
    assert queries.prefixes_of("93.01.02") == ("93.01.02",), "villages were numbered anew: only what is listed follows"
    assert queries.prefixes_of("91") == ("91",)


def test_scope_follows_a_code_that_changed_twice() -> None:
    _alias("33.07.10.2001", "33.07.11.2001")
    _alias("33.07.11.2001", "33.07.12.2099")

    assert queries.prefixes_of("33.07.12.2099") == ("33.07.12.2099", "33.07.11.2001", "33.07.10.2001")


def test_a_village_that_was_split_is_seen_from_both_halves() -> None:
    _alias("33.07.10.2001", "33.07.10.2050")
    _alias("33.07.10.2001", "33.07.10.2051")

    assert queries.prefixes_of("33.07.10.2050") == ("33.07.10.2050", "33.07.10.2001")
    assert queries.prefixes_of("33.07.10.2051") == ("33.07.10.2051", "33.07.10.2001")
    assert queries.prefixes_of("33.07.10") == ("33.07.10",), "already inside"


def test_codes_that_were_swapped_do_not_run_in_circles() -> None:
    _alias("33.07.10.2001", "33.07.10.2002")
    _alias("33.07.10.2002", "33.07.10.2001")

    assert set(queries.prefixes_of("33.07.10.2001")) == {"33.07.10.2001", "33.07.10.2002"}


def _alias(old: str, new: str) -> None:
    RegionAlias.objects.create(old_code=old, new_code=new, on=date(2022, 7, 25), basis="percobaan")
