"""Choosing a region on a screen, with and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import include, path

from desmigratif.regions import dataset
from desmigratif.regions.models import Region
from desmigratif.regions.testing import load_sample

urlpatterns = [
    path("wilayah/", include("desmigratif.regions.urls")),
    path("akun/2fa/", include("allauth.mfa.urls")),
    path("akun/", include("allauth.account.urls")),
    path("", include("desmigratif.portal.urls")),  # where a page that is not there sends a stranger
]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture(autouse=True)
def sample(db: None) -> None:
    Region.objects.all().delete()
    load_sample(("33.07.10.2004", "33.07.12.2007", "32.12.16.2004"))


def test_half_a_name_gives_choices_with_their_parents(client: Client) -> None:
    page = client.get("/wilayah/cari/", {"q": "kurip", "level": "4", "nama": "village_code"})

    text = page.content.decode()
    assert "Desa Kuripan, Kec. Watumalang, Kab. Wonosobo" in text
    assert "Desa Kuripan, Kec. Garung, Kab. Wonosobo" in text
    assert 'name="village_code" value="33.07.12.2007"' in text


def test_a_search_is_a_fixed_number_of_queries(
    client: Client, django_assert_num_queries: Callable[[int], object]
) -> None:
    with django_assert_num_queries(2):  # type: ignore[attr-defined]
        client.get("/wilayah/cari/", {"q": "kuripan"})


def test_nothing_found_says_what_to_try(client: Client) -> None:
    text = client.get("/wilayah/cari/", {"q": "zzz<b>"}).content.decode()

    assert "Tidak ada wilayah yang cocok" in text
    assert "zzz&lt;b&gt;" in text


def test_a_piece_of_html_never_holds_more_than_twenty(client: Client) -> None:
    villages = [row.code for row in dataset.read_regions() if row.level == 4 and row.name.startswith("Suka")][:60]
    load_sample(villages)

    text = client.get("/wilayah/cari/", {"q": "suka", "level": "4"}).content.decode()

    assert text.count("<input") == 20


def test_a_field_name_that_is_none_is_not_written_into_the_page(client: Client) -> None:
    text = client.get("/wilayah/cari/", {"q": "kuripan", "nama": '"><script>'}).content.decode()

    assert 'name="region_code"' in text


def test_children_come_as_json(client: Client) -> None:
    answer = client.get("/wilayah/isi/", {"induk": "33.07"}).json()

    assert answer["parent"] == "33.07"
    assert [child["label"] for child in answer["children"]] == ["Kec. Garung", "Kec. Watumalang"]
    assert [child["code"] for child in client.get("/wilayah/isi/").json()["children"]] == ["32", "33"]
    assert client.get("/wilayah/isi/", {"induk": "33.07%"}).status_code == 404


def test_step_by_step_from_the_province_to_the_village(client: Client) -> None:
    address, steps = "/wilayah/pilih/?kembali=/mulai/%3Flangkah%3D2", []
    for code in ("33", "33.07", "33.07.10", "33.07.10.2004"):
        page = client.get(address).content.decode()
        assert f'<option value="{code}">' in page
        steps.append(re.search(r'<label for="di">(.*?)</label>', page).group(1))  # type: ignore[union-attr]
        address = f"/wilayah/pilih/?kembali=/mulai/%3Flangkah%3D2&sampai=4&di={code}"

    last = client.get(address)

    assert steps == ["Provinsi", "Kabupaten/Kota", "Kecamatan", "Desa/Kelurahan"]
    assert last.status_code == 302
    assert last["Location"] == "/mulai/?langkah=2&wilayah=33.07.10.2004"


def test_a_regency_can_be_the_last_step(client: Client) -> None:
    answer = client.get("/wilayah/pilih/", {"sampai": "2", "di": "33.07", "kembali": "/akun-desa/"})

    assert answer["Location"] == "/akun-desa/?wilayah=33.07"


def test_the_way_back_never_leaves_the_house(client: Client) -> None:
    answer = client.get("/wilayah/pilih/", {"sampai": "1", "di": "33", "kembali": "https://contoh.test/"})

    assert answer["Location"] == "/?wilayah=33"


def test_the_page_searches_without_javascript(client: Client) -> None:
    page = client.get("/wilayah/pilih/", {"q": "kuripan garung"}).content.decode()

    assert "Desa Kuripan, Kec. Garung, Kab. Wonosobo" in page
    assert "?di=33.07.12.2007&amp;sampai=4&amp;kembali=%2F" in page


@pytest.mark.parametrize("query", ["di=99", "di=33.07.10.2004.1", "sampai=9", "level=x", "di=", "q=" + "a" * 3000])
def test_nonsense_in_the_address_is_no_error(client: Client, query: str) -> None:
    assert client.get(f"/wilayah/pilih/?{query}").status_code == 200
    assert client.get(f"/wilayah/cari/?{query}").status_code == 200


@pytest.mark.parametrize("name", ["cari", "isi", "pilih"])
def test_these_addresses_only_answer_questions(client: Client, name: str) -> None:
    assert client.post(f"/wilayah/{name}/").status_code == 405


def test_the_best_fit_is_chosen_already(client: Client, places: None) -> None:
    page = client.get("/wilayah/cari/?q=kuripan&level=4").content.decode()

    assert page.count("checked") == 1
    assert page.index("checked") < page.index('type="radio"', page.index('type="radio"') + 1)
