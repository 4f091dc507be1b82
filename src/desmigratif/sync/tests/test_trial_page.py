"""The trial page and its service worker."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from desmigratif.sync import views

KURIPAN = "33.07.10.2004"
KENANGA = "32.12.16.2004"


def test_the_page_carries_what_the_script_needs(phone: Client, django_assert_num_queries: Any) -> None:
    phone.get("/lapangan/coba/")

    with django_assert_num_queries(3):
        page = phone.get("/lapangan/coba/")

    text = page.content.decode()
    assert page.status_code == 200
    assert f'data-village="{KURIPAN}"' in text
    assert 'name="csrf"' in text
    assert "Tanya kerja ke luar negeri" in text
    assert "<script>" not in text


@pytest.mark.parametrize(
    ("grant", "asked"),
    [
        (("village_head", KURIPAN), ""),
        (("ministry_analyst", "ID"), ""),
        (("village_officer", KURIPAN), f"?desa={KENANGA}"),
        (("village_officer", KURIPAN), "?desa=ngawur"),
    ],
)
def test_who_cannot_log_visits_there_finds_no_page(sign_in: Any, grant: tuple[str, str], asked: str) -> None:
    assert sign_in(grant).get(f"/lapangan/coba/{asked}").status_code == 404


@pytest.mark.django_db
def test_a_stranger_is_sent_to_sign_in() -> None:
    assert Client().get("/lapangan/coba/").status_code == 302


@pytest.mark.django_db
def test_the_service_worker_may_serve_the_field_app_and_knows_its_shell() -> None:
    answer = Client().get("/lapangan/sw.js")

    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Service-Worker-Allowed"] == "/lapangan/"
    assert answer.headers["Cache-Control"] == "no-cache"
    for name in views.SHELL_FILES:
        assert name in answer.content.decode()
    assert "&quot;" not in answer.content.decode()
