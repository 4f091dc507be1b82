"""Whoever can write the database but has no key cannot make a chain that holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from desmigratif.access.actor import Actor
from desmigratif.audit import unit
from desmigratif.audit.models import Event, VillageClock
from desmigratif.audit.unit import event_hash
from desmigratif.audit.verify import verify_chains
from desmigratif.shared.triggers import create_guards, drop_guards

KURIPAN = "33.07.10.2004"
pytestmark = pytest.mark.django_db


@pytest.fixture
def event(working: Callable[..., Any], officer: Actor) -> Iterator[Event]:
    """One true event, with the guards of its table down."""
    with working(officer):
        unit.record("test.happened", village_code=KURIPAN, number=1)
    drop_guards()
    yield Event.objects.get()
    create_guards()


def test_a_chain_made_anew_with_another_key_does_not_hold(event: Event) -> None:
    event.event = "test.invented"
    event.hash = event_hash(event, key=b"a key of their own, 32 bytes lng")
    event.save()
    VillageClock.objects.filter(village_code=KURIPAN).update(audit_head=event.hash)

    (broken,) = verify_chains().broken
    assert (broken.audit_no, broken.problem) == (1, "altered")


@pytest.mark.parametrize(
    "change",
    [
        {"details": {"number": 2}}, {"actor_id": "someone else"}, {"actor_role": "administrator"}, {"via": "api"},
        {"act_id": "01920000-0000-7000-8000-000000000000"}, {"event": "test.other"},
        {"at": "2026-11-23T03:16:00+00:00"},
    ],
    ids=lambda change: next(iter(change)),
)  # fmt: skip
def test_everything_that_an_event_says_is_in_its_digest(event: Event, change: dict[str, Any]) -> None:
    Event.objects.filter(id=event.id).update(**change)

    assert [(link.audit_no, link.problem) for link in verify_chains().broken] == [(1, "altered")]
