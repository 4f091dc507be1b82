"""Reading the books. Balances are on the account's own side: a member's savings are above zero.

Begin with `cooperative_of(by, id)`, which asks for the permission; everything else takes the cooperative from there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import BigIntegerField, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from desmigratif.access.actor import Actor
from desmigratif.access.scope import get_or_refuse
from desmigratif.cooperative.models import Account, Cooperative, Entry, Holding, Leg, MonthlyTotal, Period
from desmigratif.cooperative.rules.ledger import month_end

OPENING = "ledger.opening"  # the kind of an entry that brings what stood in older books


class NoSuchAccount(LookupError):
    """The chart of this cooperative has no account of that use: a mistake of the programme, not of a person."""


@dataclass(frozen=True, slots=True)
class Chart(Mapping[str, UUID]):
    """Account ids by use: `chart["cash"]`. Raises `NoSuchAccount`."""

    ids: dict[str, UUID]

    def __getitem__(self, use: str) -> UUID:
        try:
            return self.ids[use]
        except KeyError:
            raise NoSuchAccount(use) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self.ids)

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class TrialLine:
    """One account on a day: what went in on each side since the books began, and the balance on its own side."""

    account_id: UUID
    code: str
    name: str
    kind: str
    member_side: str
    debit_rupiah: int
    credit_rupiah: int
    balance_rupiah: int


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One leg of an account or holder, and the balance after it on the account's own side."""

    entry_id: UUID
    number: int
    on: date
    kind: str
    memo: str
    amount_rupiah: int
    balance_rupiah: int
    reverses_id: UUID | None


def cooperative_of(by: Actor, cooperative_id: UUID, *, field: str = "cooperative_id") -> Cooperative:
    """A cooperative that this person may see. Raises `NotFoundOrNotYours`."""
    return get_or_refuse(Cooperative.objects.visible_to(by).select_related("parent"), field, id=cooperative_id)


def chart_of(cooperative: Cooperative) -> Chart:
    """Its accounts by use, closed ones too (the books refuse them)."""
    rows = Account.objects.of(cooperative).exclude(use="").values_list("use", "id")
    return Chart(dict(rows))


def closed_until(cooperative: Cooperative) -> date | None:
    """The last day of the last closed month."""
    return Period.objects.of(cooperative).order_by("-last_on").values_list("last_on", flat=True).first()


def balance_now(account: Account, holder_id: UUID | None = None) -> int:
    """The balance after the last sealed entry, whatever its day: what may be taken out."""
    key = holder_id if account.has_holders else account.id
    if key is None:
        raise NoSuchAccount(f"{account.code} keeps a balance for each holder: name one")
    found = Holding.objects.filter(account_id=account.id, holder_id=key)
    return (found.values_list("balance_rupiah", flat=True).first() or 0) * account.side


def holders_now(account: Account) -> dict[UUID, int]:
    """The balance of every holder of an account now, those at nil left out."""
    rows = Holding.objects.filter(account_id=account.id).exclude(balance_rupiah=0)
    return {holder: balance * account.side for holder, balance in rows.values_list("holder_id", "balance_rupiah")}


def balance_on(account: Account, on: date, holder_id: UUID | None = None) -> int:
    """The balance at the end of a day."""
    if holder_id is not None:
        legs = _sealed_legs().filter(holder_id=holder_id, account_id=account.id, entry__on__lte=on)
        return _sum(legs) * account.side
    months, rest = _until(on)
    totals = MonthlyTotal.objects.filter(months, account_id=account.id)
    whole = totals.aggregate(sum=_zero(Sum(F("debit_rupiah") - F("credit_rupiah"))))["sum"]
    part = _sum(_sealed_legs().filter(rest, account_id=account.id, entry__cooperative_id=account.cooperative_id))
    return int(whole + part) * account.side


def trial_balance(cooperative: Cooperative, on: date) -> list[TrialLine]:
    """Every account that was ever used, by code, at the end of a day; from monthly totals and the month's own legs."""
    months, rest = _until(on)
    totals = MonthlyTotal.objects.filter(months, cooperative_id=cooperative.id).values_list("account_id")
    sums = {id: [d, c] for id, d, c in totals.annotate(Sum("debit_rupiah"), Sum("credit_rupiah"))}
    if on != month_end(on):
        legs = _sealed_legs().filter(rest, entry__cooperative_id=cooperative.id).values_list("account_id")
        into = Sum("amount_rupiah", filter=Q(amount_rupiah__gt=0), default=0)
        out = Sum("amount_rupiah", filter=Q(amount_rupiah__lt=0), default=0)
        for id, debit, credit in legs.annotate(debit=into, credit=out):
            found = sums.setdefault(id, [0, 0])
            found[0], found[1] = found[0] + debit, found[1] - credit
    accounts = Account.objects.of(cooperative).filter(id__in=sums).order_by("code")
    return [_trial_line(account, *map(int, sums[account.id])) for account in accounts]


def statement(
    account: Account, since: date, until: date, holder_id: UUID | None = None
) -> tuple[int, list[StatementLine]]:
    """The balance before the first day, and every leg from then until the last with the balance after it.

    By business day, and within a day in the order of recording.
    """
    legs = _sealed_legs().filter(account_id=account.id, entry__cooperative_id=account.cooperative_id)
    if holder_id is not None:
        legs = legs.filter(holder_id=holder_id)
    before = legs.filter(entry__on__lt=since)
    opening = _sum(before) * account.side
    chosen = legs.filter(entry__on__gte=since, entry__on__lte=until).order_by("entry__on", "entry__seal__number", "id")
    balance, lines = opening, []
    for leg in chosen.select_related("entry__seal"):
        balance += leg.amount_rupiah * account.side
        entry = leg.entry
        lines.append(
            StatementLine(
                entry.id, entry.seal.number, entry.on, entry.kind, entry.memo, leg.amount_rupiah * account.side,
                balance, entry.reverses_id,
            )
        )  # fmt: skip
    return opening, lines


def entries_of_day(cooperative: Cooperative, on: date) -> QuerySet[Entry]:
    """Sealed entries of one business day with their legs and accounts, in the order of recording."""
    entries = Entry.objects.of(cooperative).sealed().filter(on=on).order_by("seal__number", "id")
    return entries.select_related("seal").prefetch_related("legs__account")


def _sealed_legs() -> QuerySet[Leg]:
    return Leg.objects.filter(entry__seal__sealed=True)


def _until(on: date) -> tuple[Q, Q]:
    """What is taken from whole months and what from the legs of the day's own month."""
    first = on.replace(day=1)
    if on == month_end(on):
        return Q(month__lte=first), Q(pk__in=[])
    return Q(month__lt=first), Q(entry__on__gte=first, entry__on__lte=on)


def _zero(expression: Sum) -> Coalesce:
    return Coalesce(expression, 0, output_field=BigIntegerField())


def _sum(legs: QuerySet[Leg]) -> int:
    return int(legs.aggregate(sum=_zero(Sum("amount_rupiah")))["sum"])


def _trial_line(account: Account, debit: int, credit: int) -> TrialLine:
    return TrialLine(
        account.id, account.code, account.name, account.kind, account.member_side, debit, credit,
        (debit - credit) * account.side,
    )  # fmt: skip
