"""Every account of a cooperative through a book year, from the monthly totals and the last month's own legs."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from desmigratif.cooperative.models import Account, Cooperative, Leg, MonthlyTotal
from desmigratif.cooperative.queries.ledger import OPENING
from desmigratif.cooperative.rules.ledger import month_end
from desmigratif.cooperative.rules.year.cash_flow import CashMove
from desmigratif.cooperative.rules.year.layout import AccountSum

CASH = ("cash", "petty_cash", "bank", "e_wallet", "cash_in_transit")


def first_of(year: int) -> date:
    return date(year, 1, 1)


def last_of(year: int) -> date:
    return date(year, 12, 31)


def sums_of(cooperative: Cooperative, since: date, until: date) -> list[AccountSum]:
    """Every account used until a day, by code: what stood before the first of a month, and what went in since.

    Three queries, four in the midst of a month.
    """
    before = _totals(cooperative, Q(month__lt=since.replace(day=1)))
    during = _totals(cooperative, Q(month__gte=since.replace(day=1), month__lte=_last_whole_month(until)))
    if until != month_end(until):
        during = _added(during, _legs_of(cooperative, until.replace(day=1), until))
    accounts = Account.objects.of(cooperative).filter(id__in={*before, *during}).order_by("code")
    nothing = (0, 0)
    return [
        AccountSum(
            one.id, one.code, one.name, one.kind, one.member_side, one.use,
            opening=before.get(one.id, nothing)[0] - before.get(one.id, nothing)[1],
            debit=during.get(one.id, nothing)[0],
            credit=during.get(one.id, nothing)[1],
        )
        for one in accounts
    ]  # fmt: skip


Totals = dict[UUID, tuple[int, int]]


def _last_whole_month(until: date) -> date:
    """The first day of the last month that the totals tell whole."""
    first = until.replace(day=1)
    return first if until == month_end(until) else (first - timedelta(days=1)).replace(day=1)


def _totals(cooperative: Cooperative, months: Q) -> Totals:
    rows = MonthlyTotal.objects.filter(months, cooperative_id=cooperative.id).values_list("account_id")
    sums = rows.annotate(Sum("debit_rupiah"), Sum("credit_rupiah")).order_by()
    return {id: (int(debit), int(credit)) for id, debit, credit in sums}


def _legs_of(cooperative: Cooperative, since: date, until: date) -> Totals:
    legs = _sealed(cooperative).filter(entry__on__gte=since, entry__on__lte=until).values_list("account_id")
    debit = Sum("amount_rupiah", filter=Q(amount_rupiah__gt=0), default=0)
    credit = Sum("amount_rupiah", filter=Q(amount_rupiah__lt=0), default=0)
    sums = legs.annotate(debit=debit, credit=credit).order_by()
    return {id: (int(into), -int(out)) for id, into, out in sums}


def _added(left: Totals, right: Totals) -> Totals:
    both = {*left, *right}
    none = (0, 0)
    return {
        id: (left.get(id, none)[0] + right.get(id, none)[0], left.get(id, none)[1] + right.get(id, none)[1])
        for id in both
    }


def _sealed(cooperative: Cooperative) -> QuerySet[Leg]:
    return Leg.objects.filter(entry__cooperative_id=cooperative.id, entry__seal__sealed=True)


def cash_moves(cooperative: Cooperative, since: date, until: date) -> list[CashMove]:
    """The other side of every entry that moved cash, by account. What was brought from older books is no movement.

    A reversal takes back what it reverses: it lowers what came in rather than going out. Two queries.
    """
    cash = list(Account.objects.of(cooperative).filter(use__in=CASH).values_list("id", flat=True))
    days = Q(entry__on__gte=since, entry__on__lte=until)
    moving = _sealed(cooperative).filter(days, account_id__in=cash).values("entry_id")
    others = _sealed(cooperative).filter(days, entry_id__in=moving).exclude(account_id__in=cash)
    is_in = Q(amount_rupiah__lt=0, entry__reverses__isnull=True) | Q(amount_rupiah__gt=0, entry__reverses__isnull=False)
    sums = (
        others.exclude(entry__kind=OPENING)
        .values_list("account__code")
        .annotate(
            came=Sum("amount_rupiah", filter=is_in, default=0), went=Sum("amount_rupiah", filter=~is_in, default=0)
        )
        .order_by()
    )
    return [CashMove(code, -int(came), int(went)) for code, came, went in sums]


def opening_cash(cooperative: Cooperative, accounts: list[AccountSum], since: date, until: date) -> int:
    """Cash before the first day, with what was brought from older books during the year."""
    brought = (
        _sealed(cooperative)
        .filter(account__use__in=CASH, entry__kind=OPENING, entry__on__gte=since, entry__on__lte=until)
        .aggregate(sum=Sum("amount_rupiah", default=0))["sum"]
    )
    return sum(account.opening for account in accounts if account.use in CASH) + int(brought)
