"""Two phones, a desk, a server and a bad network, played from a seed; then everything heals and must agree.

`play(story, steps)` leaves in `story.findings` what is wrong at the end. The same seed plays the same story.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.door import Act, perform
from desmigratif.audit.models import Event, FactDelta, Outcome, Receipt, ReviewPayload
from desmigratif.audit.verify import verify_chains
from desmigratif.cases.models import Visit
from desmigratif.regions.queries import today_in
from desmigratif.sync.rules.outbox import Item, State, may_discard, mended, seen
from simulator.device import Device, NotNow, Question
from simulator.hub import Hub

KURIPAN = "33.07.10.2004"
PURPOSES = ("ask_information", "report_intention", "offer", "letter", "papers", "trouble")
STEPS = 120
ROUNDS_TO_HEAL = 60
OFTEN = {
    "enter_visit": 10, "look_at_outbox": 6, "begin_round": 18, "deliver": 60, "time_out": 3, "phone_restart": 4,
    "hub_restart": 2, "backup": 3, "restore": 2, "desk_visit": 3,
}  # fmt: skip
Json = dict[str, Any]


@dataclass
class Wire:
    """One message under way: a question to the hub, or the answer to a device's flight."""

    device: int
    flight: int
    question: Question | None = None
    status: int = 0
    raw: str = ""


@dataclass
class Wish:
    """A visit that somebody entered on a phone, every payload they ever saved for it, and whether they gave it up."""

    item_id: str
    payloads: list[Json]
    discarded: bool = False


@dataclass
class Story:
    """Everything that counts in one play."""

    seed: int
    data: Path
    officers: tuple[Actor, Actor]
    residents: tuple[UUID, UUID]
    now: datetime
    rng: random.Random = field(init=False)
    hub: Hub = field(init=False)
    devices: list[Device] = field(init=False)
    flights: list[int] = field(default_factory=lambda: [0, 0])
    wires: list[Wire] = field(default_factory=list)
    wishes: dict[str, Wish] = field(default_factory=dict)
    findings: list[str] = field(default_factory=list)
    happened: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.rng = random.Random(self.seed)
        self.hub = Hub(self.data)
        self.devices = [Device(name, KURIPAN, page=self.rng.choice((1, 2, 3, 50))) for name in ("hp-1", "hp-2")]
        self.hub.back_up()

    # the person at the phone

    def new_id(self) -> str:
        return str(UUID(int=self.rng.getrandbits(128), version=4))

    def payload(self, place: int) -> Json:
        day = today_in(KURIPAN, self.now + timedelta(days=self.rng.choice((0, 0, 0, 0, -3, 1))))
        alive, dead = self.residents
        resident = self.rng.choices((None, alive, dead), (10, 2, 1))[0]
        return {
            "visit_id": self.new_id(),
            "village_code": KURIPAN,
            "visitor_name": f"Tamu {place}-{len(self.wishes)}",
            "resident_id": str(resident) if resident else None,
            "on": day.isoformat(),
            "place": self.rng.choice(("home", "event", "phone")),
            "purpose": self.rng.choice((*PURPOSES, *PURPOSES, "nonsense")),
            "topics": self.rng.choice(([], ["costs"], ["costs", "risks"], ["gossip"])),
            "note": self.rng.choice((None, "Minta ditelepon sore.")),
        }

    def enter_visit(self, place: int) -> None:
        payload = self.payload(place)
        item = Item(self.new_id(), "cases.record_visit", payload)
        self.devices[place].made_at[item.id] = (self.now + timedelta(days=self.rng.randint(-4000, 4000))).isoformat()
        self.devices[place].put(item)
        self.wishes[payload["visit_id"]] = Wish(item.id, [payload])

    def look_at_outbox(self, place: int) -> None:
        """The person reads what was refused or waits for a decision, and does something about it."""
        device = self.devices[place]
        for item in device.items():
            if item.state == State.REVIEW:
                self.happened["to review"] += 1
                device.put(seen(item))
            elif item.state == State.REFUSED:
                self.handle_refusal(device, item)

    def handle_refusal(self, device: Device, item: Item) -> None:
        codes = {reason["code"] for reason in item.reasons}
        self.happened["refused"] += 1
        if not item.reasons:
            self.findings.append(f"{item.id} was refused without a reason")
        if self.stands_as_entered(item.payload):
            self.findings.append(f"visit {item.payload['visit_id']} is done and shown as refused: {sorted(codes)}")
        if "id_reused" in codes or (self.rng.random() < 0.15 and may_discard(item)):
            self.happened["discarded"] += 1
            self.wishes[item.payload["visit_id"]].discarded = True
            del device.outbox[item.id]
            return
        right = {**item.payload, "on": today_in(KURIPAN, self.now).isoformat(), "purpose": "offer", "topics": []}
        payload = item.payload if self.rng.random() < 0.2 else right
        self.wishes[item.payload["visit_id"]].payloads.append(payload)
        self.happened["put right"] += 1
        device.put(mended(item, payload))

    def stands_as_entered(self, payload: Json) -> bool:
        row = Visit.objects.in_village(KURIPAN).filter(id=payload["visit_id"]).first()
        return row is not None and says(row, payload)

    # the network and the hub

    def ask(self, place: int, question: Question) -> None:
        self.flights[place] += 1
        wire = Wire(place, self.flights[place], question)
        luck = self.rng.random()
        if luck < 0.12:
            self.happened["question lost"] += 1
            return
        self.wires.append(wire)
        if luck < 0.24:
            self.happened["question doubled"] += 1
            self.wires.append(wire)

    def deliver(self, _: int) -> None:
        """Any message under way, not the oldest: the network reorders."""
        if not self.wires:
            return
        wire = self.wires.pop(self.rng.randrange(len(self.wires)))
        if wire.question is None:
            self.hand_over(wire)
            return
        raw = json.dumps(wire.question.body)
        luck = self.rng.random()
        if luck < 0.06 and wire.question.door == "push":
            self.happened["question cut off"] += 1
            raw = raw[: self.rng.randrange(len(raw))]
        elif luck < 0.12 and wire.question.door == "push":
            self.happened["hub died within a batch"] += 1
            some = wire.question.body["actions"][: self.rng.randint(0, len(wire.question.body["actions"]))]
            self.hub.answer(
                self.officers[wire.device], "push", json.dumps({**wire.question.body, "actions": some}), self.now
            )
            return
        status, text = self.hub.answer(self.officers[wire.device], wire.question.door, raw, self.now)
        self.send_back(Wire(wire.device, wire.flight, None, status, text))

    def send_back(self, wire: Wire) -> None:
        luck = self.rng.random()
        if luck < 0.12:
            self.happened["answer lost"] += 1
            return
        if luck < 0.20:
            self.happened["error after commit"] += 1
            wire.status, wire.raw = 502, "<h1>Bad gateway</h1>"
        elif luck < 0.28:
            self.happened["answer cut off"] += 1
            wire.raw = wire.raw[: self.rng.randrange(len(wire.raw))]
        self.wires.append(wire)
        if luck > 0.92:
            self.happened["answer doubled"] += 1
            self.wires.append(wire)

    def hand_over(self, wire: Wire) -> None:
        """An answer to an earlier flight finds nobody waiting for it."""
        if wire.flight != self.flights[wire.device] or self.devices[wire.device].running is None:
            self.happened["answer too late"] += 1
            return
        self.go_on(wire.device, wire)

    def go_on(self, place: int, wire: Wire | None) -> None:
        """Let a device's round take one more step: a beginning (no wire yet), an answer, or a time-out."""
        device = self.devices[place]
        self.flights[place] += 1  # whatever else comes for the old flight is late
        try:
            if device.running is None:
                device.running = device.round()
                question = next(device.running)
            elif wire is None:
                question = device.running.throw(NotNow("time-out"))
            else:
                question = device.running.send(read_answer(wire))
        except StopIteration:
            device.running = None
        except NotNow:
            device.running = None
        else:
            self.ask(place, question)

    # what happens, step by step

    def step(self) -> None:
        self.now += timedelta(seconds=self.rng.choice((1, 5, 60, 600, 7200)))
        what = self.rng.choices(tuple(OFTEN), tuple(OFTEN.values()))[0]
        self.happened[what] += 1
        getattr(self, what)(self.rng.randrange(2))

    def begin_round(self, place: int) -> None:
        if self.devices[place].running is None:
            self.go_on(place, None)

    def time_out(self, place: int) -> None:
        if self.devices[place].running is not None:
            self.go_on(place, None)

    def phone_restart(self, place: int) -> None:
        self.devices[place].restart()

    def hub_restart(self, _: int) -> None:
        """Answers under way die with the process; questions on their way find the new one."""
        self.wires = [wire for wire in self.wires if wire.question]

    def backup(self, _: int) -> None:
        self.hub.back_up()

    def restore(self, _: int) -> None:
        self.hub.restore(self.rng.randrange(len(self.hub.backups)))

    def desk_visit(self, _: int) -> None:
        visit_id = self.new_id()
        given = {
            "visit_id": visit_id, "village_code": KURIPAN, "visitor_name": "Tamu balai desa", "purpose": "letter",
            "on": today_in(KURIPAN, self.now).isoformat(),
        }  # fmt: skip
        perform(self.officers[0], Act("cases.record_visit", UUID(self.new_id()), given), now=self.now)
        self.hub.desk_visits.add(visit_id)

    def heal(self) -> None:
        """The network mends, people look at their phones, and rounds run until nothing waits any more."""
        self.wires.clear()
        for device in self.devices:
            device.restart()
        for _ in range(ROUNDS_TO_HEAL):
            self.now += timedelta(hours=6)
            for place in (0, 1):
                self.look_at_outbox(place)
                self.whole_round(place)
            if not any(item.state != State.KEPT for device in self.devices for item in device.items()):
                break
        else:
            self.findings.append("the outboxes did not empty")
        for place in (0, 1):
            self.whole_round(place)

    def whole_round(self, place: int) -> None:
        going = self.devices[place].round()
        try:
            question = next(going)
            while True:
                status, text = self.hub.answer(self.officers[place], question.door, json.dumps(question.body), self.now)
                question = going.send(read_answer(Wire(place, 0, None, status, text)))
        except StopIteration:
            return
        except NotNow as problem:
            self.findings.append(f"{self.devices[place].name}: no round over a whole network: {problem}")

    # what must hold at the end

    def check(self) -> None:
        visits = {str(visit.id): visit for visit in Visit.objects.in_village(KURIPAN)}
        for check in (self.check_wishes, self.check_once, self.check_packs):
            check(visits)
        if verify_chains().broken:
            self.findings.append(f"the audit chain is broken: {verify_chains().broken}")

    def check_wishes(self, visits: dict[str, Visit]) -> None:
        review = {str(i) for i in ReviewPayload.objects.values_list("receipt__act_id", flat=True)}
        for visit_id, wish in self.wishes.items():
            row = visits.get(visit_id)
            if row is None and wish.item_id not in review and not wish.discarded:
                self.findings.append(f"visit {visit_id} was lost")
            if row is not None and not any(says(row, payload) for payload in wish.payloads):
                self.findings.append(f"visit {visit_id} says what nobody entered")
        if strange := set(visits) - set(self.wishes) - self.hub.desk_visits:
            self.findings.append(f"visits nobody entered: {sorted(strange)}")
        if missing := self.hub.desk_visits - set(visits):
            self.findings.append(f"visits of the desk were lost: {sorted(missing)}")

    def check_once(self, visits: dict[str, Visit]) -> None:
        names = Counter(v.visitor_name for v in visits.values() if v.visitor_name not in ("", "Tamu balai desa"))
        facts = Counter(FactDelta.objects.filter(code="A1").values_list("key", flat=True))
        events = Counter(
            row["id"]
            for subjects in Event.objects.filter(event="visit.recorded").values_list("subjects", flat=True)
            for row in subjects
            if row["type"] == "visit"
        )
        if twice := [name for name, count in names.items() if count > 1]:
            self.findings.append(f"visits were doubled: {twice}")
        for what, counted in (("fact", facts), ("event", events)):
            if wrong := {key: counted[key] for key in {*counted, *visits} if counted[key] != (key in visits)}:
                self.findings.append(f"not one {what} for each visit: {wrong}")
        done = Receipt.objects.filter(action="cases.record_visit", outcome=Outcome.DONE).count()
        if done != len(visits):
            self.findings.append(f"{done} receipts for {len(visits)} visits")

    def check_packs(self, visits: dict[str, Visit]) -> None:
        for device in self.devices:
            if set(device.pack) != set(visits):
                odd = set(device.pack) ^ set(visits)
                self.findings.append(f"{device.name} and the hub differ: {sorted(odd)}")
            for visit_id, card in device.pack.items():
                row = visits.get(visit_id)
                if row and (card["purpose"], card["on"], card["version"]) != (
                    row.purpose,
                    row.on.isoformat(),
                    row.version,
                ):
                    self.findings.append(f"{device.name} holds an old {visit_id}")
                if "note_sealed" in card or "note" in card:
                    self.findings.append(f"{device.name} holds the note of {visit_id}")


def says(row: Visit, payload: Json) -> bool:
    """Whether a stored visit is what was entered."""
    name = "" if payload["resident_id"] else payload["visitor_name"]
    resident = str(row.resident_id) if row.resident_id else None
    return (name, payload["resident_id"], payload["on"], payload["place"], payload["purpose"], payload["topics"]) == (
        row.visitor_name, resident, row.on.isoformat(), row.place, row.purpose, row.topics,
    )  # fmt: skip


def read_answer(wire: Wire) -> Json:
    """What `ask` in sync.js makes of an answer. Raises `NotNow`."""
    try:
        answer: Json = json.loads(wire.raw)
    except ValueError as problem:
        raise NotNow("cut off") from problem
    if wire.status != 200:
        raise NotNow(f"status {wire.status}")
    return answer


def play(story: Story, steps: int) -> None:
    """Let it happen, let it heal, and note in `story.findings` what is wrong."""
    for _ in range(steps):
        story.step()
    story.heal()
    story.check()
