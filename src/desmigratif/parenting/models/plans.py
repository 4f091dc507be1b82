"""A plan for a child that needs more than a look."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from desmigratif.access.permissions import Permission
from desmigratif.access.scope import ScopedQuerySet
from desmigratif.parenting.models.children import Child
from desmigratif.shared.models import VillageOwned


class ChildPlanQuerySet(ScopedQuerySet["ChildPlan"]):
    see_permission = Permission.CHILD_SEE


class ChildPlan(VillageOwned):
    """Steps (codes of regulations/parenting_risk.yaml) until a day, and how it ended. One stands at a time."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="plans")
    made_on = models.DateField()
    steps = models.JSONField()
    due_on = models.DateField()
    done_on = models.DateField(null=True)
    helped = models.BooleanField(null=True)

    objects: ClassVar[ChildPlanQuerySet] = ChildPlanQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["child"], condition=Q(done_on=None), name="childplan_one_stands"),
            models.CheckConstraint(condition=Q(due_on__gte=F("made_on")), name="childplan_due_later"),
            models.CheckConstraint(
                condition=Q(done_on=None, helped=None) | Q(done_on__isnull=False, helped__isnull=False),
                name="childplan_done_with_outcome",
            ),
        ]
        indexes = [models.Index(fields=["village_code", "done_on", "due_on"], name="childplan_by_due")]

    class Privacy:
        internal = ("id", "village_code", "child")
        specific = ("made_on", "steps", "due_on", "done_on", "helped")
