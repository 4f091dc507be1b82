"""Villages of the demo that may be named for a further programme, with made-up figures, and quotas of this year."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from desmigratif.access.actor import Actor
from desmigratif.access.door import do
from desmigratif.demo.world import CAMPLONG, GARUNG, KENANGA, KURIPAN
from desmigratif.programme.rules.selection import criteria_on
from desmigratif.regions.queries import today_in
from desmigratif.shared.ids import new_id

SOURCE, OTHER = "Pendataan desa contoh", "Disnaker contoh"
QUOTAS = {"33.07": 2, "32.12": 1, "53": 20}
# village, programme, placements, another source's placements, deaths, complaints; what the survey found, sign by sign
CANDIDATES = (
    (GARUNG, "emas", 140, 171, 2, 9, "yes yes partly yes no partly unknown", "yes"),
    (KURIPAN, "local", 178, 170, 1, 4, "yes yes yes", ""),
    (KENANGA, "emas", 420, 398, 5, 21, "yes partly yes unknown yes yes no", ""),
    (CAMPLONG, "emas", 88, None, 7, 12, "", ""),
)


def tell_candidates(by: Actor, now: datetime) -> None:
    """Quotas, then each village as far as it came."""
    year = today_in("33.07", now).year
    for region, villages in QUOTAS.items():
        quota = {"quota_id": new_id(), "region_code": region, "year": year, "villages": villages}
        _act(by, now, "set_quota", {**quota, "paper": f"Kuota contoh {year}"})
    for plan, programme, placements, other, deaths, complaints, signs, agreed in CANDIDATES:
        today = today_in(plan.code, now)
        village = {"village_code": plan.code}
        figures = {"placements": placements, "deaths": deaths, "complaints": complaints}
        for metric, value in figures.items():
            _figure(by, now, plan.code, metric, value, SOURCE, today)
        if other is not None:
            _figure(by, now, plan.code, "placements", other, OTHER, today)
        one = {**village, "candidate_id": new_id()}
        proposed = max(today - timedelta(days=90), date(year, 1, 1))
        _act(by, now, "propose_candidate", {**one, "programme": programme, "year": year, "on": proposed})
        if signs:
            found = dict(zip(criteria_on(programme, today), signs.split(), strict=True))
            on = max(today - timedelta(days=60), proposed)
            _act(by, now, "survey_candidate", {**one, "signs": found, "on": on})
        if agreed:
            on = max(today - timedelta(days=30), proposed)
            said = {"agreed": agreed == "yes", "minutes": f"BA contoh 4/{year}", "on": on}
            _act(by, now, "deliberate_candidate", {**one, **said})


def _figure(by: Actor, now: datetime, code: str, metric: str, value: int, source: str, today: date) -> None:
    given = {"metric": metric, "value": value, "source": source, "year": today.year - 1, "on": today}
    _act(by, now, "record_figure", {"village_code": code, "figure_id": new_id(), **given})


def _act(by: Actor, now: datetime, name: str, given: dict[str, Any]) -> None:
    do(by, f"programme.{name}", given, now=now, act_id=new_id(), via="demo")
