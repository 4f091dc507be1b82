"""Looking for somebody across all regions: what it is for, and how often. Plain Python."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from desmigratif.shared.dated import value_on
from desmigratif.shared.reasons import Reason


def purposes_on(day: date) -> Mapping[str, str]:
    """For what it may be done: code -> label."""
    purposes: Mapping[str, str] = value_on("emergency.purposes", day)
    return purposes


def reasons_not_to_search(*, name: str, passport: str, purpose: str, searched: int, today: date) -> list[Reason]:
    """Why this search is not made; empty means it is. `searched`: how often in the last hour."""
    reasons = []
    if purpose not in purposes_on(today):
        reasons.append(Reason("no_purpose", "Pilih untuk apa pencarian ini.", field="purpose"))
    if not name and not passport:
        reasons.append(Reason("nothing_sought", "Tulis nama atau nomor paspornya.", field="name"))
    most: int = value_on("emergency.searches_an_hour", today)
    if searched >= most:
        text = f"Sudah {most} pencarian dalam satu jam."
        way_out = "Tunggu sebentar. Bila memang mendesak, minta rekan yang berwenang mencarikan."
        reasons.append(Reason("too_often", text, way_out=way_out))
    return reasons
