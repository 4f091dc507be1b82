"""Every account of a cooperative through a book year, from the monthly totals and the last month's own legs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Sum, Value, When

from desmigratif.cooperative.models import Account, ClosedYear, Cooperative, Leg, MonthlyTotal
from desmigratif.cooperative.queries.ledger.books import OPENING
from desmigratif.cooperative.rules.ledger import month_end
from desmigratif.cooperative.rules.year.cash_flow import CashMove
from desmigratif.cooperative.rules.year.layout import AccountSum

YEAR_CLOSED = "year.closed"  # the kind of the entry that brings a year's SHU to what is not divided yet
CASH = ("cash", "petty_cash", "bank", "e_wallet", "cash_in_transit")


def first_of(year: int) -> date:
    return date(year, 1, 1)


def last_of(year: int) -> date:
    return date(year, 12, 31)


Span = tuple[date, date]
Totals = dict[UUID, tuple[int, int]]
NOTHING = (0, 0)


def sums_of(cooperative: Cooperative, since: date, until: date) -> list[AccountSum]:
    """Every account used until a day, by code: what stood before the first of a month, and what went in since."""
    return sums_of_spans(cooperative, [(since, until)])[0]


def sums_of_spans(cooperative: Cooperative, spans: Sequence[Span]) -> list[list[AccountSum]]:
    """The same for times that follow one another, each beginning in a month of its own.

    What closed a year is left out of what went in: income and expense of the year are still to be read. Three
    queries, four when the last day is in the midst of a month.
    """
    before, during = _totals(cooperative, spans)
    last = spans[-1][1]
    if last != month_end(last):
        during[-1] = _added(during[-1], _by_side(_sealed(cooperative).filter(_days(last.replace(day=1), last))))
    closings = _closings(cooperative, spans)
    used = {id for one in (before, *during) for id in one}
    accounts = list(Account.objects.of(cooperative).filter(id__in=used).order_by("code"))
    openings = {id: debit - credit for id, (debit, credit) in before.items()}
    found = []
    for sums, closing in zip(during, closings, strict=True):
        found.append([_account_sum(one, openings.get(one.id, 0), _less(sums, closing)) for one in accounts])
        for id, (debit, credit) in sums.items():
            openings[id] = openings.get(id, 0) + debit - credit
    return found


def _account_sum(account: Account, opening: int, sums: Totals) -> AccountSum:
    debit, credit = sums.get(account.id, NOTHING)
    return AccountSum(
        account.id, account.code, account.name, account.kind, account.member_side, account.use, opening, debit, credit
    )


def _totals(cooperative: Cooperative, spans: Sequence[Span]) -> tuple[Totals, list[Totals]]:
    """What the monthly totals tell: before the first time, and in each."""
    times = [Q(month__lt=spans[0][0].replace(day=1))]
    times += [Q(month__gte=since.replace(day=1), month__lte=_last_whole_month(until)) for since, until in spans]
    asked = {
        f"{side}_{place}": Sum(f"{side}_rupiah", filter=time, default=0)
        for place, time in enumerate(times)
        for side in ("debit", "credit")
    }
    rows = MonthlyTotal.objects.filter(cooperative_id=cooperative.id).values("account_id").annotate(**asked).order_by()
    found: list[Totals] = [{} for _ in times]
    for row in map(dict[str, Any], rows):
        for place, sums in enumerate(found):
            pair = int(row[f"debit_{place}"]), int(row[f"credit_{place}"])
            if any(pair):
                sums[row["account_id"]] = pair
    return found[0], found[1:]


def _last_whole_month(until: date) -> date:
    """The first day of the last month that the totals tell whole."""
    first = until.replace(day=1)
    return first if until == month_end(until) else (first - timedelta(days=1)).replace(day=1)


def _closings(cooperative: Cooperative, spans: Sequence[Span]) -> list[Totals]:
    """What the closing of years entered in each time."""
    entries = ClosedYear.objects.of(cooperative).filter(entry_id__isnull=False).values("entry_id")
    legs = Leg.objects.filter(_days(spans[0][0], spans[-1][1]), entry_id__in=entries)
    found: list[Totals] = [{} for _ in spans]
    for id, on, amount in legs.values_list("account_id", "entry__on", "amount_rupiah"):
        place = next(place for place, (_, until) in enumerate(spans) if on <= until)
        debit, credit = found[place].get(id, NOTHING)
        found[place][id] = (debit + max(amount, 0), credit + max(-amount, 0))
    return found


def _days(since: date, until: date) -> Q:
    return Q(entry__on__gte=since, entry__on__lte=until)


def _by_side(legs: QuerySet[Leg]) -> Totals:
    debit = Sum("amount_rupiah", filter=Q(amount_rupiah__gt=0), default=0)
    credit = Sum("amount_rupiah", filter=Q(amount_rupiah__lt=0), default=0)
    sums = legs.values_list("account_id").annotate(debit=debit, credit=credit).order_by()
    return {id: (int(into), -int(out)) for id, into, out in sums}


def _added(left: Totals, right: Totals) -> Totals:
    both = {*left, *right}
    none = (0, 0)
    return {
        id: (left.get(id, none)[0] + right.get(id, none)[0], left.get(id, none)[1] + right.get(id, none)[1])
        for id in both
    }


def _less(left: Totals, right: Totals) -> Totals:
    return _added(left, {id: (-debit, -credit) for id, (debit, credit) in right.items()})


def _sealed(cooperative: Cooperative) -> QuerySet[Leg]:
    return Leg.objects.filter(entry__cooperative_id=cooperative.id, entry__seal__sealed=True)


@dataclass(frozen=True, slots=True)
class CashOfSpan:
    """The other side of every entry that moved cash in a time, by account; and cash brought from older books in it."""

    moves: list[CashMove]
    brought: int


def cash_of_spans(cooperative: Cooperative, spans: Sequence[Span], used: Sequence[AccountSum]) -> list[CashOfSpan]:
    """What moved cash in times that follow one another. What was brought from older books is no movement.

    `used` are the accounts of these books. A reversal takes back what it reverses: it lowers what came in rather than
    going out. Two queries.
    """
    cash = [one.id for one in used if one.use in CASH]
    whole = _days(spans[0][0], spans[-1][1])
    moved = Exists(Leg.objects.filter(entry_id=OuterRef("entry_id"), account_id__in=cash))
    others = _sealed(cooperative).filter(whole, moved).exclude(account_id__in=cash)
    is_in = Q(amount_rupiah__lt=0, entry__reverses__isnull=True) | Q(amount_rupiah__gt=0, entry__reverses__isnull=False)
    place = Case(*[When(_days(*span), then=Value(number)) for number, span in enumerate(spans)])
    sums = (
        others.exclude(entry__kind=OPENING)
        .annotate(place=place)
        .values_list("place", "account__code")
        .annotate(
            came=Sum("amount_rupiah", filter=is_in, default=0), went=Sum("amount_rupiah", filter=~is_in, default=0)
        )
        .order_by()
    )
    openings = _sealed(cooperative).filter(whole, account_id__in=cash, entry__kind=OPENING).annotate(place=place)
    brought = dict(openings.values_list("place").annotate(Sum("amount_rupiah")).order_by())
    found = [CashOfSpan([], int(brought.get(number, 0))) for number in range(len(spans))]
    for number, code, came, went in sums:
        if number is not None:
            found[number].moves.append(CashMove(code, -int(came), int(went)))
    return found


def opening_cash(accounts: list[AccountSum], brought: int) -> int:
    """Cash before the first day, with what was brought from older books during the time."""
    return sum(account.opening for account in accounts if account.use in CASH) + brought
