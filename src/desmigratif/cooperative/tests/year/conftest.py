"""A browser for each office of the cooperative, on a day of one's choice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from desmigratif.access.models import Grant, User
from desmigratif.cooperative.tests.conftest import KURIPAN

Browser = Callable[..., Client]


@pytest.fixture
def browser(places: None, now: datetime, settings: Any) -> Iterator[Browser]:
    """`browser("cooperative_treasurer")`, at the `now` of tests."""
    settings.SECOND_FACTOR_REQUIRED = False

    def signed_in(role: str, village: str = KURIPAN) -> Client:
        user, is_new = User.objects.get_or_create(username=f"{role}@{village}", defaults={"name": "Orang Koperasi"})
        if is_new:
            Grant.objects.create(user=user, role=role, region_code=village, valid_from=date(2020, 1, 1))
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    with time_machine.travel(now, tick=False):
        yield signed_in
