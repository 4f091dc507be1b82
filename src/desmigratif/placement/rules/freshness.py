"""May a list still answer? Plain Python."""

from __future__ import annotations

from datetime import date, timedelta

from desmigratif.shared.dated import NoValueOnDate, value_on


def may_answer(kind: str, as_of: date, on: date) -> bool:
    """Whether a list of that day answers on another: not before its own day, and not when it has grown old."""
    try:
        days: int = value_on("national_lists.usable_days", on)[kind]
    except (NoValueOnDate, KeyError):
        return False
    return as_of <= on <= as_of + timedelta(days=days)
