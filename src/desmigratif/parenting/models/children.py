"""A child whose parent is abroad, as the learning centre knows it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from desmigratif.access.permissions import Permission
from desmigratif.access.scope import ScopedQuerySet
from desmigratif.people.models import Resident
from desmigratif.shared.models import VillageOwned

RISKS = ("low", "watch", "high")


class ChildQuerySet(ScopedQuerySet["Child"]):
    see_permission = Permission.CHILD_SEE

    def enrolled(self) -> ChildQuerySet:
        """Who belongs to the centre today."""
        return self.filter(left_on=None)


class Child(VillageOwned):
    """One child's time at the centre: who is abroad, who cares, where it learns (codes of regulations/parenting.yaml).

    No more of a minor than that; the name and the birthday stay on the resident. Empty means unknown. `risk` is what
    the signs said when something was written last; `counted` is what the child adds to each indicator since then.
    """

    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="centre_records")
    enrolled_on = models.DateField()
    left_on = models.DateField(null=True)
    left_because = models.CharField(max_length=20, blank=True)
    parent = models.CharField(max_length=10, blank=True)
    worker = models.ForeignKey(Resident, on_delete=models.PROTECT, null=True, related_name="children_left_behind")
    caregiver = models.ForeignKey(Resident, on_delete=models.PROTECT, null=True, related_name="cares_for")
    caregiver_relation = models.CharField(max_length=20, blank=True)
    caregiver_load = models.CharField(max_length=10, blank=True)
    last_contact_on = models.DateField(null=True)
    schooling = models.CharField(max_length=20, blank=True)
    school = models.CharField(max_length=100, blank=True)
    school_class = models.CharField(max_length=20, blank=True)
    needs = models.JSONField(default=list)
    risk = models.CharField(max_length=10, blank=True)
    risk_because = models.JSONField(default=list)
    basis = models.CharField(max_length=20)
    given_by = models.CharField(max_length=20, blank=True)
    counted = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[ChildQuerySet] = ChildQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["resident"], condition=Q(left_on=None), name="child_enrolled_once"),
            models.CheckConstraint(
                condition=Q(left_on=None, left_because="") | (Q(left_on__isnull=False) & ~Q(left_because="")),
                name="child_left_with_reason",
            ),
            models.CheckConstraint(condition=Q(risk__in=["", *RISKS]), name="child_known_risk"),
        ]
        indexes = [models.Index(fields=["village_code", "left_on", "id"], name="child_by_village")]

    class Privacy:
        internal = ("id", "village_code", "resident", "version")
        specific = (
            "enrolled_on", "left_on", "left_because", "parent", "worker", "caregiver", "caregiver_relation",
            "caregiver_load", "last_contact_on", "schooling", "school", "school_class", "needs", "risk",
            "risk_because", "basis", "given_by", "counted",
        )  # fmt: skip

    @property
    def code(self) -> str:
        """The pseudonym on papers that others may see: it tells of nobody."""
        return self.id.hex[-6:].upper()
