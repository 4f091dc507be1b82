"""A phone in Python: `frontend/src/outbox/store.js` and `sync.js`, step by step and under the same names.

What IndexedDB keeps stands in the fields; what a restart loses stands in `running`.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field
from typing import Any

from desmigratif.sync.rules.outbox import Item, State, is_safe, offered_again, to_send, with_receipt

Json = dict[str, Any]


@dataclass(frozen=True)
class Question:
    """What a device asks the server: the address's last word and what it carries."""

    door: str
    body: Json


class NotNow(Exception):
    """No answer, or one that is cut off or an error: everything stays as it is and is tried again."""


Round = Generator[Question, Json, None]


@dataclass
class Device:
    name: str
    village: str
    page: int = 3
    outbox: dict[str, Item] = field(default_factory=dict)
    made_at: dict[str, str] = field(default_factory=dict)
    pack: dict[str, Json] = field(default_factory=dict)
    epoch: str | None = None
    cursor: int = 0
    running: Round | None = None

    # store.js

    def items(self) -> list[Item]:
        return list(self.outbox.values())

    def put(self, item: Item) -> None:
        self.outbox[item.id] = item

    def adopt(self, epoch: str) -> bool:
        known, self.epoch = self.epoch, epoch
        if known in (None, epoch):
            return False
        self.cursor = 0
        for item in self.items():
            self.put(offered_again(item))
        return True

    def take_receipts(self, sent: list[Item], receipts: list[Json]) -> int:
        settled = 0
        for one in sent:
            receipt = next((row for row in receipts if row["id"] == one.id), None)
            item = self.outbox.get(one.id)
            if receipt is None or item is None:
                continue
            after = with_receipt(item, one.turn, receipt)
            if after is not item:
                self.put(after)
                settled += 1
        return settled

    def take_news(self, news: Json) -> None:
        for change in news["changes"]:
            if change["record"]:
                self.pack[change["id"]] = {**change["record"], "epoch": news["epoch"]}
            else:
                self.pack.pop(change["id"], None)
        self.cursor = news["change_no"]
        if news["more"]:
            return
        self.pack = {key: row for key, row in self.pack.items() if row["epoch"] == news["epoch"]}
        self.outbox = {key: item for key, item in self.outbox.items() if not is_safe(item, news["safe_mark"])}

    # sync.js

    def push(self) -> Round:
        while sent := to_send(self.items(), self.page):
            actions = [
                {"id": i.id, "action": i.action, "payload": i.payload, "made_at": self.made_at[i.id]} for i in sent
            ]
            answer = yield Question("push", {"device": self.name, "epoch": self.epoch, "actions": actions})
            is_new_life = self.adopt(answer["epoch"])
            settled = 0 if is_new_life else self.take_receipts(sent, answer["receipts"])
            if not is_new_life and not settled:
                raise NotNow("no receipt")

    def pull(self) -> Generator[Question, Json, bool]:
        while True:
            news = yield Question("pull", {"village": self.village, "after": self.cursor, "limit": self.page})
            if self.adopt(news["epoch"]):
                return False
            self.take_news(news)
            if not news["more"]:
                return True

    def round(self) -> Round:
        yield from self.push()
        while not (yield from self.pull()):
            yield from self.push()

    def restart(self) -> None:
        self.running = None

    def waits(self) -> bool:
        return any(item.state == State.WAITING for item in self.items())
