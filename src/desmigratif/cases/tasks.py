"""What time does to those who work abroad: silence longer than agreed becomes an alarm."""

from __future__ import annotations

from datetime import datetime, timedelta

from desmigratif.access.actor import operator
from desmigratif.access.door import do
from desmigratif.access.scope import acting_as
from desmigratif.cases.models import Case
from desmigratif.cases.queries.abroad import to_review
from desmigratif.regions.queries import today_in
from desmigratif.shared.ids import new_id


def review_stays(now: datetime) -> int:
    """Review every village in which something is due; returns how many alarms were raised."""
    by, alarms = operator("pekerjaan latar"), 0
    with acting_as(by):  # the furthest east begins its day first
        due = Case.objects.everywhere().filter(to_review(now, (now + timedelta(hours=9)).date()))
        villages = list(due.order_by().values_list("village_code", flat=True).distinct())
    for code in villages:
        given = {"village_code": code, "on": today_in(code, now)}
        alarms += do(by, "cases.review_stays", given, now=now, act_id=new_id(), via="job")["alarms"]
    return alarms
