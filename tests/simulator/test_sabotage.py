"""The simulator must be able to fail: each of these breaks one promise, and the findings must say so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from desmigratif.access import door
from desmigratif.audit import unit
from desmigratif.shared.ids import new_id
from desmigratif.sync import actions
from desmigratif.sync.rules.outbox import Item, State, to_send
from simulator import device
from simulator.device import Device, Question, Round
from simulator.world import Story

SEEDS = 12


def findings(play_seed: Callable[[int], Story]) -> str:
    return "\n".join(line for seed in range(SEEDS) for line in play_seed(seed).findings)


def test_a_hub_that_takes_every_arrival_for_a_new_act_doubles_visits(
    play_seed: Callable[[int], Story], monkeypatch: pytest.MonkeyPatch
) -> None:
    perform = door.perform

    def without_ids(by: Any, act: door.Act, *, now: Any) -> Any:
        fresh = replace(act, act_id=new_id(), payload={**act.payload, "visit_id": str(new_id())})
        receipt = perform(by, fresh, now=now)
        receipt.act_id = act.act_id
        return receipt

    monkeypatch.setattr(actions, "perform", without_ids)

    assert "visits were doubled" in findings(play_seed)


def test_a_door_that_forgets_its_receipts_shows_done_visits_as_refused(
    play_seed: Callable[[int], Story], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "_standing_receipt", lambda by, act_id: None)

    assert "is done and shown as refused" in findings(play_seed)


def test_a_phone_that_does_not_wait_for_receipts_loses_visits(
    play_seed: Callable[[int], Story], monkeypatch: pytest.MonkeyPatch
) -> None:
    def push_and_forget(self: Device) -> Round:
        while sent := to_send(self.items(), self.page):
            wishes = [{"id": i.id, "action": i.action, "payload": i.payload} for i in sent]
            for item in sent:
                del self.outbox[item.id]
            answer = yield Question("push", {"device": self.name, "epoch": self.epoch, "actions": wishes})
            self.adopt(answer["epoch"])

    monkeypatch.setattr(Device, "push", push_and_forget)

    assert "was lost" in findings(play_seed)


def test_a_phone_that_forgets_before_the_backup_loses_visits_at_a_restore(
    play_seed: Callable[[int], Story], monkeypatch: pytest.MonkeyPatch
) -> None:
    def at_once(item: Item, safe_mark: int) -> bool:
        return item.state == State.KEPT

    monkeypatch.setattr(device, "is_safe", at_once)

    assert "was lost" in findings(play_seed)


def test_a_phone_that_does_not_notice_a_new_epoch_ends_up_elsewhere(
    play_seed: Callable[[int], Story], monkeypatch: pytest.MonkeyPatch
) -> None:
    def only_the_name(self: Device, epoch: str) -> bool:
        self.epoch = epoch
        return False

    monkeypatch.setattr(Device, "adopt", only_the_name)

    found = findings(play_seed)
    assert "was lost" in found
    assert "and the hub differ" in found


def test_an_action_that_forgets_the_change_log_leaves_phones_behind(
    play_seed: Callable[[int], Story], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unit, "changed", lambda *_, **__: None)

    assert "and the hub differ" in findings(play_seed)
