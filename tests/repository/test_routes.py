"""Every address says for whom it is."""

from __future__ import annotations

import json
from argparse import Namespace

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from desmigratif.access.roles import GRANTABLE_ROLES
from desmigratif.access.routes import RouteClass
from desmigratif.config.cli import routes
from desmigratif.config.cli.routes import CLASSIFIED, all_addresses


def test_no_address_is_silent_about_whom_it_is_for() -> None:
    assert [address.path for address in all_addresses() if address.route is None] == []


def test_the_table_names_no_address_that_is_gone() -> None:
    assert sorted(set(CLASSIFIED) - {address.name for address in all_addresses()}) == []


def test_every_address_of_ours_has_a_name_and_a_path_of_its_own() -> None:
    addresses = all_addresses()

    assert [address.path for address in addresses if not address.name] == []
    assert len({address.path for address in addresses}) == len(addresses)


def test_a_permission_that_no_role_has_would_be_a_closed_door() -> None:
    scoped = [a for a in all_addresses() if a.route and a.route.route_class == RouteClass.SCOPED]

    assert [address.path for address in scoped if address.route and not address.route.roles] == []


def test_the_command_lists_them_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    status = routes.run(Namespace(json=True))

    rows = json.loads(capsys.readouterr().out)
    assert status == 0
    assert {tuple(sorted(row)) for row in rows} == {("class", "methods", "name", "path", "roles")}
    assert {row["class"] for row in rows} <= {"public", "signed-in", "scoped", "machine"}
    known = {role.code for role in GRANTABLE_ROLES}
    assert all(set(row["roles"]) <= known for row in rows)


urlpatterns = [path("diam/", lambda request: HttpResponse(), name="silent")]


@pytest.mark.urls(__name__)
def test_a_silent_address_makes_the_command_fail(capsys: pytest.CaptureFixture[str]) -> None:
    assert routes.run(Namespace(json=True)) == 1

    captured = capsys.readouterr()
    assert json.loads(captured.out) == [{"path": "/diam/", "name": "silent", "methods": [], "class": None, "roles": []}]
    assert "/diam/" in captured.err


@pytest.mark.django_db
def test_who_has_not_signed_in_is_let_in_nowhere_but_at_open_addresses(client: Client) -> None:
    """Each address with the methods it names; what it is called decides the answer."""
    let_in = []
    for address in all_addresses():
        if address.route is None or address.route.route_class == RouteClass.PUBLIC or "<" in address.path:
            continue
        for method in address.route.methods:
            answer = client.generic(method, address.path)
            wanted = (401, 403) if address.route.route_class == RouteClass.MACHINE else (302,)
            if answer.status_code not in wanted or "login" not in answer.get("Location", "login"):
                let_in.append((method, address.path, answer.status_code))

    assert let_in == []
