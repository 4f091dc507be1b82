"""What a village refers to bodies outside, what each of them said and when, and the one-time links they answer by."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import Q

from desmigratif.access.actor import Actor, codes_in
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import ScopedQuerySet, region_filter
from desmigratif.cases.models.complaints import REGENCY_LENGTH
from desmigratif.cases.rules.trouble.referrals import OWNING
from desmigratif.people.models import Household, Resident
from desmigratif.shared.models import VillageOwned


class ReferralState(models.TextChoices):
    SENT = "sent", "Belum dibalas"
    ACKNOWLEDGED = "acknowledged", "Sudah diterima"
    ACCEPTED = "accepted", "Disanggupi"
    STANDBY = "standby", "Dua lembaga menyanggupi"
    IN_PROCESS = "in_process", "Sedang dikerjakan"
    ANSWERED = "answered", "Sudah dijawab"
    CONFIRMED = "confirmed", "Selesai"
    REFUSED = "refused", "Ditolak"
    RECALLED = "recalled", "Ditarik kembali"


class MatterKind(models.TextChoices):
    CASE = "case", "Rencana"
    COMPLAINT = "complaint", "Pengaduan"
    RETURN = "return", "Kepulangan"
    HAND_OVER = "hand_over", "Serahan"
    RESIDENT = "resident", "Warga"


class ReferralQuerySet(ScopedQuerySet["Referral"]):
    see_permission = Permission.CASE_SEE

    def visible_to(self, by: Actor, *, on: date | None = None) -> Self:
        """A protective matter is seen by who may see protective facts there, and by nobody else."""
        open_ones = Q(is_protective=False) | region_filter(by.regions_for(Permission.PROTECTIVE_SEE))
        return super().visible_to(by, on=on).filter(open_ones)

    def sent_to(self, by: Actor) -> Self:
        """Referrals to a body of exactly the region in which this person works for it; no other."""
        condition = Q(pk__in=[])
        for grant in by.grants:
            if grant.role.office and Permission.REFERRAL_ANSWER in grant.role.may:
                condition |= Q(body_kind=grant.role.office, body_region__in=codes_in(grant.region_code))
        return self._mark_scoped().filter(condition)


class Referral(VillageOwned):
    """One matter handed to one body: a share of chosen fields, an owner here, clocks, and what became of it.

    What the village must not see stands under the regency's code, and of a protective matter no resident stands here.
    `body_*` is the body as the directory named it on that day.
    `tasks` are what was still open for this person when it was sent: {"case", "step"}, or {"text"}.
    """

    matter_kind = models.CharField(max_length=10, choices=MatterKind.choices)
    matter_id = models.UUIDField()
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, null=True, related_name="referrals")
    resident_id: UUID | None
    household = models.ForeignKey(Household, on_delete=models.PROTECT, null=True, related_name="referrals")
    household_id: UUID | None
    is_protective = models.BooleanField(default=False)
    about = models.CharField(max_length=30)
    body_kind = models.CharField(max_length=30)
    body_region = models.CharField(max_length=13)
    body_name = models.CharField(max_length=200)
    body_address = models.CharField(max_length=300, blank=True)
    body_contact = models.CharField(max_length=120, blank=True)
    by_link = models.BooleanField()
    fields = models.JSONField(default=list)
    tasks = models.JSONField(default=list)
    basis = models.CharField(max_length=20)
    why_sealed = models.BinaryField(null=True)
    owner_id = models.UUIDField()
    state = models.CharField(max_length=12, choices=ReferralState.choices, default=ReferralState.SENT)
    since = models.DateField()
    sent_on = models.DateField()
    remind_on = models.DateField()
    due_on = models.DateField()
    escalate_on = models.DateField()
    reminded_on = models.DateField(null=True)
    escalated_on = models.DateField(null=True)  # when the regency was told, once
    reference = models.CharField(max_length=60, blank=True)
    refused_because = models.CharField(max_length=30, blank=True)
    outcome = models.CharField(max_length=30, blank=True)
    solved = models.BooleanField(null=True)
    late_answer_on = models.DateField(null=True)
    letter_id = models.UUIDField(null=True)
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="followed_by")
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[ReferralQuerySet] = ReferralQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["village_code", "matter_kind", "matter_id", "about"],
                condition=Q(state__in=OWNING),
                name="referral_one_body_owns",
            ),
            models.CheckConstraint(
                condition=(Q(state="refused") & ~Q(refused_because="")) | (~Q(state="refused")),
                name="referral_refused_because",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["answered", "confirmed"]) | ~Q(outcome=""),
                name="referral_answered_with_outcome",
            ),
            models.CheckConstraint(
                condition=Q(state="confirmed", solved__isnull=False) | (~Q(state="confirmed") & Q(solved__isnull=True)),
                name="referral_confirmed_says_whether",
            ),
            models.CheckConstraint(
                condition=Q(is_protective=False) | Q(resident__isnull=True, household__isnull=True),
                name="referral_protective_names_nobody",
            ),
        ]
        indexes = [
            models.Index(fields=["body_kind", "body_region", "state", "due_on", "id"], name="referral_inbox"),
            models.Index(fields=["village_code", "state", "due_on", "id"], name="referral_of_village"),
            models.Index(fields=["matter_kind", "matter_id"], name="referral_of_matter"),
        ]

    class Privacy:
        internal = (
            "id", "village_code", "matter_kind", "matter_id", "resident", "household", "body_kind", "body_region",
            "body_name", "body_address", "body_contact", "by_link", "fields", "owner_id", "state", "since", "sent_on",
            "remind_on", "due_on", "escalate_on", "reminded_on", "escalated_on", "late_answer_on", "letter_id",
            "follows", "version",
        )  # fmt: skip
        personal = ("about", "tasks", "basis", "reference", "refused_because", "outcome", "solved")
        specific = ("why_sealed",)
        protective = ("is_protective",)

    @property
    def number(self) -> str:
        """What both sides call it by, on paper and on the phone."""
        return f"RJ-{self.id.hex[-8:-4]}-{self.id.hex[-4:]}".upper()

    @property
    def is_kept_by_regency(self) -> bool:
        """What the village must not see stands under the regency's code, as its complaint does."""
        return self.is_protective or len(self.village_code) <= REGENCY_LENGTH

    @property
    def subject_id(self) -> UUID:
        """Whose key seals what is written here: the person's, the family's, or the record's own."""
        return self.resident_id or self.household_id or self.id


class StepSide(models.TextChoices):
    VILLAGE = "village", "Pengirim"
    BODY = "body", "Lembaga"
    LINK = "link", "Lembaga, lewat tautan"
    HAND = "hand", "Lembaga, dicatat pengirim"


class ReferralStep(VillageOwned):
    """One thing that happened to a referral: a state that it reached, a reminder, or an answer that came too late."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="steps")
    what = models.CharField(max_length=12)
    side = models.CharField(max_length=8, choices=StepSide.choices)
    on = models.DateField()
    at = models.DateTimeField()
    word = models.CharField(max_length=30, blank=True)  # a reason, an outcome, or the way of a reminder
    note_sealed = models.BinaryField(null=True)

    class Meta:
        indexes = [models.Index(fields=["referral", "at", "id"], name="referralstep_in_order")]

    class Privacy:
        internal = ("id", "village_code", "referral", "side", "on", "at")
        personal = ("what", "word")
        specific = ("note_sealed",)


class ReferralLink(VillageOwned):
    """By this a body without an account answers once. Only the digest of its token is kept."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="links")
    token_digest = models.CharField(max_length=64, unique=True)
    made_on = models.DateField()
    until = models.DateField()
    used_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    late_count = models.PositiveSmallIntegerField(default=0)

    class Privacy:
        internal = ("id", "village_code", "referral", "made_on", "until", "used_on", "ended_on", "late_count")
        protective = ("token_digest",)
