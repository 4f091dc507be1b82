"""Two people sign a monthly report, one act each: who wrote it, and the head, with whom it goes to the regency."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from desmigratif.access.actor import Actor
from desmigratif.access.checks import refuse_taken_ids
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.roles import ROLES, VILLAGE_OFFICER
from desmigratif.access.scope import require
from desmigratif.audit import memory
from desmigratif.documents.models import OfficePaper
from desmigratif.documents.office_papers import PaperDraft, write_office_paper
from desmigratif.regions.queries import today_in
from desmigratif.reports.actions.monthly import (
    ON_TIME,
    CannotReport,
    due_of,
    is_frozen,
    is_mending,
    keep_remark,
    locked,
    note,
    refuse_month,
)
from desmigratif.reports.inputs.monthly import ReturnReport, SendReport, SignReport
from desmigratif.reports.models import VillageReport
from desmigratif.reports.queries.figures import figures_of_month
from desmigratif.reports.rules import monthly as rules
from desmigratif.reports.rules.paper import KIND, TITLE, blocks_of

CLASSIFICATION = "560"  # manpower, in the classification of letters of local governments


@action("reports.sign_report", Permission.REPORT_WRITE)
def sign_report(*, by: Actor, given: SignReport, now: datetime) -> VillageReport:
    """The officer has checked the report; the figures are taken down as they stand at this moment."""
    require(by, Permission.REPORT_WRITE, given.village_code)
    report = locked(given.village_code, given.report_id)
    refuse_month(report.village_code, report.year, report.month, now, mending=is_mending(report))
    if reasons := rules.reasons_not_to_sign(state=report.state, wanted=rules.DRAFT):
        raise CannotReport(reasons)
    report.figures = _figures(by, report)
    report.state = rules.CHECKED
    report.officer_id, report.officer_name = by.id, by.label
    report.officer_signed_on = today_in(report.village_code, now)
    report.save(update_fields=["figures", "state", "officer_id", "officer_name", "officer_signed_on"])
    note("report.signed", report, version=report.version)
    return report


def _figures(by: Actor, report: VillageReport) -> list[dict[str, Any]]:
    """As they stand now; those of the version before once the month is frozen."""
    if report.earlier is not None and report.earlier.figures and is_frozen(report.year, report.month):
        return list(report.earlier.figures)
    return [one.as_dict() for one in figures_of_month(by, report.village_code, report.year, report.month)]


@action("reports.hand_back", Permission.REPORT_SIGN)
def hand_back(*, by: Actor, given: ReturnReport, now: datetime) -> VillageReport:
    """The head does not sign yet and says why; the officer goes on with the same version."""
    require(by, Permission.REPORT_SIGN, given.village_code)
    report = locked(given.village_code, given.report_id)
    if reasons := rules.reasons_not_to_sign(state=report.state, wanted=rules.CHECKED):
        raise CannotReport(reasons)
    keep_remark(by, report, given, office="village", now=now)
    report.state, report.figures = rules.DRAFT, None
    report.officer_id, report.officer_name, report.officer_signed_on = None, "", None
    report.save(update_fields=["state", "figures", "officer_id", "officer_name", "officer_signed_on"])
    note("report.handed_back", report)
    return report


@action("reports.send_report", Permission.REPORT_SIGN)
def send_report(*, by: Actor, given: SendReport, now: datetime) -> VillageReport:
    """The head signs: the paper gets its number and code and goes to the regency; it never changes after that."""
    require(by, Permission.REPORT_SIGN, given.village_code)
    report = locked(given.village_code, given.report_id)
    reasons = rules.reasons_not_to_sign(state=report.state, wanted=rules.CHECKED, officer=report.officer_id, by=by.id)
    if reasons:
        raise CannotReport(reasons)
    refuse_taken_ids(OfficePaper, [given.paper_id])
    today = today_in(report.village_code, now)
    report.head_id, report.head_name, report.sent_on = by.id, by.label, today
    report.paper = write_office_paper(_paper(report, given, today), permission=Permission.REPORT_SIGN)
    report.state = rules.SENT
    report.save(update_fields=["head_id", "head_name", "sent_on", "paper", "state"])
    _count_sent(report, today)
    note("report.sent", report, version=report.version)
    return report


def _paper(report: VillageReport, given: SendReport, today: date) -> PaperDraft:
    said = said_of(report)
    earlier = report.earlier
    return PaperDraft(
        paper_id=given.paper_id, village_code=report.village_code, kind=KIND, title=TITLE,
        classification=CLASSIFICATION, series=f"LAP-{report.year}.{report.month:02d}.{report.version}",
        issued_on=today, prepared_by=report.officer_name, prepared_as=ROLES[VILLAGE_OFFICER.code].label,
        says=rules.says(said), blocks=blocks_of(said, before=earlier.figures if earlier else None),
        replaces=earlier.paper if earlier else None,
    )  # fmt: skip


def said_of(report: VillageReport) -> rules.Said:
    """What a signed report says."""
    return rules.Said(
        report.village_code, report.year, report.month, report.version, report.figures or [], report.obstacles,
        report.follow_up,
    )  # fmt: skip


def _count_sent(report: VillageReport, today: date) -> None:
    """The first sending of a month's report, and F5 when it was in time."""
    due = due_of(report.village_code, report.year, report.month)
    if due.sent_on is not None:
        return
    due.sent_on = today
    due.save(update_fields=["sent_on"])
    if today <= due.due_on:
        last = rules.last_day(report.year, report.month)
        memory.add_fact(ON_TIME, report.village_code, last, numerator=1, denominator=0, key=f"sent:{due.id}")
