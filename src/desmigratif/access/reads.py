"""Reading leaves a trace: opening, unmasking, printing or exporting a personal record is an event."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import DatabaseError

from desmigratif.access.actor import Actor
from desmigratif.audit import unit
from desmigratif.audit.unit import Subject

log = logging.getLogger("desmigratif.access")


def opened(
    by: Actor,
    event: str,
    *,
    village_code: str,
    subjects: Sequence[Subject] = (),
    now: datetime,
    via: str = "desk",
    **details: Any,
) -> bool:
    """Write a read event in its own short transaction, before the page is sent.

    Returns False when it could not be written: specific and protective records must then stay closed, everything
    else opens with a banner.
    """
    note = unit.Unit(actor_id=str(by.id), actor_role=by.role_code, home_code=by.home_code, at=now, via=via)
    try:
        with unit.unit_of_work(note):
            unit.record(event, village_code=village_code, subjects=subjects, **details)
    except DatabaseError:
        log.exception("read event %s could not be written", event)
        return False
    return True
