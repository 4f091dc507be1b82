"""The demo's older cooperative: two closed years, two annual meetings, surplus paid out, and nothing left undone."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from desmigratif.access.actor import operator
from desmigratif.access.models import User
from desmigratif.cooperative.models import (
    ClosedYear,
    Cooperative,
    Meeting,
    SavingsDistribution,
    SurplusDistribution,
    UnitSurplus,
)
from desmigratif.cooperative.queries.annual.health import assessed
from desmigratif.cooperative.queries.annual.meeting import next_due
from desmigratif.cooperative.queries.ledger.verify import verify_books
from desmigratif.demo import build, world
from desmigratif.demo.cooperative import years as cooperative_years

# On SQLite only: two years in one transaction give PostgreSQL no statistics to plan by.
pytestmark = [pytest.mark.sqlite, pytest.mark.django_db]
MOST = 21  # queries of a page; units ask one more


@pytest.fixture
def books(places: None, now: datetime, settings: Any) -> Cooperative:
    settings.SECOND_FACTOR_REQUIRED = False
    return told(now)


def told(now: datetime) -> Cooperative:
    for sign_in in world.SIGN_INS:
        if sign_in.region == world.GARUNG.code:
            build._make_account(operator("demo"), sign_in, "!" * 40, now)
    cooperative_years.tell_cooperative_years(world.GARUNG, now)
    return Cooperative.objects.in_village(world.GARUNG.code).get(parent=None)


def test_just_after_a_year_ended_its_units_have_closed_it_too(places: None) -> None:
    head = told(datetime(2027, 1, 29, 3, 15, tzinfo=UTC))

    closed = ClosedYear.objects.in_village(head.village_code).filter(year=2026)
    assert closed.count() == 3  # the cooperative, its shop and its sharia unit


def test_two_years_are_closed_judged_decided_and_paid_out(
    books: Cooperative, now: datetime, django_assert_max_num_queries: Any
) -> None:
    closed = dict(ClosedYear.objects.of(books).values_list("year", "surplus_rupiah"))
    given_out = dict(SurplusDistribution.objects.of(books).values_list("year", "surplus_rupiah"))
    shop = UnitSurplus.objects.everywhere().get(head=books)
    assert shop.rupiah == 61_250 and shop.status == "taken"
    assert given_out == {**closed, 2025: closed[2025] + shop.rupiah}
    assert sorted(closed) == [2024, 2025] and min(closed.values()) > 0
    held = Meeting.objects.of(books).filter(status="held", reported_on__isnull=False)
    assert held.count() == 2 and next_due(books, now.date()) is None
    for year in closed:
        seen = assessed(books, year, "2016", now.date())
        assert seen.reasons == [] and seen.health is not None and seen.health.total is not None
    unit = Cooperative.objects.in_village(world.GARUNG.code).get(parent=books, sharia_since__isnull=False)
    shared = SavingsDistribution.objects.of(unit).order_by("last_on").values_list("status", "savers_rupiah")
    assert [status for status, _ in shared] == ["posted"] * 4 + ["prepared"]
    assert [bool(rupiah) for _, rupiah in shared] == [False, True, True, True, True]
    assert [verify_books(one.id).broken for one in (books, unit)] == [(), ()]

    with time_machine.travel(now, tick=False):
        treasurer = Client()
        treasurer.force_login(
            User.objects.get(username="bendahara.garung"),
            backend="allauth.account.auth_backends.AuthenticationBackend",
        )
        for name, asked in PAGES:
            with django_assert_max_num_queries(MOST, info=f"{name}{asked}"):
                page = treasurer.get(reverse(f"cooperative:{name}", args=[books.id]) + asked)
            assert page.status_code == 200 and 'class="empty"' not in page.content.decode(), name
        pack = treasurer.get(reverse("cooperative:meeting_papers", args=[held.latest("on").id]) + "?isi=lengkap")
        wall = treasurer.get(reverse("cooperative:year_picture", args=[books.id]))
    (poster,) = PdfReader(io.BytesIO(wall.content)).pages  # one page, of the last whole year
    assert "KITA TAHUN 2025" in poster.extract_text() and "SHU dibagikan untuk" in poster.extract_text()
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pack.content)).pages).split())
    for words in (
        "Isi berkas", "Keputusan RAT sebelumnya", "Paryono", "Arus kas", "Pembagian SHU 2025", "Anggaran 2026",
        "Dari mana SHU ini", "Unit Toko Tieng",
        "Berita acara RAT tahun buku 2025", "SHU tahun ini",
    ):  # fmt: skip
        assert words.casefold() in text.casefold(), words


PAGES = [
    *(("statements", f"?tahun=2025&bagian={part}") for part in ("posisi", "hasil", "anggaran", "ekuitas", "kas")),
    ("statements", "?tahun=2025&bagian=catatan"), ("surplus", "?tahun=2025"), ("surplus", "?tahun=2026"),
    ("health", "?tahun=2025"), ("meetings", ""), ("close_year", ""), ("assets", ""),
]  # fmt: skip
