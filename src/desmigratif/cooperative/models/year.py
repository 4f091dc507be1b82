"""A book year: what is used up over many of them, and the day on which one was closed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from desmigratif.cooperative.models.ledger import Cooperative, CooperativeOwnedQuerySet
from desmigratif.shared.models import VillageOwned


class FixedAssetQuerySet(CooperativeOwnedQuerySet["FixedAsset"]):
    def in_use(self) -> FixedAssetQuerySet:
        return self.filter(retired_on__isnull=True)


class ClosedYearQuerySet(CooperativeOwnedQuerySet["ClosedYear"]):
    pass


class FixedAsset(VillageOwned):
    """Something that serves for years. Its cost stands in the books; here is how long it lasts, for depreciation."""

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    acquired_on = models.DateField()
    cost_rupiah = models.BigIntegerField()
    residual_rupiah = models.BigIntegerField(default=0)
    life_months = models.PositiveSmallIntegerField()
    retired_on = models.DateField(null=True)
    retired_reason = models.CharField(max_length=120, blank=True)

    objects: ClassVar[FixedAssetQuerySet] = FixedAssetQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["cooperative", "acquired_on"], name="fixed_asset_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(cost_rupiah__gt=0, residual_rupiah__gte=0, residual_rupiah__lte=models.F("cost_rupiah")),
                name="fixed_asset_of_a_cost",
            ),
            models.CheckConstraint(condition=Q(life_months__gte=1), name="fixed_asset_lasts"),
        ]

    class Privacy:
        internal = (
            "id", "village_code", "cooperative", "name", "acquired_on", "cost_rupiah", "residual_rupiah",
            "life_months", "retired_on", "retired_reason",
        )  # fmt: skip


class ClosedYear(VillageOwned):
    """A book year that is closed; never changed, never taken back. Its SHU went to "SHU belum dibagi" by `entry_id`
    (null when nothing was earned or spent)."""

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    surplus_rupiah = models.BigIntegerField()
    depreciation_rupiah = models.BigIntegerField()
    entry_id = models.UUIDField(null=True)
    closed_at = models.DateTimeField()
    actor_id = models.CharField(max_length=40)

    objects: ClassVar[ClosedYearQuerySet] = ClosedYearQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cooperative", "year"], name="year_closed_once")]

    class Privacy:
        internal = (
            "id", "village_code", "cooperative", "year", "surplus_rupiah", "depreciation_rupiah", "entry_id",
            "closed_at", "actor_id",
        )  # fmt: skip
