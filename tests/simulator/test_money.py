"""Sheets of meetings over a bad network, and a server that is restored: no rupiah is lost, none is taken twice."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from desmigratif.access.actor import Actor
from desmigratif.audit.models import ReviewPayload
from desmigratif.cooperative.models import MoneySlip, TillDay
from desmigratif.cooperative.queries.collection.sheets import next_seal
from desmigratif.cooperative.queries.ledger.verify import verify_books
from desmigratif.cooperative.queries.till import expected_in
from desmigratif.cooperative.tests.collection.test_sheet import Meeting
from desmigratif.shared.ids import new_id
from desmigratif.sync.queries import SAFE_FILE
from desmigratif.sync.rules.outbox import Item, State, mended, seen
from simulator.device import Device, NotNow
from simulator.hub import Hub
from simulator.world import KURIPAN

SEEDS, STEPS = 6, 30
Json = dict[str, Any]


class Hamlets:
    """Two cashiers with a phone each, one cooperative, one till each; `happened` is what the network did."""

    def __init__(self, seed: int, meeting: Meeting, data: Path) -> None:
        self.rng, self.meeting, self.hub = random.Random(seed), meeting, Hub(data)
        self.cashiers = (meeting.cashier, meeting.treasurer)
        self.phones = [Device(name, KURIPAN, page=self.rng.choice((1, 3))) for name in ("hp-1", "hp-2")]
        self.wishes: dict[str, Json] = {}
        self.happened: set[str] = set()
        self.hub.back_up()

    def new_id(self) -> str:
        return str(UUID(int=self.rng.getrandbits(128), version=4))

    def fill_in(self, place: int) -> None:
        """A sheet of some lines; now and then one with a sum that nobody owes."""
        meeting, rng = self.meeting, self.rng
        wild = rng.random() < 0.15
        sheet: Json = {
            "cooperative_id": str(meeting.id), "village_code": KURIPAN, "on": meeting.today.isoformat(),
            "seen_version": next_seal(meeting.cooperative),
            "compulsory": [
                {"entry_id": self.new_id(), "member_id": str(id), "amount_rupiah": 90_000_000 if wild else 10_000}
                for id in rng.sample(meeting.members, rng.randint(0, 2))
            ],
            "savings": [
                {"entry_id": self.new_id(), "account_id": str(id), "amount_rupiah": rng.randint(1, 50) * 1_000}
                for id in rng.sample(meeting.accounts, rng.randint(1, 2))
            ],
            "lines": [{"entry_id": self.new_id(), "loan_id": str(meeting.loan_id), "amount_rupiah": 30_000}]
            if rng.random() < 0.4 else [],
        }  # fmt: skip
        item = Item(self.new_id(), "cooperative.take_collection", sheet)
        self.phones[place].made_at[item.id] = meeting.now.isoformat()
        self.phones[place].put(item)
        self.wishes[item.id] = sheet

    def look(self, place: int) -> None:
        """The cashier reads what came back and mends it."""
        for item in self.phones[place].items():
            if item.state == State.REVIEW:
                self.happened.add("to review")
                self.phones[place].put(seen(item))
            elif item.state == State.REFUSED:
                self.happened.add("refused")
                right = {**item.payload, "compulsory": []}
                self.wishes[item.id] = right
                self.phones[place].put(mended(item, right))

    def send(self, place: int, *, luck: bool = True) -> None:
        """One round of pushes; with bad luck a question or its answer is lost, doubled or cut off."""
        going = self.phones[place].push()
        try:
            question = next(going)
            while True:
                raw = json.dumps(question.body)
                chance = self.rng.random() if luck else 1.0
                if chance < 0.1:
                    self.happened.add("question lost")
                    return
                if chance < 0.25:
                    self.happened.add("question doubled")
                    self.answer(place, raw)
                text = self.answer(place, raw)
                if 0.25 <= chance < 0.45:
                    self.happened.add("answer lost")
                    return
                question = going.send(json.loads(text))
        except (StopIteration, NotNow):
            return

    def answer(self, place: int, raw: str) -> str:
        status, text = self.hub.answer(self.cashiers[place], "push", raw, self.meeting.now)
        assert status == 200, text
        return text

    def restore(self, _place: int) -> None:
        self.happened.add("restore")
        self.hub.restore(self.rng.randrange(len(self.hub.backups)))

    def play(self) -> None:
        steps = {self.fill_in: 6, self.look: 3, self.send: 10, self.restore: 1}
        for _ in range(STEPS):
            self.rng.choices(list(steps), list(steps.values()))[0](self.rng.randrange(2))
            if self.rng.random() < 0.1:
                self.hub.back_up()
        for _ in range(6):
            for place in (0, 1):
                self.look(place)
                self.send(place, luck=False)

    def check(self) -> None:
        """Every sheet is entered whole, once, or waits with its names and sums; the tills hold what was entered."""
        cooperative = self.meeting.cooperative
        slips = {str(slip.id): slip.amount_rupiah for slip in MoneySlip.objects.of(cooperative)}
        waiting = {str(id) for id in ReviewPayload.objects.values_list("receipt__act_id", flat=True)}
        assert all(item.state == State.KEPT for phone in self.phones for item in phone.items())
        taken = 0
        for item_id, sheet in self.wishes.items():
            lines = [line for name in ("lines", "compulsory", "savings") for line in sheet[name]]
            there = [line for line in lines if slips.get(line["entry_id"]) == line["amount_rupiah"]]
            assert (len(there) == len(lines)) != (item_id in waiting), "entered, or waiting, and never both"
            assert len(there) in (0, len(lines)), "a sheet is entered whole"
            taken += sum(line["amount_rupiah"] for line in there)
        tills = TillDay.objects.of(cooperative).filter(closed_at__isnull=True)
        assert sum(expected_in(till) - till.opening_rupiah for till in tills) == taken
        assert verify_books(self.meeting.id).broken == ()


@pytest.fixture
def meeting(db: None) -> Iterator[Meeting]:
    found = Meeting()
    treasurer: Actor = found.treasurer
    found.do(treasurer, "open_till", till_id=new_id(), on=found.today, opening_rupiah=0)
    yield found


def test_sheets_over_a_bad_network_lose_and_double_no_rupiah(meeting: Meeting, tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR, settings.SECOND_FACTOR_REQUIRED = tmp_path, False
    happened: set[str] = set()
    for seed in range(SEEDS):
        (tmp_path / SAFE_FILE).unlink(missing_ok=True)
        savepoint = transaction.savepoint()
        story = Hamlets(seed, meeting, tmp_path)
        story.play()
        story.check()
        happened |= story.happened
        transaction.savepoint_rollback(savepoint)
        transaction.savepoint_commit(savepoint)

    assert happened == {
        "question lost", "question doubled", "answer lost", "to review", "refused", "restore",
    }  # fmt: skip
