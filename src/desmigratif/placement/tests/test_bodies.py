"""The directory of bodies that villages refer people to: loaded by an operator, per region."""

from __future__ import annotations

from datetime import date

import pytest

from desmigratif.access.actor import person
from desmigratif.placement.queries import bodies_for
from desmigratif.placement.tests.conftest import Loading
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import NotFoundOrNotYours

KURIPAN, KENANGA, TODAY = "33.07.10.2004", "32.12.16.2004", date(2026, 11, 23)
pytestmark = pytest.mark.django_db


def names_at(village_code: str) -> list[str]:
    return [body.name for body in bodies_for(village_code, TODAY)]


def test_a_village_sees_the_bodies_of_its_own_regions_the_nearest_first(loading: Loading) -> None:
    assert names_at(KURIPAN) == []
    loading("bodies")

    assert names_at(KURIPAN) == ["Disnaker Contoh Wonosobo", "BP3MI Contoh Jawa Tengah", "KBRI Contoh Kuala Lumpur"]
    assert names_at(KENANGA) == ["Disnaker Contoh Indramayu", "KBRI Contoh Kuala Lumpur"]


def test_a_regency_adds_its_own_and_a_newer_list_takes_the_place_of_its_older_one(loading: Loading) -> None:
    loading("bodies")
    head = "jenis lembaga;kode wilayah;nama lembaga\n"
    loading("bodies", head + "Puskesmas atau rumah sakit;33.07;Puskesmas Lama", region="33.07", as_of=date(2026, 10, 1))
    loading("bodies", head + "Puskesmas atau rumah sakit;33.07;Puskesmas Watumalang", region="33.07")

    assert names_at(KURIPAN)[:2] == ["Disnaker Contoh Wonosobo", "Puskesmas Watumalang"]
    assert "Puskesmas Lama" not in names_at(KURIPAN)
    assert "Puskesmas Watumalang" not in names_at(KENANGA)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Kantor ajaib;33.07;Kantor", "Jenis “Kantor ajaib” tidak dikenal"),
        ("BP3MI;33.7;BP3MI", "Kode wilayah “33.7” tidak dikenal"),
        ("BP3MI;33;BP3MI\nBP3MI;33;bp3mi", "bp3mi sudah ada di baris 2"),
    ],
)
def test_a_wrong_row_is_named_with_its_sentence(loading: Loading, row: str, said: str) -> None:
    report = loading("bodies", f"jenis lembaga;kode wilayah;nama lembaga\n{row}")

    assert report.load is None
    assert said in report.errors[0].message


def test_only_an_operator_of_the_region_loads_a_directory(loading: Loading) -> None:
    for role, region in (("village_officer", KURIPAN), ("administrator", "32.12")):
        with pytest.raises(NotFoundOrNotYours):
            loading("bodies", by=person(new_id(), "Orang lain", (role, region)), region="33.07")

    assert names_at(KURIPAN) == []
