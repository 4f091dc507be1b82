"""What follows a stopped offer: a day on which somebody asks again, and lawful vacancies told to the candidate."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from desmigratif.access.permissions import Permission
from desmigratif.access.scope import ScopedQuerySet
from desmigratif.cases.models.cases import Case, OfferCheck
from desmigratif.shared.models import VillageOwned


class FollowUpQuerySet(ScopedQuerySet["FollowUp"]):
    see_permission = Permission.CASE_SEE


class VacancyRelayQuerySet(ScopedQuerySet["VacancyRelay"]):
    see_permission = Permission.CASE_SEE


class FollowUpOutcome(models.TextChoices):
    LAWFUL_OFFER = "lawful_offer", "Memilih tawaran yang sah"
    STAYS = "stays", "Tidak jadi berangkat"
    STILL_WANTS = "still_wants", "Masih ingin tawaran itu"
    NOT_REACHED = "not_reached", "Tidak dapat ditemui"


class VacancyOutcome(models.TextChoices):
    TOLD = "told", "Disampaikan"
    INTERESTED = "interested", "Tertarik"
    APPLIED = "applied", "Melamar"
    DECLINED = "declined", "Tidak mau"
    EXPIRED = "expired", "Sudah tutup"
    PLACED = "placed", "Diterima"


class FollowUp(VillageOwned):
    """A stopped offer: by when somebody asks again, and what the candidate said. One is open at a time."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="follow_ups")
    check_made = models.ForeignKey(OfferCheck, on_delete=models.PROTECT, related_name="follow_ups")
    opened_on = models.DateField()
    due_on = models.DateField()
    done_on = models.DateField(null=True)
    outcome = models.CharField(max_length=12, choices=FollowUpOutcome.choices, blank=True)

    objects: ClassVar[FollowUpQuerySet] = FollowUpQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(done_on=None), name="followup_one_open"),
            models.CheckConstraint(
                condition=Q(done_on=None, outcome="") | (Q(done_on__isnull=False) & ~Q(outcome="")),
                name="followup_done_with_outcome",
            ),
        ]
        indexes = [models.Index(fields=["village_code", "done_on", "due_on"], name="followup_by_due")]

    class Privacy:
        internal = ("id", "village_code", "case", "check_made", "opened_on", "due_on", "done_on")
        personal = ("outcome",)


class VacancyRelay(VillageOwned):
    """A lawful vacancy told to a candidate: what the list said of it on that day, by whom, and what came of it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="vacancies")
    job_order = models.UUIDField()
    on = models.DateField()
    relayed_by = models.CharField(max_length=40)
    agency_name = models.CharField(max_length=200)
    country = models.CharField(max_length=3)
    job = models.CharField(max_length=30)
    title = models.CharField(max_length=120)
    employer_type = models.CharField(max_length=10, blank=True)
    permit_number = models.CharField(max_length=80, blank=True)
    valid_until = models.DateField(null=True)
    list_as_of = models.DateField()
    list_source = models.CharField(max_length=200)
    outcome = models.CharField(max_length=10, choices=VacancyOutcome.choices, default=VacancyOutcome.TOLD)
    outcome_on = models.DateField(null=True)

    objects: ClassVar[VacancyRelayQuerySet] = VacancyRelayQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "job_order"], name="vacancyrelay_once")]

    class Privacy:
        public = ("job_order", "agency_name", "title", "permit_number", "valid_until", "list_as_of", "list_source")
        internal = ("id", "village_code", "case", "on", "relayed_by", "outcome_on")
        personal = ("country", "job", "employer_type", "outcome")
