"""What time does: silence longer than agreed becomes an alarm, what waits too long comes before the regency."""

from __future__ import annotations

from datetime import datetime, timedelta

from desmigratif.access.actor import operator
from desmigratif.access.door import do
from desmigratif.access.scope import acting_as
from desmigratif.cases.models import Case
from desmigratif.cases.queries.abroad.stays import to_review
from desmigratif.cases.queries.trouble.raised import complaints_to_raise, referrals_to_raise
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


def raise_overdue(now: datetime) -> int:
    """Bring to the regency what is late in any village; returns how much it was."""
    by, raised = operator("pekerjaan latar"), 0
    with acting_as(by):
        late = (complaints_to_raise(now), referrals_to_raise((now + timedelta(hours=9)).date()))
        villages = {code for rows in late for code in rows.order_by().values_list("village_code", flat=True).distinct()}
    for code in sorted(villages):
        given = {"village_code": code, "on": today_in(code, now)}
        raised += sum(do(by, "cases.raise_overdue", given, now=now, act_id=new_id(), via="job").values())
    return raised
