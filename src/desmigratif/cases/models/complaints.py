"""Somebody is in trouble, and somebody said so. What the village must not see is kept under the regency's code.

`village_code` of a complaint is that of the village, or of the regency when it is about an officer or protective: such
a row is in no query of a village. Of a protective one the row tells neither whom it is about nor what happened.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual

from desmigratif.access.permissions import Permission
from desmigratif.access.scope import ScopedQuerySet
from desmigratif.cases.models.cases import Case
from desmigratif.documents.models import Attachment
from desmigratif.people.models import Resident
from desmigratif.shared.models import VillageOwned

REGENCY_LENGTH = 5  # of a code such as 33.07


class ComplaintQuerySet(ScopedQuerySet["Complaint"]):
    see_permission = Permission.COMPLAINT_SEE


class ComplaintMoveQuerySet(ScopedQuerySet["ComplaintMove"]):
    see_permission = Permission.COMPLAINT_SEE


class ComplaintMoneyQuerySet(ScopedQuerySet["ComplaintMoney"]):
    see_permission = Permission.COMPLAINT_SEE


class EvidenceQuerySet(ScopedQuerySet["Evidence"]):
    see_permission = Permission.COMPLAINT_SEE


class ComplaintState(models.TextChoices):
    """Where a complaint stands; what may follow what is in regulations/complaints.yaml."""

    RECEIVED = "RECEIVED", "Baru diterima"
    TRIAGED = "TRIAGED", "Sudah dipilah"
    VERIFIED = "VERIFIED", "Sudah diperiksa"
    REFERRED = "REFERRED", "Dirujuk"
    IN_PROCESS = "IN_PROCESS", "Sedang ditangani"
    RESOLVED = "RESOLVED", "Menunggu kata pelapor"
    CONFIRMED_BY_REPORTER = "CONFIRMED_BY_REPORTER", "Selesai menurut pelapor"
    REOPENED = "REOPENED", "Dibuka lagi"


class Channel(models.TextChoices):
    DESK = "desk", "Datang ke kantor"
    PHONE = "phone", "Telepon"
    LETTER = "letter", "Surat"
    MESSAGE = "message", "Pesan HP"
    KIN = "kin", "Lewat keluarga"
    WEB = "web", "Halaman lapor"
    ANONYMOUS = "anonymous", "Tanpa nama"


class Relation(models.TextChoices):
    SELF = "self", "Orangnya sendiri"
    SPOUSE = "spouse", "Suami atau istri"
    PARENT = "parent", "Orang tua"
    CHILD = "child", "Anak"
    OTHER_FAMILY = "other_family", "Keluarga lain"
    FRIEND = "friend", "Teman atau tetangga"
    OFFICER = "officer", "Petugas"
    UNKNOWN = "unknown", "Tidak tahu"


class Tier(models.TextChoices):
    VILLAGE = "village", "Petugas desa dan kabupaten"
    REGENCY = "regency", "Hanya kabupaten"
    PROTECTIVE = "protective", "Hanya kabupaten, terkunci"


class Complaint(VillageOwned):
    """One complaint or emergency. What was said is sealed with the complaint's own key.

    `door_index` finds it again from the receipt code and a birth date, neither of which is kept.
    """

    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, null=True, related_name="complaints")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="complaints")
    state = models.CharField(max_length=21, choices=ComplaintState.choices, default=ComplaintState.RECEIVED)
    kind = models.CharField(max_length=30, blank=True)
    emergency = models.BooleanField(default=False)
    tier = models.CharField(max_length=10, choices=Tier.choices, default=Tier.VILLAGE)
    about_officer = models.BooleanField(default=False)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    relation = models.CharField(max_length=12, choices=Relation.choices, default=Relation.UNKNOWN)
    received_on = models.DateField()
    received_at = models.DateTimeField()
    triage_due_at = models.DateTimeField()
    triaged_at = models.DateTimeField(null=True)
    verify_due_at = models.DateTimeField(null=True)
    verified_at = models.DateTimeField(null=True)
    resolved_on = models.DateField(null=True)
    raised_for = models.CharField(max_length=10, blank=True)  # the state whose clock was brought to the regency
    may_refer = models.BooleanField(null=True)
    said_sealed = models.BinaryField()
    door_index = models.CharField(max_length=32, blank=True)
    recorded_by = models.CharField(max_length=40)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[ComplaintQuerySet] = ComplaintQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(fields=["village_code", "state", "triage_due_at", "id"], name="complaint_by_clock"),
            models.Index(fields=["door_index"], name="complaint_by_door"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(tier="protective") | Q(resident=None, case=None, kind=""),
                name="complaint_protective_names_nobody",
            ),
            models.CheckConstraint(
                condition=Q(tier="village") | Q(LessThanOrEqual(Length("village_code"), REGENCY_LENGTH)),
                name="complaint_kept_by_regency",
            ),
            models.CheckConstraint(
                condition=Q(state="RECEIVED", triaged_at=None) | (~Q(state="RECEIVED") & Q(triaged_at__isnull=False)),
                name="complaint_triaged_when_not_new",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["RESOLVED", "CONFIRMED_BY_REPORTER"], resolved_on__isnull=False)
                | (~Q(state__in=["RESOLVED", "CONFIRMED_BY_REPORTER"]) & Q(resolved_on=None)),
                name="complaint_resolved_on_a_day",
            ),
        ]

    class Privacy:
        internal = (
            "id", "village_code", "state", "received_on", "received_at", "triage_due_at", "triaged_at",
            "verify_due_at", "verified_at", "resolved_on", "raised_for", "door_index", "recorded_by",
            "version", "channel", "tier",
        )  # fmt: skip
        personal = ("relation", "may_refer")
        specific = ("resident", "case", "kind", "emergency", "about_officer")
        protective = ("said_sealed",)


class ComplaintMove(VillageOwned):
    """One step of a complaint: from where to where, when, by whom, by which act, and (sealed) why."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="moves")
    from_state = models.CharField(max_length=21, blank=True)
    to_state = models.CharField(max_length=21)
    at = models.DateTimeField()
    act = models.CharField(max_length=40)
    why_sealed = models.BinaryField(null=True)
    moved_by = models.CharField(max_length=40)

    objects: ClassVar[ComplaintMoveQuerySet] = ComplaintMoveQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["complaint", "at"], name="complaintmove_in_order")]

    class Privacy:
        internal = ("id", "village_code", "complaint", "from_state", "to_state", "at", "act", "moved_by")
        specific = ("why_sealed",)


class MoneyItem(models.TextChoices):
    WAGE = "wage", "Upah"
    FEE = "fee", "Biaya yang sudah dibayar"
    SOCIAL_SECURITY = "social_security", "Jaminan sosial"
    INSURANCE = "insurance", "Asuransi"
    REMITTANCE = "remittance", "Kiriman uang"
    COMPENSATION = "compensation", "Ganti rugi"
    OTHER = "other", "Lainnya"


class ComplaintMoney(VillageOwned):
    """Money that is claimed in a complaint, item by item, and what came back of it so far. Whole rupiah."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="money")
    item = models.CharField(max_length=20, choices=MoneyItem.choices)
    claimed_rupiah = models.BigIntegerField()
    recovered_rupiah = models.BigIntegerField(default=0)
    recovered_on = models.DateField(null=True)

    objects: ClassVar[ComplaintMoneyQuerySet] = ComplaintMoneyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(claimed_rupiah__gt=0)
                & Q(recovered_rupiah__gte=0)
                & Q(recovered_rupiah__lte=F("claimed_rupiah")),
                name="complaintmoney_no_more_than_claimed",
            ),
            models.UniqueConstraint(fields=["complaint", "item"], name="complaintmoney_item_once"),
        ]

    class Privacy:
        internal = ("id", "village_code", "complaint", "recovered_on")
        specific = ("item", "claimed_rupiah", "recovered_rupiah")


class EvidenceWhat(models.TextChoices):
    CHAT = "chat", "Pesan atau percakapan"
    PHOTO = "photo", "Foto keadaan"
    CONTRACT = "contract", "Perjanjian kerja"
    RECEIPT = "receipt", "Kuitansi atau bukti transfer"
    LETTER = "letter", "Surat"
    IDENTITY = "identity", "Paspor, KTP, atau visa"
    OTHER = "other", "Lainnya"


class Evidence(VillageOwned):
    """A copy of what the reporter brought, sealed with the complaint's own key."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="evidence")
    what = models.CharField(max_length=10, choices=EvidenceWhat.choices)
    copy = models.OneToOneField(Attachment, on_delete=models.PROTECT, related_name="evidence")
    on = models.DateField()

    objects: ClassVar[EvidenceQuerySet] = EvidenceQuerySet.as_manager()  # type: ignore[assignment]

    class Privacy:
        internal = ("id", "village_code", "complaint", "copy", "on")
        specific = ("what",)
