"""The demo's villages in the programme: two pilots, one of 2017, one in its second year; made-up decrees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from desmigratif.access.actor import Actor
from desmigratif.access.door import do
from desmigratif.demo.world import CAMPLONG, GARUNG, KENANGA, KURIPAN
from desmigratif.programme.rules.steps import steps_on
from desmigratif.regions.queries import today_in
from desmigratif.shared.ids import new_id

DECREE = "SK contoh {number}/{year}"


@dataclass(frozen=True, slots=True)
class Plan:
    """A village's decree and how many steps it took, the first ones first; one step every so many days."""

    village: str
    programme: str
    on: date
    steps: int
    every: int = 90


PLANS = (
    Plan(KURIPAN.code, "desmigratif", date(2016, 12, 30), 12),
    Plan(KURIPAN.code, "emas", date(2025, 6, 25), 3, every=60),
    Plan(KENANGA.code, "desmigratif", date(2016, 12, 27), 13),
    Plan(CAMPLONG.code, "desmigratif", date(2017, 9, 11), 8),
    Plan(GARUNG.code, "desmigratif", date(2024, 10, 14), 5, every=120),
)


def tell_programme(by: Actor, now: datetime) -> None:
    """Decrees and steps of the demo's villages."""
    for number, plan in enumerate(PLANS, start=1):
        membership = {"village_code": plan.village, "membership_id": new_id()}
        decree = DECREE.format(number=number, year=plan.on.year)
        _act(by, now, "join_programme", {**membership, "programme": plan.programme, "decree": decree, "on": plan.on})
        today = today_in(plan.village, now)
        for place, step in enumerate(steps_on(today)[: plan.steps], start=1):
            earliest = plan.on + timedelta(days=max(plan.every * place, 31 * step.from_month))
            _act(by, now, "record_step", {**membership, "step": step.code, "on": min(earliest, today)})


def _act(by: Actor, now: datetime, name: str, given: dict[str, Any]) -> None:
    do(by, f"programme.{name}", given, now=now, act_id=new_id(), via="demo")
