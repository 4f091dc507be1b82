"""Every page that a person can reach: usable with a screen reader, on a narrow screen, light, without script errors.

A browser crawls the demo village from each role's first page, following links inside the site.
"""

from __future__ import annotations

import gzip
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urldefrag, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page
from pypdf import PdfReader

from desmigratif.access.actor import person
from desmigratif.access.door import do
from desmigratif.access.models import User
from desmigratif.cases.models import Case, OfferCheck
from desmigratif.cases.rules.offer.country_card import countries_shown_first
from desmigratif.demo import world
from desmigratif.regions.queries import today_in
from desmigratif.shared.ids import new_id

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
FILES = (".pdf", ".xlsx", ".csv", ".json", ".txt", ".js", ".svg")
ROLES = {
    "petugas.camplong": 45,
    "pengelola": 25,
    "analis.kementerian": 10,
    "auditor": 10,
    "koordinator.wonosobo": 20,
}
pytestmark = [pytest.mark.browser, pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]


@dataclass
class Crawl:
    """Pages by their address without ids: one of each kind is enough."""

    page: Page
    most: int
    seen: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)

    def __iter__(self) -> Iterator[str]:
        queue = ["/"]
        while queue and len(self.kinds) < self.most:
            address = queue.pop(0)
            kind = kind_of(address)
            if address in self.seen or kind in self.kinds:
                continue
            self.seen.add(address)
            self.kinds.add(kind)
            yield address
            queue += [link for link in self.links() if link not in self.seen]

    def links(self) -> list[str]:
        links = "all => all.map(a => new URL(a.getAttribute('href'), document.baseURI).href)"  # in a drawing too
        found = self.page.eval_on_selector_all("a[href]", links)
        host = urlsplit(self.page.url).netloc
        inside = (urlsplit(urldefrag(link).url) for link in found if urlsplit(link).netloc == host)
        return [
            parts.path + (f"?{parts.query}" if parts.query else "")
            for parts in inside
            if not parts.path.endswith(FILES) and not parts.query.endswith(FILES)
        ]


def kind_of(address: str) -> str:
    """/warga/keluarga/<id>/ for every family, one page for all papers; a query counts by its names."""
    parts = urlsplit(address)
    path = "/".join("<id>" if part.count("-") == 4 else part for part in parts.path.split("/"))
    path = re.sub(r"/dokumen/\w+/", "/dokumen/<paper>/", path)
    path = re.sub(r"/negara/[A-Z]{3}", "/negara/<country>", path)
    return path + "?" + "&".join(sorted(pair.split("=")[0] for pair in parts.query.split("&") if pair))


def test_every_page_of_every_role_can_be_used_by_everybody(
    demo_village: None, new_context: Callable[..., BrowserContext], sign_in: Callable[[Page, User], None]
) -> None:
    troubles: list[str] = []
    visited = 0
    for username, most in ROLES.items():
        page = listened_to(new_context("phone").new_page(), troubles)
        sign_in(page, User.objects.get(username=username))
        for address in Crawl(page, most):
            troubles += [f"{username} {address}: {trouble}" for trouble in troubles_of(page, address)]
            visited += 1
        if username == "petugas.camplong":
            troubles += papers_of_two_pages(page)
    assert troubles == []
    assert visited >= 60


def papers_of_two_pages(page: Page) -> list[str]:
    """What a family takes home is one sheet of paper: the card of each country, every offer that was stopped,
    and the checklist of what they were told."""
    code = world.CAMPLONG.code
    check_everything_at_once(code)
    countries = [f"/pelayanan/negara/{one}/" for one in countries_shown_first(today_in(code, timezone.now()))]
    stops = OfferCheck.objects.in_village(code).filter(level="stop").values_list("id", flat=True)
    told = Case.objects.in_village(code).filter(topics_told__received=True).distinct()[:2]
    lists = [f"/pelayanan/rencana/{case.id}/penjelasan/" for case in told]
    papers = [*countries, *lists, *(f"/pelayanan/periksa/{id}/" for id in stops)]
    assert len(countries) >= 8
    assert len(stops) >= 3
    assert lists
    return [f"{address}: {pages} pages on paper" for address in papers if (pages := pages_on_paper(page, address)) != 1]


def pages_on_paper(page: Page, address: str) -> int:
    page.goto(address)
    return len(PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages)


def check_everything_at_once(code: str) -> None:
    """An offer with nearly every flag there is."""
    case = Case.objects.in_village(code).filter(state="INTENT").order_by("id")[0]
    offer = {
        "country": "SAU", "job": "domestic_worker", "employer_type": "household", "scheme": "P3MI", "visa": "umrah",
        "agency": {"name": "PT Tidak Ada", "licence_active": False}, "advance_to_family": 5_000_000,
        "papers_held_by_recruiter": ["ktp"], "papers_made_elsewhere": True, "channel": "messenger",
        "departure": {"hurried": True, "at_night": True, "secret": True}, "refuses": ["written_contract", "training"],
        "fees": [{"component": "recruitment", "amount": 20_000_000}],
    }  # fmt: skip
    officer = person(new_id(), "Petugas", ("village_officer", code))
    now = timezone.now()
    given = {
        "check_id": new_id(), "case_id": case.id, "village_code": code, "on": today_in(code, now),
        "answers": {"offer": offer, "recruiter": {"complaints_before": 2}},
    }  # fmt: skip
    do(officer, "cases.check_offer", given, now=now, act_id=new_id())


def listened_to(page: Page, troubles: list[str]) -> Page:
    """A page whose script errors and broken policies count as troubles."""
    page.on("pageerror", lambda error: troubles.append(f"{page.url}: {error}"))
    page.on("console", lambda said: troubles.append(f"{page.url}: {said.text}") if said.type == "error" else None)
    return page


def troubles_of(page: Page, address: str) -> list[str]:
    """What is wrong with one page at 360 px."""
    answer = page.goto(address)
    assert answer is not None
    found = [] if answer.status == 200 else [f"status {answer.status}"]
    across = page.evaluate("document.documentElement.scrollWidth")
    if across > 360:
        found.append(f"{across} px wide")
    size = len(gzip.compress(answer.body())) / 1024
    if size > 8:
        found.append(f"{size:.1f} KB")
    result = Axe().run(page, options=RULES)
    for violation in result.response["violations"]:
        found.append(f"{violation['id']}: {violation['nodes'][0]['html'][:160]}")
    if page.locator("h1").count() != 1:
        found.append(f"{page.locator('h1').count()} main headings")
    return found


def test_the_first_page_is_light(page: Page, live_server: Any) -> None:
    """Sign-in with everything it loads: at most 60 KB compressed, at most six requests."""
    sizes: dict[str, float] = {}
    page.on("response", lambda got: sizes.update({got.url: len(gzip.compress(got.body())) / 1024}))
    page.goto("/akun/login/")
    page.wait_for_load_state("networkidle")

    assert sum(sizes.values()) <= 60
    assert len(sizes) <= 7
