"""Every page of `routes` for every role that may open it, on a phone: nothing that WCAG 2.2 AA forbids.

The village, the people and the addresses are those of the access matrix. Each address is asked for once per role;
what answers with a file (PDF, xlsx, JSON, text, a picture, a script), with a part of a page for htmx, or leads
elsewhere is no page. A page that differs between two roles by nothing but their header is looked at once; the header
of each role is looked at on its first page.
"""

from __future__ import annotations

import gzip
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import time_machine
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings as django_settings
from playwright.sync_api import BrowserContext, ConsoleMessage, Page

from matrix.expected import EXPECTED
from matrix.people import ROLE_CODES, Who, at_work
from matrix.row import OPEN
from matrix.test_matrix import address_of, is_for
from matrix.world import NOW, World, build

HOME, WIDTH, PAGE_KB = "desk:home", 360, 8.0
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# One call for all that is asked of a page; of axe's answer only what is wrong comes back.
ASKED = """async rules => {
    const found = await axe.run(document, {runOnly: rules, resultTypes: ["violations"]});
    const wrong = found.violations.map(one => `${one.id}: ${one.nodes[0].html.slice(0, 160)}`);
    const across = document.documentElement.scrollWidth;
    const heads = document.querySelectorAll("h1").length;
    return {wrong, across, heads};
}"""
# What differs from one answer to the next: ids of records and of the request, tokens.
PASSING = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[A-Za-z0-9]{64}")
HEADER = re.compile(r'<header class="top">.*?</header>', re.DOTALL)
STRANGER = Who("", "anonymous")
PEOPLE = (STRANGER, *(at_work(role) for role in sorted(ROLE_CODES)))
pytestmark = [pytest.mark.browser, pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]


@dataclass
class Walk:
    """One browser through the pages of one person after the other."""

    world: World
    page: Page
    home: str
    said: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    answers: int = 0
    pages: int = 0
    troubles: list[str] = field(default_factory=list)

    def of(self, who: Who) -> None:
        self.sign_in(who)
        for name in names_for(who):
            address = address_of(name, self.world)
            body = self.page_at(who, address)
            self.answers += bool(body)
            shown = body if name == HOME else HEADER.sub("", body)
            if not body or shown in self.seen:
                continue
            self.seen.add(shown)
            self.pages += 1
            self.troubles += [f"{who.role or 'nobody'} {name}: {trouble}" for trouble in self.look_at(address)]

    def sign_in(self, who: Who) -> None:
        self.page.context.clear_cookies()
        if session := self.world.sessions.get(who):
            proved_just_now(session)
            name = django_settings.SESSION_COOKIE_NAME
            self.page.context.add_cookies([{"name": name, "value": session, "url": self.home, "httpOnly": True}])

    def page_at(self, who: Who, address: str) -> str:
        """The HTML without what passes; empty when a file or another page answers."""
        answer = self.world.ask(who, "GET", address)
        is_page = answer.status_code in (200, 404) and not answer.streaming and b"<html" in answer.content[:200]
        if not is_page:
            return ""
        size = len(gzip.compress(answer.content)) / 1024
        if size > PAGE_KB:
            self.troubles.append(f"{who.role} {address}: {size:.1f} KB")
        return PASSING.sub("", answer.content.decode())

    def look_at(self, address: str) -> list[str]:
        """What is wrong with one page at 360 px."""
        self.said.clear()
        self.page.goto(address)
        self.page.evaluate(AXE_SCRIPT)
        found: dict[str, Any] = self.page.evaluate(ASKED, RULES)
        wrong = [*found["wrong"], *self.said]
        if found["across"] > WIDTH:
            wrong.append(f"{found['across']} px wide")
        if found["heads"] != 1:
            wrong.append(f"{found['heads']} main headings")
        return wrong


def proved_just_now(session: str) -> None:
    """The pages of one's own factors open only for a while after the password was given."""
    store = import_module(django_settings.SESSION_ENGINE).SessionStore(session)
    store["account_authentication_methods_user"] = store["_auth_user_id"]
    store[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": time.time(), "reauthenticated": True}]
    store.save()


def names_for(who: Who) -> list[str]:
    """The addresses that answer GET and are for this person, their first page first. What is open to everybody is
    looked at as a stranger."""
    mine = [
        name
        for name, row in EXPECTED.items()
        if "GET" in row.methods and not row.is_machine and is_for(row, who) and (row.kind != OPEN or who.is_unknown)
    ]
    return sorted(mine, key=lambda name: name != HOME)


@pytest.fixture
def village(live_server: Any, settings: Any, tmp_path: Path) -> Iterator[World]:
    """The world of the matrix, kept for as long as the browser looks at it."""
    settings.DATA_DIR = tmp_path
    with time_machine.travel(NOW):
        yield build()


def listened_to(page: Page, said: list[str]) -> Page:
    """A page whose script errors and broken policies are written down."""

    def hear(message: ConsoleMessage) -> None:
        is_own_status = message.location.get("url") == page.url and "Failed to load resource" in message.text
        if message.type == "error" and not is_own_status:
            said.append(message.text)

    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", hear)
    return page


def test_every_page_of_routes_can_be_used_by_everybody_of_every_role(
    village: World,
    live_server: Any,
    new_context: Callable[..., BrowserContext],
    record_property: Callable[[str, object], None],
) -> None:
    said: list[str] = []
    walk = Walk(village, listened_to(new_context("phone").new_page(), said), live_server.url, said)
    for who in PEOPLE:
        walk.of(who)

    record_property(
        "counted",
        f"pages: {walk.answers} pages of {len(EXPECTED)} addresses for {len(PEOPLE)} people, "
        f"{walk.pages} of them different, axe (WCAG 2.2 AA) found {len(walk.troubles)}",
    )
    assert not walk.troubles, "\n".join(walk.troubles)
    assert walk.answers > 330
    assert walk.pages > 190


def test_the_walk_asks_for_every_page_of_the_table() -> None:
    asked = {name for who in PEOPLE for name in names_for(who)}
    wanted = {name for name, row in EXPECTED.items() if "GET" in row.methods and not row.is_machine}

    assert asked == wanted
