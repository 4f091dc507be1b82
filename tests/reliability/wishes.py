"""What people ask of the server in these tests, as the doors take it; and what counts as an answer "done"."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from desmigratif.people.rules.register_sheet.write import write_sheet
from desmigratif.shared.ids import new_id

KURIPAN, KENANGA = "33.07.10.2004", "32.12.16.2004"
DISTRICT = {KURIPAN: "330710", KENANGA: "321216"}
Json = dict[str, Any]
Ack = dict[str, str]


class Unexpected(Exception):
    """The server answered something else than "done", and not because it was dying."""


def today() -> date:
    return (datetime.now(UTC) + timedelta(hours=7)).date()


def sheet(code: str, first: int, count: int) -> bytes:
    """A register sheet of `count` made-up people with serial numbers from `first`; couples, two to a family."""
    rows = []
    for number in range(first, first + count):
        wife = number % 2
        day = 41 if wife else 1
        rows.append(
            {
                "nama": f"{'Siti' if wife else 'Budi'} Contoh", "sex": 2 if wife else 1,
                "nik": f"{DISTRICT[code]}{day:02d}0190{number % 10000:04d}",
                "no_kk": f"{DISTRICT[code]}010120{number // 2 % 10000:04d}",
                "tanggallahir": date(1990, 1, 1), "tempatlahir": "Wonosobo", "status_kawin": 2,
                "kk_level": 3 if wife else 1, "pekerjaan_id": 9, "dusun": "Krajan", "rw": "001", "rt": "002",
                "warganegara_id": 1, "agama_id": 1, "status_dasar": 1,
            }
        )  # fmt: skip
    target = io.BytesIO()
    write_sheet(rows, target)
    return target.getvalue()


def fresh() -> str:
    return str(new_id())


def _ack(kind: str, act: str, record: str) -> Ack:
    return {"kind": kind, "act": act, "record": record}


@dataclass
class Push:
    """A phone's outbox with a few visits."""

    session: str
    count: int
    on: date = field(default_factory=today)  # as it was first said, also when it is asked again after midnight
    visits: list[tuple[str, str]] = field(init=False)

    def __post_init__(self) -> None:
        self.visits = [(fresh(), fresh()) for _ in range(self.count)]

    def body(self) -> str:
        given = {
            "village_code": KURIPAN,
            "on": str(self.on),
            "visitor_name": "Tamu",
            "purpose": "other",
            "note": "x" * 300,
        }
        actions = [
            {"id": act, "action": "cases.record_visit", "payload": {**given, "visit_id": visit, "note": "x" * 300}}
            for act, visit in self.visits
        ]
        return json.dumps({"device": "hp-uji", "actions": actions})

    def done(self, status: int, content: bytes) -> list[Ack]:
        if status != 200:
            raise Unexpected(f"push {status}")
        receipts = {row["id"]: row for row in json.loads(content)["receipts"]}
        if any(row["outcome"] != "done" for row in receipts.values()):
            raise Unexpected(f"push {receipts}")
        return [_ack("visit", act, visit) for act, visit in self.visits if act in receipts]


@dataclass
class Issue:
    """The family's permission letter, from the desk's form."""

    session: str
    case: str
    act: str = field(default_factory=fresh)
    letter: str = field(default_factory=fresh)
    on: date = field(default_factory=today)

    @property
    def path(self) -> str:
        return f"/pelayanan/rencana/{self.case}/surat/"

    def fields(self) -> Json:
        on = self.on.strftime("%d-%m-%Y")
        return {
            "act_id": self.act,
            "record_id": self.letter,
            "on": on,
            "agency": "PT Contoh Karya Mandiri",
            "contract_months": "24",
        }

    def done(self, status: int, location: str) -> list[Ack]:
        if status != 302 or self.letter not in location:
            raise Unexpected(f"letter {status} {location}")
        return [_ack("letter", self.act, self.letter)]


@dataclass
class Revoke:
    """The same letter taken back, so that the case may have another."""

    session: str
    letter: str
    act: str = field(default_factory=fresh)
    on: date = field(default_factory=today)

    @property
    def path(self) -> str:
        return f"/surat/{self.letter}/cabut/"

    def fields(self) -> Json:
        return {"act_id": self.act, "reason": "wrong_data", "on": self.on.strftime("%d-%m-%Y")}

    def done(self, status: int, location: str) -> list[Ack]:
        if status != 302:
            raise Unexpected(f"revocation {status}")
        return [_ack("revocation", self.act, self.letter)]


@dataclass
class Import:
    """A register sheet of a few people: tried, then written; done when its page says so."""

    session: str
    content: bytes
    page: str = ""

    def done(self, page: str, content: bytes) -> list[Ack]:
        batch = re.search(r"/warga/impor/([0-9a-f-]{36})/", page)
        if not batch:
            raise Unexpected(f"import sent to {page}")
        if b"/batalkan/" not in content:
            raise Unexpected(f"import {batch[1]} is not written")
        return [_ack("import", batch[1], batch[1])]


Wish = Push | Issue | Revoke | Import


def of_a_round(world: Json, number: int) -> Iterator[Wish]:
    """Some of each kind."""
    session = world["sessions"][KURIPAN]
    yield Push(session, 1 + number % 3)
    letter = Issue(session, world["case"])
    yield letter
    yield Import(world["sessions"][KENANGA], sheet(KENANGA, 10 + 6 * number, 5))
    yield Push(session, 1)
    yield Revoke(session, letter.letter)
