"""Bundles of papers that a village sends to an office, and what the office answers."""

from __future__ import annotations

from typing import ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import Q

from desmigratif.access.actor import Actor
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import ScopedQuerySet, region_filter
from desmigratif.cases.models.cases import Case
from desmigratif.shared.models import VillageOwned


class BundleState(models.TextChoices):
    SENT = "sent", "Menunggu diterima"
    ACCEPTED = "accepted", "Diterima, sedang dikerjakan"
    RETURNED = "returned", "Dikembalikan"
    ANSWERED = "answered", "Sudah dijawab"
    RECALLED = "recalled", "Ditarik kembali"


AT_OFFICE = (BundleState.SENT, BundleState.ACCEPTED)


class BundleQuerySet(ScopedQuerySet["Bundle"]):
    see_permission = Permission.CASE_SEE

    def sent_to(self, by: Actor) -> Self:
        """Bundles sent to an office that this person works for, of the villages of its region; no other."""
        condition = Q(pk__in=[])
        for grant in by.grants:
            if Permission.BUNDLE_ANSWER in grant.role.may:
                condition |= Q(office=grant.role.office) & region_filter((grant.region_code,))
        return self._mark_scoped().filter(condition)


class Bundle(VillageOwned):
    """The papers for one step of one case, as they were sent to one office; sent again they are another one.

    `papers` and `returned_papers` are codes of regulations/required_papers.yaml, `shows` is what the office sees of
    the candidate and `returned_because` why it went back (regulations/offices.yaml). `by_hand`: the office has no
    desk here, and the village wrote its answer down.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="bundles")
    case_id: UUID
    step = models.CharField(max_length=30)
    office = models.CharField(max_length=30)
    round = models.PositiveSmallIntegerField(default=1)
    papers = models.JSONField(default=list)
    shows = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=BundleState.choices, default=BundleState.SENT)
    sent_on = models.DateField()
    due_on = models.DateField()
    accepted_on = models.DateField(null=True)
    returned_on = models.DateField(null=True)
    returned_because = models.CharField(max_length=30, blank=True)
    returned_papers = models.JSONField(default=list)
    note_sealed = models.BinaryField(null=True)
    answered_on = models.DateField(null=True)
    by_hand = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[BundleQuerySet] = BundleQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "step"], condition=Q(state__in=["sent", "accepted"]), name="bundle_one_at_an_office"
            ),
            models.UniqueConstraint(fields=["case", "step", "round"], name="bundle_rounds_differ"),
            models.CheckConstraint(
                condition=Q(state="returned", returned_on__isnull=False)
                | (~Q(state="returned") & Q(returned_on__isnull=True)),
                name="bundle_returned_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state="answered", answered_on__isnull=False)
                | (~Q(state="answered") & Q(answered_on__isnull=True)),
                name="bundle_answered_on_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["office", "state", "due_on", "id"], name="bundle_inbox"),
            models.Index(fields=["village_code", "state", "due_on", "id"], name="bundle_of_village"),
        ]

    class Privacy:
        internal = (
            "id", "village_code", "case", "step", "office", "round", "shows", "state", "sent_on", "due_on",
            "accepted_on", "returned_on", "answered_on", "by_hand", "version",
        )  # fmt: skip
        personal = ("papers", "returned_because", "returned_papers")
        specific = ("note_sealed",)
