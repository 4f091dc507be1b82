"""What runs by itself: each minute new facts are added to the figures, each night time is reckoned with."""

from __future__ import annotations

from datetime import datetime

from desmigratif.access.actor import operator
from desmigratif.access.door import do
from desmigratif.access.scope import acting_as
from desmigratif.indicators.recounts import reckoning
from desmigratif.indicators.roll_ups import folding
from desmigratif.regions.queries import today_in
from desmigratif.shared.ids import new_id


def fold_facts(now: datetime) -> int:
    """Add what was appended since the last time; returns how many facts."""
    return folding.fold(now)


def reckon_villages(now: datetime) -> int:
    """Compare the facts of every village with its records; returns in how many something was missing."""
    by, behind = operator("pekerjaan latar"), 0
    folding.fold(now)
    for code in reckoning.villages_to_reckon():
        today = today_in(code, now)
        with acting_as(by):
            is_behind = bool(reckoning.differences(code, today))
        if is_behind:
            given = {"village_code": code, "on": today}
            do(by, "indicators.reckon_village", given, now=now, act_id=new_id(), via="job")
            behind += 1
    folding.fold(now)
    return behind
