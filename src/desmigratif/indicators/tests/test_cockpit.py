"""The cockpit: the same page for nation and village, every number with its ground, nothing small to strangers."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from desmigratif.access.actor import Actor, person
from desmigratif.access.door import do
from desmigratif.access.models import Grant, User
from desmigratif.access.testing import signed_in_browser
from desmigratif.audit.models import FactDelta
from desmigratif.indicators.cockpit.queries import Standing, league
from desmigratif.indicators.models import RollUp, Target
from desmigratif.indicators.roll_ups.folding import fold
from desmigratif.indicators.rules.periods import Period
from desmigratif.programme.models import ProgrammeVillage
from desmigratif.regions.testing import SAMPLE, load_sample
from desmigratif.shared.ids import new_id

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
KURIPAN, GARUNG, KENANGA = SAMPLE[:3]
WONOSOBO, INDRAMAYU, NTT = "33.07", "32.12", "53"
PILLARS = ("service_centre", "enterprise", "parenting", "cooperative")
Looking = Callable[..., Client]


@pytest.fixture(autouse=True)
def country(morning: None, now: datetime) -> None:
    """Kuripan with all four pillars and a year of work, its neighbour silent and late, Kenanga outside both."""
    load_sample()
    by = person(new_id(), "Koordinator", ("regency_coordinator", WONOSOBO))
    joined(by, KURIPAN, date(2023, 3, 1), now, *PILLARS)
    joined(by, GARUNG, date(2023, 3, 1), now)
    told("A1", KURIPAN, date(2026, 11, 2), times=3, below=0)
    told("A5", KURIPAN, date(2026, 6, 1), above=1, below=4)
    told("CEPAT", KURIPAN, date(2026, 6, 1), above=15, below=20)
    fold(now)


def joined(by: Actor, village: str, on: date, now: datetime, *steps: str) -> None:
    given = {"village_code": village, "membership_id": new_id()}
    start = {**given, "programme": "desmigratif", "decree": "SK contoh 1/2023", "on": on}
    do(by, "programme.join_programme", start, now=now, act_id=new_id())
    for step in steps:
        do(by, "programme.record_step", {**given, "step": step, "on": date(2024, 1, 5)}, now=now, act_id=new_id())


def told(code: str, village: str, on: date, *, above: int = 1, below: int = 1, times: int = 1) -> None:
    for _ in range(times):
        FactDelta.objects.create(code=code, village_code=village, on=on, numerator=above, denominator=below)


@pytest.fixture
def looking() -> Looking:
    def sign_in(role: str = "ministry_analyst", region: str = "ID") -> Client:
        user = User.objects.create(username=f"{role}.{region}", name="Uji")
        Grant.objects.create(user=user, role=role, region_code=region, valid_from=date(2026, 1, 1))
        return signed_in_browser(user)

    return sign_in


def page(client: Client, region: str = "", **query: str) -> str:
    address = reverse("cockpit:region", args=[region]) if region else reverse("cockpit:home")
    answer = client.get(address, query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_the_nation_shows_every_published_year_with_target_source_and_what_contradicts_it(
    looking: Looking, django_assert_max_num_queries: Any
) -> None:
    client = looking()
    page(client)
    with django_assert_max_num_queries(20):
        said = page(client)

    assert (
        "503 desa sampai 2022 menurut berita; targetnya 500 desa pada 2019. 2 desa tercatat di sini; 1 belum mencatat"
        in said
    )
    for total in (2, 122, 252, 402, 453, 503):
        assert f'<td data-label="Capaian">{total}</td>' in said
    assert "500 (dipangkas menjadi 402)" in said
    assert "Sumber lain: 450 (TrenAsia 28-01-2022)" in said
    assert said.count('<a href="/kokpit/') >= 38, "every province can be opened from its tile"


def test_the_provinces_stand_in_a_table_of_their_own(looking: Looking) -> None:
    """Thirty-eight rows would make the first page too heavy for a slow line; the tiles stand there."""
    client = looking()
    front, table = page(client), page(client, "ID", lihat="tabel", periode="2026")

    assert "<table" not in front.split("Empat pilar di peta")[1].split("Perlu perhatian")[0]
    assert 'href="/kokpit/ID/?periode=2026&amp;lihat=tabel">Semua 6 dalam tabel</a>' in front
    row = table.split(">Provinsi Jawa Tengah</a></th>")[1].split("</tr>")[0]
    assert '<td data-label="Desa tercatat">2</td>' in row and '<td data-label="Keempat pilar">1</td>' in row
    assert table.count('<th scope="row">') == 6
    assert '<td data-label="Pusat layanan migrasi berjalan">' in table and "Step(" not in table
    assert "Empat pilar dalam tabel" not in page(client, WONOSOBO, lihat="tabel"), "a regency's list is on its page"


def test_regions_show_what_reports_say_of_them_side_by_side(looking: Looking) -> None:
    client = looking()

    assert "Kuota 2017: 20 desa di 10 kabupaten dan kota" in page(client, NTT)
    said = page(client, INDRAMAYU)
    assert all(value in said for value in ("19.178", "17.917", "20.900"))
    assert said.count("Sumber berbeda") == 1


def test_a_number_opens_to_what_it_is_of_and_what_is_not_known_is_no_zero(looking: Looking) -> None:
    Target.objects.create(
        id=new_id(), region_code=KURIPAN, code="A5", year=2026, value=Decimal(80), source="Musrenbang"
    )
    said = page(looking("regency_coordinator", WONOSOBO), KURIPAN, periode="2026")

    assert "<span>Berangkat sesuai prosedur</span><b>25%</b></summary>" in said
    opened = said.split("<span>Berangkat sesuai prosedur</span>")[1].split("</details>")[0]
    for row in (
        "<dt>Keberangkatan sesuai prosedur</dt><dd>1</dd>",
        "<dt>Keberangkatan yang statusnya diketahui</dt><dd>4</dd>",
        "<dt>Target 2026</dt><dd>80%</dd>",
        "<dt>Desa tanpa data</dt><dd>0</dd>",
        "<dt>Data sampai</dt><dd>1 Juni 2026</dd>",
        "<dd>A5, versi 1</dd>",
    ):
        assert row in opened
    assert "<span>Anak yang hadir teratur</span><b>–</b>" in said
    assert 'aria-label="Cepat: 75%"' in said
    assert 'aria-label="Murah: –"' in said


def test_a_period_is_chosen_and_nonsense_or_the_future_is_the_year_that_runs(looking: Looking) -> None:
    client = looking("regency_coordinator", WONOSOBO)

    assert "<span>Berangkat sesuai prosedur</span><b>–</b>" in page(client, KURIPAN, periode="2026-11")
    for asked in ("", "2031", "besok", "2026-13"):
        assert "<span>Berangkat sesuai prosedur</span><b>25%</b>" in page(client, KURIPAN, periode=asked)


def test_a_coordinator_finds_the_silent_village_and_the_late_step(looking: Looking) -> None:
    client = looking("regency_coordinator", WONOSOBO)
    said = page(client)

    assert "2 desa tercatat di sini; 1 belum mencatat pelayanan November 2026." in said
    assert "2 desa terlambat: Penilaian sebelum pendampingan selesai." in said
    row = said.split(f'href="/kokpit/{GARUNG}/')[1].split("</li>")[0]
    assert "0 dari 4 pilar berjalan" in row and "sepi November 2026" in row
    assert "0 dari 4 pilar berjalan; belum ada pelayanan yang dicatat" in page(client, GARUNG)
    assert "4 dari 4 pilar berjalan; pelayanan November 2026 sudah dicatat." in page(client, KURIPAN)


def test_a_stranger_sees_no_village_of_others_and_nothing_small(looking: Looking) -> None:
    client = looking("regency_coordinator", INDRAMAYU)

    for code in (KURIPAN, "33.07.10", "99", "tidak-ada"):
        assert client.get(reverse("cockpit:region", args=[code])).status_code == 404
    said = page(client, WONOSOBO)
    assert "Desa Kuripan" not in said
    assert "<span>Berangkat sesuai prosedur</span><b>ditutup</b>" in said, "four departures are too few for strangers"
    assert "Orangnya terlalu sedikit" in said
    assert "<span>Langkah tepat waktu</span><b>75%</b>" in said


def test_a_tutor_reads_the_page_of_the_village_and_few_people_only_where_they_are_the_tutors_own(
    looking: Looking, now: datetime
) -> None:
    told("D2", KURIPAN, date(2026, 6, 1), above=1, below=2)
    fold(now)
    said = page(looking("tutor", KURIPAN), periode="2026")

    assert "<span>Berangkat sesuai prosedur</span><b>ditutup</b>" in said
    assert "<span>Anak yang hadir teratur</span><b>50%</b>" in said


def test_nobody_without_the_right_to_figures_finds_it(looking: Looking) -> None:
    assert looking("data_protection_officer").get(reverse("cockpit:home")).status_code == 404


def test_the_map_is_a_picture_whose_bubbles_lead_to_their_regency(looking: Looking) -> None:
    answer = looking().get(reverse("cockpit:region", args=["ID"]), {"berkas": "peta.svg"})
    drawn = answer.content.decode()

    assert (answer["Content-Type"], "private" in answer["Cache-Control"]) == ("image/svg+xml", True)
    assert f'<a href="/kokpit/{WONOSOBO}/"><title>Kabupaten Wonosobo: 4, 1</title>' in drawn
    assert f'<a href="/kokpit/{INDRAMAYU}/">' in drawn, "reports name Kenanga, though it is not of record here"
    assert len(drawn) < 40_000
    assert "style=" not in drawn and "<script" not in drawn


@pytest.mark.parametrize("region", ["ID", NTT, WONOSOBO, INDRAMAYU, KURIPAN])
def test_the_page_prints_on_one_sheet(looking: Looking, region: str) -> None:
    answer = looking().get(reverse("cockpit:region", args=[region]), {"berkas": "kokpit.pdf", "periode": "2026"})
    sheets = PdfReader(io.BytesIO(answer.content)).pages

    assert (answer["Content-Type"], len(sheets)) == ("application/pdf", 1)
    text = " ".join(sheets[0].extract_text().split())
    assert "Cepat 75% 15 dari 20" in text or region in (NTT, INDRAMAYU)
    assert ("Lingkaran: desa program" in text) == (region in ("ID", NTT)), "the map of the country or of a province"
    assert ("JTG" in text and "Kotak: desa tiap provinsi." in text) == (region == "ID")
    assert "19.178 (BP2MI, dikutip Indoberitanew); 17.917" in text or region != INDRAMAYU


def a_village_in_the_programme(code: str, kind_above_below: tuple[tuple[str, int, int], ...]) -> None:
    ProgrammeVillage.objects.create(
        village_code=code, programme="desmigratif", decree="SK", decreed_on=date(2026, 1, 5)
    )
    for kind, above, below in kind_above_below:
        RollUp.objects.create(
            level=4, code=kind, period=0 if kind == "A18" else 202600, region_code=code, numerator=above,
            denominator=below, facts=1, villages=1, as_of=date(2026, 6, 1), late_numerator=0,
            late_denominator=0, late_facts=0,
        )  # fmt: skip


def compared(codes: list[str]) -> dict[str, Standing]:
    return league(codes, ["A5"], Period.parse("2026"), sizes=(50, 200), years=3, today=date(2026, 11, 23))


def test_a_village_is_set_beside_villages_like_it_and_no_other(now: datetime) -> None:
    """Nine villages of one year and size, one that is much larger: that one is set beside all of its year, and that
    is said; who has no figure stands nowhere."""
    codes = [f"33.07.10.20{number}" for number in range(11, 22)]
    for number, code in enumerate(codes):
        figures = (("A5", number + 1, 20), ("A18", 1, 30 if number < 9 else 300))
        a_village_in_the_programme(code, figures if number < 10 else figures[1:])
    found = compared(codes)

    assert {one.alike for one in found.values()} == {9, 2}
    stands = [found[code].stands.get("A5") for code in codes]
    assert [one and (one.quarter, one.step, one.among) for one in stands] == [
        (4, 0, 9), (4, 0, 9), (3, 0, 9), (3, 0, 9), (2, 0, 9), (2, 0, 9), (1, 0, 9), (1, 0, 9), (1, 0, 9),
        (1, 1, 10), None,
    ]  # fmt: skip


def test_too_few_are_compared_with_nobody_and_it_is_known_how_many_are_missing(now: datetime) -> None:
    codes = [f"33.07.10.20{number}" for number in range(11, 17)]  # and the one of the fixture
    for number, code in enumerate(codes):
        a_village_in_the_programme(code, (("A5", number + 1, 20), ("A18", 1, 30)))
    found = compared(codes)

    assert {(len(one.stands), one.known) for one in found.values()} == {(0, 7)}
