"""A book year: what is used up over many of them, the day on which one was closed, and how its surplus was shared."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from desmigratif.cooperative.models.ledger import Cooperative, CooperativeOwnedQuerySet
from desmigratif.cooperative.models.meetings import Decision
from desmigratif.cooperative.models.members import Member
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


class SurplusRuleQuerySet(CooperativeOwnedQuerySet["SurplusRule"]):
    pass


class SurplusDistributionQuerySet(CooperativeOwnedQuerySet["SurplusDistribution"]):
    pass


class SurplusShareQuerySet(CooperativeOwnedQuerySet["SurplusShare"]):
    pass


class SavingsBasis(models.TextChoices):
    AVERAGE = "average", "Rata-rata saldo akhir bulan"
    YEAR_END = "year_end", "Saldo akhir tahun"


class UseBasis(models.TextChoices):
    LOAN_INTEREST = "loan_interest", "Jasa pinjaman yang dibayar"
    LOANS = "loans", "Pinjaman yang diterima"
    PURCHASES = "purchases", "Barang yang diambil lewat pembelian bersama"


class SurplusRule(VillageOwned):
    """How the articles of a cooperative share its surplus, from a day on.

    `funds` is a list of `{"code", "percent"}` that makes 100; codes as in `rules.year.surplus.FUNDS`.
    """

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    decision = models.CharField(max_length=120)
    funds = models.JSONField()
    savings_basis = models.CharField(max_length=8, choices=SavingsBasis.choices)
    use_basis = models.CharField(max_length=13, choices=UseBasis.choices)

    objects: ClassVar[SurplusRuleQuerySet] = SurplusRuleQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cooperative", "since"], name="surplus_rule_one_per_day")]

    class Privacy:
        internal = (
            "id", "village_code", "cooperative", "since", "decision", "funds", "savings_basis", "use_basis",
        )  # fmt: skip


class SurplusDistribution(VillageOwned):
    """A year's surplus given to funds and members, as a members' meeting decided; once a year, and never changed.

    `funds` is a list of `{"code", "percent", "rupiah"}`. `entry_id` is the entry that moved it.
    """

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="+")
    rule = models.ForeignKey(SurplusRule, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    surplus_rupiah = models.BigIntegerField()
    funds = models.JSONField()
    entry_id = models.UUIDField()
    actor_id = models.CharField(max_length=40)

    objects: ClassVar[SurplusDistributionQuerySet] = SurplusDistributionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "year"], name="surplus_distributed_once"),
            models.CheckConstraint(condition=Q(surplus_rupiah__gt=0), name="surplus_is_a_sum"),
        ]

    class Privacy:
        internal = (
            "id", "village_code", "cooperative", "year", "decision", "rule", "on", "surplus_rupiah", "funds",
            "entry_id", "actor_id",
        )  # fmt: skip


class SurplusShare(VillageOwned):
    """What one member got of it, and on what it was reckoned."""

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    distribution = models.ForeignKey(SurplusDistribution, on_delete=models.PROTECT, related_name="shares")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    savings_rupiah = models.BigIntegerField()
    use_rupiah = models.BigIntegerField()
    by_savings_rupiah = models.BigIntegerField()
    by_use_rupiah = models.BigIntegerField()

    objects: ClassVar[SurplusShareQuerySet] = SurplusShareQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["distribution", "member"], name="surplus_one_share_each")]

    class Privacy:
        internal = ("id", "village_code", "cooperative", "distribution", "member")
        specific = ("savings_rupiah", "use_rupiah", "by_savings_rupiah", "by_use_rupiah")


class BudgetQuerySet(CooperativeOwnedQuerySet["Budget"]):
    pass


class Budget(VillageOwned):
    """What a year is to earn and to cost, by line of the result; the newest one of a year holds.

    `lines` is rupiah by the code of the line, as in `regulations/cooperative_statements.yaml`.
    """

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    decided_on = models.DateField()
    decision = models.CharField(max_length=120)
    lines = models.JSONField()

    objects: ClassVar[BudgetQuerySet] = BudgetQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "year", "decided_on"], name="budget_one_per_day"),
        ]

    class Privacy:
        internal = ("id", "village_code", "cooperative", "year", "decided_on", "decision", "lines")
