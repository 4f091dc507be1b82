"""A page that is filled in from a paper sheet: `?lembar=T-0012-7` goes along, and both are written or neither.

A stack is worked through: a sheet's day is asked first, proposed from the sheet before it (`?tanggal=`), and what
follows a written sheet is the page of the next one.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponseRedirect
from django.urls import reverse

from desmigratif.access.requests import DeskRequest
from desmigratif.documents.acting import ActForm
from desmigratif.regions.queries import today_in

SHEET, DAY, LAST = "lembar", "tanggal", "sesudah"
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


def day_of_sheet(desk: DeskRequest, form: ActForm) -> None:
    """What happened on paper rarely happened today: the day is that of the sheet before, or has to be typed."""
    if desk.GET.get(SHEET):
        form.initial["on"] = day_before(desk)


def day_before(desk: DeskRequest) -> date | None:
    """The day of the sheet that was entered last, as the address carries it."""
    with suppress(ValueError):
        return date.fromisoformat(desk.GET.get(DAY, ""))
    return None


def next_sheet_url(number: str, on: date | None) -> str:
    """Where the sheet after this one is typed in."""
    day = {DAY: on.isoformat()} if on else {}
    return f"{reverse('cases:find_sheet')}?{urlencode({LAST: number, **day})}"


def after_sheet(desk: DeskRequest, form: ActForm) -> HttpResponseRedirect | None:
    """To the next sheet of the stack; None when the page was filled in without paper."""
    number = desk.GET.get(SHEET, "")
    return HttpResponseRedirect(next_sheet_url(number, form.cleaned_data["on"])) if number else None
