"""Clashes go to a person: who may decide, that it is decided once, and that using it does what was sent."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction

from desmigratif.access import door
from desmigratif.access.actor import Actor, person
from desmigratif.access.door import Act, PermissionNotAsked, action, perform
from desmigratif.access.permissions import Permission
from desmigratif.access.reviews import review_of, reviews_of, senders, sent_input
from desmigratif.access.scope import require
from desmigratif.audit import unit
from desmigratif.audit.models import Event, Outcome, Receipt, ReviewDecision, ReviewPayload
from desmigratif.audit.verify import verify_chains
from desmigratif.shared.ids import new_id
from desmigratif.shared.inputs import Input
from desmigratif.shared.reasons import NeedsReview, NotFoundOrNotYours, Reason, Refusal

KURIPAN = "33.07.10.2004"
SETTLE = "access.settle_review"
pytestmark = pytest.mark.django_db


class Knock(Input):
    """A test's act on a door that is open, in doubt or locked."""

    village_code: str
    seen_version: int = 1
    amount: int = 0
    note: str | None = None


class Door:
    """What the act finds: its version, and whether it is locked."""

    version = 2
    locked = False
    knocks: list[tuple[str, datetime, Knock]]

    def __init__(self) -> None:
        self.knocks = []


@pytest.fixture
def the_door(monkeypatch: pytest.MonkeyPatch) -> Door:
    found = Door()
    monkeypatch.setattr(door, "REGISTRY", registry := dict(door.REGISTRY))
    monkeypatch.setattr("desmigratif.access.reviews.REGISTRY", registry)

    @action("test.knock", Permission.VISIT_RECORD)
    def knock(*, by: Actor, given: Knock, now: datetime) -> dict[str, str]:
        require(by, Permission.VISIT_RECORD, given.village_code)
        unit.record("test.knocked", village_code=given.village_code, amount=given.amount)
        if found.locked:
            raise Refusal(Reason("locked", "Pintunya terkunci."))
        if given.seen_version < found.version:
            raise NeedsReview(Reason("clash", "Pintunya sudah diganti."))
        found.knocks.append((by.label, now, given))
        return {"knocked": "yes"}

    return found


def sent(by: Actor, now: datetime, **payload: Any) -> Receipt:
    """An act that waits: it was made when the door was still another."""
    receipt = perform(by, Act("test.knock", new_id(), {"village_code": KURIPAN, **payload}, via="sync"), now=now)
    assert receipt.outcome == Outcome.NEEDS_REVIEW
    return receipt


def settle(
    by: Actor, receipt: Receipt, now: datetime, decision: str = "apply", *, act_id: UUID | None = None, **given: Any
) -> Receipt:
    payload = {
        "receipt_id": receipt.id, "village_code": KURIPAN, "decision": decision, "seen_version": 2, **given,
    }  # fmt: skip
    return perform(by, Act(SETTLE, act_id or new_id(), payload), now=now)


def codes(receipt: Receipt) -> list[str]:
    assert receipt.outcome == Outcome.REFUSED
    return [reason["code"] for reason in receipt.reasons]


def waits_for(by: Actor, now: datetime) -> list[UUID]:
    return [row.receipt_id for row in reviews_of(by, now=now)]


# --- what waits, and for whom ---


def test_an_act_waits_for_whoever_may_do_it_there(
    officer: Actor, stranger: Actor, ministry: Actor, the_door: Door, now: datetime
) -> None:
    receipt = sent(officer, now)
    head = person(new_id(), "Kepala desa", ("village_head", KURIPAN))
    colleague = person(new_id(), "Petugas lain", ("village_officer", KURIPAN))

    assert [waits_for(by, now) for by in (officer, colleague)] == [[receipt.id]] * 2
    assert [waits_for(by, now) for by in (stranger, ministry, head)] == [[]] * 3


def test_what_was_sent_is_read_as_it_was_sent(officer: Actor, the_door: Door, now: datetime) -> None:
    receipt = sent(officer, now, amount=7)

    given = sent_input(review_of(officer, receipt.id, now=now))

    assert isinstance(given, Knock)
    assert given.amount == 7
    assert given.model_fields_set == {"village_code", "amount"}, "what was left out is still left out"


def test_a_stranger_finds_nothing_to_open(officer: Actor, stranger: Actor, the_door: Door, now: datetime) -> None:
    receipt = sent(officer, now)

    with pytest.raises(NotFoundOrNotYours):
        review_of(stranger, receipt.id, now=now)


def test_an_act_that_is_done_or_refused_does_not_wait(officer: Actor, the_door: Door, now: datetime) -> None:
    perform(officer, Act("test.knock", new_id(), {"village_code": KURIPAN, "seen_version": 2}), now=now)
    the_door.locked = True
    perform(officer, Act("test.knock", new_id(), {"village_code": KURIPAN}), now=now)

    assert waits_for(officer, now) == []


def test_the_list_is_one_query_and_loads_no_payload(
    officer: Actor, the_door: Door, now: datetime, django_assert_num_queries: Any
) -> None:
    for _ in range(3):
        sent(officer, now)
    waits_for(officer, now)  # the old codes of a region are looked up once a process

    with django_assert_num_queries(1):
        rows = list(reviews_of(officer, now=now))
        assert [row.receipt.action for row in rows] == ["test.knock"] * 3
    assert all("sealed" in row.get_deferred_fields() for row in rows)


def test_a_sender_without_an_account_is_named_by_nobody(officer: Actor, the_door: Door, now: datetime) -> None:
    assert senders([sent(officer, now)]) == {}


# --- deciding ---


def test_using_it_does_the_act_as_it_was_sent_by_whoever_decides(
    officer: Actor, the_door: Door, now: datetime, django_assert_max_num_queries: Any
) -> None:
    receipt = sent(officer, now, amount=7)
    colleague = person(new_id(), "Petugas lain", ("village_officer", KURIPAN))
    later = now + timedelta(days=2)

    with django_assert_max_num_queries(24):
        settled = settle(colleague, receipt, later)

    assert settled.outcome == Outcome.DONE
    assert settled.result["result"] == {"knocked": "yes"}
    ((who, at, given),) = the_door.knocks
    assert (who, at, given.amount, given.seen_version) == ("Petugas lain", now, 7, 2)


def test_using_it_leaves_the_decision_its_events_and_no_payload(officer: Actor, the_door: Door, now: datetime) -> None:
    receipt = sent(officer, now)

    settle(officer, receipt, now)

    decision = ReviewDecision.objects.get()
    applied = Event.objects.get(event="review.applied")
    assert (decision.receipt_id, decision.decision, decision.actor_id) == (receipt.id, "applied", str(officer.id))
    assert applied.subjects == [{"type": "receipt", "id": str(receipt.id)}]
    assert applied.details == {
        "action": "test.knock", "sent_act": str(receipt.act_id), "sent_by": str(officer.id),
    }  # fmt: skip
    assert Event.objects.filter(event="test.knocked").count() == 1
    assert not ReviewPayload.objects.exists()
    receipt.refresh_from_db()
    assert receipt.outcome == Outcome.NEEDS_REVIEW
    assert verify_chains().broken == ()


def test_throwing_it_away_does_nothing_else(officer: Actor, the_door: Door, now: datetime) -> None:
    receipt = sent(officer, now)

    settled = settle(officer, receipt, now, "discard", seen_version=None)

    assert settled.outcome == Outcome.DONE
    assert ReviewDecision.objects.get().decision == "discarded"
    assert Event.objects.filter(event="review.discarded").count() == 1
    assert the_door.knocks == []
    assert not ReviewPayload.objects.exists()
    assert waits_for(officer, now) == []


def test_what_still_clashes_refuses_the_decision_and_goes_on_waiting(
    officer: Actor, the_door: Door, now: datetime
) -> None:
    receipt = sent(officer, now)
    the_door.version = 3

    assert codes(settle(officer, receipt, now)) == ["clash"]

    assert waits_for(officer, now) == [receipt.id]
    assert not ReviewDecision.objects.exists()
    assert not Event.objects.filter(event="test.knocked").exists()


def test_what_is_refused_now_refuses_the_decision(officer: Actor, the_door: Door, now: datetime) -> None:
    receipt = sent(officer, now)
    the_door.locked = True

    assert codes(settle(officer, receipt, now)) == ["locked"]
    assert waits_for(officer, now) == [receipt.id]


def test_a_refused_decision_may_be_tried_again_under_its_id(officer: Actor, the_door: Door, now: datetime) -> None:
    receipt, act_id = sent(officer, now), new_id()
    the_door.locked = True
    settle(officer, receipt, now, act_id=act_id)

    settled = settle(officer, receipt, now, "discard", act_id=act_id)

    assert settled.outcome == Outcome.DONE


def test_nobody_uses_what_they_did_not_compare(officer: Actor, the_door: Door, now: datetime) -> None:
    assert codes(settle(officer, sent(officer, now), now, seen_version=None)) == ["compare_first"]


@pytest.mark.parametrize("second", ["apply", "discard"])
def test_it_is_decided_once(officer: Actor, the_door: Door, now: datetime, second: str) -> None:
    receipt = sent(officer, now)
    settle(officer, receipt, now)

    assert codes(settle(officer, receipt, now, second)) == ["already_settled"]
    assert len(the_door.knocks) == 1
    assert ReviewDecision.objects.count() == 1


def test_a_double_submit_decides_once(officer: Actor, the_door: Door, now: datetime) -> None:
    receipt, act_id = sent(officer, now), new_id()

    first = settle(officer, receipt, now, act_id=act_id)
    again = settle(officer, receipt, now, act_id=act_id)

    assert first.id == again.id
    assert len(the_door.knocks) == 1


@pytest.mark.parametrize("decision", ["apply", "discard"])
def test_after_its_time_it_can_no_longer_be_decided(
    officer: Actor, the_door: Door, now: datetime, decision: str
) -> None:
    receipt = sent(officer, now)
    over = now + door.REVIEW_LASTS

    assert waits_for(officer, over - timedelta(seconds=1)) == [receipt.id]
    assert waits_for(officer, over) == []
    assert codes(settle(officer, receipt, over, decision)) == ["review_expired"]


def test_what_an_older_version_sent_can_only_be_thrown_away(officer: Actor, the_door: Door, now: datetime) -> None:
    receipt = sent(officer, now)
    spec = door.REGISTRY["test.knock"]
    door.REGISTRY["test.knock"] = door.ActionSpec(spec.name, spec.run, spec.input, spec.permission, version=2)

    assert codes(settle(officer, receipt, now)) == ["review_unreadable"]
    assert settle(officer, receipt, now, "discard").outcome == Outcome.DONE


def test_a_payload_that_was_tampered_with_is_not_used(officer: Actor, the_door: Door, now: datetime) -> None:
    receipt, other = sent(officer, now), sent(officer, now)
    moved = ReviewPayload.objects.get(receipt=other).sealed
    ReviewPayload.objects.filter(receipt=receipt).update(sealed=moved)

    assert codes(settle(officer, receipt, now)) == ["review_unreadable"]


@pytest.mark.parametrize("decision", ["apply", "discard"])
def test_a_stranger_decides_nothing(
    officer: Actor, stranger: Actor, ministry: Actor, the_door: Door, now: datetime, decision: str
) -> None:
    receipt = sent(officer, now)
    head = person(new_id(), "Kepala desa", ("village_head", KURIPAN))

    for by in (stranger, ministry, head):
        assert codes(settle(by, receipt, now, decision)) == ["not_found"]
        assert codes(settle(by, receipt, now, decision, village_code=by.home_code)) == ["not_found"]
    assert waits_for(officer, now) == [receipt.id]


def test_a_strangers_attempt_stays_out_of_the_villages_chain(
    officer: Actor, stranger: Actor, the_door: Door, now: datetime
) -> None:
    settle(stranger, sent(officer, now), now)

    assert Event.objects.get(event="act.refused").village_code == stranger.home_code


def test_a_decision_of_an_act_that_waits_nowhere_is_unknown(officer: Actor, the_door: Door, now: datetime) -> None:
    done = perform(officer, Act("test.knock", new_id(), {"village_code": KURIPAN, "seen_version": 2}), now=now)

    assert codes(settle(officer, done, now)) == ["not_found"]


def test_the_database_keeps_what_was_decided(officer: Actor, the_door: Door, now: datetime) -> None:
    settle(officer, sent(officer, now), now, "discard")

    with pytest.raises(DatabaseError, match="what was decided never changes"), transaction.atomic():
        ReviewDecision.objects.update(decision="applied")
    with pytest.raises(DatabaseError, match="decisions are never deleted"), transaction.atomic():
        ReviewDecision.objects.all().delete()


def test_an_action_without_a_permission_of_its_own_must_ask_for_some(
    officer: Actor, the_door: Door, now: datetime
) -> None:
    @action("test.anything", None)
    def anything(*, by: Actor, given: Knock, now: datetime) -> None:
        unit.record("test.anything")

    with pytest.raises(PermissionNotAsked):
        perform(officer, Act("test.anything", new_id(), {"village_code": KURIPAN}), now=now)
