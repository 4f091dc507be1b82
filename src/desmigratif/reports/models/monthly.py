"""The monthly report of a village: its versions, its signatures, and what was remarked. No resident stands in it."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from desmigratif.access.permissions import Permission
from desmigratif.access.scope import ScopedQuerySet
from desmigratif.documents.models import OfficePaper
from desmigratif.reports.rules.monthly import ACCEPTED, CHECKED, DRAFT, RETURNED, SENT, STATES
from desmigratif.shared.models import VillageOwned

_SIGNED = (CHECKED, SENT, RETURNED, ACCEPTED)
_MONTH = Q(month__gte=1, month__lte=12)


class ReportDueQuerySet(ScopedQuerySet["ReportDue"]):
    see_permission = Permission.REPORT_SEE


class VillageReportQuerySet(ScopedQuerySet["VillageReport"]):
    see_permission = Permission.REPORT_SEE

    def newest(self) -> Self:
        """Of each month only the last version."""
        return self.filter(later=None)


class ReportRemarkQuerySet(ScopedQuerySet["ReportRemark"]):
    see_permission = Permission.REPORT_SEE


class ReportDue(VillageOwned):
    """That a village owes the report of a month, until when, and when it first sent one."""

    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    sent_on = models.DateField(null=True)

    objects: ClassVar[ReportDueQuerySet] = ReportDueQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["village_code", "year", "month"], name="reportdue_once_a_month"),
            models.CheckConstraint(condition=_MONTH, name="reportdue_month"),
        ]
        indexes = [models.Index(fields=["due_on"], condition=Q(sent_on=None), name="reportdue_unsent")]

    class Privacy:
        public = ("village_code", "year", "month", "due_on", "sent_on")
        internal = ("id",)


class VillageReport(VillageOwned):
    """One version of a report. `figures` are taken down when the officer signs; from the head's signature on the
    database lets only the regency's answer change (shared/triggers.py)."""

    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, default=DRAFT)
    obstacles = models.TextField(max_length=600, blank=True)
    follow_up = models.TextField(max_length=600, blank=True)
    because = models.CharField(max_length=300, blank=True)
    figures = models.JSONField(null=True)
    officer_id = models.UUIDField(null=True)
    officer_name = models.CharField(max_length=100, blank=True)
    officer_signed_on = models.DateField(null=True)
    head_id = models.UUIDField(null=True)
    head_name = models.CharField(max_length=100, blank=True)
    sent_on = models.DateField(null=True)
    answered_on = models.DateField(null=True)
    paper = models.OneToOneField(OfficePaper, on_delete=models.PROTECT, null=True, related_name="report")
    earlier = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="later")

    objects: ClassVar[VillageReportQuerySet] = VillageReportQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["village_code", "year", "month", "version"], name="villagereport_one_per_version"
            ),
            models.CheckConstraint(condition=_MONTH, name="villagereport_month"),
            models.CheckConstraint(condition=Q(state__in=list(STATES)), name="villagereport_state"),
            models.CheckConstraint(
                condition=Q(version=1, earlier=None) | Q(version__gt=1, earlier__isnull=False),
                name="villagereport_follows_an_earlier",
            ),
            models.CheckConstraint(
                condition=Q(state=DRAFT, figures=None, officer_id=None, officer_signed_on=None)
                | Q(
                    state__in=_SIGNED, figures__isnull=False, officer_id__isnull=False,
                    officer_signed_on__isnull=False,
                ),
                name="villagereport_checked_whole",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[DRAFT, CHECKED], head_id=None, paper=None, sent_on=None)
                | Q(state__in=[SENT, RETURNED, ACCEPTED], head_id__isnull=False, paper__isnull=False,
                    sent_on__isnull=False),
                name="villagereport_sent_whole",
            ),
            models.CheckConstraint(
                condition=Q(head_id=None) | ~Q(head_id=F("officer_id")), name="villagereport_two_people"
            ),
        ]  # fmt: skip

    class Privacy:
        internal = (
            "id", "village_code", "year", "month", "version", "state", "because", "figures", "officer_id",
            "officer_name", "officer_signed_on", "head_id", "head_name", "sent_on", "answered_on", "paper", "earlier",
        )  # fmt: skip
        personal = ("obstacles", "follow_up")  # free words: a name may have slipped in


class ReportRemark(VillageOwned):
    """Why a report went back, in the words of who sent it back: the head ("village") or the regency. Kept for ever."""

    report = models.ForeignKey(VillageReport, on_delete=models.PROTECT, related_name="remarks")
    by_office = models.CharField(max_length=10)
    by_name = models.CharField(max_length=100)
    text = models.TextField(max_length=500)
    on = models.DateField()

    objects: ClassVar[ReportRemarkQuerySet] = ReportRemarkQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(by_office__in=["village", "regency"]), name="reportremark_office"),
            models.CheckConstraint(condition=~Q(text=""), name="reportremark_says_something"),
        ]

    class Privacy:
        internal = ("id", "village_code", "report", "by_office", "by_name", "on")
        personal = ("text",)
