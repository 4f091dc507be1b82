"""Every address x every role in every region x every method: who gets in, what strangers learn, what they leave."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from django.db import connection
from django.urls import get_resolver, reverse

from desmigratif.access.routes import RouteClass
from desmigratif.audit.models import Event
from desmigratif.config.cli.routes import all_addresses
from desmigratif.shared.ids import new_id
from matrix.expected import EXPECTED
from matrix.people import ROLE_CODES, Who, at_work, everybody
from matrix.row import DESK, MACHINE_DESK, OPEN, SELF, Row
from matrix.state import TRACES, State, differing, kuripan_now, village_owned
from matrix.world import CANARIES, FULL_NUMBERS, KURIPAN, World, rolled_back, sheet_to_send

pytestmark = pytest.mark.django_db
WRONG = "DELETE"  # no address of ours answers it
METHODS = ("GET", "POST", WRONG)
WHO = everybody()
ON_SQLITE = connection.vendor == "sqlite"
# Patterns of others, filled with keys that open nothing.
MADE_UP = {"key": "tidak-ada", "uidb36": "1"}


def test_every_address_stands_in_the_table_and_none_that_is_gone() -> None:
    assert sorted(EXPECTED) == sorted(address.name for address in all_addresses())


def test_the_table_and_the_addresses_say_the_same_of_roles_and_methods() -> None:
    """Two hands wrote it: the decorator on the view, and the table."""
    kinds = {
        RouteClass.PUBLIC: {OPEN},
        RouteClass.SIGNED_IN: {SELF},
        RouteClass.SCOPED: {"record", DESK},
        RouteClass.MACHINE: {"machine record", MACHINE_DESK},
    }
    wrong = []
    for address in all_addresses():
        row, route = EXPECTED[address.name], address.route
        assert route is not None
        asks_later = address.name == "sync:pull"  # a device is told by its village, not by its address
        roles = set(route.roles or ROLE_CODES)
        same = row.kind in kinds[route.route_class] and set(row.methods.split()) == set(route.methods)
        if not (same and (roles == row.roles or asks_later)):
            wrong.append(address.name)

    assert wrong == []


def test_every_table_of_a_village_is_watched() -> None:
    """A stranger's trace in a new table must show: the list comes from the models, not from memory."""
    labels = {model._meta.label for model in village_owned()}

    assert {"people.Resident", "cases.Case", "documents.Letter", "audit.Event", "audit.Receipt"} <= labels
    assert len(labels) >= 25


def test_the_matrix_counts_its_cells(record_property: Callable[[str, object], None]) -> None:
    cells = sum(len(who_asks(row)) for row in EXPECTED.values()) * len(METHODS)
    people = f"{len(WHO)} people" if ON_SQLITE else "those whose role fits, and a stranger"
    record_property("counted", f"access matrix: {len(EXPECTED)} addresses x {people} x 3 methods = {cells:,}")

    assert cells > 10_000


def who_asks(row: Row) -> tuple[Who, ...]:
    """Everybody. A second database is asked by those whose role fits, from whatever region, and by a stranger: all
    others are turned away by their role, before any record is looked for."""
    return WHO if ON_SQLITE else who_may_be_let_in(row)


def who_may_be_let_in(row: Row) -> tuple[Who, ...]:
    """Those whose role fits, from whatever region, and a stranger."""
    return tuple(who for who in WHO if is_for(row, who) or who.place == "anonymous")


@cache
def shape_of(name: str) -> str:
    return next(address.path for address in all_addresses() if address.name == name)


def address_of(name: str, world: World) -> str:
    """The path with the ids of the prepared records, and the query that names one where the path does not."""
    possible = get_resolver().reverse_dict if ":" not in name else None
    if possible is not None and name in ("account_confirm_email", "account_reset_password_from_key"):
        needed = MADE_UP if name == "account_reset_password_from_key" else {"key": MADE_UP["key"]}
        return reverse(name, kwargs=needed)
    wanted = set(re.findall(r"<\w+:(\w+)>", shape_of(name)))
    query = EXPECTED[name].query.format(**world.ids)
    return reverse(name, kwargs={key: world.ids[key] for key in wanted}) + (f"?{query}" if query else "")


def sent_to(name: str, world: World) -> dict[str, Any]:
    """What somebody of Kuripan would send: the form as it is shown to them, with their answers."""
    row = EXPECTED[name]
    if name == "people:import":
        return {"sheet": sheet_to_send()}
    if "POST" not in row.methods or row.is_machine:
        return dict(row.sends or {})
    fields: dict[str, Any] = {}
    if "GET" in row.methods and row.kind not in (OPEN, SELF):
        with rolled_back():
            page = world.ask(insider(row), "GET", address_of(name, world))
        form = (page.context or {}).get("form")
        fields = fields_of(form) if form is not None else {}
    return {**fields, **(row.sends or {})}


def fields_of(form: Any) -> dict[str, Any]:
    """What a browser would send back of a form as it was shown, hidden copies included."""
    values = {name: form[name].value() for name in form.fields}
    for name, of_field in form.fields.items():
        if of_field.show_hidden_initial:
            values[form[name].html_initial_name] = form[name].initial
    said = {name: value for name, value in values.items() if value is not None}
    return {name: f"{v:%d-%m-%Y}" if hasattr(v, "strftime") else v for name, v in said.items()}


def insider(row: Row) -> Who:
    """Somebody of Kuripan for whom the address is."""
    role = "village_officer" if "village_officer" in row.roles else min(row.only or row.roles)
    return at_work(role)


def is_for(row: Row, who: Who) -> bool:
    """Whether the table lets this person in, in whatever region."""
    if row.kind == OPEN:
        return True
    if who.is_unknown:
        return False
    if row.kind in (SELF, MACHINE_DESK):
        return True
    return who.place != "expired" and who.role in (row.only or row.roles)


def wanted(row: Row, who: Who, method: str) -> tuple[int, ...]:
    """The answers that are right in one cell."""
    if not is_for(row, who):
        if who.is_unknown:
            return (401,) if row.is_machine else (302,)
        if row.is_machine and method not in row.methods:
            return (404, 405)
        wrong_method = row.only and who.role in row.roles and method not in row.methods and who.place != "expired"
        return (405,) if wrong_method else (404,)
    if method not in row.methods:
        return (405, *row.get) if row.by_others else (405,)
    if row.is_record and not who.sees_kuripan:
        return (404,)
    usual = row.get if method == "GET" else row.post
    if row.kind in (DESK, MACHINE_DESK) and who.place != "own":
        return (*usual, 200, 302, 404)
    return usual


def ask(world: World, who: Who, method: str, name: str, sent: dict[str, Any]) -> Any:
    address = address_of(name, world)
    if method != "POST":
        return world.ask(who, method, address)
    if EXPECTED[name].is_machine:
        return world.ask(who, "POST", address, json.dumps(sent), content_type="application/json")  # type: ignore[arg-type]
    if "sheet" in sent:
        sent["sheet"].seek(0)
    return world.ask(who, "POST", address, sent)


def text_of(answer: Any) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return str(body.decode("utf-8", "replace"))


def findings_in(row: Row, who: Who, method: str, answer: Any) -> list[str]:
    """What is wrong with one answer, in words."""
    cell, found = f"{method} by {who}", []
    if answer.status_code not in wanted(row, who, method):
        found.append(f"{cell}: {answer.status_code}, not {wanted(row, who, method)}")
    if who.is_unknown and row.kind not in (OPEN,) and not row.is_machine:
        place = answer.get("Location", "")
        if not place.startswith("/akun/login/"):
            found.append(f"{cell}: led to {place!r} instead of the sign-in page")
    text = text_of(answer)
    sees_names = is_for(row, who) and who.sees_kuripan and answer.status_code != 404
    if not sees_names:
        found += [f"{cell}: the answer holds {canary!r}" for canary in CANARIES if canary in text]
    if not row.full_number:
        found += [f"{cell}: the page shows a full number" for number in FULL_NUMBERS if number in text]
    return found


@pytest.mark.parametrize("name", sorted(name for name, row in EXPECTED.items() if row.is_record))
def test_a_record_of_others_looks_like_one_that_does_not_exist(world: World, name: str) -> None:
    row = EXPECTED[name]
    inside = insider(row)
    stranger = Who(inside.role, "neighbour" if inside.place == "own" else "other_regency")
    method = "GET" if "GET" in row.methods else "POST"
    words = {"purpose": "photo", "year": "2026", "quarter": "4"}  # parts of addresses that are no ids
    made_up = World({**dict.fromkeys(world.ids, new_id()), **words}, world.sessions, world.client)

    theirs = world.ask(stranger, method, address_of(name, world))
    nobodys = world.ask(stranger, method, address_of(name, made_up))

    assert theirs.status_code == nobodys.status_code == 404
    assert without_address(theirs) == without_address(nobodys)


def without_address(answer: Any) -> str:
    """A page's text without the ids of records and of the request."""
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|[A-Za-z0-9]{64}", "", text_of(answer))


@pytest.fixture(scope="module")
def watched(world: World) -> Callable[[], State]:
    """`watched()`: what Kuripan looks like now."""
    people = frozenset({world.ids["user_id"], world.ids["second_user"]})
    subjects = frozenset({world.ids[key] for key in ("resident_id", "husband", "sister", "household_id")})
    return lambda: kuripan_now(people, subjects)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def before(watched: Callable[[], State]) -> State:
    """What it looks like before anybody came; each test undoes what it did."""
    return watched()


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_who_should_find_nothing_finds_nothing_and_leaves_nothing(
    world: World, watched: Callable[[], State], before: State, name: str
) -> None:
    row, sent, found = EXPECTED[name], sent_to(name, world), []

    with rolled_back():
        for who in who_asks(row):
            if not (is_for(row, who) and who.sees_kuripan):
                for method in METHODS:
                    found += findings_in(row, who, method, ask(world, who, method, name, sent))
        left = differing(before, watched())

    assert not found, "\n".join(found)
    assert left == []


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_who_may_come_gets_an_answer_and_reading_writes_nothing_but_its_trace(
    world: World, watched: Callable[[], State], before: State, name: str
) -> None:
    row, sent, found, changed, said = EXPECTED[name], sent_to(name, world), [], set(), ""

    with rolled_back():
        for who in (who for who in WHO if is_for(row, who) and who.sees_kuripan):
            for method in ("GET", WRONG) if "GET" in row.methods else (WRONG,):
                found += findings_in(row, who, method, ask(world, who, method, name, sent))
        read = differing(before, watched(), leaving_out=TRACES)
    for who in (who for who in WHO if is_for(row, who) and who.sees_kuripan):
        with rolled_back():
            found += findings_in(row, who, "POST", ask(world, who, "POST", name, sent))
            if who == insider(row):
                changed |= set(differing(before, watched()))
                said = Event.objects.filter(village_code=KURIPAN).latest("audit_no").event

    assert not found, "\n".join(found)
    assert read == []
    if "POST" in row.methods and row.writes:
        assert "audit.Event" in changed, "what was done is not remembered"
        assert said != "act.changed_nothing", "what was done is not named"
