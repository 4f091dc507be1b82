"""The books as plain text that other programs can check: beancount, or one line per leg as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from desmigratif.cooperative.models import Account, AccountKind, Cooperative, Leg
from desmigratif.cooperative.queries.ledger.books import trial_balance

CSV_HEADER = (
    "number", "entry_id", "on", "kind", "memo", "reverses_id", "account_code", "account_name", "holder_id",
    "debit_rupiah", "credit_rupiah",
)  # fmt: skip
_ROOTS = {
    AccountKind.ASSET: "Assets",
    AccountKind.LIABILITY: "Liabilities",
    AccountKind.EQUITY: "Equity",
    AccountKind.INCOME: "Income",
    AccountKind.EXPENSE: "Expenses",
}


@dataclass(frozen=True, slots=True)
class ExportedLeg:
    number: int
    entry_id: UUID
    on: date
    kind: str
    memo: str
    reverses_id: UUID | None
    account_id: UUID
    holder_id: UUID | None
    amount_rupiah: int


def as_csv(cooperative: Cooperative) -> Iterator[str]:
    """One line per leg, debit and credit in two columns, in the order of recording."""
    accounts = _accounts(cooperative)
    yield _csv_line(CSV_HEADER)
    for leg in _legs(cooperative, "entry__seal__number", "entry_id", "id"):
        account = accounts[leg.account_id]
        yield _csv_line(
            (
                leg.number, leg.entry_id, leg.on, leg.kind, leg.memo, leg.reverses_id or "", account.code,
                account.name, leg.holder_id or "", max(leg.amount_rupiah, 0), max(-leg.amount_rupiah, 0),
            )
        )  # fmt: skip


def as_beancount(cooperative: Cooperative) -> Iterator[str]:
    """A journal with an opening for each account, every entry, and what each account must hold at the end."""
    accounts = _accounts(cooperative)
    yield f'option "title" {_quoted(cooperative.name)}\noption "operating_currency" "IDR"\n\n'
    for account in accounts.values():
        yield f"{cooperative.opened_on} open {_name(account)} IDR\n  name: {_quoted(account.name)}\n"
    entry_id, last_on = None, cooperative.opened_on
    for leg in _legs(cooperative, "entry__on", "entry__seal__number", "entry_id", "id"):
        if leg.entry_id != entry_id:
            entry_id, last_on = leg.entry_id, leg.on
            yield f"\n{leg.on} * {_quoted(leg.kind)} {_quoted(leg.memo)}\n"
            yield f'  entry: "{leg.entry_id}"\n  number: {leg.number}\n'
            if leg.reverses_id:
                yield f'  reverses: "{leg.reverses_id}"\n'
        yield f"  {_name(accounts[leg.account_id])}  {leg.amount_rupiah} IDR\n"
        if leg.holder_id:
            yield f'    holder: "{leg.holder_id}"\n'
    yield "\n"
    for line in trial_balance(cooperative, last_on):
        account = accounts[line.account_id]
        yield f"{last_on + timedelta(days=1)} balance {_name(account)}  {line.debit_rupiah - line.credit_rupiah} IDR\n"


def _accounts(cooperative: Cooperative) -> dict[UUID, Account]:
    return {account.id: account for account in Account.objects.of(cooperative).order_by("code")}


def _legs(cooperative: Cooperative, *order: str) -> Iterator[ExportedLeg]:
    rows = Leg.objects.filter(entry__cooperative_id=cooperative.id, entry__seal__sealed=True).order_by(*order)
    columns = (
        "entry__seal__number", "entry_id", "entry__on", "entry__kind", "entry__memo", "entry__reverses_id",
        "account_id", "holder_id", "amount_rupiah",
    )  # fmt: skip
    for row in rows.values_list(*columns).iterator(chunk_size=5000):
        yield ExportedLeg(*row)


def _name(account: Account) -> str:
    return f"{_ROOTS[AccountKind(account.kind)]}:{account.code}"


def _quoted(text: str) -> str:
    """One line between quotation marks, as beancount reads it."""
    return '"' + " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _csv_line(cells: tuple[object, ...]) -> str:
    target = io.StringIO()
    csv.writer(target, lineterminator="\n").writerow(cells)
    return target.getvalue()
