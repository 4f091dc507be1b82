"""Villages in a programme and the steps they took. Nothing here is about a person."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from desmigratif.access.permissions import Permission
from desmigratif.access.scope import ScopedQuerySet
from desmigratif.shared.models import VillageOwned


class ProgrammeVillageQuerySet(ScopedQuerySet["ProgrammeVillage"]):
    see_permission = Permission.FIGURES_SEE

    def standing(self) -> Self:
        """Villages that are in a programme now."""
        return self.filter(left_on=None)


class VillageStepQuerySet(ScopedQuerySet["VillageStep"]):
    see_permission = Permission.FIGURES_SEE


class ProgrammeVillage(VillageOwned):
    """A village in one programme, from its decree on. `programme` and `left_because`: regulations/programme.yaml."""

    programme = models.CharField(max_length=20)
    decree = models.CharField(max_length=80)
    decreed_on = models.DateField()
    left_on = models.DateField(null=True)
    left_because = models.CharField(max_length=20, blank=True)

    objects: ClassVar[ProgrammeVillageQuerySet] = ProgrammeVillageQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["village_code", "programme"], condition=Q(left_on=None), name="village_once_in_a_programme"
            ),
            models.CheckConstraint(
                condition=Q(left_on=None, left_because="") | (Q(left_on__gte=F("decreed_on")) & ~Q(left_because="")),
                name="village_left_a_programme_whole",
            ),
        ]

    class Privacy:
        public = ("village_code", "programme", "decree", "decreed_on", "left_on", "left_because")
        internal = ("id",)


class VillageStep(VillageOwned):
    """A step that a village took: `step` of regulations/programme.yaml, its day, and the paper that says so."""

    membership = models.ForeignKey(ProgrammeVillage, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=30)
    on = models.DateField()
    paper = models.CharField(max_length=80, blank=True)

    objects: ClassVar[VillageStepQuerySet] = VillageStepQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["membership", "step"], name="village_step_taken_once")]

    class Privacy:
        public = ("village_code", "step", "on", "paper")
        internal = ("id", "membership")
