"""Who recruits in a village, and what people complained of. An accused person is a person: seen by few, and judged."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from desmigratif.access.permissions import Permission
from desmigratif.access.scope import ScopedQuerySet
from desmigratif.cases.models.cases import Case
from desmigratif.shared.models import VillageOwned


class BrokerQuerySet(ScopedQuerySet["Broker"]):
    see_permission = Permission.BROKER_SEE


class BrokerReportQuerySet(ScopedQuerySet["BrokerReport"]):
    see_permission = Permission.BROKER_SEE


class BrokerMetQuerySet(ScopedQuerySet["BrokerMet"]):
    see_permission = Permission.BROKER_SEE


class RecruiterComplaint(models.TextChoices):
    MONEY = "money", "Minta uang di luar aturan"
    FALSE_PROMISE = "false_promise", "Janji atau keterangan palsu"
    FAKE_PAPERS = "fake_papers", "Surat palsu atau data diubah"
    PAPERS_KEPT = "papers_kept", "Menahan surat asli"
    NOT_PLACED = "not_placed", "Tidak jadi diberangkatkan"
    OTHER_JOB = "other_job", "Pekerjaan atau negara berbeda"
    PRESSURE = "pressure", "Memaksa atau mengancam"


class Finding(models.TextChoices):
    FOUNDED = "founded", "Terbukti"
    UNFOUNDED = "unfounded", "Tidak terbukti"


class Broker(VillageOwned):
    """A recruiter as one village knows them. The telephone number is sealed; its keyed print finds it again."""

    name = models.CharField(max_length=100)
    name_key = models.CharField(max_length=100)
    aliases = models.CharField(max_length=200, blank=True)
    hamlet = models.CharField(max_length=60, blank=True)
    phone_sealed = models.BinaryField(null=True)
    phone_index = models.CharField(max_length=32, blank=True)

    objects: ClassVar[BrokerQuerySet] = BrokerQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(fields=["phone_index"], name="broker_by_phone"),
            models.Index(fields=["village_code", "name_key"], name="broker_by_name"),
        ]

    class Privacy:
        internal = ("id", "village_code")
        specific = ("name", "name_key", "aliases", "hamlet", "phone_sealed", "phone_index")


class BrokerMet(VillageOwned):
    """Who recruits the candidate of a plan."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="brokers_met")
    broker = models.ForeignKey(Broker, on_delete=models.PROTECT, related_name="plans")
    on = models.DateField()

    objects: ClassVar[BrokerMetQuerySet] = BrokerMetQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "broker"], name="brokermet_once")]

    class Privacy:
        internal = ("id", "village_code", "case", "on")
        specific = ("broker",)


class BrokerReport(VillageOwned):
    """One complaint about a recruiter. What was judged unfounded counts no more."""

    broker = models.ForeignKey(Broker, on_delete=models.PROTECT, related_name="reports")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="broker_reports")
    on = models.DateField()
    complaint = models.CharField(max_length=15, choices=RecruiterComplaint.choices)
    story_sealed = models.BinaryField(null=True)
    reported_by = models.CharField(max_length=40)
    finding = models.CharField(max_length=10, choices=Finding.choices, blank=True)
    settled_on = models.DateField(null=True)

    objects: ClassVar[BrokerReportQuerySet] = BrokerReportQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_on=None, finding="") | (Q(settled_on__isnull=False) & ~Q(finding="")),
                name="brokerreport_settled_with_finding",
            )
        ]

    class Privacy:
        internal = ("id", "village_code", "on", "reported_by", "settled_on")
        specific = ("broker", "case", "complaint", "story_sealed", "finding")
