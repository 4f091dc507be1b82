"""What every page tells the browser to keep, to run and to send."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse

from desmigratif.access.models import Grant, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(places: None, settings: Any) -> Client:
    settings.SECOND_FACTOR_REQUIRED = False
    user = User.objects.create(username="petugas", name="Wahyu Utomo")
    Grant.objects.create(user=user, role="village_officer", region_code="33.07.10.2004", valid_from=date(2020, 1, 1))
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.mark.parametrize("name", ["desk:home", "people:residents", "cases:visits", "access:mine"])
def test_what_a_signed_in_person_saw_is_not_kept_by_the_browser(desk: Client, name: str) -> None:
    """The back button after signing out, on a PC that others use, shows nothing."""
    assert "no-store" in desk.get(reverse(name)).headers["Cache-Control"]


def test_a_page_not_found_is_not_kept_either(desk: Client) -> None:
    assert "no-store" in desk.get("/warga/01920000-0000-7000-8000-000000000000/").headers["Cache-Control"]


@pytest.mark.parametrize("name", ["desk:home", "account_login", "portal:check_letter"])
def test_a_page_runs_and_loads_only_what_is_ours(desk: Client, name: str) -> None:
    policy = desk.get(reverse(name), follow=True).headers["Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";") if rule.strip())

    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == "'self'"
    assert rules["style-src"] == "'self'"
    assert rules["form-action"] == "'self'"
    assert rules["frame-ancestors"] == "'none'"
    assert "unsafe" not in policy


def test_the_session_is_out_of_reach_of_scripts_and_of_other_sites(places: None, client: Client) -> None:
    user = User(username="petugas", name="Wahyu Utomo")
    user.set_password("kopi-pahit-di-balai")
    user.save()

    answer = client.post(reverse("account_login"), {"login": "petugas", "password": "kopi-pahit-di-balai"})

    cookie = answer.cookies[django_settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"] is True
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == ""  # ends with the browser
