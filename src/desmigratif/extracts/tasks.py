"""What time does: a file whose day is over is destroyed."""

from __future__ import annotations

from datetime import datetime

from desmigratif.access.actor import NATION, operator
from desmigratif.access.door import do
from desmigratif.extracts.queries import to_end
from desmigratif.regions.queries import today_in
from desmigratif.shared.ids import new_id


def end_extracts(now: datetime) -> int:
    """Destroy every file whose day is over; returns how many. In Jakarta's day, the last to end in the country."""
    by, due = operator("pekerjaan latar"), to_end(today_in(NATION, now))
    for id in due:
        do(by, "extracts.end_extract", {"extract_id": id}, now=now, act_id=new_id(), via="job")
    return len(due)
