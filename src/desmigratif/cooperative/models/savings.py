"""Savings beyond pokok and wajib: products, their rates over time, and members' accounts.

Balances stand in the ledger, under the account's id as holder.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from desmigratif.cooperative.models.ledger import Cooperative, CooperativeOwnedQuerySet
from desmigratif.cooperative.models.members import Member
from desmigratif.shared.models import VillageOwned


class SavingsProductQuerySet(CooperativeOwnedQuerySet["SavingsProduct"]):
    pass


class SavingsRateQuerySet(CooperativeOwnedQuerySet["SavingsRate"]):
    pass


class SavingsAccountQuerySet(CooperativeOwnedQuerySet["SavingsAccount"]):
    def open(self) -> SavingsAccountQuerySet:
        return self.filter(closed_on__isnull=True)


class SavingsKind(models.TextChoices):
    VOLUNTARY = "voluntary", "Simpanan sukarela"
    TERM = "term", "Simpanan berjangka"
    PURPOSE = "purpose", "Simpanan khusus"
    MUDHARABAH = "mudharabah", "Simpanan mudharabah"


class InterestBasis(models.TextChoices):
    DAILY = "daily", "Saldo harian"
    AVERAGE = "average", "Saldo rata-rata"
    MINIMUM = "minimum", "Saldo terendah"


class RollOver(models.TextChoices):
    NONE = "none", "Cair saat jatuh tempo"
    PRINCIPAL = "principal", "Pokok diperpanjang"
    ALL = "all", "Pokok dan jasa diperpanjang"


class SavingsProduct(VillageOwned):
    """A way to save. Rates and nisbah stand apart, dated; what a term account was opened under stays with it.
    Mudharabah savings may have months too: so long the money stays."""

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=SavingsKind.choices)
    basis = models.CharField(max_length=7, choices=InterestBasis.choices, default=InterestBasis.DAILY)
    minimum_balance_rupiah = models.BigIntegerField(default=0)
    term_months = models.PositiveSmallIntegerField(null=True)
    kept_percent_of_rate = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    penalty_percent = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    closed_on = models.DateField(null=True)

    objects: ClassVar[SavingsProductQuerySet] = SavingsProductQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "name"], name="product_one_per_name"),
            models.CheckConstraint(
                condition=Q(kind="term", term_months__gte=1)
                | Q(kind="mudharabah", term_months__gte=1)
                | (~Q(kind="term") & Q(term_months__isnull=True)),
                name="product_of_a_term_has_months",
            ),
            models.CheckConstraint(condition=Q(minimum_balance_rupiah__gte=0), name="product_minimum_is_a_sum"),
        ]

    class Privacy:
        internal = (
            "id", "village_code", "cooperative", "name", "kind", "basis", "minimum_balance_rupiah", "term_months",
            "kept_percent_of_rate", "penalty_percent", "closed_on",
        )  # fmt: skip


class SavingsRate(VillageOwned):
    """The yearly rate of a product from a day on."""

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    product = models.ForeignKey(SavingsProduct, on_delete=models.PROTECT, related_name="rates")
    since = models.DateField()
    annual_percent = models.DecimalField(max_digits=5, decimal_places=2)

    objects: ClassVar[SavingsRateQuerySet] = SavingsRateQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["product", "since"], name="rate_one_per_day")]

    class Privacy:
        internal = ("id", "village_code", "cooperative", "product", "since", "annual_percent")


class SavingsAccount(VillageOwned):
    """A member's savings in one product. Of a term: rate, end, what happens then; of a purpose: what for,
    which part of money sent home goes there, and why it was opened before its day, if it was."""

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="savings")
    product = models.ForeignKey(SavingsProduct, on_delete=models.PROTECT, related_name="accounts")
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)
    annual_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    term_from = models.DateField(null=True)
    matures_on = models.DateField(null=True)
    roll_over = models.CharField(max_length=9, choices=RollOver.choices, blank=True)
    purpose = models.CharField(max_length=60, blank=True)
    target_rupiah = models.BigIntegerField(null=True)
    target_on = models.DateField(null=True)
    planned_monthly_rupiah = models.BigIntegerField(null=True)
    remittance_percent = models.PositiveSmallIntegerField(null=True)
    unlocked_on = models.DateField(null=True)
    unlocked_for = models.CharField(max_length=10, blank=True)
    unlock_reason = models.CharField(max_length=160, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[SavingsAccountQuerySet] = SavingsAccountQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["cooperative", "matures_on"], name="savings_by_maturity")]
        constraints = [
            models.CheckConstraint(
                condition=Q(matures_on__isnull=True, annual_percent__isnull=True, term_from__isnull=True, roll_over="")
                | (Q(matures_on__gt=models.F("term_from"), annual_percent__gte=0) & ~Q(roll_over="")),
                name="savings_of_a_term_are_whole",
            ),
            models.CheckConstraint(
                condition=Q(unlocked_on__isnull=True, unlocked_for="", unlock_reason="")
                | (Q(unlocked_on__isnull=False, target_on__isnull=False) & ~Q(unlocked_for="") & ~Q(unlock_reason="")),
                name="savings_unlocked_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(remittance_percent__isnull=True)
                | Q(remittance_percent__gte=1, remittance_percent__lte=100, target_rupiah__isnull=False),
                name="savings_share_of_a_remittance",
            ),
        ]

    class Privacy:
        internal = (
            "id", "village_code", "cooperative", "member", "product", "opened_on", "closed_on", "annual_percent",
            "term_from", "matures_on", "roll_over", "version",
        )  # fmt: skip
        specific = (
            "purpose", "target_rupiah", "target_on", "planned_monthly_rupiah", "remittance_percent", "unlocked_on",
            "unlocked_for", "unlock_reason",
        )  # fmt: skip
