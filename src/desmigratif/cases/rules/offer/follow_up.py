"""After a stopped offer: when the candidate is asked again. Plain Python."""

from __future__ import annotations

from datetime import date

from desmigratif.shared import working_days
from desmigratif.shared.dated import value_on


def due_after_stop(on: date) -> date:
    """The day by which somebody asks how the candidate is. Raises `NoValueOnDate` for a day before our rules."""
    days: int = value_on("follow_up.stopped_offer_working_days", on)
    return working_days.after(on, days, working_days.closed_days(on, on))
