"""How a child does, every three months."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from desmigratif.access.permissions import Permission
from desmigratif.access.scope import ScopedQuerySet
from desmigratif.documents.models import Attachment
from desmigratif.parenting.models.children import Child
from desmigratif.shared.models import VillageOwned


class QuarterQuerySet(ScopedQuerySet["Quarter"]):
    see_permission = Permission.CHILD_SEE


class Quarter(VillageOwned):
    """School, reading, body and heart of a child in one quarter, as reported; None and empty = unknown.

    `said_sealed` holds the child's answers and its own words to the parent; `wellbeing` is their score in hundredths.
    """

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="quarters")
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()
    recorded_on = models.DateField()
    school_days = models.PositiveSmallIntegerField(null=True)
    attended = models.PositiveSmallIntegerField(null=True)
    mark = models.PositiveSmallIntegerField(null=True)
    progress = models.CharField(max_length=10, blank=True)
    reading = models.CharField(max_length=10, blank=True)
    height_cm = models.PositiveSmallIntegerField(null=True)
    weight_tenths = models.PositiveSmallIntegerField(null=True)
    immunisation = models.CharField(max_length=10, blank=True)
    wellbeing = models.PositiveSmallIntegerField(null=True)
    said_sealed = models.BinaryField(null=True)
    picture = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[QuarterQuerySet] = QuarterQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["child", "year", "quarter"], name="quarter_once_a_child"),
            models.CheckConstraint(condition=Q(quarter__gte=1, quarter__lte=4), name="quarter_of_four"),
            models.CheckConstraint(
                condition=Q(attended=None) | Q(school_days__isnull=False, attended__lte=F("school_days")),
                name="quarter_attended_of_days",
            ),
            models.CheckConstraint(
                condition=(Q(mark=None) | Q(mark__lte=100)) & (Q(wellbeing=None) | Q(wellbeing__lte=100)),
                name="quarter_of_a_hundred",
            ),
        ]

    class Privacy:
        internal = ("id", "village_code", "child", "year", "quarter", "recorded_on", "version")
        specific = (
            "school_days", "attended", "mark", "progress", "reading", "height_cm", "weight_tenths", "immunisation",
            "wellbeing", "said_sealed", "picture",
        )  # fmt: skip
