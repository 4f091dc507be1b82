"""The door when the same wish comes twice at the same moment, or comes back meaning something else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError

from desmigratif.access import door
from desmigratif.access.actor import Actor
from desmigratif.access.door import Act, IdReused, action, perform
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import require
from desmigratif.audit import unit
from desmigratif.audit.models import Event, Outcome, Receipt
from desmigratif.shared.ids import new_id
from desmigratif.shared.inputs import Input
from desmigratif.shared.reasons import Reason, Refusal

KURIPAN = "33.07.10.2004"
pytestmark = pytest.mark.django_db


class Changes(Input):
    """A field left out is not touched; naming it with None empties it."""

    nik: str | None = None


class Enrol(Input):
    """A test's act."""

    village_code: str
    changes: Changes = Changes()


@pytest.fixture(autouse=True)
def enrol_action(monkeypatch: pytest.MonkeyPatch) -> None:
    """An action that, as those which make a record, refuses to make it twice."""
    monkeypatch.setattr(door, "REGISTRY", dict(door.REGISTRY))

    @action("test.enrol", Permission.VISIT_RECORD)
    def enrol(*, by: Actor, given: Enrol, now: datetime) -> dict[str, Any]:
        require(by, Permission.VISIT_RECORD, given.village_code)
        if Event.objects.filter(event="test.enrolled").exists():
            raise Refusal(Reason("id_taken", "Formulir ini sudah pernah disimpan."))
        unit.record("test.enrolled", village_code=given.village_code)
        return {}


def enrol(by: Actor, now: datetime, act_id: UUID, **payload: object) -> Receipt:
    return perform(by, Act("test.enrol", act_id, {"village_code": KURIPAN, **payload}), now=now)


def _sees_nothing_at_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """The next look for a receipt comes too early: the first of the two has not committed yet."""
    look: Callable[..., Receipt | None] = door._standing_receipt
    early = iter([True])
    monkeypatch.setattr(door, "_standing_receipt", lambda *args: None if next(early, False) else look(*args))


def test_the_slower_of_two_at_once_gets_the_receipt_of_the_faster(
    officer: Actor, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    act_id = new_id()
    first = enrol(officer, now, act_id)
    _sees_nothing_at_first(monkeypatch)

    second = enrol(officer, now, act_id)

    assert (second.id, second.outcome) == (first.id, Outcome.DONE)
    assert not Event.objects.filter(event="act.refused").exists()


def test_two_refused_at_once_leave_one_receipt(officer: Actor, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    enrol(officer, now, new_id())
    write_aside = door._write_aside
    others = iter([True])

    def as_if_another_was_faster(*args: Any) -> Receipt:
        receipt = write_aside(*args)
        if next(others, False):
            raise IntegrityError("receipt_one_per_act")
        return receipt

    monkeypatch.setattr(door, "_write_aside", as_if_another_was_faster)
    act_id = new_id()

    receipt = enrol(officer, now, act_id)

    assert receipt.outcome == Outcome.REFUSED
    assert Receipt.objects.filter(act_id=act_id).count() == 1


def test_emptying_a_field_is_not_the_same_as_leaving_it_alone(officer: Actor, now: datetime) -> None:
    act_id = new_id()
    enrol(officer, now, act_id, changes={})

    with pytest.raises(IdReused):
        enrol(officer, now, act_id, changes={"nik": None})
