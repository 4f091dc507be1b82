"""Somebody's time abroad: with whom, until when, and what was heard of them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from desmigratif.access.permissions import Permission
from desmigratif.access.scope import ScopedQuerySet
from desmigratif.cases.models.cases import Case
from desmigratif.people.models import Resident
from desmigratif.shared.models import VillageOwned


class StayQuerySet(ScopedQuerySet["Stay"]):
    see_permission = Permission.CASE_SEE


class ContactQuerySet(ScopedQuerySet["Contact"]):
    see_permission = Permission.CASE_SEE


class ContractChangeQuerySet(ScopedQuerySet["ContractChange"]):
    see_permission = Permission.CASE_SEE


class RemittanceNoteQuerySet(ScopedQuerySet["RemittanceNote"]):
    see_permission = Permission.CASE_SEE


class ReportedHow(models.TextChoices):
    VISIT = "visit", "Datang sendiri"
    ONLINE = "online", "Lewat laman resmi"
    MESSAGE = "message", "Lewat telepon atau pesan"
    AGENCY = "agency", "Lewat perusahaan penempatan"


class Stay(VillageOwned):
    """One case's time abroad. How often somebody is to be heard of stands in the case (`agreed_contact_days`).

    `said_sealed` (employer, address, telephone, next of kin) opens with the worker's key. `due_at`: when silence
    becomes an alarm; `overdue_since`: since when the alarm stands. `counted`: what of this stay the indicators hold
    (A14 contract copy, A15 insured, A18 fresh, A20 in contact), `count_again_on`: when time alone may change it.
    """

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="stay")
    time_zone = models.CharField(max_length=40, blank=True)
    said_sealed = models.BinaryField(null=True)
    kin = models.ForeignKey(Resident, on_delete=models.PROTECT, null=True, related_name="+")
    contact_weekdays = models.JSONField(default=list)
    contact_time = models.TimeField(null=True)
    heard_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    overdue_since = models.DateTimeField(null=True)
    reported_on = models.DateField(null=True)
    reported_how = models.CharField(max_length=10, choices=ReportedHow.choices, blank=True)
    contract_until = models.DateField(null=True)
    cover_until = models.DateField(null=True)
    updated_on = models.DateField()
    counted = models.JSONField(default=dict)
    count_again_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[StayQuerySet] = StayQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(reported_on=None) & Q(reported_how=""))
                | (Q(reported_on__isnull=False) & ~Q(reported_how="")),
                name="stay_reported_when_and_how",
            )
        ]
        indexes = [
            models.Index(fields=["village_code", "due_at"], name="stay_by_due"),
            models.Index(fields=["due_at"], condition=Q(overdue_since=None), name="stay_alarm_to_raise"),
            models.Index(fields=["count_again_on"], name="stay_to_count"),
        ]

    class Privacy:
        internal = ("id", "village_code", "case", "updated_on", "counted", "count_again_on", "version")
        personal = (
            "time_zone", "kin", "contact_weekdays", "contact_time", "heard_at", "due_at", "overdue_since",
            "reported_on", "reported_how", "contract_until", "cover_until",
        )  # fmt: skip
        specific = ("said_sealed",)


class ContactFrom(models.TextChoices):
    """Who was heard."""

    WORKER = "worker", "Pekerjanya sendiri"
    FAMILY = "family", "Keluarga yang mendengar kabarnya"
    FRIEND = "friend", "Teman atau tetangga yang mendengar kabarnya"
    MISSION = "mission", "Perwakilan RI atau perusahaan"
    NOBODY = "nobody", "Tidak ada; sudah dicoba"


class Contact(VillageOwned):
    """Somebody was heard of, or it was tried in vain. What was said is sealed, also whether they are in danger."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="contacts")
    on = models.DateField()
    at = models.DateTimeField()
    source = models.CharField(max_length=10, choices=ContactFrom.choices)
    said_sealed = models.BinaryField(null=True)

    objects: ClassVar[ContactQuerySet] = ContactQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["case", "at"], name="contact_by_moment")]

    class Privacy:
        internal = ("id", "village_code", "case", "on")
        personal = ("at", "source")
        specific = ("said_sealed",)


class ChangeKind(models.TextChoices):
    EXTENSION = "extension", "Kontrak diperpanjang"
    EMPLOYER = "employer", "Ganti pemberi kerja"
    BOTH = "both", "Ganti pemberi kerja, kontrak baru"
    TERMS = "terms", "Isi kontrak berubah"


class ContractChange(VillageOwned):
    """A contract went on, moved to another employer, or changed. `premium_rupiah`: what the months more cost in social
    security by the rules of that day; `paid`: whether they are covered (None = not known)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="contract_changes")
    on = models.DateField()
    kind = models.CharField(max_length=10, choices=ChangeKind.choices)
    until = models.DateField(null=True)
    months = models.PositiveSmallIntegerField(null=True)
    premium_rupiah = models.BigIntegerField(null=True)
    paid = models.BooleanField(null=True)
    said_sealed = models.BinaryField(null=True)

    objects: ClassVar[ContractChangeQuerySet] = ContractChangeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind__in=["extension", "both"]) | Q(until__isnull=False), name="contractchange_has_its_end"
            ),
            models.CheckConstraint(
                condition=Q(premium_rupiah=None) | Q(premium_rupiah__gte=0), name="contractchange_premium_whole"
            ),
        ]

    class Privacy:
        internal = ("id", "village_code", "case", "on")
        personal = ("kind", "until", "months")
        specific = ("premium_rupiah", "paid", "said_sealed")


class RemittanceNote(VillageOwned):
    """What a family chose to tell of the money sent home: about how much a month, and what for. Never asked twice."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="remittance_notes")
    on = models.DateField()
    band = models.CharField(max_length=20)
    uses = models.JSONField(default=list)

    objects: ClassVar[RemittanceNoteQuerySet] = RemittanceNoteQuerySet.as_manager()  # type: ignore[assignment]

    class Privacy:
        internal = ("id", "village_code", "case", "on")
        specific = ("band", "uses")
