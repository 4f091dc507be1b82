"""Reading savings: what a member has, and what is owed of the simpanan wajib."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Sum

from desmigratif.cooperative.models import (
    Account,
    Cooperative,
    Holding,
    LoanCollateral,
    LoanStatus,
    Member,
    MoneySlip,
    SavingsAccount,
    SavingsKind,
    SavingsProduct,
    SavingsRate,
)
from desmigratif.cooperative.queries.ledger.books import balance_now
from desmigratif.cooperative.queries.members.register import compulsory_amounts
from desmigratif.cooperative.rules.savings.products import MonthOwed, compulsory_arrears

USE_OF_KIND = {
    SavingsKind.VOLUNTARY: "savings_voluntary",
    SavingsKind.TERM: "savings_term",
    SavingsKind.PURPOSE: "savings_purpose",
    SavingsKind.MUDHARABAH: "savings_mudharabah",
}
HELD_SAVINGS = "liquid"  # the kind of collateral that is a member's own savings
CAPITAL_USE = {"entry": "savings_principal", "compulsory": "savings_compulsory"}


def use_of_savings(account: SavingsAccount) -> str:
    """The account of the chart under which savings stand."""
    return USE_OF_KIND[SavingsKind(account.product.kind)]


@dataclass(frozen=True, slots=True)
class Savings:
    """One savings account with what is in it."""

    account: SavingsAccount
    balance_rupiah: int


@dataclass(frozen=True, slots=True)
class MemberSavings:
    """What a member has in the cooperative, and the months of simpanan wajib that are open."""

    principal_rupiah: int
    compulsory_rupiah: int
    accounts: tuple[Savings, ...]
    arrears: tuple[MonthOwed, ...]

    @property
    def arrears_rupiah(self) -> int:
        return sum(month.open for month in self.arrears)

    @property
    def total_rupiah(self) -> int:
        return self.principal_rupiah + self.compulsory_rupiah + sum(one.balance_rupiah for one in self.accounts)


def rate_on(cooperative: Cooperative, product: SavingsProduct, on: date) -> Decimal | None:
    """The yearly rate of a product on a day; None before its first."""
    rates = SavingsRate.objects.of(cooperative).filter(product=product, since__lte=on)
    return rates.order_by("-since").values_list("annual_percent", flat=True).first()


def capital_of(cooperative: Cooperative, member: Member, kind: str) -> int:
    """What a member has paid of pokok ("entry") or wajib ("compulsory")."""
    return balance_now(Account.objects.of(cooperative).get(use=CAPITAL_USE[kind]), member.id)


def arrears_of(cooperative: Cooperative, member: Member, paid_rupiah: int, on: date) -> tuple[MonthOwed, ...]:
    """Months of simpanan wajib that are open, oldest first; none for a candidate."""
    if member.joined_on is None:
        return ()
    since, paid_rupiah = member.compulsory_from or member.joined_on, paid_rupiah - member.compulsory_before_rupiah
    return tuple(compulsory_arrears(compulsory_amounts(cooperative), since, paid_rupiah, on, member.left_on))


def savings_of(cooperative: Cooperative, member: Member, on: date) -> MemberSavings:
    """Everything a member has put by here."""
    accounts = list(
        SavingsAccount.objects.of(cooperative).filter(member=member).select_related("product").order_by("opened_on")
    )
    ledger = {account.use: account for account in Account.objects.of(cooperative).exclude(use="")}
    held = Holding.objects.filter(holder_id__in=[member.id, *(one.id for one in accounts)])
    found = {(row.account_id, row.holder_id): row.balance_rupiah for row in held}

    def balance(use: str, holder: UUID) -> int:
        account = ledger[use]
        return found.get((account.id, holder), 0) * account.side

    compulsory = balance("savings_compulsory", member.id)
    return MemberSavings(
        principal_rupiah=balance("savings_principal", member.id),
        compulsory_rupiah=compulsory,
        accounts=tuple(Savings(one, balance(use_of_savings(one), one.id)) for one in accounts),
        arrears=arrears_of(cooperative, member, compulsory, on),
    )


def paid_in_since(cooperative: Cooperative, accounts: list[UUID], since: date) -> dict[UUID, int]:
    """What was paid into each of these accounts from a day on, less what was taken back. One query, or none."""
    if not accounts:
        return {}
    slips = MoneySlip.objects.of(cooperative).filter(holder_id__in=accounts, kind="savings.deposited", on__gte=since)
    return dict(slips.order_by().values_list("holder_id").annotate(Sum("amount_rupiah")))


def held_of(cooperative: Cooperative, member_id: UUID) -> int:
    """What of a member's savings stands as collateral of loans that were approved or run. One query."""
    rows = LoanCollateral.objects.of(cooperative).filter(
        kind=HELD_SAVINGS, loan__member_id=member_id, loan__status__in=(LoanStatus.APPROVED, LoanStatus.ACTIVE)
    )
    total: int | None = rows.aggregate(total=Sum("value_rupiah"))["total"]
    return total or 0


def saved_of(cooperative: Cooperative, member_id: UUID, *, but: UUID | None = None) -> int:
    """What a member has in open savings accounts, perhaps all but one. One query."""
    accounts = SavingsAccount.objects.of(cooperative).open().filter(member_id=member_id)
    if but is not None:
        accounts = accounts.exclude(id=but)
    rows = Holding.objects.filter(
        account__cooperative_id=cooperative.id, account__use__in=USE_OF_KIND.values(),
        holder_id__in=accounts.values("id"),
    )  # fmt: skip
    total: int | None = rows.aggregate(total=Sum("balance_rupiah"))["total"]
    return -(total or 0)


def products_offered(cooperative: Cooperative, on: date) -> list[SavingsProduct]:
    """What a member may open on a day, sukarela first."""
    known = SavingsRate.objects.of(cooperative).filter(since__lte=on).values("product_id")
    rows = SavingsProduct.objects.of(cooperative).filter(id__in=known)
    order = [SavingsKind.VOLUNTARY, SavingsKind.MUDHARABAH, SavingsKind.PURPOSE, SavingsKind.TERM]
    open_ones = [one for one in rows.order_by("name") if one.closed_on is None or one.closed_on > on]
    return sorted(open_ones, key=lambda one: order.index(SavingsKind(one.kind)))


OWED_USES = ("leavers_payable", "savings_interest_payable", "shu_payable")


def owed_to(cooperative: Cooperative, member: Member) -> dict[str, int]:
    """What the cooperative keeps for a member until they come for it, by account. One query."""
    rows = Holding.objects.filter(
        account__cooperative_id=cooperative.id, account__use__in=OWED_USES, holder_id=member.id
    )
    return {use: -balance for use, balance in rows.values_list("account__use", "balance_rupiah") if balance}


def open_voluntary(cooperative: Cooperative, member: Member) -> SavingsAccount | None:
    """The member's oldest open simpanan sukarela, where money that became free is put."""
    rows = SavingsAccount.objects.of(cooperative).open().filter(member=member, product__kind=SavingsKind.VOLUNTARY)
    return rows.select_related("product", "member").order_by("opened_on", "id").first()


def balance_of(cooperative: Cooperative, account: SavingsAccount) -> int:
    """What is in a savings account now."""
    return balance_now(Account.objects.of(cooperative).get(use=use_of_savings(account)), account.id)
