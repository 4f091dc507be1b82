"""Kuripan with its letterhead and a handful of facts of October, added up; and everybody who has a part in a report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest

from desmigratif.access.actor import Actor, operator, person
from desmigratif.access.door import do
from desmigratif.audit.models import FactDelta
from desmigratif.indicators.roll_ups.folding import fold
from desmigratif.reports.models import VillageReport
from desmigratif.shared.ids import new_id

KURIPAN, WONOSOBO = "33.07.10.2004", "33.07"
OCTOBER = {"year": 2026, "month": 10}
FACTS = (("A1", 84, 0), ("A5", 6, 7), ("A13", 5, 7), ("B3", 2, 3))


@pytest.fixture(autouse=True)
def on_the_morning(morning: None) -> None:
    """Every test here is on the tests' morning."""


def fact(code: str, numerator: int, denominator: int, *, village: str = KURIPAN, on: date = date(2026, 10, 20)) -> None:
    FactDelta.objects.create(code=code, village_code=village, on=on, numerator=numerator, denominator=denominator)


@pytest.fixture
def october(places: None, now: datetime) -> None:
    given = {"office_id": new_id(), "key_id": new_id(), "village_code": KURIPAN, "address": "Jalan Balai Desa 1",
             "head_name": "Suwarno Hadi", "letter_code": "DS-KRP"}  # fmt: skip
    do(operator(), "documents.set_up_office", given, now=now, act_id=new_id())
    for code, numerator, denominator in FACTS:
        fact(code, numerator, denominator)
    fold(now)


@dataclass(frozen=True)
class Round:
    """A month's report going from hand to hand."""

    now: datetime
    officer: Actor
    head: Actor
    coordinator: Actor

    def act(self, by: Actor, name: str, **given: Any) -> Any:
        return do(by, f"reports.{name}", {"village_code": KURIPAN, **given}, now=self.now, act_id=new_id())

    def written(self, **words: Any) -> UUID:
        id = new_id()
        self.act(self.officer, "write_report", report_id=id, **OCTOBER, **words)
        return id

    def checked(self, **words: Any) -> UUID:
        id = self.written(**words)
        self.act(self.officer, "sign_report", report_id=id)
        return id

    def sent(self, **words: Any) -> UUID:
        id = self.checked(**words)
        self.act(self.head, "send_report", report_id=id, paper_id=new_id())
        return id

    def returned(self, text: str = "Lengkapi A13 di Sikapat.") -> UUID:
        id = self.sent()
        self.act(self.coordinator, "return_report", report_id=id, remark_id=new_id(), text=text)
        return id


@pytest.fixture
def going(october: None, officer: Actor, now: datetime) -> Round:
    head = person(new_id(), "Suwarno Hadi", ("village_head", KURIPAN))
    return Round(now, officer, head, person(new_id(), "Handoko", ("regency_coordinator", WONOSOBO)))


@pytest.fixture
def report_of() -> Callable[[UUID], VillageReport]:
    return lambda id: VillageReport.objects.in_village(KURIPAN).select_related("paper").get(id=id)
