"""A village of two families with an office, and a robot that has signed in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from desmigratif.access.models import Grant, User
from tasks.robot import Robot
from tasks.stage import VILLAGE, Stage

ROLES = {"petugas": "village_officer", "kasir": "cooperative_cashier"}


@pytest.fixture
def stage(places: None, settings: Any) -> Stage:
    settings.SECOND_FACTOR_REQUIRED = False
    return Stage()


@pytest.fixture
def robot_of(stage: Stage) -> Callable[[str], Robot]:
    """`robot_of("kasir")`: a robot that has signed in and looks at the desk."""

    def made(user: str) -> Robot:
        account = User.objects.create(username=user, name=user.capitalize())
        Grant.objects.create(user=account, role=ROLES[user], region_code=VILLAGE, valid_from=date(2020, 1, 1))
        client = Client()
        client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
        robot = Robot(client)
        robot.open("/")
        return robot

    return made
