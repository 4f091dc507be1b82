"""A village's monthly report is owed, written, and answered by the regency."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.checks import refuse_taken_ids
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.audit import memory, unit
from desmigratif.audit.unit import Subject
from desmigratif.indicators.models import PublishedMonth
from desmigratif.indicators.rules.periods import Month
from desmigratif.regions.queries import today_in
from desmigratif.reports.inputs.monthly import AcceptReport, OweReport, ReturnReport, WriteReport
from desmigratif.reports.models import ReportDue, ReportRemark, VillageReport
from desmigratif.reports.rules import monthly as rules
from desmigratif.shared.reasons import Refusal

ON_TIME = "F5"


class CannotReport(Refusal):
    code = "cannot_report"


@action("reports.owe_report", Permission.REPORT_WRITE)
def owe_report(*, by: Actor, given: OweReport, now: datetime) -> ReportDue:
    """Write down that the report of a month is due; a month that is written down already stays."""
    require(by, Permission.REPORT_WRITE, given.village_code)
    today = today_in(given.village_code, now)
    if reasons := rules.reasons_not_to_report(year=given.year, month=given.month, today=today, frozen=False):
        raise CannotReport(reasons)
    return due_of(given.village_code, given.year, given.month)


def due_of(village_code: str, year: int, month: int) -> ReportDue:
    """The row of what a village owes for a month; its first making counts as due in F5."""
    due, is_new = ReportDue.objects.in_village(village_code).get_or_create(
        village_code=village_code, year=year, month=month, defaults={"due_on": rules.due_on(year, month)}
    )
    if is_new:
        memory.add_fact(
            ON_TIME, village_code, rules.last_day(year, month), numerator=0, denominator=1, key=f"due:{due.id}"
        )
        unit.record("report.owed", village_code=village_code, year=year, month=month)
    return due


@action("reports.write_report", Permission.REPORT_WRITE)
def write_report(*, by: Actor, given: WriteReport, now: datetime) -> VillageReport:
    """Begin the report of a month, go on with its words, or begin the version that corrects a sent one."""
    require(by, Permission.REPORT_WRITE, given.village_code)
    rows = VillageReport.objects.in_village(given.village_code).select_for_update()
    newest = rows.filter(year=given.year, month=given.month).order_by("-version").first()
    state = newest.state if newest else None
    refuse_month(given.village_code, given.year, given.month, now, mending=is_mending(newest))
    due_of(given.village_code, given.year, given.month)
    if reasons := rules.reasons_not_to_write(state=state, because=given.because):
        raise CannotReport(reasons)
    words = {"obstacles": given.obstacles, "follow_up": given.follow_up}
    if newest is not None and newest.state == rules.DRAFT:
        newest.obstacles, newest.follow_up = given.obstacles, given.follow_up
        newest.save(update_fields=list(words))
        note("report.written", newest)
        return newest
    refuse_taken_ids(VillageReport, [given.report_id])
    report = VillageReport.objects.create(
        id=given.report_id, village_code=given.village_code, year=given.year, month=given.month,
        version=newest.version + 1 if newest else 1, earlier=newest, because=given.because if newest else "", **words,
    )  # fmt: skip
    note("report.begun", report, version=report.version)
    return report


def is_mending(newest: VillageReport | None) -> bool:
    """Whether the regency waits for this report to be mended."""
    return newest is not None and (
        newest.state == rules.RETURNED or (newest.earlier is not None and newest.earlier.state == rules.RETURNED)
    )


def is_frozen(year: int, month: int) -> bool:
    return PublishedMonth.objects.filter(month=Month(year, month).key).exists()


def refuse_month(village_code: str, year: int, month: int, now: datetime, *, mending: bool) -> None:
    """Raises `CannotReport` for a month that is not over yet, or is published and frozen. What the regency sent back
    is mended all the same, with the figures that it had."""
    frozen = not mending and is_frozen(year, month)
    today = today_in(village_code, now)
    if reasons := rules.reasons_not_to_report(year=year, month=month, today=today, frozen=frozen):
        raise CannotReport(reasons)


@action("reports.return_report", Permission.REPORT_ACCEPT)
def return_report(*, by: Actor, given: ReturnReport, now: datetime) -> VillageReport:
    """The regency sends a report back, with the words that say what to mend. They are kept for ever."""
    require(by, Permission.REPORT_ACCEPT, given.village_code)
    report = _answered(given.village_code, given.report_id, rules.RETURNED, now)
    keep_remark(by, report, given, office="regency", now=now)
    note("report.returned", report)
    return report


@action("reports.accept_report", Permission.REPORT_ACCEPT)
def accept_report(*, by: Actor, given: AcceptReport, now: datetime) -> VillageReport:
    """The regency takes a report."""
    require(by, Permission.REPORT_ACCEPT, given.village_code)
    report = _answered(given.village_code, given.report_id, rules.ACCEPTED, now)
    note("report.accepted", report)
    return report


def _answered(village_code: str, report_id: UUID, state: str, now: datetime) -> VillageReport:
    report = locked(village_code, report_id)
    if reasons := rules.reasons_not_to_answer(report.state):
        raise CannotReport(reasons)
    report.state, report.answered_on = state, today_in(village_code, now)
    report.save(update_fields=["state", "answered_on"])
    return report


def keep_remark(by: Actor, report: VillageReport, given: ReturnReport, *, office: str, now: datetime) -> None:
    """Keep why a report went back."""
    refuse_taken_ids(ReportRemark, [given.remark_id])
    ReportRemark.objects.create(
        id=given.remark_id, village_code=report.village_code, report=report, by_office=office, by_name=by.label,
        text=given.text, on=today_in(report.village_code, now),
    )  # fmt: skip


def locked(village_code: str, report_id: UUID) -> VillageReport:
    """A report of a village, locked until the act is over. Raises `NotFoundOrNotYours`."""
    rows = VillageReport.objects.in_village(village_code).select_for_update()
    return get_or_refuse(rows, "report_id", id=report_id)


def note(event: str, report: VillageReport, **details: Any) -> None:
    """The event of an act on a report."""
    about = [Subject("village_report", report.id)]
    month = f"{report.year}-{report.month:02d}"
    unit.record(event, village_code=report.village_code, subjects=about, month=month, **details)
    unit.changed("reports.villagereport", report.village_code, report.id)
