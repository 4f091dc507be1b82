"""The ministry's list of placements, made up: it knows who left by the official steps, and some unknown here."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from desmigratif.access.actor import Actor
from desmigratif.access.keys.subject_keys import key_of
from desmigratif.cases.models import ABROAD, Case, ProceduralStatus
from desmigratif.demo.centre.lists import load
from desmigratif.people import sealing

STRANGERS = ("3307105501900001", "3212165203880002", "5301104807910003")


def tell_placements(by: Actor, now: datetime) -> None:
    """As an operator loads it, two days before the day that is shown."""
    known = Case.objects.everywhere().filter(state__in=ABROAD, procedural_status=ProceduralStatus.PROCEDURAL)
    rows: list[dict[str, Any]] = [{"nik": nik, "country": "MYS"} for nik in STRANGERS]
    for case in known.exclude(country="").exclude(resident__nik_index="").select_related("resident").order_by("id"):
        nik = sealing.open_resident(case.resident, key_of(case.resident_id)).nik
        rows.append({"nik": nik or "", "country": case.country, "left_on": case.departed_on})
    load(by, now, 2, "placements", placements=rows)
