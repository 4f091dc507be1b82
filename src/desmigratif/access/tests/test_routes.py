"""The outer gate of every address."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory

from desmigratif.access.actor import Actor, person
from desmigratif.access.permissions import Permission
from desmigratif.access.routes import RouteClass, machine, public, route_of, scoped, signed_in
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import NotFoundOrNotYours


def _asked(actor: Actor | None, method: str = "GET", path: str = "/warga/?q=siti") -> HttpRequest:
    request = RequestFactory().generic(method, path)
    request.actor = actor  # type: ignore[attr-defined]
    return request


@public
def open_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("open")


@signed_in(methods=("GET", "POST"))
def own_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("own")


@scoped(Permission.RESIDENT_SEE, Permission.AUDIT_READ)
def register_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("register")


@machine(Permission.VISIT_RECORD, methods=("POST",))
def push(request: HttpRequest) -> HttpResponse:
    return HttpResponse("pushed")


@machine
def clock(request: HttpRequest) -> HttpResponse:
    return HttpResponse("clock")


def test_anybody_opens_a_public_page() -> None:
    assert open_page(_asked(None)).content == b"open"


def test_a_stranger_is_sent_to_sign_in_and_comes_back() -> None:
    answer = register_page(_asked(None))

    assert answer.status_code == 302
    assert answer["Location"] == "/akun/login/?next=/warga/%3Fq%3Dsiti"


def test_after_a_lost_session_a_posted_form_does_not_come_back_as_a_page() -> None:
    answer = own_page(_asked(None, "POST", "/warga/simpan/"))

    assert answer["Location"] == "/akun/login/?next=/"


def test_a_stranger_does_not_learn_which_methods_a_page_knows() -> None:
    assert register_page(_asked(None, "DELETE")).status_code == 302


def test_without_the_permission_the_page_does_not_exist(ministry: Actor) -> None:
    with pytest.raises(Http404):
        register_page(_asked(ministry))


def test_one_of_several_permissions_is_enough(officer: Actor) -> None:
    auditor = person(new_id(), "Auditor", ("auditor", "33.07"))

    assert register_page(_asked(officer)).status_code == 200
    assert register_page(_asked(auditor)).status_code == 200


def test_an_actor_whose_grants_ended_is_signed_in_and_nothing_more() -> None:
    nobody = person(new_id(), "Mantan petugas")

    assert own_page(_asked(nobody)).status_code == 200
    with pytest.raises(Http404):
        register_page(_asked(nobody))


def test_get_brings_head_and_nothing_else(officer: Actor) -> None:
    assert register_page(_asked(officer, "HEAD")).status_code == 200
    answer = register_page(_asked(officer, "POST"))
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD"


def test_a_record_of_others_and_a_missing_page_look_alike(officer: Actor) -> None:
    @scoped(Permission.RESIDENT_SEE)
    def household(request: HttpRequest) -> HttpResponse:
        raise NotFoundOrNotYours("id")

    with pytest.raises(Http404):
        household(_asked(officer))


@pytest.mark.parametrize(
    ("view", "role", "method", "status", "code"),
    [
        (push, None, "POST", 401, "not_signed_in"),
        (push, "auditor", "POST", 404, "not_found"),
        (push, "village_officer", "GET", 405, "wrong_method"),
        (clock, None, "GET", 401, "not_signed_in"),
    ],
)
def test_a_program_is_refused_in_json(view: Any, role: str | None, method: str, status: int, code: str) -> None:
    actor = person(new_id(), "x", (role, "33.07.10.2004")) if role else None

    answer = view(_asked(actor, method))

    assert answer.status_code == status
    assert json.loads(answer.content)["reasons"][0]["code"] == code


def test_a_program_with_the_permission_comes_in(officer: Actor) -> None:
    assert push(_asked(officer, "POST")).content == b"pushed"
    assert clock(_asked(officer)).content == b"clock"


def test_a_view_carries_its_class_methods_and_roles() -> None:
    route = route_of(push)

    assert route is not None
    assert (route.route_class, route.methods) == (RouteClass.MACHINE, ("POST",))
    assert route.roles == ("village_officer",)
    assert route_of(own_page).roles[0] == "village_officer"  # type: ignore[union-attr]
    assert route_of(open_page).roles == ()  # type: ignore[union-attr]


def test_a_view_that_says_twice_for_whom_it_is_does_not_load() -> None:
    with pytest.raises(ValueError, match="already says"):
        public(register_page)


def test_a_plain_view_says_nothing() -> None:
    assert route_of(lambda request: HttpResponse()) is None
