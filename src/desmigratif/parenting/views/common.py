"""What several pages of the learning centre show or do."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest

from desmigratif.access import reads
from desmigratif.access.requests import DeskRequest
from desmigratif.audit.unit import Subject
from desmigratif.parenting.models import Child


def as_desk(request: HttpRequest) -> DeskRequest:
    return cast(DeskRequest, request)


def listed(desk: DeskRequest, event: str) -> bool:
    """Leave the one trace of a list that shows names."""
    return reads.opened(desk.actor, event, village_code=desk.actor.home_code, now=desk.now)


def opened(desk: DeskRequest, child: Child, event: str) -> bool:
    """Leave the trace of a look at a child. False: what is specific must stay closed, and the page says so."""
    subjects = [Subject("child", child.id), Subject("resident", child.resident_id)]
    return reads.opened(desk.actor, event, village_code=child.village_code, subjects=subjects, now=desk.now)
