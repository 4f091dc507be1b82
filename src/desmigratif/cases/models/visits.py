"""Visits at the village hall, in homes, by phone."""

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
    giver_id = models.CharField(max_length=40, blank=True)  # who served them and told them; nobody while they wait
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
            "giver_id",
            "version",
        )
        personal = ("visitor_name", "purpose")
        specific = ("note_sealed",)
