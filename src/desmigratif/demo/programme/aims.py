"""What the demo's regions aim at, and the month whose figures are published."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from desmigratif.access.actor import Actor
from desmigratif.access.door import do
from desmigratif.indicators.rules.periods import Month
from desmigratif.regions.queries import today_in
from desmigratif.regions.rules import NATION
from desmigratif.shared.ids import new_id

# region, indicator, target in its unit
AIMS = (
    (NATION, "F1", 550), (NATION, "A5", 80), (NATION, "A15", 90), (NATION, "B3", 70), (NATION, "C1", 60),
    ("33.07", "F1", 8), ("33.07", "A5", 85), ("33.07", "A14", 75), ("33.07", "A20", 90), ("33.07", "D2", 70),
    ("32.12", "F1", 12), ("32.12", "A5", 75),
)  # fmt: skip


def tell_aims(by: Actor, now: datetime) -> None:
    """Targets of this year, and the figures of the month before last: reports of the last one are under way."""
    today = today_in(NATION, now)
    for region, code, value in AIMS:
        aim = {"target_id": new_id(), "region_code": region, "code": code, "year": today.year, "value": value}
        _act(by, now, "set_target", {**aim, "source": f"Rencana kerja contoh {today.year}"})
    _act(by, now, "publish_month", {"month": str(Month.of(today).previous().previous())})


def _act(by: Actor, now: datetime, name: str, given: dict[str, Any]) -> None:
    do(by, f"indicators.{name}", given, now=now, act_id=new_id(), via="demo")
