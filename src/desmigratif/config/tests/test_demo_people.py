"""The sign-in page of a demo, and of everything else."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from desmigratif.demo.world import PASSWORD, SIGN_INS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def set_up(django_user_model: Any) -> None:
    """Before anybody has an account every page leads to the set-up."""
    django_user_model.objects.create(username="pengelola.uji", name="Pengelola", password="x")


@pytest.fixture
def demo(settings: Any) -> None:
    (engine,) = settings.TEMPLATES
    options = engine["OPTIONS"]
    processors = [*options["context_processors"], "desmigratif.config.demo_people.demo_people"]
    settings.TEMPLATES = [{**engine, "OPTIONS": {**options, "context_processors": processors}}]


def test_a_newcomer_sees_every_demo_sign_in_and_takes_one_with_a_tap(places: None, demo: None, client: Client) -> None:
    page = client.get("/akun/login/").content.decode()

    assert all(f'<button class="cover" type="submit" name="login" value="{s.username}">' in page for s in SIGN_INS)
    assert PASSWORD in page


def test_nothing_of_a_demo_shows_where_people_work(client: Client) -> None:
    page = client.get("/akun/login/").content.decode()

    assert 'name="password"' in page
    assert PASSWORD not in page
    assert SIGN_INS[0].username not in page
