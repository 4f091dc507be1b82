"""Mudharabah savings: the nisbah of each product over time, and the income of a month as it was shared.

What each saver got stands in the slips of the seal that entered it; the month was closed before, so that everything
behind these figures can be reckoned again.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from desmigratif.cooperative.models.ledger import Cooperative, CooperativeOwnedQuerySet
from desmigratif.cooperative.models.savings import SavingsProduct
from desmigratif.shared.models import VillageOwned


class SavingsNisbahQuerySet(CooperativeOwnedQuerySet["SavingsNisbah"]):
    pass


class SavingsDistributionQuerySet(CooperativeOwnedQuerySet["SavingsDistribution"]):
    def standing(self) -> SavingsDistributionQuerySet:
        return self.exclude(status=DistributionStatus.REVERSED)


class DistributionPartQuerySet(CooperativeOwnedQuerySet["DistributionPart"]):
    pass


class DistributionStatus(models.TextChoices):
    PREPARED = "prepared", "Menunggu orang kedua"
    POSTED = "posted", "Sudah dibukukan"
    REVERSED = "reversed", "Dibatalkan"


class SavingsNisbah(VillageOwned):
    """The savers' part of the income, in percent, from a day on; the cooperative has the rest. The weight says how a
    rupiah of this product counts beside one of another."""

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    product = models.ForeignKey(SavingsProduct, on_delete=models.PROTECT, related_name="nisbah")
    since = models.DateField()
    saver_percent = models.DecimalField(max_digits=5, decimal_places=2)
    weight_percent = models.DecimalField(max_digits=5, decimal_places=2, default=100)
    told_on = models.DateField(null=True)
    decision = models.CharField(max_length=120)

    objects: ClassVar[SavingsNisbahQuerySet] = SavingsNisbahQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["product", "since"], name="nisbah_one_per_day"),
            models.CheckConstraint(
                condition=Q(saver_percent__gt=0, saver_percent__lt=100, weight_percent__gt=0),
                name="nisbah_leaves_both_a_part",
            ),
        ]

    class Privacy:
        internal = (
            "id", "village_code", "cooperative", "product", "since", "saver_percent", "weight_percent", "told_on",
            "decision",
        )  # fmt: skip


class SavingsDistribution(VillageOwned):
    """The realised income of one month and the savers' part of it: prepared by one person, entered by another.

    `savers_average_rupiah` and `at_work_average_rupiah` are the mean daily balances that parted the income. The
    number is the seal's, None where a month without income entered nothing.
    """

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    last_on = models.DateField()
    status = models.CharField(max_length=8, choices=DistributionStatus.choices, default=DistributionStatus.PREPARED)
    margin_rupiah = models.BigIntegerField()
    profit_share_rupiah = models.BigIntegerField()
    rent_rupiah = models.BigIntegerField()
    loss_rupiah = models.BigIntegerField()
    savers_average_rupiah = models.BigIntegerField()
    at_work_average_rupiah = models.BigIntegerField()
    pool_rupiah = models.BigIntegerField()
    savers_rupiah = models.BigIntegerField()
    account_count = models.PositiveIntegerField()
    prepared_on = models.DateField()
    prepared_by = models.UUIDField()
    posted_on = models.DateField(null=True)
    posted_by = models.UUIDField(null=True)
    tax_rupiah = models.BigIntegerField(default=0)
    number = models.BigIntegerField(null=True)
    reversed_on = models.DateField(null=True)
    reversed_by = models.UUIDField(null=True)
    reverse_reason = models.CharField(max_length=160, blank=True)

    objects: ClassVar[SavingsDistributionQuerySet] = SavingsDistributionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "last_on"], condition=~Q(status="reversed"), name="distribution_one_per_month"
            ),
            models.CheckConstraint(
                condition=Q(pool_rupiah__gte=0, savers_rupiah__gte=0, savers_rupiah__lte=F("pool_rupiah")),
                name="distribution_takes_from_nobody",
            ),
            models.CheckConstraint(
                condition=Q(posted_by__isnull=True) | ~Q(posted_by=F("prepared_by")), name="distribution_by_two"
            ),
            models.CheckConstraint(
                condition=Q(status="prepared", posted_on__isnull=True, reversed_on__isnull=True)
                | Q(status="posted", posted_on__isnull=False, posted_by__isnull=False, reversed_on__isnull=True)
                | Q(status="reversed", reversed_on__isnull=False, reversed_by__isnull=False),
                name="distribution_goes_its_way",
            ),
        ]

    class Privacy:
        internal = (
            "id", "village_code", "cooperative", "last_on", "status", "margin_rupiah", "profit_share_rupiah",
            "rent_rupiah", "loss_rupiah", "savers_average_rupiah", "at_work_average_rupiah", "pool_rupiah",
            "savers_rupiah", "account_count", "prepared_on", "prepared_by", "posted_on", "posted_by", "tax_rupiah",
            "number", "reversed_on", "reversed_by", "reverse_reason",
        )  # fmt: skip


class DistributionPart(VillageOwned):
    """One product in a month's distribution, with the nisbah and weight that held."""

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    distribution = models.ForeignKey(SavingsDistribution, on_delete=models.PROTECT, related_name="parts")
    product = models.ForeignKey(SavingsProduct, on_delete=models.PROTECT, related_name="+")
    balance_days = models.DecimalField(max_digits=24, decimal_places=0)
    saver_percent = models.DecimalField(max_digits=5, decimal_places=2)
    weight_percent = models.DecimalField(max_digits=5, decimal_places=2)
    income_rupiah = models.BigIntegerField()
    savers_rupiah = models.BigIntegerField()

    objects: ClassVar[DistributionPartQuerySet] = DistributionPartQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["distribution", "product"], name="part_one_per_product")]

    class Privacy:
        internal = (
            "id", "village_code", "cooperative", "distribution", "product", "balance_days", "saver_percent",
            "weight_percent", "income_rupiah", "savers_rupiah",
        )  # fmt: skip
