"""The pages of the programme: figures with their sources, for everybody who may see figures."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from desmigratif.access.models import Grant, User
from desmigratif.access.testing import signed_in_browser
from desmigratif.regions.testing import SAMPLE, load_sample

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
INDRAMAYU, MALAKA = "32.12", "53.21"


@pytest.fixture
def analyst() -> Client:
    load_sample((*SAMPLE, "53.21.01.2001"))
    user = User.objects.create(username="analis", name="Analis")
    Grant.objects.create(user=user, role="ministry_analyst", region_code="ID", valid_from=date(2026, 1, 1))
    return signed_in_browser(user)


def said(client: Client, name: str, *args: str) -> str:
    answer = client.get(reverse(f"programme:{name}", args=args))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_the_first_page_says_how_far_it_came_and_who_was_left_out(analyst: Client) -> None:
    page = said(analyst, "programme")

    assert "503 desa sampai 2022." in page
    assert "Target awal 500 desa pada 2019, lalu dipangkas menjadi 402" in page
    assert "Sumber lain: bertambah 135" in page
    assert "Kabupaten Malaka</a>" in page
    assert page.count("<rect ") == 7


def test_each_programme_leads_to_the_figures_of_its_villages(analyst: Client) -> None:
    pivots = analyst.get(reverse("programme:programme")).context["pivots"]

    assert [label for label, _url in pivots] == ["Desmigratif", "Desa Migran EMAS", "Program desa migran daerah"]
    for _label, url in pivots:
        shown = analyst.get(url)
        assert shown.context["table"].lines, shown.context["builder"].refusal


def test_three_values_of_one_year_stand_side_by_side_with_their_sources(analyst: Client) -> None:
    page = said(analyst, "region", INDRAMAYU)

    for value in ("19.178", "17.917", "20.900"):
        assert value in page
    assert page.count("Sumber berbeda") == 1
    assert "Kenanga" in page


def test_the_index_says_how_much_of_it_is_known(analyst: Client) -> None:
    page = said(analyst, "needs")

    assert "1 dari 5 angka diketahui" in page
    assert "90 sampai 95, karena sumbernya berbeda" in page
    assert "Provinsi Jawa Tengah" in page


def test_a_region_says_what_its_index_rests_on_and_what_is_not_known(analyst: Client) -> None:
    page = said(analyst, "region", "32.09")

    assert "67, 2024; satu-satunya wilayah yang angkanya diketahui" in page
    assert "11.420, 2024; dibanding 14 wilayah yang angkanya diketahui" in page
    assert page.count("belum diketahui, tidak dihitung") == 2, "deaths and recruiters"
    assert "249.180" in page and "249.140" in page, "two values of one report, side by side"


def test_villages_that_reports_name_stand_under_their_province(analyst: Client) -> None:
    page = said(analyst, "published_villages")

    assert "39 dari 503 desa" in page
    assert "Provinsi Nusa Tenggara Timur" in page


def test_a_region_without_figures_says_so_and_one_that_is_none_is_not_found(analyst: Client) -> None:
    assert "Belum ada angka untuk wilayah ini" in said(analyst, "region", "33.07")
    assert "35.10" in said(analyst, "region", "35.10"), "its figures stand, though this database has no list of it"
    for code in ("99", "33.07.10.2004", "tidak-ada"):
        assert analyst.get(reverse("programme:region", args=[code])).status_code == 404


def test_nobody_without_the_right_to_figures_finds_these_pages() -> None:
    load_sample()
    user = User.objects.create(username="pelindung", name="Pelindung data")
    Grant.objects.create(user=user, role="data_protection_officer", region_code="ID", valid_from=date(2026, 1, 1))

    assert signed_in_browser(user).get(reverse("programme:programme")).status_code == 404
