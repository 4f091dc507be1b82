"""The books: who keeps them, their accounts, and what was entered.

Nouns: a *seal* closes one or many entries in one step; an *entry* is one business event on one day; a *leg* is one
side of it, debit above zero and credit below, in whole rupiah. A *holder* is the savings account or loan (by id) to
which a leg of a control account belongs. *Monthly totals* and *holdings* are made by the seal's trigger and can be
made again from the legs. A *period* is a closed month.

What guards these tables in the database stands in `shared/guards/ledger.py`. Write through
`cooperative.actions.ledger.posting`, read through `cooperative.queries.ledger`.
"""

from __future__ import annotations

from typing import ClassVar, Self, TypeVar
from uuid import UUID

from django.db import models

from desmigratif.access.permissions import Permission
from desmigratif.access.scope import ScopedQuerySet
from desmigratif.shared.models import VillageOwned

M = TypeVar("M", bound=models.Model)


class CooperativeOwnedQuerySet(ScopedQuerySet[M]):
    """Rows behind a cooperative's wall: begin with `visible_to(by)`, or `of` a cooperative that you were given."""

    see_permission = Permission.COOPERATIVE_SEE

    def of(self, cooperative: Cooperative | UUID) -> Self:
        """Rows of one cooperative, for work that has already found it with `visible_to` or asked `require`."""
        key = cooperative if isinstance(cooperative, UUID) else cooperative.id
        return self._mark_scoped().filter(cooperative_id=key)


class CooperativeQuerySet(ScopedQuerySet["Cooperative"]):
    see_permission = Permission.COOPERATIVE_SEE


class AccountQuerySet(CooperativeOwnedQuerySet["Account"]):
    pass


class EntryQuerySet(CooperativeOwnedQuerySet["Entry"]):
    def sealed(self) -> Self:
        """What counts. An entry that is not sealed exists only inside the transaction that writes it."""
        return self.filter(seal__sealed=True)


class PeriodQuerySet(CooperativeOwnedQuerySet["Period"]):
    pass


class CooperativeKind(models.TextChoices):
    COOPERATIVE = "cooperative", "Koperasi"
    VILLAGE_ENTERPRISE_UNIT = "village_enterprise_unit", "Unit BUMDes"
    KDMP_UNIT = "kdmp_unit", "Unit Koperasi Desa Merah Putih"
    SAVINGS_GROUP = "savings_group", "Kelompok simpan pinjam (belum koperasi)"


class Cooperative(VillageOwned):
    """A body with books of its own. `village_code` is its home village; members may live elsewhere.

    `became_on` is the day on which a savings group went on as what it is now, with the same books. A unit of another
    names it as `parent`, and has books of its own. From `sharia_since` on its books know contracts and no interest.
    """

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=24, choices=CooperativeKind.choices)
    legal_number = models.CharField(max_length=60, blank=True)
    opened_on = models.DateField()
    became_on = models.DateField(null=True)
    rounding_rupiah = models.PositiveIntegerField(default=100)
    chart_since = models.DateField()
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="units")
    sharia_since = models.DateField(null=True)

    objects: ClassVar[CooperativeQuerySet] = CooperativeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["village_code"], name="cooperative_by_village")]
        constraints = [
            models.CheckConstraint(condition=models.Q(rounding_rupiah__gte=1), name="cooperative_rounds_to_rupiah"),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")), name="unit_of_another"
            ),
        ]

    class Privacy:
        public = ("name", "kind")
        internal = (
            "id", "village_code", "legal_number", "opened_on", "became_on", "rounding_rupiah", "chart_since", "parent",
            "sharia_since",
        )  # fmt: skip


class Book(models.Model):
    """The end of a cooperative's chain of seals. Locked first by everything that posts or closes."""

    cooperative = models.OneToOneField(Cooperative, on_delete=models.PROTECT, primary_key=True)
    village_code = models.CharField(max_length=13)
    last_number = models.BigIntegerField(default=0)
    head_hash = models.CharField(max_length=64, default="")

    class Privacy:
        internal = ("cooperative", "village_code", "last_number", "head_hash")


class AccountKind(models.TextChoices):
    ASSET = "asset", "Aset"
    LIABILITY = "liability", "Liabilitas"
    EQUITY = "equity", "Ekuitas"
    INCOME = "income", "Pendapatan"
    EXPENSE = "expense", "Beban"


class MemberSide(models.TextChoices):
    MEMBER = "member", "Anggota"
    NON_MEMBER = "non_member", "Bukan anggota"


class Account(VillageOwned):
    """One line of the chart.

    `use` is the stable word by which the programme finds an account ("cash"), blank for those that people opened.
    `side` is 1 when a debit makes it grow and -1 when a credit does. With `has_holders` every leg names a holder, and
    no leg does otherwise. Without `may_overdraw` nothing may bring it (or one of its holders) to the wrong side.
    """

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=12)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=9, choices=AccountKind.choices)
    side = models.SmallIntegerField()
    member_side = models.CharField(max_length=10, choices=MemberSide.choices, blank=True)
    use = models.CharField(max_length=40, blank=True)
    has_holders = models.BooleanField(default=False)
    may_overdraw = models.BooleanField(default=False)
    closed_on = models.DateField(null=True)

    objects: ClassVar[AccountQuerySet] = AccountQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "code"], name="account_one_per_code"),
            models.UniqueConstraint(
                fields=["cooperative", "use"], condition=~models.Q(use=""), name="account_one_per_use"
            ),
            models.CheckConstraint(condition=models.Q(side__in=(1, -1)), name="account_has_a_side"),
        ]

    class Privacy:
        internal = (
            "id", "village_code", "cooperative", "code", "name", "kind", "side", "member_side", "use", "has_holders",
            "may_overdraw", "closed_on",
        )  # fmt: skip


class Seal(VillageOwned):
    """Closes the entries under it: written last, in the same transaction; numbered without a gap.

    `sealed` is always true; readers ask for it, so that entries whose seal is not there yet do not count.

    No foreign key in the database: its guard asks for the cooperative's book, which has one, when it is written.
    """

    cooperative = models.ForeignKey(
        Cooperative, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    number = models.BigIntegerField()
    recorded_at = models.DateTimeField()
    actor_id = models.CharField(max_length=40)
    act_id = models.UUIDField(null=True)
    entry_count = models.IntegerField()
    leg_count = models.IntegerField()
    prev_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)
    sealed = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cooperative", "number"], name="seal_one_per_number")]

    class Privacy:
        internal = (
            "id", "village_code", "cooperative", "number", "recorded_at", "actor_id", "act_id", "entry_count",
            "leg_count", "prev_hash", "hash", "sealed",
        )  # fmt: skip


class Entry(VillageOwned):
    """One business event on one day. Its id is its idempotency key, made by the caller; `kind` names the event
    ("savings.deposited"); the memo is for people. When it was recorded, and by whom, stands on the seal."""

    cooperative = models.ForeignKey(
        Cooperative, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="entries", db_constraint=False)
    on = models.DateField()
    kind = models.CharField(max_length=40)
    memo = models.CharField(max_length=200, blank=True)
    reverses = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False
    )

    objects: ClassVar[EntryQuerySet] = EntryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["cooperative", "on"], name="entry_by_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["reverses"], condition=models.Q(reverses__isnull=False), name="entry_reversed_once"
            ),
        ]

    class Privacy:
        internal = ("id", "village_code", "cooperative", "seal", "on", "kind", "reverses")
        personal = ("memo",)


class Leg(models.Model):
    """One side of an entry. No foreign keys in the database: the seal asks whether what it names is there."""

    id = models.BigAutoField(primary_key=True)
    village_code = models.CharField(max_length=13)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="legs", db_constraint=False)
    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    holder_id = models.UUIDField(null=True)
    amount_rupiah = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["holder_id"], condition=models.Q(holder_id__isnull=False), name="leg_by_holder"),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(amount_rupiah=0), name="leg_is_not_zero"),
        ]

    class Privacy:
        internal = ("id", "village_code", "entry", "account", "holder_id")
        specific = ("amount_rupiah",)


class MonthlyTotal(models.Model):
    """What went into an account in one month, made by the seal's trigger; `month` is its first day."""

    id = models.BigAutoField(primary_key=True)
    village_code = models.CharField(max_length=13)
    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+", db_index=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", db_index=False)
    month = models.DateField()
    debit_rupiah = models.BigIntegerField()
    credit_rupiah = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "month"], name="total_one_per_month")]
        indexes = [models.Index(fields=["cooperative", "month"], name="total_of_cooperative")]

    class Privacy:
        internal = ("id", "village_code", "cooperative", "account", "month", "debit_rupiah", "credit_rupiah")


class Holding(models.Model):
    """The balance now of one holder in one account, debit above zero, made by the seal's trigger.

    An account without holders has one row, under its own id.
    """

    id = models.BigAutoField(primary_key=True)
    village_code = models.CharField(max_length=13)
    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    holder_id = models.UUIDField()
    balance_rupiah = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["holder_id", "account"], name="holding_one_per_holder")]

    class Privacy:
        internal = ("id", "village_code", "account", "holder_id")
        specific = ("balance_rupiah",)


class Period(VillageOwned):
    """A closed month; added in order, never changed, never taken back. `seal_number` is the last seal before it."""

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+", db_index=False)
    last_on = models.DateField()
    closed_at = models.DateTimeField()
    actor_id = models.CharField(max_length=40)
    seal_number = models.BigIntegerField()

    objects: ClassVar[PeriodQuerySet] = PeriodQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cooperative", "last_on"], name="period_closed_once")]

    class Privacy:
        internal = ("id", "village_code", "cooperative", "last_on", "closed_at", "actor_id", "seal_number")
