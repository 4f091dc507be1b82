"""Sharia contracts with members, and the realised results of those that share profit.

What of a contract is owned, owed or waiting stands in the books under the contract's id; what moved are
`BusinessMove`s about it.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from desmigratif.cooperative.models.ledger import Cooperative, CooperativeOwnedQuerySet
from desmigratif.cooperative.models.members import Member
from desmigratif.shared.models import VillageOwned


class ShariaContractQuerySet(CooperativeOwnedQuerySet["ShariaContract"]):
    pass


class ShariaResultQuerySet(CooperativeOwnedQuerySet["ShariaResult"]):
    pass


class ContractKind(models.TextChoices):
    MURABAHAH = "murabahah", "Murabahah (jual beli)"
    MUDHARABAH = "mudharabah", "Mudharabah (modal dari koperasi)"
    MUSYARAKAH = "musyarakah", "Musyarakah (modal bersama)"
    IJARAH = "ijarah", "Ijarah (sewa)"
    QARDH = "qardh", "Qardh (pinjaman kebajikan)"


class ContractStatus(models.TextChoices):
    ASKED = "asked", "Menunggu keputusan"
    AGREED = "agreed", "Disetujui"
    DECLINED = "declined", "Tidak disetujui"


class MoneySource(models.TextChoices):
    OWN = "own", "Uang koperasi"
    BENEVOLENT = "benevolent", "Dana kebajikan"


class ShariaContract(VillageOwned):
    """One contract. `amount_rupiah` is the cost that was agreed, the capital, the price of the leased thing, or the
    sum lent; `rent_rupiah` the whole rent. A rebate that was granted holds for its day only. `related_roles` are what
    makes the member a related party; then the supervisors agree too, before the board decides."""

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=ContractKind.choices)
    goods = models.CharField(max_length=100)
    amount_rupiah = models.BigIntegerField()
    margin_rupiah = models.BigIntegerField(default=0)
    rent_rupiah = models.BigIntegerField(default=0)
    residual_rupiah = models.BigIntegerField(default=0)
    share_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    members_capital_rupiah = models.BigIntegerField(default=0)
    source = models.CharField(max_length=10, choices=MoneySource.choices, default=MoneySource.OWN)
    instalments = models.PositiveSmallIntegerField(null=True)
    first_due_on = models.DateField(null=True)
    late_charge_rupiah = models.BigIntegerField(default=0)
    by_agent = models.BooleanField(default=False)
    fee_rupiah = models.BigIntegerField(default=0)
    fee_for = models.CharField(max_length=80, blank=True)
    status = models.CharField(max_length=8, choices=ContractStatus.choices, default=ContractStatus.ASKED)
    asked_on = models.DateField()
    asked_by = models.UUIDField()
    decided_on = models.DateField(null=True)
    decided_by = models.UUIDField(null=True)
    decision = models.CharField(max_length=160, blank=True)
    related_roles = models.JSONField(default=list)
    supervisors_agreed_on = models.DateField(null=True)
    supervisors_agreed_by = models.UUIDField(null=True)
    rebate_rupiah = models.BigIntegerField(default=0)
    rebate_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[ShariaContractQuerySet] = ShariaContractQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["cooperative", "asked_on"], name="sharia_contract_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    amount_rupiah__gt=0, margin_rupiah__gte=0, rent_rupiah__gte=0, residual_rupiah__gte=0,
                    members_capital_rupiah__gte=0, late_charge_rupiah__gte=0, fee_rupiah__gte=0, rebate_rupiah__gte=0,
                ),
                name="sharia_sums_are_sums",
            ),
            models.CheckConstraint(
                condition=Q(kind="murabahah", margin_rupiah__gt=0) | (~Q(kind="murabahah") & Q(margin_rupiah=0)),
                name="sharia_margin_in_sales_only",
            ),
            models.CheckConstraint(
                condition=Q(share_percent__isnull=True) | Q(kind__in=("mudharabah", "musyarakah")),
                name="sharia_share_in_ventures_only",
            ),
            models.CheckConstraint(
                condition=Q(source="own") | Q(source="benevolent", kind="qardh"), name="sharia_fund_lends_qardh_only"
            ),
            models.CheckConstraint(
                condition=Q(status="asked", decided_on__isnull=True, decided_by__isnull=True)
                | (~Q(status="asked") & Q(decided_on__isnull=False, decided_by__isnull=False)),
                name="sharia_contract_decided_whole",
            ),
            models.CheckConstraint(
                condition=Q(supervisors_agreed_on__isnull=True, supervisors_agreed_by__isnull=True)
                | Q(supervisors_agreed_on__isnull=False, supervisors_agreed_by__isnull=False),
                name="sharia_supervisors_agreed_whole",
            ),
        ]  # fmt: skip

    class Privacy:
        internal = (
            "id", "village_code", "cooperative", "member", "kind", "instalments", "first_due_on", "by_agent", "status",
            "asked_on", "asked_by", "decided_on", "decided_by", "rebate_on", "version", "share_percent",
            "source", "supervisors_agreed_on", "supervisors_agreed_by",
        )  # fmt: skip
        specific = (
            "related_roles", "goods", "amount_rupiah", "margin_rupiah", "rent_rupiah", "residual_rupiah",
            "members_capital_rupiah", "late_charge_rupiah", "fee_rupiah", "fee_for", "decision", "rebate_rupiah",
        )  # fmt: skip


class ShariaResult(VillageOwned):
    """What a venture really earned (above 0) or lost in a time, and the cooperative's part. Its id is the entry's,
    where the books were touched; taken back, its mirror stands among the moves."""

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    contract = models.ForeignKey(ShariaContract, on_delete=models.PROTECT, related_name="results")
    on = models.DateField()
    first_on = models.DateField()
    last_on = models.DateField()
    result_rupiah = models.BigIntegerField()
    cooperative_rupiah = models.BigIntegerField()
    by_negligence = models.BooleanField(default=False)

    objects: ClassVar[ShariaResultQuerySet] = ShariaResultQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last_on__gte=models.F("first_on")), name="sharia_result_ends_later"),
        ]

    class Privacy:
        internal = (
            "id", "village_code", "cooperative", "contract", "on", "first_on", "last_on", "by_negligence",
        )  # fmt: skip
        specific = ("result_rupiah", "cooperative_rupiah")
