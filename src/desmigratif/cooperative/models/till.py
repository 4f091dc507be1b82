"""The till: a cashier's day, and the slip for every movement of a member's money."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from desmigratif.cooperative.models.ledger import Cooperative, CooperativeOwnedQuerySet
from desmigratif.cooperative.models.members import ConnectedPerson, Member
from desmigratif.shared.models import VillageOwned


class MoneyLimitQuerySet(CooperativeOwnedQuerySet["MoneyLimit"]):
    pass


class TillDayQuerySet(CooperativeOwnedQuerySet["TillDay"]):
    def open_of(self, cashier_id: UUID) -> TillDayQuerySet:
        return self.filter(cashier_id=cashier_id, closed_at__isnull=True)


class PayoutApprovalQuerySet(CooperativeOwnedQuerySet["PayoutApproval"]):
    def unused(self) -> PayoutApprovalQuerySet:
        return self.filter(slip__isnull=True, move_id__isnull=True)


class MoneySlipQuerySet(CooperativeOwnedQuerySet["MoneySlip"]):
    pass


class MoneyLimit(VillageOwned):
    """Above this sum money leaves the till only when a second person has agreed; decided, and valid from a day on."""

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    second_person_above_rupiah = models.BigIntegerField()
    decision = models.CharField(max_length=120)

    objects: ClassVar[MoneyLimitQuerySet] = MoneyLimitQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "since"], name="money_limit_one_per_day"),
            models.CheckConstraint(condition=Q(second_person_above_rupiah__gte=0), name="money_limit_is_a_sum"),
        ]

    class Privacy:
        internal = ("id", "village_code", "cooperative", "since", "second_person_above_rupiah", "decision")


class TillDay(VillageOwned):
    """One cashier's day: what was counted when it began and when it ended. What should be there follows from the
    slips and from what was carried to the bank (below 0) or from it."""

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    cashier_id = models.UUIDField()
    on = models.DateField()
    opened_at = models.DateTimeField()
    opening_rupiah = models.BigIntegerField()
    carried_rupiah = models.BigIntegerField(default=0)
    closed_at = models.DateTimeField(null=True)
    counted_rupiah = models.BigIntegerField(null=True)
    difference_rupiah = models.BigIntegerField(null=True)
    difference_reason = models.CharField(max_length=160, blank=True)

    objects: ClassVar[TillDayQuerySet] = TillDayQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "cashier_id"],
                condition=Q(closed_at__isnull=True),
                name="till_one_open_per_cashier",
            ),
            models.CheckConstraint(condition=Q(opening_rupiah__gte=0), name="till_opens_with_a_count"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, counted_rupiah__isnull=True, difference_rupiah__isnull=True)
                | Q(closed_at__isnull=False, counted_rupiah__gte=0, difference_rupiah__isnull=False),
                name="till_closes_with_a_count",
            ),
        ]

    class Privacy:
        internal = (
            "id", "village_code", "cooperative", "cashier_id", "on", "opened_at", "opening_rupiah",
            "carried_rupiah", "closed_at", "counted_rupiah", "difference_rupiah", "difference_reason",
        )  # fmt: skip


class MoneySlip(VillageOwned):
    """What a member holds in the hand: money in (above 0) or out, and the balance after it. Its id is the entry's.

    `holder_id` is the savings account or loan (the member for simpanan pokok and wajib), `use` the account of the
    chart. `code` is printed in the passbook and can be checked. `receiver` took the money in the member's stead.
    """

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    till = models.ForeignKey(TillDay, on_delete=models.PROTECT, null=True, related_name="slips")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="slips")
    on = models.DateField()
    kind = models.CharField(max_length=40)
    use = models.CharField(max_length=40)
    holder_id = models.UUIDField()
    amount_rupiah = models.BigIntegerField()
    balance_rupiah = models.BigIntegerField()
    number = models.BigIntegerField()
    code = models.CharField(max_length=8)
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="reversed_by")
    receiver = models.ForeignKey(ConnectedPerson, on_delete=models.PROTECT, null=True, related_name="+")

    objects: ClassVar[MoneySlipQuerySet] = MoneySlipQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(fields=["cooperative", "on"], name="slip_by_day"),
            models.Index(fields=["holder_id", "number"], name="slip_by_holder"),
        ]
        constraints = [models.CheckConstraint(condition=~Q(amount_rupiah=0), name="slip_moves_money")]

    class Privacy:
        internal = (
            "id", "village_code", "cooperative", "till", "member", "on", "kind", "use", "holder_id", "number", "code",
            "reverses", "receiver",
        )  # fmt: skip
        specific = ("amount_rupiah", "balance_rupiah")


class PayoutApproval(VillageOwned):
    """A second person agrees, before the money goes, to one sum for one account on one day.

    `move_id` is the business move that used it; there `member` may be null, since not all money goes to members.
    """

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    holder_id = models.UUIDField()
    amount_rupiah = models.BigIntegerField()
    on = models.DateField()
    approver_id = models.UUIDField()
    slip = models.OneToOneField(MoneySlip, on_delete=models.PROTECT, null=True, related_name="approval")
    move_id = models.UUIDField(null=True)

    objects: ClassVar[PayoutApprovalQuerySet] = PayoutApprovalQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount_rupiah__gt=0), name="approval_of_a_sum")]

    class Privacy:
        internal = ("id", "village_code", "cooperative", "member", "holder_id", "on", "approver_id", "slip", "move_id")
        specific = ("amount_rupiah",)
