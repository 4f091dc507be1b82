"""How long a caregiver's address holds. Plain Python."""

from __future__ import annotations

from datetime import date, timedelta

LASTS = timedelta(days=400)  # a school year and the holidays after it


def lasts_until(made_on: date) -> date:
    """The first day on which it opens nothing any more."""
    return made_on + LASTS


def holds(*, ended_on: date | None, until: date, today: date) -> bool:
    return ended_on is None and today < until
