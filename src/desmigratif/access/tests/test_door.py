"""The door: one act happens once, whoever asks and however often."""

from __future__ import annotations

import threading
from datetime import datetime
from uuid import UUID

import pytest
from django.db import connection

from desmigratif.access import door
from desmigratif.access.actor import Actor
from desmigratif.access.door import Act, IdReused, PermissionNotAsked, UnknownAction, action, perform
from desmigratif.access.models import Share
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import require
from desmigratif.audit import unit
from desmigratif.audit.models import Event, Outcome, Receipt, ReviewPayload, VillageClock
from desmigratif.audit.verify import verify_chains
from desmigratif.shared import crypto
from desmigratif.shared.ids import new_id
from desmigratif.shared.inputs import Input
from desmigratif.shared.reasons import InvalidInput, NeedsReview, Reason, Refusal

KURIPAN = "33.07.10.2004"


class Knock(Input):
    """A test's act: how it should end."""

    village_code: str
    ending: str = "done"
    amount: int = 0


@pytest.fixture(autouse=True)
def knock_action(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small action, registered for these tests alone."""
    monkeypatch.setattr(door, "REGISTRY", dict(door.REGISTRY))

    @action("test.knock", Permission.VISIT_RECORD)
    def knock(*, by: Actor, given: Knock, now: datetime) -> dict[str, str]:
        if given.ending == "forgets":
            return {}
        require(by, Permission.VISIT_RECORD, given.village_code)
        record_id = new_id()
        unit.record("test.knocked", village_code=given.village_code, amount=given.amount)
        unit.changed("test.knock", given.village_code, record_id)
        if given.ending == "refused":
            raise Refusal(Reason("not_today", "Belum bisa hari ini."))
        if given.ending == "review":
            raise NeedsReview(Reason("clash", "Data di kantor sudah berubah."))
        return {"record_id": str(record_id)}


def knock(by: Actor, now: datetime, act_id: UUID, **payload: object) -> Receipt:
    return perform(by, Act("test.knock", act_id, {"village_code": KURIPAN, **payload}), now=now)


@pytest.mark.django_db
def test_the_same_act_happens_once(officer: Actor, now: datetime) -> None:
    act_id = new_id()

    first = knock(officer, now, act_id)
    again = knock(officer, now, act_id)

    assert first.id == again.id
    assert first.outcome == Outcome.DONE
    assert Event.objects.filter(event="test.knocked").count() == 1


@pytest.mark.django_db
def test_a_finished_id_with_another_payload_is_refused(officer: Actor, now: datetime) -> None:
    act_id = new_id()
    knock(officer, now, act_id, amount=1)

    with pytest.raises(IdReused):
        knock(officer, now, act_id, amount=2)


@pytest.mark.django_db
def test_a_refused_id_may_be_tried_again(officer: Actor, now: datetime) -> None:
    act_id = new_id()

    refused = knock(officer, now, act_id, ending="refused")
    done = knock(officer, now, act_id, ending="done")

    assert refused.outcome == Outcome.REFUSED
    assert refused.reasons == [{"code": "not_today", "text": "Belum bisa hari ini."}]
    assert done.outcome == Outcome.DONE
    assert Receipt.objects.filter(act_id=act_id).count() == 1


@pytest.mark.django_db
def test_a_refused_act_leaves_only_its_receipt_and_event(officer: Actor, now: datetime) -> None:
    knock(officer, now, new_id(), ending="refused")

    assert not Event.objects.filter(event="test.knocked").exists()
    assert Event.objects.get().event == "act.refused"
    assert VillageClock.objects.get(village_code=KURIPAN).change_no == 0


@pytest.mark.django_db
def test_invalid_input_leaves_no_receipt(officer: Actor, now: datetime) -> None:
    with pytest.raises(InvalidInput) as refusal:
        knock(officer, now, new_id(), amount="banyak")

    assert refusal.value.reasons[0].field == "amount"
    assert not Receipt.objects.exists()
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_an_act_to_review_keeps_its_payload_sealed(officer: Actor, now: datetime) -> None:
    receipt = knock(officer, now, new_id(), ending="review", amount=7)

    kept = ReviewPayload.objects.get(receipt=receipt)
    assert receipt.outcome == Outcome.NEEDS_REVIEW
    assert b"amount" not in bytes(kept.sealed)
    opened = crypto.unseal(crypto.keyring().review, kept.sealed, place=f"review:{receipt.id}")
    assert Knock.model_validate_json(opened).amount == 7
    assert knock(officer, now, receipt.act_id, ending="review", amount=7).id == receipt.id


@pytest.mark.django_db
def test_another_actors_id_looks_unknown(officer: Actor, stranger: Actor, now: datetime) -> None:
    act_id = new_id()
    knock(officer, now, act_id)

    refused = knock(stranger, now, act_id)

    assert refused.outcome == Outcome.REFUSED
    assert refused.reasons[0]["code"] == "not_found"


@pytest.mark.django_db
def test_a_strangers_attempt_is_kept_in_the_strangers_own_chain(stranger: Actor, now: datetime) -> None:
    receipt = knock(stranger, now, new_id())

    assert Event.objects.get().village_code == stranger.home_code
    assert receipt.village_code == stranger.home_code


@pytest.mark.django_db
def test_an_action_that_forgets_to_ask_cannot_finish(officer: Actor, now: datetime) -> None:
    with pytest.raises(PermissionNotAsked):
        knock(officer, now, new_id(), ending="forgets")

    assert not Receipt.objects.exists()


@pytest.mark.django_db
def test_an_unknown_action_is_named(officer: Actor, now: datetime) -> None:
    with pytest.raises(UnknownAction):
        perform(officer, Act("test.nothing", new_id(), {}), now=now)


@pytest.mark.django_db
def test_a_share_is_a_row_with_an_end(officer: Actor) -> None:
    assert {f.name for f in Share._meta.get_fields()} >= {"fields", "purpose", "valid_until", "region_code"}


@pytest.mark.django_db(transaction=True)
def test_eight_writers_keep_the_chain_whole(officer: Actor, now: datetime) -> None:
    failures: list[BaseException] = []

    def write_many() -> None:
        try:
            for number in range(12):
                knock(officer, now, new_id(), amount=number)
        except BaseException as problem:
            failures.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=write_many) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    clock = VillageClock.objects.get(village_code=KURIPAN)
    report = verify_chains()
    assert failures == []
    assert (clock.audit_no, clock.change_no) == (96, 96)
    assert report.broken == ()
    assert report.events == 96


@pytest.mark.django_db(transaction=True)
def test_the_same_act_sent_by_eight_at_once_happens_once(officer: Actor, now: datetime) -> None:
    act_id = new_id()
    receipts: list[UUID] = []
    start = threading.Barrier(8)

    def send() -> None:
        try:
            start.wait()
            receipts.append(knock(officer, now, act_id).id)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(receipts) == 8
    assert len(set(receipts)) == 1
    assert Event.objects.filter(event="test.knocked").count() == 1
