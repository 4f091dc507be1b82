"""What time does: a month that is over is owed as a report, and what was asked for comes into the inbox."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from desmigratif.access.actor import NATION, operator
from desmigratif.access.door import do
from desmigratif.access.scope import acting_as
from desmigratif.regions.queries import today_in
from desmigratif.reports.queries.inbox import files_due
from desmigratif.reports.queries.monthly import villages_owing
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Refusal

log = logging.getLogger("desmigratif.reports")


def owe_reports(now: datetime) -> int:
    """Write down the report of the month that is over for each village of a programme; returns how many."""
    by = operator("pekerjaan latar")
    last = today_in(NATION, now).replace(day=1) - timedelta(days=1)
    with acting_as(by):
        villages = villages_owing(last.year, last.month)
    for code in villages:
        given = {"village_code": code, "year": last.year, "month": last.month}
        do(by, "reports.owe_report", given, now=now, act_id=new_id(), via="job")
    return len(villages)


def fill_inboxes(now: datetime) -> int:
    """Make every file that is due; returns how many. Who lost the right gets none, and the log says so."""
    by, made = operator("pekerjaan latar"), 0
    for one, period in files_due(today_in(NATION, now)):
        given = {"subscription_id": one.id, "file_id": new_id(), "period": period}
        try:
            do(by, "reports.fill_inbox", given, now=now, act_id=new_id(), via="job")
        except Refusal as refusal:
            log.warning("no report for subscription %s: %s", one.id, refusal.reasons[0].code)
        else:
            made += 1
    return made
