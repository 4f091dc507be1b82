"""The demo's villages in the programme: two pilots, one of 2017, one in its second year, and eight of which only steps
and money are known, so that a village can be set beside villages like it. Decrees, steps and money are made up."""

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

PEERS = (  # village, day of the decree, steps, hundredths of its money that were spent this year
    ("33.13.15.2007", date(2018, 5, 7), 12, 91), ("33.13.05.2008", date(2018, 5, 7), 9, 64),
    ("33.13.14.2007", date(2019, 4, 15), 12, 83), ("33.13.04.2009", date(2019, 4, 15), 11, 70),
    ("33.02.15.2003", date(2017, 9, 11), 13, 96), ("33.02.04.2001", date(2017, 9, 11), 10, 38),
    ("35.09.06.2004", date(2017, 10, 2), 12, 77), ("35.09.03.2007", date(2017, 10, 2), 12, 55),
)  # fmt: skip


def tell_programme(by: Actor, now: datetime) -> None:
    """Decrees and steps of the demo's villages."""
    peers = (Plan(code, "desmigratif", on, steps) for code, on, steps, _spent in PEERS)
    for number, plan in enumerate((*PLANS, *peers), start=1):
        membership = {"village_code": plan.village, "membership_id": new_id()}
        decree = DECREE.format(number=number, year=plan.on.year)
        _act(by, now, "join_programme", {**membership, "programme": plan.programme, "decree": decree, "on": plan.on})
        today = today_in(plan.village, now)
        for place, step in enumerate(steps_on(today)[: plan.steps], start=1):
            earliest = plan.on + timedelta(days=max(plan.every * place, 31 * step.from_month))
            _act(by, now, "record_step", {**membership, "step": step.code, "on": min(earliest, today)})


def _act(by: Actor, now: datetime, name: str, given: dict[str, Any]) -> None:
    do(by, f"programme.{name}", given, now=now, act_id=new_id(), via="demo")
