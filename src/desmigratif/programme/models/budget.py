"""Money of the programme in a village: allotted and spent, by year and source."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from desmigratif.access.permissions import Permission
from desmigratif.access.scope import ScopedQuerySet
from desmigratif.shared.models import VillageOwned


class BudgetLineQuerySet(ScopedQuerySet["BudgetLine"]):
    see_permission = Permission.FIGURES_SEE


class BudgetLine(VillageOwned):
    """What one source gave a village in a year and what was spent of it until a day.

    `source`: budget_sources of regulations/programme.yaml. More spent than allotted needs a remark.
    """

    year = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=20)
    allotted_rupiah = models.BigIntegerField()
    spent_rupiah = models.BigIntegerField(default=0)
    on = models.DateField()
    remark = models.CharField(max_length=200, blank=True)

    objects: ClassVar[BudgetLineQuerySet] = BudgetLineQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["village_code", "year", "source"], name="budget_line_once"),
            models.CheckConstraint(
                condition=Q(allotted_rupiah__gte=0, spent_rupiah__gte=0)
                & (Q(spent_rupiah__lte=F("allotted_rupiah")) | ~Q(remark="")),
                name="budget_line_overspent_says_why",
            ),
        ]

    class Privacy:
        public = ("village_code", "year", "source", "allotted_rupiah", "spent_rupiah", "on")
        internal = ("id", "remark")
