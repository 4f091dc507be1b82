"""Others doing the ledger's work: plain Django, django-hordak, and the bare drivers as the limit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain
from typing import Any

from django.db import connection, models, transaction

from bench.harness import Work
from bench.ledger_world import NOW
from desmigratif.cooperative.actions.ledger import posting_sql
from desmigratif.cooperative.actions.ledger.posting_sql import SealRow
from desmigratif.cooperative.models import Cooperative
from desmigratif.cooperative.rules.ledger import NewEntry
from desmigratif.shared.ids import new_id

Fresh = Callable[[], Sequence[NewEntry]]


class PlainEntry(models.Model):
    id = models.UUIDField(primary_key=True)
    village_code = models.CharField(max_length=13)
    cooperative_id = models.UUIDField()
    on = models.DateField()
    kind = models.CharField(max_length=40)
    memo = models.CharField(max_length=200)

    class Meta:
        app_label = "bench_ledger"


class PlainLeg(models.Model):
    village_code = models.CharField(max_length=13)
    entry = models.ForeignKey(PlainEntry, on_delete=models.CASCADE)
    account_id = models.UUIDField()
    holder_id = models.UUIDField(null=True, db_index=True)
    amount_rupiah = models.BigIntegerField()

    class Meta:
        app_label = "bench_ledger"


class PlainBalance(models.Model):
    id = models.UUIDField(primary_key=True)
    balance_rupiah = models.BigIntegerField()

    class Meta:
        app_label = "bench_ledger"


def balances(count: int) -> None:
    """That many accounts with some money, for whoever works on objects."""
    _plain_tables()
    with connection.schema_editor() as editor:
        editor.create_model(PlainBalance)
    PlainBalance.objects.bulk_create(PlainBalance(id=new_id(), balance_rupiah=100_000 + n) for n in range(count))


def _plain_tables() -> None:
    present = connection.introspection.table_names()
    if PlainEntry._meta.db_table not in present:
        with connection.schema_editor() as editor:
            editor.create_model(PlainEntry)
            editor.create_model(PlainLeg)


def _plain(cooperative: Cooperative, entry: NewEntry) -> tuple[PlainEntry, list[PlainLeg]]:
    own = {"village_code": cooperative.village_code}
    made = PlainEntry(id=entry.id, cooperative_id=cooperative.id, on=entry.on, kind=entry.kind, memo=entry.memo, **own)
    legs = [
        PlainLeg(entry=made, account_id=leg.account_id, holder_id=leg.holder_id, amount_rupiah=leg.amount_rupiah, **own)
        for leg in entry.legs
    ]
    return made, legs


def one_by_one(cooperative: Cooperative, fresh: Fresh) -> Work:
    """`save()` of each row, a transaction for each entry; nothing is checked."""
    _plain_tables()

    def work() -> None:
        for entry in fresh():
            made, legs = _plain(cooperative, entry)
            with transaction.atomic():
                made.save(force_insert=True)
                for leg in legs:
                    leg.save(force_insert=True)

    return work


def bulk(cooperative: Cooperative, ready: list[list[NewEntry]]) -> Work:
    _plain_tables()

    def work() -> None:
        rows = [_plain(cooperative, entry) for entry in ready.pop()]
        with transaction.atomic():
            PlainEntry.objects.bulk_create([made for made, _ in rows], batch_size=2_000)
            PlainLeg.objects.bulk_create([leg for _, legs in rows for leg in legs], batch_size=2_000)

    return work


def hordak(count: int) -> Work:
    """`transfer_to` between two accounts, a transaction each."""
    from djmoney.money import Money
    from hordak.models import Account, AccountType

    cash = Account.objects.create(name="Kas", code="1", type=AccountType.asset, currencies=["IDR"])
    savings = Account.objects.create(name="Simpanan", code="2", type=AccountType.liability, currencies=["IDR"])

    def work() -> None:
        for number in range(count):
            with transaction.atomic():
                cash.transfer_to(savings, Money(1_000 + number, "IDR"), description="Setoran")

    return work


def _seal(cooperative: Cooperative, entries: int, legs: int) -> SealRow:
    number = new_id().int % 2**60
    return SealRow(
        new_id(), cooperative.village_code, cooperative.id, number, NOW, "lomba", None, entries, legs, "0" * 64,
        "1" * 64,
    )  # fmt: skip


def _statements(cooperative: Cooperative, entries: Sequence[NewEntry]) -> tuple[list[Any], list[Any], list[Any]]:
    """Ready values for seal, entries and legs."""
    seal = _seal(cooperative, len(entries), 2 * len(entries))
    return (
        posting_sql._seal_values(seal),
        [posting_sql._entry_values(seal, entry) for entry in entries],
        list(posting_sql._leg_values(seal, entries)),
    )


_SEAL = posting_sql._INSERT_SEAL.replace("cooperative_seal", "raw_seal")
_ENTRY = posting_sql._INSERT_ENTRY.replace("cooperative_entry", "raw_entry")
_LEG = posting_sql._INSERT_LEGS.replace("cooperative_leg", "raw_leg") + posting_sql._LEG_MARKS


def raw_one_by_one(cooperative: Cooperative, fresh: Fresh, *, balances: bool = True) -> Work:
    """The driver alone: ready values, one round trip and one commit for each entry.

    It leaves every row that we leave, so balances too; without them, the bare seal, entry and legs.
    """
    both = f"{_LEG}, {posting_sql._LEG_MARKS}"
    statements = [_SEAL, _ENTRY, both, *((_BOOK, _totals(2), _holdings(2)) if balances else ())]

    def values_of(entry: NewEntry) -> list[Any]:
        seal, entries, legs = _statements(cooperative, [entry])
        kept = _balances(cooperative, [entry]) if balances else ()
        return [seal, entries[0], [*legs[0], *legs[1]], *kept]

    connection.ensure_connection()
    return (
        _in_one_trip(fresh, statements, values_of)
        if connection.vendor == "postgresql"
        else _one_after_another(fresh, [one.replace("%s", "?") for one in statements], values_of)
    )


def _in_one_trip(fresh: Fresh, statements: list[str], values_of: Callable[[NewEntry], list[Any]]) -> Work:
    whole = f"BEGIN; {'; '.join(statements)}; COMMIT"

    def work() -> None:
        cursor = connection.connection.cursor()
        for entry in fresh():
            cursor.execute(whole, list(chain.from_iterable(values_of(entry))))

    return work


def _one_after_another(fresh: Fresh, statements: list[str], values_of: Callable[[NewEntry], list[Any]]) -> Work:
    def work() -> None:
        cursor = connection.connection.cursor()
        for entry in fresh():
            cursor.execute("BEGIN IMMEDIATE")
            for statement, values in zip(statements, values_of(entry), strict=True):
                cursor.execute(statement, values)
            cursor.execute("COMMIT")

    return work


# the hash stands in the text: with more than fifty values psycopg would read the statement anew each time
_BOOK = f"UPDATE raw_book SET last_number = last_number + 1, head_hash = '{'1' * 64}' WHERE cooperative_id = %s"


def _totals(count: int) -> str:
    return (
        "INSERT INTO raw_monthlytotal (village_code, cooperative_id, account_id, month, debit_rupiah, credit_rupiah)"
        f" VALUES {', '.join(['(%s, %s, %s, %s, %s, %s)'] * count)} ON CONFLICT (account_id, month) DO UPDATE SET"
        " debit_rupiah = raw_monthlytotal.debit_rupiah + excluded.debit_rupiah,"
        " credit_rupiah = raw_monthlytotal.credit_rupiah + excluded.credit_rupiah"
    )


def _holdings(count: int) -> str:
    return (
        "INSERT INTO raw_holding (village_code, account_id, holder_id, balance_rupiah)"
        f" VALUES {', '.join(['(%s, %s, %s, %s)'] * count)} ON CONFLICT (holder_id, account_id) DO UPDATE SET"
        " balance_rupiah = raw_holding.balance_rupiah + excluded.balance_rupiah"
    )


def _balances(cooperative: Cooperative, entries: Sequence[NewEntry]) -> tuple[list[Any], list[Any], list[Any]]:
    """Ready values for the book, the months' totals and the balances."""
    village, own = cooperative.village_code, cooperative.id.hex
    totals: dict[tuple[str, str], list[int]] = {}
    held: dict[tuple[str, str], int] = {}
    for entry in entries:
        month = entry.on.replace(day=1).isoformat()
        for leg in entry.legs:
            account, amount = leg.account_id.hex, leg.amount_rupiah
            totals.setdefault((account, month), [0, 0])[amount < 0] += abs(amount)
            key = (account, (leg.holder_id or leg.account_id).hex)
            held[key] = held.get(key, 0) + amount
    return (
        [own],
        [value for key, sums in totals.items() for value in (village, own, *key, *sums)],
        [value for key, amount in held.items() for value in (village, *key, amount)],
    )


def raw_batch(cooperative: Cooperative, ready: list[list[NewEntry]]) -> Work:
    """The driver alone on ready rows, balances too: COPY or executemany, one commit."""
    rows = [(*_statements(cooperative, entries), _balances(cooperative, entries)) for entries in ready]

    def work() -> None:
        seal, entries, legs, (book, totals, held) = rows.pop()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_SEAL, seal)
            if connection.vendor == "postgresql":
                posting_sql._copy(cursor, f"COPY raw_entry ({posting_sql._ENTRY_COLUMNS}) FROM STDIN", entries)
                posting_sql._copy(cursor, f"COPY raw_leg ({posting_sql._LEG_COLUMNS}) FROM STDIN", legs)
            else:
                cursor.executemany(_ENTRY, entries)
                cursor.executemany(_LEG, legs)
            cursor.execute(_BOOK, book)
            cursor.execute(_totals(len(totals) // 6), totals)
            cursor.execute(_holdings(len(held) // 4), held)

    return work
