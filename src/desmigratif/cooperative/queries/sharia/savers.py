"""Reading mudharabah savings: nisbah, a month's income and balances, what each account gets, and what was shared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from desmigratif.access.actor import Actor
from desmigratif.access.scope import get_or_refuse
from desmigratif.cooperative.models import (
    Account,
    Cooperative,
    DistributionStatus,
    Holding,
    Leg,
    Member,
    MoneySlip,
    MonthlyTotal,
    SavingsAccount,
    SavingsDistribution,
    SavingsKind,
    SavingsNisbah,
    SavingsProduct,
)
from desmigratif.cooperative.queries.savings.accounts import USE_OF_KIND
from desmigratif.cooperative.queries.savings.month_end import SHARE
from desmigratif.cooperative.queries.sharia.funds import reconciliation
from desmigratif.cooperative.rules.sharia import savers as rules
from desmigratif.cooperative.rules.sharia.savers import Fund, ProductPart, Realised

SAVED = USE_OF_KIND[SavingsKind.MUDHARABAH]
MONTHS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Taking:
    """One account in a month: what stood there, in rupiah times days, and its share before tax."""

    account: SavingsAccount
    balance_days: int
    rupiah: int


@dataclass(frozen=True, slots=True)
class MonthPlan:
    """A month's income as it falls to the savers, down to each account."""

    first: date
    last: date
    realised: Realised
    savers_days: int
    at_work_days: int
    pool: int
    parts: tuple[ProductPart, ...]
    takings: tuple[Taking, ...]

    @property
    def days(self) -> int:
        return rules.days_of(self.first, self.last)

    @property
    def savers_rupiah(self) -> int:
        return sum(part.savers for part in self.parts)


@dataclass(frozen=True, slots=True)
class MemberShare:
    """What one account got for a month; `average_rupiah` is None where it was closed before."""

    last_on: date
    name: str
    average_rupiah: int | None
    rupiah: int
    percent: Decimal | None


def mudharabah_products(cooperative: Cooperative) -> QuerySet[SavingsProduct]:
    return SavingsProduct.objects.of(cooperative).filter(kind=SavingsKind.MUDHARABAH)


def nisbah_on(cooperative: Cooperative, on: date) -> dict[UUID, SavingsNisbah]:
    """By product, the nisbah that holds on a day. One query."""
    rows = SavingsNisbah.objects.of(cooperative).filter(since__lte=on).order_by("since")
    return {row.product_id: row for row in rows}  # the last one stands


def realised_of(cooperative: Cooperative, first: date, last: date) -> Realised:
    """What came in of the income of a time: profit shares that were reported and not received still wait."""
    told = reconciliation(cooperative, first, last)
    received = told.profit_share + told.waiting_before - told.waiting_after
    borne = borne_before(cooperative, first) if told.loss < 0 else 0
    return Realised(told.margin, received, told.rent, told.loss, borne)


def borne_before(cooperative: Cooperative, first: date) -> int:
    """What shares of earlier months had borne of losses; what was given back since goes off. One query."""
    rows = SavingsDistribution.objects.of(cooperative).standing().filter(last_on__lt=first).order_by("last_on")
    return rules.borne_after(realised_as_shared(row) for row in rows)


def realised_as_shared(row: SavingsDistribution) -> Realised:
    """A month's income as its distribution holds it."""
    return Realised(row.margin_rupiah, row.profit_share_rupiah, row.rent_rupiah, row.loss_rupiah)


def at_work_days(cooperative: Cooperative, first: date, last: date) -> int:
    """Rupiah times days of the money that was at work through a month. Two queries."""
    accounts = Account.objects.of(cooperative).filter(use__in=rules.at_work(last)).values("id")
    totals = MonthlyTotal.objects.filter(cooperative_id=cooperative.id, account_id__in=accounts, month__lte=first)
    sums = totals.aggregate(into=Sum("debit_rupiah", default=0), out=Sum("credit_rupiah", default=0))
    legs = _legs(cooperative, first).filter(account_id__in=accounts, entry__on__lte=last)
    moves = legs.values_list("entry__on").annotate(Sum("amount_rupiah"))
    return max(0, rules.balance_days(int(sums["into"] - sums["out"]), moves, first, last))


def days_by_account(
    cooperative: Cooperative, first: date, last: date, holders: Collection[UUID] | None = None
) -> dict[UUID, int]:
    """By savings account, rupiah times days through a month: from what stands there now, back. Two queries."""
    chosen = Q() if holders is None else Q(holder_id__in=holders)
    saved = Q(account__cooperative_id=cooperative.id, account__use=SAVED)
    held = Holding.objects.filter(chosen, saved).values_list("holder_id", "balance_rupiah")
    closing: dict[UUID, int] = defaultdict(int, {holder: -balance for holder, balance in held})
    moves: dict[UUID, list[tuple[date, int]]] = defaultdict(list)
    rows = _legs(cooperative, first).filter(chosen, saved).values_list("holder_id", "entry__on")
    for holder, on, amount in rows.annotate(Sum("amount_rupiah")):
        if holder is None:
            continue
        if on > last:
            closing[holder] += int(amount)
        else:
            moves[holder].append((on, -int(amount)))
    return {holder: rules.balance_days(closing[holder], moves[holder], first, last) for holder in {*closing, *moves}}


def _legs(cooperative: Cooperative, since: date) -> QuerySet[Leg]:
    sealed = Leg.objects.filter(entry__seal__sealed=True, entry__cooperative_id=cooperative.id)
    return sealed.filter(entry__on__gte=since).order_by()


def plan_of(cooperative: Cooperative, last: date) -> MonthPlan:
    """How the income of the month that ends on a day falls to the savers. Nine queries at any number of accounts."""
    first = last.replace(day=1)
    days, nisbah = rules.days_of(first, last), nisbah_on(cooperative, last)
    stood = days_by_account(cooperative, first, last)
    accounts = [
        one for one in _accounts_until(cooperative, last)
        if one.product_id in nisbah and rules.counts(stood.get(one.id, 0), one.product.minimum_balance_rupiah, days)
    ]  # fmt: skip
    by_product: dict[UUID, dict[UUID, int]] = defaultdict(dict)
    for one in accounts:
        by_product[one.product_id][one.id] = stood[one.id]
    funds = [
        Fund(id, sum(weights.values()), nisbah[id].saver_percent, nisbah[id].weight_percent)
        for id, weights in by_product.items()
    ]
    savers_days, worked = sum(fund.balance_days for fund in funds), at_work_days(cooperative, first, last)
    realised = realised_of(cooperative, first, last)
    pool = rules.pool_of(realised, savers_days, worked)
    parts = rules.parts_of(pool, funds)
    got: dict[UUID, int] = {}
    for part in parts:
        got |= rules.shares_of(part.savers, by_product[part.fund.product])
    takings = tuple(Taking(one, stood[one.id], got.get(one.id, 0)) for one in accounts)
    return MonthPlan(first, last, realised, savers_days, worked, pool, tuple(parts), takings)


def _accounts_until(cooperative: Cooperative, last: date) -> QuerySet[SavingsAccount]:
    rows = SavingsAccount.objects.of(cooperative).filter(product__kind=SavingsKind.MUDHARABAH, opened_on__lte=last)
    return rows.select_related("product", "member").order_by("member_id", "id")


# --- what was shared ---


def distribution_of(by: Actor, distribution_id: UUID) -> SavingsDistribution:
    rows = SavingsDistribution.objects.visible_to(by).select_related("cooperative")
    return get_or_refuse(rows, "distribution_id", id=distribution_id)


def distributions_of(cooperative: Cooperative) -> list[SavingsDistribution]:
    """The newest month first, what was taken back too."""
    return list(SavingsDistribution.objects.of(cooperative).order_by("-last_on", "-prepared_on", "-id"))


def distributions_within(cooperative: Cooperative, first: date, last: date) -> list[SavingsDistribution]:
    """What stands for the months of a time, the oldest first."""
    rows = SavingsDistribution.objects.of(cooperative).standing().filter(last_on__gte=first, last_on__lte=last)
    return list(rows.order_by("last_on"))


def standing_status(cooperative: Cooperative, last_on: date) -> str:
    """The status of what was prepared or entered for a month; empty when nothing stands."""
    rows = SavingsDistribution.objects.of(cooperative).standing().filter(last_on=last_on)
    return rows.values_list("status", flat=True).first() or ""


def slips_of(distribution: SavingsDistribution) -> QuerySet[MoneySlip]:
    """Every line that its seal put into the passbooks, shares and taxes."""
    number = distribution.number or 0  # a month without a share has no seal, and no seal has this number
    rows = MoneySlip.objects.of(distribution.cooperative_id).filter(number=number)
    return rows.select_related("member").order_by("-amount_rupiah", "id")


def shares_of_member(cooperative: Cooperative, member: Member) -> list[MemberShare]:
    """What a member's accounts got in the last months, the newest first. Five queries, or one."""
    slips = MoneySlip.objects.of(cooperative).filter(
        member=member, kind=SHARE, reverses__isnull=True, reversed_by__isnull=True
    )
    found = list(slips.order_by("-number", "id")[:MONTHS_SHOWN])
    if not found:
        return []
    numbers = {slip.number for slip in found}
    rows = SavingsDistribution.objects.of(cooperative).filter(number__in=numbers, status=DistributionStatus.POSTED)
    months = {row.number: row.last_on for row in rows}
    accounts = SavingsAccount.objects.of(cooperative).filter(member=member).select_related("product")
    names = {one.id: one.product.name for one in accounts.filter(product__kind=SavingsKind.MUDHARABAH)}
    days = _days_of_months(cooperative, list(names), sorted(set(months.values())))
    return [
        _member_share(slip, months[slip.number], names.get(slip.holder_id, ""), days)
        for slip in found
        if slip.number in months
    ]


def _member_share(slip: MoneySlip, last: date, name: str, days: dict[tuple[UUID, date], int]) -> MemberShare:
    stood = days.get((slip.holder_id, last))
    if stood is None:
        return MemberShare(last, "", None, slip.amount_rupiah, None)
    percent = rules.equivalent_percent(slip.amount_rupiah, stood)
    return MemberShare(last, name, rules.average(stood, last.day), slip.amount_rupiah, percent)


def _days_of_months(cooperative: Cooperative, holders: list[UUID], ends: list[date]) -> dict[tuple[UUID, date], int]:
    """Rupiah times days of a few accounts in several months, from one reading of their movements."""
    if not ends:
        return {}
    saved = Q(account__cooperative_id=cooperative.id, account__use=SAVED, holder_id__in=holders)
    now = {one: -sum for one, sum in Holding.objects.filter(saved).values_list("holder_id", "balance_rupiah")}
    rows = _legs(cooperative, ends[0].replace(day=1)).filter(saved).values_list("holder_id", "entry__on")
    moves: dict[UUID, list[tuple[date, int]]] = defaultdict(list)
    for holder, on, amount in rows.annotate(Sum("amount_rupiah")):
        if holder is not None:
            moves[holder].append((on, -int(amount)))
    found = {}
    for holder in holders:
        for last in ends:
            first, later = last.replace(day=1), sum(amount for on, amount in moves[holder] if on > last)
            within = [(on, amount) for on, amount in moves[holder] if first <= on <= last]
            found[holder, last] = rules.balance_days(now.get(holder, 0) - later, within, first, last)
    return found
