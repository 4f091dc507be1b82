"""A signed-in phone of an officer of Kuripan, and what it sends."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from desmigratif.access.models import Grant, User
from desmigratif.regions.queries import today_in
from desmigratif.shared.ids import new_id

KURIPAN = "33.07.10.2004"
Wish = Callable[..., dict[str, Any]]
SignIn = Callable[..., Client]


@pytest.fixture(autouse=True)
def own_data_folder(settings: Any, tmp_path: Path) -> None:
    """Epoch and marks of one test only; no second factor, which is another test's subject."""
    settings.DATA_DIR = tmp_path
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def sign_in(places: None) -> SignIn:
    def signed_in(*grants: tuple[str, str], **options: Any) -> Client:
        user = User.objects.create(username=f"u{User.objects.count()}", name="Petugas")
        for role, region in grants or (("village_officer", KURIPAN),):
            Grant.objects.create(user=user, role=role, region_code=region, valid_from=date(2020, 1, 1))
        client = Client(**options)
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return signed_in


@pytest.fixture
def phone(sign_in: SignIn) -> Client:
    return sign_in()


@pytest.fixture
def wish() -> Wish:
    def visit(action: str = "cases.record_visit", act_id: str | None = None, **payload: Any) -> dict[str, Any]:
        given = {
            "visit_id": str(new_id()),
            "village_code": KURIPAN,
            "visitor_name": "Tukinem",
            "on": today_in(KURIPAN, timezone.now()).isoformat(),
            "place": "home",
            "purpose": "offer",
            **payload,
        }
        return {"id": act_id or str(new_id()), "action": action, "payload": given, "made_at": "1999-01-01T00:00:00Z"}

    return visit


class Talk:
    """How a phone talks with the server in these tests."""

    @staticmethod
    def push(client: Client, *wishes: Any, epoch: str | None = None, **extra: Any) -> HttpResponse:
        body = {"device": "uji", "epoch": epoch, "actions": wishes, **extra}
        return client.post("/sync/v1/push", json.dumps(body), content_type="application/json")

    def receipts(self, client: Client, *wishes: Any, **extra: Any) -> list[dict[str, Any]]:
        answer = self.push(client, *wishes, **extra)
        assert answer.status_code == 200, answer.content
        found: list[dict[str, Any]] = answer.json()["receipts"]
        return found

    @staticmethod
    def pull(client: Client, after: object = 0, **asked: Any) -> dict[str, Any]:
        answer = client.get("/sync/v1/pull", {"village": KURIPAN, "after": after, **asked})
        assert answer.status_code == 200, answer.content
        news: dict[str, Any] = answer.json()
        return news


@pytest.fixture
def talk() -> Talk:
    return Talk()
