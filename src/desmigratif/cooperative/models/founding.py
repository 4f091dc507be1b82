"""What a savings group has done on its way to a cooperative."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from desmigratif.cooperative.models.ledger import Cooperative, CooperativeOwnedQuerySet
from desmigratif.shared.models import VillageOwned


class FoundingStepQuerySet(CooperativeOwnedQuerySet["FoundingStep"]):
    pass


class FoundingStep(VillageOwned):
    """One line of the checklist that stands on paper: when, and by which minutes or deed. `code` as in the rules."""

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=12)
    on = models.DateField()
    proof = models.CharField(max_length=120)

    objects: ClassVar[FoundingStepQuerySet] = FoundingStepQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cooperative", "code"], name="founding_step_once")]

    class Privacy:
        internal = ("id", "village_code", "cooperative", "code", "on", "proof")
