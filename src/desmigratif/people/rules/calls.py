"""Calls between a village and somebody far away: agreed evenings, in the clocks of both. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta, timezone

from desmigratif.regulations.time_zones import zone, zones_of

WEEKDAYS = {0: "Senin", 1: "Selasa", 2: "Rabu", 3: "Kamis", 4: "Jumat", 5: "Sabtu", 6: "Minggu"}
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Call:
    """One agreed moment: as the clock stands there, and as it stands in the village."""

    there: datetime
    here: datetime


def zone_name(country: str, chosen: str = "") -> str:
    """The zone somebody lives in: the chosen one when it is that country's, else its most peopled; "" = not known."""
    zones = zones_of(country)
    return chosen if chosen in zones else (zones[0] if zones else "")


def next_calls(
    weekdays: Iterable[int], at: time | None, zone_called: str, offset_hours: int, now: datetime, *, count: int = 3
) -> list[Call]:
    """The next agreed moments, in both clocks. The hour is the worker's: it is their evening off that counts."""
    wanted = frozenset(weekdays)
    if not wanted or at is None or not zone_called:
        return []
    there, here = zone(zone_called), timezone(timedelta(hours=offset_hours))
    day = now.astimezone(there).date()
    found: list[Call] = []
    while len(found) < count:
        moment = datetime.combine(day, at, there)
        if day.weekday() in wanted and moment >= now:
            found.append(Call(moment, moment.astimezone(here)))
        day += _DAY
    return found
