"""Savings accounts by the hundred thousand, and their month-end: ours, account by account, and as two statements."""

from __future__ import annotations

from datetime import date

from django.db import connection, transaction
from django.db.models import F

from bench import ledger_books, ledger_peers
from desmigratif.cooperative.actions.ledger.posting import post_entry, post_selected
from desmigratif.cooperative.models import Cooperative, Holding
from desmigratif.cooperative.queries.ledger.books import chart_of
from desmigratif.cooperative.rules.ledger import NewEntry, credit, debit
from desmigratif.shared.ids import new_id

ON = date(2026, 11, 10)
_NUMBERS = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) ",
    "postgresql": "WITH n(i) AS (SELECT generate_series(1, {count})) ",
}
_HOLDER = {
    "sqlite": "'{head}' || printf('%%024x', i)",
    "postgresql": "('{head}' || lpad(to_hex(i), 24, '0'))::uuid",
}
_ID = {"sqlite": "%s", "postgresql": "%s::uuid"}


class Books:
    """A cooperative with that many savings accounts, each with some money."""

    def __init__(self, count: int) -> None:
        self.cooperative = ledger_books.cooperative()
        self.chart = chart_of(self.cooperative)
        fill(self.cooperative, count, ON, against="cash")

    def month_end(self) -> None:
        """One hundredth of each balance, as one question."""
        select = (
            "SELECT account_id, holder_id, balance_rupiah / 100 FROM cooperative_holding"
            f" WHERE account_id = {_ID[connection.vendor]} AND balance_rupiah / 100 <> 0"
        )
        entry = NewEntry(new_id(), ON, "savings.interest", (), "Jasa simpanan")
        with ledger_books.working():
            post_selected(
                self.cooperative, entry, select, [self.chart["savings_voluntary"].hex],
                against=self.chart["savings_interest"],
            )  # fmt: skip

    def per_object(self, sample: int) -> None:
        """The same for some of them as a job over objects does it: each account locked and read, entry, two legs, its
        balance and that of the cost, a transaction each so that a job that dies loses nothing. Nothing is checked or
        chained, and no months are added up."""
        cost = ledger_peers.PlainBalance.objects.order_by("-id").values_list("id", flat=True)[0]
        for id in ledger_peers.PlainBalance.objects.order_by("id").values_list("id", flat=True)[:sample]:
            with transaction.atomic():
                account = ledger_peers.PlainBalance.objects.select_for_update().get(id=id)
                amount = self._written(account)
                account.save(update_fields=["balance_rupiah"])
                of_cost = ledger_peers.PlainBalance.objects.filter(id=cost)
                of_cost.update(balance_rupiah=F("balance_rupiah") - amount)

    def per_object_unlocked(self, sample: int) -> None:
        """The same, but with what was read before the first transaction, and without the balance of the cost: two
        cashiers would undo each other. The peer until 27 November 2026."""
        for account in ledger_peers.PlainBalance.objects.order_by("id")[:sample]:
            with transaction.atomic():
                self._written(account)
                account.save()

    def _written(self, account: ledger_peers.PlainBalance) -> int:
        """Entry and legs of one account's interest; the balance is added to and not yet saved."""
        amount, own = account.balance_rupiah // 100, {"village_code": self.cooperative.village_code}
        entry = ledger_peers.PlainEntry(
            id=new_id(), cooperative_id=self.cooperative.id, on=ON, kind="savings.interest", memo="", **own
        )
        entry.save(force_insert=True)
        savings, cost = self.chart["savings_voluntary"], self.chart["savings_interest"]
        for of, rupiah, holder in ((cost, amount, None), (savings, -amount, account.id)):
            leg = ledger_peers.PlainLeg(entry=entry, account_id=of, holder_id=holder, amount_rupiah=rupiah, **own)
            leg.save(force_insert=True)
        account.balance_rupiah += amount
        return amount

    def one_by_one(self, sample: int) -> None:
        """The same for some of them through our own posting, one by one in one transaction."""
        savings, cost = self.chart["savings_voluntary"], self.chart["savings_interest"]
        with ledger_books.working():
            for holding in Holding.objects.filter(account_id=savings)[:sample]:
                amount = -holding.balance_rupiah // 100
                legs = [debit(cost, amount), credit(savings, amount, holding.holder_id)]
                post_entry(self.cooperative, NewEntry(new_id(), ON, "savings.interest", legs))


def fill(cooperative: Cooperative, count: int, on: date, *, against: str) -> None:
    chart, vendor = chart_of(cooperative), connection.vendor
    holder = _HOLDER[vendor].format(head=cooperative.id.hex[-8:])
    select = (
        _NUMBERS[vendor].format(count=count)
        + f"SELECT {_ID[vendor]} AS account_id, {holder} AS holder_id, -(100000 + i) AS amount FROM n"
    )
    with ledger_books.working():
        post_selected(
            cooperative, NewEntry(new_id(), on, "savings.deposited", ()), select, [chart["savings_voluntary"].hex],
            against=chart[against],
        )  # fmt: skip


def twelve_months() -> Cooperative:
    """A cooperative with a million legs in twelve months."""
    cooperative = ledger_books.cooperative()
    for number in range(12):
        fill(cooperative, 83_400, date(2025 + (11 + number) // 12, (11 + number) % 12 + 1, 10), against="cash")
    return cooperative


def bare_accounts(count: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE raw_account (id bigint PRIMARY KEY, balance bigint NOT NULL)")
        cursor.execute("CREATE TABLE raw_accrual (account_id bigint NOT NULL, amount bigint NOT NULL)")
        numbers = _NUMBERS[connection.vendor].format(count=count)
        cursor.execute(f"INSERT INTO raw_account {numbers} SELECT i, 100000 + i FROM n")


def two_statements() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO raw_accrual SELECT id, balance / 100 FROM raw_account")
        cursor.execute("UPDATE raw_account SET balance = balance + balance / 100")
