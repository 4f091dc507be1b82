"""What of an offer check or a talk points to somebody in danger, so that it is sealed for the coordinator."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from desmigratif.shared.dated import NoValueOnDate, value_on


def flags_to_seal(codes: Iterable[str], *, on: date) -> tuple[str, ...]:
    """The red flags that are signs of trafficking, a minor or pressure, in their order."""
    try:
        signs: list[str] = value_on("protective_signs.flags", on)
    except NoValueOnDate:
        return ()
    return tuple(code for code in codes if code in signs)
