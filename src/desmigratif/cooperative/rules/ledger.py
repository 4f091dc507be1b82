"""What an entry is and when it is fit to be posted. Plain Python.

Amounts are whole rupiah: a debit is above zero, a credit below. Balances that people read are on an account's own
side: savings of a member are a positive number, although credits made them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import Reason

LARGEST_RUPIAH = 10**15  # far above any village's books, and far below where a 64-bit sum ends
LONGEST_MEMO = 200
REVERSAL = "Pembalikan: "  # how the words of a mirror begin, before the reason


@dataclass(frozen=True, slots=True)
class NewLeg:
    """One side of an entry: an account (by id), whole rupiah, and the holder where the account keeps them."""

    account_id: UUID
    amount_rupiah: int
    holder_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry to post. `id` is made by whoever wants it and makes it happen once; `kind` names the event in code
    ("savings.deposited"); `memo` is one line for people, without more personal data than the line needs."""

    id: UUID
    on: date
    kind: str
    legs: Sequence[NewLeg]
    memo: str = ""
    reverses_id: UUID | None = None


def debit(account_id: UUID, amount_rupiah: int, holder_id: UUID | None = None) -> NewLeg:
    return NewLeg(account_id, amount_rupiah, holder_id)


def credit(account_id: UUID, amount_rupiah: int, holder_id: UUID | None = None) -> NewLeg:
    return NewLeg(account_id, -amount_rupiah, holder_id)


def reversal_of(legs: Iterable[NewLeg]) -> list[NewLeg]:
    """The same legs on the other side."""
    return [NewLeg(leg.account_id, -leg.amount_rupiah, leg.holder_id) for leg in legs]


def merged(legs: Iterable[NewLeg]) -> list[NewLeg]:
    """Legs of one account and holder added up, those that cancel out left away; in the order of first mention."""
    sums: dict[tuple[UUID, UUID | None], int] = {}
    for leg in legs:
        key = (leg.account_id, leg.holder_id)
        sums[key] = sums.get(key, 0) + leg.amount_rupiah
    return [NewLeg(account_id, amount, holder_id) for (account_id, holder_id), amount in sums.items() if amount]


def reasons_not_to_post(entry: NewEntry, *, opened_on: date) -> list[Reason]:
    """Why an entry is not fit to be posted; what only the books know is asked by the database."""
    amounts = [leg.amount_rupiah for leg in entry.legs]
    if (
        len(amounts) == 2
        and amounts[0] == -amounts[1]
        and 0 < abs(amounts[0]) <= LARGEST_RUPIAH
        and entry.on >= opened_on
    ):  # nearly every entry is such, and a batch asks ten thousand times
        return []
    reasons: list[Reason] = []
    if len(amounts) < 2:
        reasons.append(Reason("too_few_legs", "Catatan perlu paling sedikit dua baris.", field="legs"))
    if 0 in amounts:
        reasons.append(Reason("zero_leg", "Jumlah setiap baris harus lebih dari nol.", field="legs"))
    if amounts and (max(amounts) > LARGEST_RUPIAH or min(amounts) < -LARGEST_RUPIAH):
        reasons.append(Reason("amount_too_large", "Jumlahnya terlalu besar.", field="legs"))
    if sum(amounts) != 0:
        reasons.append(Reason("unbalanced", "Jumlah debit dan kredit belum sama.", field="legs"))
    if entry.on < opened_on:
        text = f"Buku koperasi dimulai {format_date(opened_on)}; tanggal catatan tidak boleh sebelumnya."
        reasons.append(Reason("before_books", text, field="on"))
    return reasons


def same_legs(left: Iterable[NewLeg], right: Iterable[NewLeg]) -> bool:
    """Whether two entries move the same money, in whatever order."""
    return Counter(left) == Counter(right)


def month_end(day: date) -> date:
    """The last day of a day's month."""
    first_of_next = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return first_of_next - timedelta(days=1)


def reasons_not_to_close(last_on: date, *, opened_on: date, closed_until: date | None, today: date) -> list[Reason]:
    """Why a month cannot be closed: months are closed whole, in their order, and when they are over."""
    if last_on != month_end(last_on):
        return [Reason("not_month_end", "Bulan ditutup per hari terakhirnya.", field="last_on")]
    if closed_until is not None and last_on <= closed_until:
        return [Reason("closed_already", "Bulan itu sudah ditutup.", field="last_on")]
    due = month_end(opened_on if closed_until is None else closed_until + timedelta(days=1))
    if last_on != due:
        text = f"Bulan ditutup berurutan; yang berikutnya ditutup per {format_date(due)}."
        return [Reason("not_next_month", text, field="last_on")]
    if last_on >= today:
        return [Reason("month_not_over", "Bulan itu belum selesai; tutup sesudah hari terakhirnya.", field="last_on")]
    return []


# --- what the hash of a seal is made over ---


def seal_line(
    cooperative: str, village_code: str, number: int, recorded_at: str, actor_id: str, act: str, entries: int, legs: int
) -> str:
    """Ids as 32 hex digits, the moment in UTC as ISO with microseconds."""
    return f"{cooperative}|{village_code}|{number}|{recorded_at}|{actor_id}|{act}|{entries}|{legs}"


def entry_line(entry: str, on: str, kind: str, reverses: str, memo: str) -> str:
    """The memo comes last with its length, so that nothing in it can be taken for another line."""
    return f"{entry}|{on}|{kind}|{reverses}|{len(memo)}:{memo}"


def leg_line(account: str, holder: str, amount_rupiah: int) -> str:
    return f"{account}|{holder}|{amount_rupiah}"
