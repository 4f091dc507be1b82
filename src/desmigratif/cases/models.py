"""The migration service centre: visits, cases, offer checks, family talks."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from desmigratif.access.permissions import Permission
from desmigratif.access.scope import ScopedQuerySet
from desmigratif.people.models import Resident
from desmigratif.shared.models import VillageOwned


class VisitQuerySet(ScopedQuerySet["Visit"]):
    see_permission = Permission.CASE_SEE


class CaseQuerySet(ScopedQuerySet["Case"]):
    see_permission = Permission.CASE_SEE


class OfferCheckQuerySet(ScopedQuerySet["OfferCheck"]):
    see_permission = Permission.CASE_SEE


class FamilyTalkQuerySet(ScopedQuerySet["FamilyTalk"]):
    see_permission = Permission.CASE_SEE


class Visit(VillageOwned):
    """Somebody came to the village hall, or was visited, and asked something."""

    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, null=True, related_name="visits")
    visitor_name = models.CharField(max_length=100, blank=True)
    on = models.DateField()
    came_at = models.DateTimeField()
    served_at = models.DateTimeField(null=True)
    place = models.CharField(max_length=20)
    purpose = models.CharField(max_length=40)
    topics = models.JSONField(default=list)
    note_sealed = models.BinaryField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[VisitQuerySet] = VisitQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["village_code", "on"], name="visit_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(resident__isnull=False) | ~Q(visitor_name=""), name="visit_has_a_visitor"
            ),
        ]

    class Privacy:
        internal = (
            "id",
            "village_code",
            "resident",
            "on",
            "came_at",
            "served_at",
            "place",
            "topics",
            "version",
        )
        personal = ("visitor_name", "purpose")
        specific = ("note_sealed",)


class CaseState(models.TextChoices):
    """Where a migration stands, as far as this desk takes it now."""

    INTENT = "INTENT", "Berniat"
    OFFER_CHECKED = "OFFER_CHECKED", "Tawaran diperiksa"
    VILLAGE_CLEARED = "VILLAGE_CLEARED", "Surat desa terbit"
    WITHDREW = "WITHDREW", "Batal berangkat"


class Case(VillageOwned):
    """One person's one migration, from the wish to the return."""

    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="cases")
    state = models.CharField(max_length=20, choices=CaseState.choices, default=CaseState.INTENT)
    opened_on = models.DateField()
    country = models.CharField(max_length=3, blank=True)
    job = models.CharField(max_length=30, blank=True)
    employer_type = models.CharField(max_length=10, blank=True)
    own_choice_confirmed = models.BooleanField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[CaseQuerySet] = CaseQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["village_code", "state"], name="case_by_state")]

    class Privacy:
        internal = ("id", "village_code", "resident", "state", "opened_on", "version")
        personal = ("country", "job", "employer_type", "own_choice_confirmed")


class OfferCheck(VillageOwned):
    """One safety screening of one offer: the answers (sealed), the level, the flags and the rules' day.

    `looked_into_sealed` is what the officer found out about an offer on hold, before the letter was written.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="offer_checks")
    on = models.DateField()
    stage = models.CharField(max_length=12)
    level = models.CharField(max_length=6)
    flags = models.JSONField(default=list)
    unknown = models.JSONField(default=list)
    rules_as_of = models.DateField()
    answers_sealed = models.BinaryField()
    looked_into_sealed = models.BinaryField(null=True)
    at = models.DateTimeField()

    objects: ClassVar[OfferCheckQuerySet] = OfferCheckQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(level__in=["stop", "hold", "advise", "clear"]), name="offercheck_known_level"
            )
        ]

    class Privacy:
        internal = ("id", "village_code", "case", "on", "stage", "rules_as_of", "at")
        personal = ("level", "flags", "unknown")
        specific = ("answers_sealed", "looked_into_sealed")


class FamilyTalk(VillageOwned):
    """The talk with the family before a letter: who gives permission, and (sealed) freely or not and what was said.

    Who is pressed at home is in danger when it is known; so `signs_sealed` ({"disputed", "pressure"}, each true, false
    or null) opens with the candidate's key only, and goes with it.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="family_talks")
    on = models.DateField()
    at = models.DateTimeField()
    permission = models.CharField(max_length=10)
    giver_capacity = models.CharField(max_length=10, blank=True)
    giver = models.ForeignKey(Resident, on_delete=models.PROTECT, null=True, related_name="permissions_given")
    giver_name = models.CharField(max_length=100, blank=True)
    candidate_confirms_alone = models.BooleanField(null=True)
    signs_sealed = models.BinaryField(null=True)
    note_sealed = models.BinaryField(null=True)

    objects: ClassVar[FamilyTalkQuerySet] = FamilyTalkQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(permission__in=["given", "refused", "missing"]),
                name="familytalk_known_permission",
            )
        ]

    class Privacy:
        internal = ("id", "village_code", "case", "on", "at")
        personal = ("permission", "giver_capacity", "giver", "giver_name", "candidate_confirms_alone")
        specific = ("signs_sealed", "note_sealed")
