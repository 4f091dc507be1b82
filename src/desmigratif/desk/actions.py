"""What people do with their own desk."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import require
from desmigratif.audit import unit
from desmigratif.desk.inputs import ShowFirstWeek


@action("desk.show_first_week", Permission.VISIT_RECORD)
def show_first_week(*, by: Actor, given: ShowFirstWeek, now: datetime) -> dict[str, Any]:
    """Put the guide of the first week away, or back; the receipt is what remembers it."""
    require(by, Permission.VISIT_RECORD, given.village_code)
    unit.record("guide.shown" if given.shown else "guide.hidden", village_code=given.village_code)
    return {"shown": given.shown}
