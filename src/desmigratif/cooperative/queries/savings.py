"""Reading savings: what a member has, and what is owed of the simpanan wajib."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from desmigratif.cooperative.models import (
    Account,
    Cooperative,
    Holding,
    Member,
    SavingsAccount,
    SavingsKind,
    SavingsProduct,
    SavingsRate,
)
from desmigratif.cooperative.queries.ledger import balance_now
from desmigratif.cooperative.queries.members import compulsory_amounts
from desmigratif.cooperative.rules.savings_products import MonthOwed, compulsory_arrears

USE_OF_KIND = {
    SavingsKind.VOLUNTARY: "savings_voluntary",
    SavingsKind.TERM: "savings_term",
    SavingsKind.PURPOSE: "savings_purpose",
}
CAPITAL_USE = {"entry": "savings_principal", "compulsory": "savings_compulsory"}


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
    amounts = compulsory_amounts(cooperative)
    return tuple(compulsory_arrears(amounts, member.joined_on, paid_rupiah, on, member.left_on))


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
        accounts=tuple(Savings(one, balance(USE_OF_KIND[SavingsKind(one.product.kind)], one.id)) for one in accounts),
        arrears=arrears_of(cooperative, member, compulsory, on),
    )
