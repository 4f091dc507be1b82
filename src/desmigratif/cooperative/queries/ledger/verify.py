"""Proving the books: are they whole?

What is proven, per cooperative: seals without a gap and chained to the end of the book; every seal's keyed hash over
its entries and legs; every entry balanced; no leg on another cooperative's account; totals and balances equal to the
legs; nothing entered in a month after it was closed; nothing left unsealed. What is not: that a whole database was
not put back to an earlier day (a backup knows better), and the names of accounts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date
from typing import Any
from uuid import UUID

from django.db.models import F, Sum
from django.db.models.functions import Coalesce, TruncMonth

from desmigratif.cooperative.models import Book, Cooperative, Entry, Holding, Leg, MonthlyTotal, Period, Seal
from desmigratif.cooperative.rules import ledger as rules
from desmigratif.cooperative.seal_hash import hash_of_seal

CHUNK = 1000  # seals read at a time


@dataclass(frozen=True, slots=True)
class BrokenBook:
    """The first place where a cooperative's books do not hold. `number` is the seal's, 0 where there is none;
    `entry_id` is the entry, for a seal of many whose hash alone is wrong the first of them."""

    cooperative_id: str
    number: int
    entry_id: str | None
    problem: str


@dataclass(frozen=True, slots=True)
class LedgerReport:
    cooperatives: int
    seals: int
    entries: int
    legs: int
    broken: tuple[BrokenBook, ...]


@dataclass(slots=True)
class _Counts:
    seals: int = 0
    entries: int = 0
    legs: int = 0


@dataclass(frozen=True, slots=True)
class _Sealed:
    """A seal with its entries, and the legs of each, in the order of the hash."""

    seal: Seal
    entries: list[Entry]
    legs: dict[UUID, list[Leg]]


def verify_books(cooperative_id: UUID | None = None) -> LedgerReport:
    """Recompute the books of one cooperative or of all. Reads across every wall: for the operator's command."""
    cooperatives = Cooperative.objects.everywhere().order_by("id")
    if cooperative_id is not None:
        cooperatives = cooperatives.filter(id=cooperative_id)
    counts, number = _Counts(), 0
    broken: list[BrokenBook] = []
    for number, cooperative in enumerate(cooperatives, start=1):  # noqa: B007  how many there were
        broken += filter(None, [_first_problem(cooperative, counts)])
    if cooperative_id is None:
        broken += _strays()
    return LedgerReport(number, counts.seals, counts.entries, counts.legs, tuple(broken))


def _first_problem(cooperative: Cooperative, counts: _Counts) -> BrokenBook | None:
    try:
        return _broken_chain(cooperative, counts) or _broken_balances(cooperative)
    except (ValueError, TypeError, AttributeError):  # SQLite takes any text anywhere; such a row cannot be ours
        return BrokenBook(str(cooperative.id), 0, None, "unreadable")


def _broken_chain(cooperative: Cooperative, counts: _Counts) -> BrokenBook | None:
    head, number = "", 0
    closings = list(Period.objects.of(cooperative).order_by("last_on").values_list("seal_number", "last_on"))
    for sealed in _walk(cooperative):
        problem, entry_id = _problem_of(cooperative, sealed, number + 1, head, closings)
        if problem:
            return BrokenBook(str(cooperative.id), sealed.seal.number, entry_id, problem)
        head, number = sealed.seal.hash, number + 1
        counts.seals += 1
        counts.entries += len(sealed.entries)
        counts.legs += sum(len(legs) for legs in sealed.legs.values())
    book = Book.objects.filter(cooperative=cooperative).first()
    if book is None or (book.last_number, book.head_hash) != (number, head):
        return BrokenBook(str(cooperative.id), number + 1, None, "end_missing")
    return None


def _walk(cooperative: Cooperative) -> Iterator[_Sealed]:
    seals = Seal.objects.filter(cooperative=cooperative).order_by("number")
    last = 0
    while chunk := list(seals.filter(number__gt=last)[:CHUNK]):
        ids = [seal.id for seal in chunk]
        entries = defaultdict(list)
        for entry in Entry.objects.everywhere().filter(seal_id__in=ids).order_by("id"):
            entries[entry.seal_id].append(entry)
        legs = defaultdict(list)
        for leg in Leg.objects.filter(entry__seal_id__in=ids).order_by("id").iterator(chunk_size=20_000):
            legs[leg.entry_id].append(leg)
        for seal in chunk:
            own = entries[seal.id]
            yield _Sealed(seal, own, {entry.id: legs[entry.id] for entry in own})
        last = chunk[-1].number


def _problem_of(
    cooperative: Cooperative, sealed: _Sealed, number: int, head: str, closings: list[tuple[int, date]]
) -> tuple[str, str | None]:
    """What is wrong with a seal, and the entry where it shows; two blanks when nothing is."""
    seal = sealed.seal
    if seal.number != number:
        return "missing", None
    if not seal.sealed:
        return "unsealed", _first_id(sealed.entries)
    for entry in sealed.entries:
        legs = sealed.legs[entry.id]
        if len(legs) < 2 or sum(leg.amount_rupiah for leg in legs) != 0:
            return "unbalanced", str(entry.id)
        if entry.cooperative_id != cooperative.id:
            return "altered", str(entry.id)
        if any(closed >= entry.on for closing, closed in closings if closing < number):
            return "after_close", str(entry.id)
    if seal.prev_hash != head:
        return "not_linked", _first_id(sealed.entries)
    if hash_of(sealed) != seal.hash:
        return "altered", _first_id(sealed.entries)
    return "", None


def _first_id(entries: list[Entry]) -> str | None:
    return str(entries[0].id) if entries else None


def hash_of(sealed: _Sealed, key: bytes | None = None) -> str:
    """The hash that a seal should carry, from its rows."""
    seal = sealed.seal
    head = rules.seal_line(
        seal.cooperative_id.hex, seal.village_code, seal.number,
        seal.recorded_at.astimezone(UTC).isoformat(timespec="microseconds"), seal.actor_id,
        seal.act_id.hex if seal.act_id else "", seal.entry_count, seal.leg_count,
    )  # fmt: skip
    lines: list[str] = []
    for entry in sealed.entries:
        reverses = entry.reverses_id.hex if entry.reverses_id else ""
        lines.append(rules.entry_line(entry.id.hex, entry.on.isoformat(), entry.kind, reverses, entry.memo))
        lines += [
            rules.leg_line(leg.account_id.hex, leg.holder_id.hex if leg.holder_id else "", leg.amount_rupiah)
            for leg in sealed.legs[entry.id]
        ]
    return hash_of_seal(seal.prev_hash, head, "\n".join(lines), key)


def _broken_balances(cooperative: Cooperative) -> BrokenBook | None:
    """Totals and holdings against the legs, and legs against the wall."""
    legs = Leg.objects.filter(entry__cooperative_id=cooperative.id, entry__seal__sealed=True)
    foreign = legs.exclude(account__cooperative_id=cooperative.id).order_by("id").first()
    if foreign is not None:
        return BrokenBook(str(cooperative.id), 0, str(foreign.entry_id), "foreign_account")
    if _totals_of(legs) != _kept_totals(cooperative):
        return BrokenBook(str(cooperative.id), 0, None, "totals_differ")
    if _holdings_of(legs) != _kept_holdings(cooperative):
        return BrokenBook(str(cooperative.id), 0, None, "balances_differ")
    return None


def _totals_of(legs: Any) -> dict[tuple[UUID, date], int]:
    rows = (
        legs.annotate(month=TruncMonth("entry__on")).values_list("account_id", "month").annotate(Sum("amount_rupiah"))
    )
    return {(account, month): int(total) for account, month, total in rows if total}


def _kept_totals(cooperative: Cooperative) -> dict[tuple[UUID, date], int]:
    rows = MonthlyTotal.objects.filter(cooperative=cooperative)
    kept = rows.annotate(net=F("debit_rupiah") - F("credit_rupiah")).values_list("account_id", "month", "net")
    return {(account, month): net for account, month, net in kept if net}


def _holdings_of(legs: Any) -> dict[tuple[UUID, UUID], int]:
    holder = Coalesce("holder_id", "account_id")
    rows = legs.annotate(holder=holder).values_list("account_id", "holder").annotate(Sum("amount_rupiah"))
    return {(account, held): int(total) for account, held, total in rows if total}


def _kept_holdings(cooperative: Cooperative) -> dict[tuple[UUID, UUID], int]:
    rows = Holding.objects.filter(account__cooperative=cooperative).exclude(balance_rupiah=0)
    return {
        (account, holder): kept
        for account, holder, kept in rows.values_list("account_id", "holder_id", "balance_rupiah")
    }


def _strays() -> Iterator[BrokenBook]:
    """Rows that belong to nothing: they count nowhere, and nobody of ours wrote them."""
    entries = Entry.objects.everywhere().filter(seal__isnull=False).values_list("seal_id", flat=True)
    if entries.difference(Seal.objects.values_list("id", flat=True)).exists():
        yield BrokenBook("", 0, None, "stray_entry")
    legs = Leg.objects.values_list("entry_id", flat=True)
    if legs.difference(Entry.objects.everywhere().values_list("id", flat=True)).exists():
        yield BrokenBook("", 0, None, "stray_leg")
