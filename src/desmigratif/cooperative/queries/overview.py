"""The cooperative at a glance: cash, members, savings, what is open of the simpanan wajib."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, Sum

from desmigratif.access.actor import Actor
from desmigratif.access.permissions import Permission
from desmigratif.cooperative.models import (
    Account,
    Cooperative,
    Holding,
    Loan,
    LoanStatus,
    Member,
    MemberStatus,
    TillDay,
)
from desmigratif.cooperative.queries.members.register import compulsory_amounts
from desmigratif.cooperative.rules.savings.products import compulsory_arrears
from desmigratif.cooperative.rules.spending import is_paid_at_till

SAVINGS = (
    "savings_principal", "savings_compulsory", "savings_voluntary", "savings_term", "savings_purpose",
    "savings_mudharabah",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Overview:
    """Whole rupiah and heads, now."""

    cash_rupiah: int
    bank_rupiah: int
    savings_rupiah: int
    members: int
    candidates: int
    behind: int
    arrears_rupiah: int


@dataclass(frozen=True, slots=True)
class Morning:
    """One cooperative as its people find it: their own till, and how many loans wait for somebody."""

    id: UUID
    name: str
    may_take: bool
    has_till: bool
    loans_waiting: int


def cooperatives_of(by: Actor) -> list[Cooperative]:
    """Those whose books this person may see, by name; units are found from their own cooperative."""
    return list(Cooperative.objects.visible_to(by).filter(parent__isnull=True).order_by("name", "id"))


def mornings_of(by: Actor) -> list[Morning]:
    """What waits for this person in each cooperative, by name. Three queries for any number of them."""
    found = cooperatives_of(by)
    tills = set(TillDay.objects.visible_to(by).open_of(by.id).values_list("cooperative_id", flat=True))
    waiting = Counter(
        Loan.objects.visible_to(by)
        .filter(status__in=(LoanStatus.APPLIED, LoanStatus.APPROVED))
        .values_list("cooperative_id", flat=True)
    )
    return [
        Morning(one.id, one.name, by.may(Permission.MONEY_TAKE, one.village_code), one.id in tills, waiting[one.id])
        for one in found
    ]


def arrears_of_all(cooperative: Cooperative, on: date) -> dict[UUID, int]:
    """What each member has open of the simpanan wajib on a day; those who owe nothing are left out. Three queries."""
    amounts = compulsory_amounts(cooperative)
    belonging = Member.objects.of(cooperative).belonging()
    rows = belonging.values_list("id", "joined_on", "left_on", "compulsory_from", "compulsory_before_rupiah")
    paid = dict(
        Holding.objects.filter(
            account__cooperative_id=cooperative.id, account__use="savings_compulsory"
        ).values_list("holder_id", "balance_rupiah")
    )  # fmt: skip
    found = {}
    for id, joined_on, left_on, since, before in rows:
        if joined_on is None:
            continue
        counted = -paid.get(id, 0) - before
        owed = sum(one.open for one in compulsory_arrears(amounts, since or joined_on, counted, on, left_on))
        if owed:
            found[id] = owed
    return found


def balances_by_use(cooperative: Cooperative) -> dict[str, int]:
    """Every account that the programme knows, with its balance now on its own side. One query."""
    rows = Holding.objects.filter(account__cooperative_id=cooperative.id).exclude(account__use="")
    sums = rows.values_list("account__use", "account__side").annotate(total=Sum("balance_rupiah"))
    return {use: total * side for use, side, total in sums}


def overview_of(cooperative: Cooperative, on: date) -> Overview:
    """Five queries at any size."""
    balances, arrears = balances_by_use(cooperative), arrears_of_all(cooperative, on)
    heads = Member.objects.of(cooperative).aggregate(
        members=Count("id", filter=Q(status=MemberStatus.MEMBER)),
        candidates=Count("id", filter=Q(status=MemberStatus.CANDIDATE)),
    )
    return Overview(
        cash_rupiah=balances.get("cash", 0), bank_rupiah=balances.get("bank", 0),
        savings_rupiah=sum(balances.get(use, 0) for use in SAVINGS), members=heads["members"],
        candidates=heads["candidates"], behind=len(arrears), arrears_rupiah=sum(arrears.values()),
    )  # fmt: skip


def accounts_by_hand(cooperative: Cooperative) -> list[Account]:
    """Accounts that an entry by hand may touch: open ones without holders, by code."""
    return list(Account.objects.of(cooperative).filter(has_holders=False, closed_on__isnull=True).order_by("code"))


def accounts_paid_at_till(cooperative: Cooperative) -> list[Account]:
    """What cash of the till may be spent for, costs first, by code."""
    found = [
        one for one in accounts_by_hand(cooperative)
        if is_paid_at_till(kind=one.kind, use=one.use, has_holders=one.has_holders)
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.kind != "expense", one.code))
