"""What every page tells a browser: run nothing inline, keep nothing of a person, ask again for what is public."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest

from matrix.expected import EXPECTED
from matrix.people import Who, everybody
from matrix.test_matrix import address_of, is_for, text_of
from matrix.world import World, rolled_back

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
STRANGER = Who("", "anonymous")
HOLDS_NOBODY = {"portal:keys", "portal:service_worker", "sync:service_worker"}  # the same bytes for everybody
READ = sorted(name for name, row in EXPECTED.items() if "GET" in row.methods)
ONLY_OURS = {"default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "base-uri": "'none'"}


class Inline(HTMLParser):
    """Collects what the policy would stop: script, style and handlers inside a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        is_data = given.get("type") in ("application/json", "application/ld+json")
        self._inside = tag if tag == "style" or (tag == "script" and "src" not in given and not is_data) else ""
        if tag == "style":
            self.found.append("<style>")
        for name, value in attrs:
            if name.startswith("on") or name in ("style", "srcdoc", "hx-on"):
                self.found.append(f"<{tag} {name}=...>")
            if (value or "").strip().lower().startswith(("javascript:", "data:text/html")):
                self.found.append(f'<{tag} {name}="{value}">')

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "script" and data.strip():
            self.found.append(f"<script>{data.strip()[:60]}")

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""


def policy_of(answer: Any) -> dict[str, str]:
    said = answer.headers.get("Content-Security-Policy", "")
    return dict(rule.strip().partition(" ")[::2] for rule in said.split(";") if rule.strip())


def troubles_of(answer: Any, *, personal: bool) -> list[str]:
    """What is wrong with one answer, in words."""
    rules = policy_of(answer)
    found = [f"{name} is {rules.get(name)}" for name, wanted in ONLY_OURS.items() if rules.get(name) != wanted]
    if any(hole in " ".join(rules.values()) for hole in ("unsafe", "data:", "http", "*")):
        found.append(f"a policy with a hole: {rules}")
    if answer.headers.get("Content-Type", "").startswith(("text/html", "image/svg")):
        found += Inline(text_of(answer)).found
    kept = "no-store" not in answer.headers.get("Cache-Control", "")
    if personal and kept and answer.status_code == 200:
        found.append("may be kept by the browser of a shared PC")
    if kept and answer.status_code == 200 and not answer.streaming and "ETag" not in answer.headers:
        found.append("cannot be asked for again without being sent again")
    return found


@pytest.mark.parametrize("name", READ)
def test_no_page_runs_or_keeps_what_it_should_not(world: World, name: str) -> None:
    row, wrong = EXPECTED[name], []
    one_of_each = {who.role: who for who in everybody() if who == STRANGER or (is_for(row, who) and who.sees_kuripan)}
    with rolled_back():
        for who in one_of_each.values():
            answer = world.ask(who, "GET", address_of(name, world))
            wrong += [
                f"{who}: {trouble}"
                for trouble in troubles_of(answer, personal=not who.is_unknown and name not in HOLDS_NOBODY)
            ]

    assert one_of_each
    assert wrong == []


def test_a_page_that_breaks_the_rule_would_be_found() -> None:
    page = """<style>p{}</style><p style="x" onclick="y()"><a href=" JavaScript:z">a</a><script>run()</script>
    <script src="/a.js"></script><script type="application/json">{}</script><svg><path d="M0"/></svg>"""

    assert Inline(page).found == [
        "<style>", "<p style=...>", "<p onclick=...>", '<a href=" JavaScript:z">', "<script>run()",
    ]  # fmt: skip


@pytest.mark.parametrize("address", ["/v/kunci.json", "/v/sw.js", "/publik/lapor-kelemahan/"])
def test_what_is_public_is_not_sent_twice(world: World, address: str) -> None:
    first = world.ask(STRANGER, "GET", address)
    again = world.ask(STRANGER, "GET", address, headers={"If-None-Match": first.headers["ETag"]})

    assert (first.status_code, again.status_code) == (200, 304)
    assert not again.content
