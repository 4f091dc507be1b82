"""A page that is filled in from a paper sheet: `?lembar=T-0012-7` goes along, and both are written or neither."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desmigratif.access.requests import DeskRequest
from desmigratif.regions.queries import today_in

SHEET = "lembar"
KIND_OF = {
    "cases.record_visit": "visit",
    "cases.open_case": "intention",
    "cases.check_offer": "offer",
    "cases.record_family_talk": "talk",
    "cases.record_departure": "departure",
}


def from_sheet(desk: DeskRequest, name: str, payload: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    """The act to do: the page's own, or the entering of the sheet that the address names."""
    number = desk.GET.get(SHEET, "")
    if not number:
        return name, payload
    code = str(payload["village_code"])
    entered = {"village_code": code, "on": today_in(code, desk.now), "number": number, KIND_OF[name]: dict(payload)}
    return "cases.enter_sheet", entered
