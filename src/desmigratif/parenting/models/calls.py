"""When a child talks with its parent abroad, and whether it did."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from desmigratif.access.permissions import Permission
from desmigratif.access.scope import ScopedQuerySet
from desmigratif.parenting.models.children import Child
from desmigratif.shared.models import VillageOwned


class CallSlotQuerySet(ScopedQuerySet["CallSlot"]):
    see_permission = Permission.CHILD_SEE

    def standing(self) -> CallSlotQuerySet:
        return self.filter(until=None)


class ParentCallQuerySet(ScopedQuerySet["ParentCall"]):
    see_permission = Permission.CHILD_SEE


class CallSlot(VillageOwned):
    """The evenings that a family agreed on. The hour is the parent's: it is their time off that counts."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="call_slots")
    country = models.CharField(max_length=3)
    time_zone = models.CharField(max_length=40)
    weekdays = models.JSONField()
    at = models.TimeField()
    since = models.DateField()
    until = models.DateField(null=True)

    objects: ClassVar[CallSlotQuerySet] = CallSlotQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["child"], condition=Q(until=None), name="call_slot_one_per_child"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="call_slot_ends_after_start"
            ),
        ]

    class Privacy:
        internal = ("id", "village_code", "child", "since", "until")
        specific = ("country", "time_zone", "weekdays", "at")


class ParentCall(VillageOwned):
    """One agreed call: it happened, or it did not and why. Nothing of what was said."""

    slot = models.ForeignKey(CallSlot, on_delete=models.PROTECT, related_name="calls")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="calls")
    due_at = models.DateTimeField()
    on = models.DateField()
    missed_because = models.CharField(max_length=20, blank=True)

    objects: ClassVar[ParentCallQuerySet] = ParentCallQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["slot", "due_at"], name="parent_call_once")]
        indexes = [models.Index(fields=["child", "on"], name="parent_call_by_child")]

    class Privacy:
        internal = ("id", "village_code", "slot", "child")
        specific = ("due_at", "on", "missed_because")

    @property
    def is_done(self) -> bool:
        return not self.missed_because
