"""Walks through the whole system in Chromium, against a server in this process.

`page` runs a test on a phone (360 px) and at a desk (1366 px); `sign_in(page, user)` spares the sign-in page;
`user_with(("village_officer", code))` makes an account.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from desmigratif.access.models import Grant, User
from desmigratif.demo import build, world
from desmigratif.regions.testing import SAMPLE, load_sample

# Playwright runs an event loop in this thread; the tests themselves are not asynchronous.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
WIDTHS = {"phone": (360, 740), "desk": (1366, 768)}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium per file: while it is open, its event loop holds the thread, and whatever else the same worker
    runs (signing a PDF) could not have one of its own."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(ARGUMENTS))
        yield chromium
        chromium.close()


@pytest.fixture(autouse=True)
def in_service(request: pytest.FixtureRequest, settings: Any) -> None:
    """No second factor, and the villages of the tests, for whatever walks through the live server."""
    settings.SECOND_FACTOR_REQUIRED = False
    if "live_server" in request.fixturenames:
        request.getfixturevalue("live_server")
        with transaction.atomic():
            load_sample(SAMPLE)


@pytest.fixture
def new_context(browser: Browser, live_server: Any) -> Iterator[Callable[..., BrowserContext]]:
    """Another browser profile, as of another person or device: `new_context(width="phone")`."""
    opened: list[BrowserContext] = []

    def open_one(width: str = "desk", **options: Any) -> BrowserContext:
        across, down = WIDTHS[width]
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": across, "height": down},
            locale="id-ID",
            timezone_id="Asia/Jakarta",
            **options,
        )
        context.set_default_timeout(15_000)
        opened.append(context)
        return context

    yield open_one
    for context in opened:
        context.close()


# How wide a screen is says nothing of the database: PostgreSQL is walked at the desk only.
@pytest.fixture(params=list(WIDTHS) if connection.vendor == "sqlite" else ["desk"])
def page(request: pytest.FixtureRequest, new_context: Callable[..., BrowserContext]) -> Iterator[Page]:
    """A page of each width; a script error or a breach of the page's security policy fails the test."""
    opened = new_context(request.param).new_page()
    trouble: list[str] = []
    opened.on("pageerror", lambda error: trouble.append(str(error)))
    opened.on("console", lambda said: trouble.append(said.text) if "Content Security Policy" in said.text else None)
    yield opened
    assert trouble == []


@pytest.fixture
def user_with(live_server: Any) -> Callable[..., User]:
    def make(*grants: tuple[str, str], name: str = "Petugas Uji") -> User:
        user = User.objects.create(username=f"uji{User.objects.count()}", name=name)
        for role, region in grants:
            Grant.objects.create(user=user, role=role, region_code=region, valid_from=date(2020, 1, 1))
        return user

    return make


@pytest.fixture
def sign_in(live_server: Any) -> Callable[[Page, User], None]:
    """Give the page's browser a session of this user, as after the sign-in page."""

    def signed_in(page: Page, user: User) -> None:
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        name = django_settings.SESSION_COOKIE_NAME
        value = client.cookies[name].value
        page.context.add_cookies([{"name": name, "value": value, "url": live_server.url, "httpOnly": True}])

    return signed_in


@pytest.fixture
def demo_village(live_server: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """One village of the demo, with everybody's accounts."""
    settings.DEMO = True
    load_sample((*SAMPLE, world.CAMPLONG.code))
    monkeypatch.setattr(build, "VILLAGES", (world.CAMPLONG,))
    build.build(now=timezone.now())
