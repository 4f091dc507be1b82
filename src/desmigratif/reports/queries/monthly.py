"""Monthly reports: what is owed, where each stands, who must do something."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from desmigratif.access.actor import Actor
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import count_together, get_or_refuse, region_filter
from desmigratif.indicators.models import PublishedMonth
from desmigratif.programme.models import ProgrammeVillage
from desmigratif.reports.models import ReportDue, ReportRemark, VillageReport
from desmigratif.reports.models.monthly import ReportDueQuerySet, VillageReportQuerySet
from desmigratif.reports.rules import monthly as rules

REPORT_COUNTS = ("to_write", "returned", "to_sign", "to_read", "late")


@dataclass(frozen=True, slots=True)
class MonthOwed:
    """A month that a village owes, with its newest version if somebody began."""

    due: ReportDue
    report: VillageReport | None
    frozen: bool = False

    @property
    def state(self) -> str:
        return self.report.state if self.report else ""

    def is_late(self, today: date) -> bool:
        return self.due.sent_on is None and today > self.due.due_on


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many reports wait for this person; `late`: not sent although their day is over."""

    to_write: int
    to_sign: int
    to_read: int
    late: int


def owed(by: Actor, *, look: str, today: date) -> ReportDueQuerySet:
    """The months of this person's villages: all, those that wait for the regency ("menunggu") or are "terlambat"."""
    rows = ReportDue.objects.visible_to(by).order_by("-year", "-month", "village_code")
    if look == "terlambat":
        return _still_possible(rows.filter(sent_on=None, due_on__lt=today))
    if look == "menunggu":
        waits = VillageReport.objects.visible_to(by).newest().filter(state=rules.SENT)
        keys = Q(pk__in=[])
        for code, year, month in waits.values_list("village_code", "year", "month")[:200]:
            keys |= Q(village_code=code, year=year, month=month)
        return rows.filter(keys)
    return rows


def months_of(by: Actor, dues: Iterable[ReportDue]) -> list[MonthOwed]:
    """Each month with its newest version, and whether it was published; two queries for all of them."""
    rows = list(dues)
    years = {one.year for one in rows}
    villages = {one.village_code for one in rows}
    newest = VillageReport.objects.visible_to(by).newest().filter(village_code__in=villages, year__in=years)
    by_month = {(one.village_code, one.year, one.month): one for one in newest}
    frozen = set(PublishedMonth.objects.filter(month__gte=min(years, default=0) * 100).values_list("month", flat=True))
    return [
        MonthOwed(one, by_month.get((one.village_code, one.year, one.month)), one.year * 100 + one.month in frozen)
        for one in rows
    ]


def report_of(by: Actor, report_id: UUID) -> VillageReport:
    """One version, with its paper and the version before. Raises `NotFoundOrNotYours`."""
    rows = VillageReport.objects.visible_to(by).select_related("paper", "earlier", "earlier__paper", "later")
    return get_or_refuse(rows, "report_id", id=report_id)


def newest_of(by: Actor, village_code: str, year: int, month: int) -> VillageReport | None:
    """The newest version of a month's report, if there is one."""
    rows = VillageReport.objects.visible_to(by).newest()
    return rows.filter(village_code=village_code, year=year, month=month).first()


def remarks_on(by: Actor, report: VillageReport) -> list[ReportRemark]:
    """Why this month's report went back, in the order of the days: of this version and of those before."""
    rows = ReportRemark.objects.visible_to(by).filter(
        village_code=report.village_code, report__year=report.year, report__month=report.month
    )
    return list(rows.select_related("report").order_by("on", "id"))


def waiting_for(by: Actor, today: date) -> Waiting:
    """What waits for this person, in one query."""
    return waiting_from(count_together(rows_waiting(by, today)))


def waiting_from(numbers: dict[str, int]) -> Waiting:
    """From the counts of `rows_waiting`."""
    return Waiting(numbers["to_write"] + numbers["returned"], numbers["to_sign"], numbers["to_read"], numbers["late"])


def rows_waiting(by: Actor, today: date) -> dict[str, QuerySet[Any]]:
    """What only needs counting, for whoever counts more in the same query."""
    return {
        "to_write": owed_unsent(by, Permission.REPORT_WRITE),
        "returned": _newest(by, Permission.REPORT_WRITE).filter(
            Q(state=rules.RETURNED) | Q(state=rules.DRAFT, version__gt=1)
        ),
        "to_sign": _newest(by, Permission.REPORT_SIGN).filter(state=rules.CHECKED),
        "to_read": _newest(by, Permission.REPORT_ACCEPT).filter(state=rules.SENT),
        "late": owed_unsent(by, Permission.REPORT_ACCEPT).filter(due_on__lt=today),
    }  # fmt: skip


def owed_unsent(by: Actor, permission: Permission) -> ReportDueQuerySet:
    """Months that were never sent and still can be, where this person holds a permission."""
    rows = ReportDue.objects.visible_to(by).filter(region_filter(by.regions_for(permission)), sent_on=None)
    return _still_possible(rows)


def _still_possible(rows: ReportDueQuerySet) -> ReportDueQuerySet:
    """Without the months that were published meanwhile: nobody can report them any more."""
    frozen = PublishedMonth.objects.values("month")
    return rows.annotate(key=F("year") * 100 + F("month")).exclude(key__in=frozen)


def _newest(by: Actor, permission: Permission) -> VillageReportQuerySet:
    """The newest version of every month, where this person holds a permission."""
    rows = VillageReport.objects.visible_to(by).newest()
    return rows.filter(region_filter(by.regions_for(permission)))


def villages_owing(year: int, month: int) -> list[str]:
    """Villages that stood in a programme in a month and whose report of it is not written down as due."""
    last = rules.last_day(year, month)
    standing = ProgrammeVillage.objects.everywhere().filter(Q(left_on=None) | Q(left_on__gt=last), decreed_on__lte=last)
    known = ReportDue.objects.everywhere().filter(year=year, month=month)
    return sorted(
        set(standing.values_list("village_code", flat=True)) - set(known.values_list("village_code", flat=True))
    )
