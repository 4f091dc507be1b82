"""Posting: how every action of the cooperative writes to the books. Not actions themselves.

Call inside an action (an open unit of work). The book of the cooperative is locked first and until the end of the
transaction, so lock your own rows *before* you post and post last. A refusal (`CannotPost`) has broken the
transaction on PostgreSQL: let it go up, the door writes it down.

    chart = chart_of(cooperative)
    post_entry(cooperative, NewEntry(entry_id, given.on, "savings.deposited", [
        debit(chart["cash"], amount), credit(chart["savings_voluntary"], amount, holder_id=savings_account.id)]))
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection

from desmigratif.audit import unit
from desmigratif.cooperative.actions.ledger import posting_sql as sql
from desmigratif.cooperative.models import Cooperative, Entry, Leg
from desmigratif.cooperative.rules import ledger as rules
from desmigratif.cooperative.rules.ledger import NewEntry, NewLeg
from desmigratif.cooperative.seal_hash import hash_of_seal
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Reason, Refusal


class CannotPost(Refusal):
    """The books do not take this entry. Nothing of the act stands."""

    code = "cannot_post"


@dataclass(frozen=True, slots=True)
class Posted:
    """The number of the seal, as printed on receipts. `again`: it stood already, and nothing was written."""

    number: int
    again: bool = False


# How each cooperative's book ended when this process last wrote there: a guess that saves PostgreSQL a question when
# it is right. The database compares; nothing is believed.
_ends_seen: dict[UUID, sql.BookRow] = {}


def post_entry(cooperative: Cooperative, entry: NewEntry) -> Posted:
    """Write one entry and seal it. The same entry again is the same entry; another under its id is refused.

    Raises `CannotPost`.
    """
    if reasons := rules.reasons_not_to_post(entry, opened_on=cooperative.opened_on):
        raise CannotPost(reasons)
    with _as_refusals():
        # SQLite's own lock came with the transaction, so nothing is guessed there
        seen = _ends_seen.get(cooperative.id) if connection.vendor == "postgresql" else None
        book: sql.BookRow | None = seen or sql.lock_book(cooperative.id, entry.id)
        body = _body(entry)
        while book is not None:
            if book.entry_exists:
                return _standing(cooperative, entry)
            seal = _seal(cooperative, book, entries=1, legs=len(entry.legs), body=body)
            book = sql.write_one(seal, entry)
    _ends_seen[cooperative.id] = sql.BookRow(seal.number, seal.hash, entry_exists=False)
    return Posted(seal.number)


def post_entries(cooperative: Cooperative, entries: Sequence[NewEntry]) -> Posted:
    """Write many entries under one seal, as sets: all of them or none. An id that stands already is refused.

    Raises `CannotPost`; the field of a reason about one entry begins with its place ("entries.3.legs").
    """
    opened_on = cooperative.opened_on
    for place, entry in enumerate(entries):
        if reasons := rules.reasons_not_to_post(entry, opened_on=opened_on):
            raise CannotPost([replace(reason, field=f"entries.{place}.{reason.field}") for reason in reasons])
    with _as_refusals(), connection.cursor() as cursor:
        book = sql.lock_book(cooperative.id)
        legs = sum(len(entry.legs) for entry in entries)
        head, seal = _draft(cooperative, book, entries=len(entries), legs=legs)
        sql.write_many(cursor, seal, entries, lambda body: hash_of_seal(book.head_hash, head, body))
    return Posted(seal.number)


def post_selected(
    cooperative: Cooperative, entry: NewEntry, select: str, params: Sequence[Any], *, against: UUID
) -> Posted:
    """One entry whose legs a question gives: month-end for a hundred thousand accounts without reading them.

    `select` is SQL (ours, never a person's) that yields (account_id, holder_id, amount_rupiah), no zero amounts; on
    SQLite ids in `params` are 32 hex digits (`posting_sql.key`). The other side goes to `against` as one leg.
    `entry.legs` is left empty. At most a million legs at a time. Raises `CannotPost`; nothing selected is refused.
    """
    with _as_refusals(), connection.cursor() as cursor:
        book = sql.lock_book(cooperative.id)
        seal = _seal(cooperative, book, entries=1, legs=0, body="")
        sql.write_selected(cursor, seal, entry, select, params)
        count, total, text = sql.legs_text(cursor, entry.id)
        body = f"{_entry_line(entry)}\n{text}"
        if total:
            count, body = count + 1, f"{body}\n{rules.leg_line(against.hex, '', -total)}"
            sql.write_legs(cursor, seal, replace(entry, legs=[NewLeg(against, -total)]))
        if count < 2:
            raise CannotPost(Reason("nothing_to_post", "Tidak ada yang perlu dicatat."))
        sealed = _seal(cooperative, book, entries=1, legs=count, body=body)
        sql.write_seal(cursor, replace(sealed, id=seal.id))
    return Posted(seal.number)


def post_reversal(cooperative: Cooperative, reverses: Entry, *, entry_id: UUID, on: date, reason: str) -> Posted:
    """Undo a sealed entry of this cooperative by its mirror, on a day of an open month, saying why.

    For actions that entered something themselves and now take it back. An entry is undone once, and what undoes is
    never undone: enter it anew instead. Raises `CannotPost`.
    """
    legs = rules.reversal_of(legs_of(reverses.id))
    memo = f"{rules.REVERSAL}{reason}"[: rules.LONGEST_MEMO]
    return post_entry(cooperative, NewEntry(entry_id, on, reverses.kind, legs, memo, reverses.id))


def legs_of(entry_id: UUID) -> list[NewLeg]:
    """The legs of an entry that its caller has already found, in their order."""
    rows = Leg.objects.filter(entry_id=entry_id).order_by("id")
    return [NewLeg(*row) for row in rows.values_list("account_id", "amount_rupiah", "holder_id")]


def legs_of_seal(cooperative: Cooperative, number: int) -> dict[UUID, list[NewLeg]]:
    """The legs of every entry under one seal, each in their order. One query."""
    found: dict[UUID, list[NewLeg]] = defaultdict(list)
    rows = Leg.objects.filter(entry__cooperative_id=cooperative.id, entry__seal__number=number).order_by("id")
    for entry_id, account_id, amount, holder_id in rows.values_list(
        "entry_id", "account_id", "amount_rupiah", "holder_id"
    ):
        found[entry_id].append(NewLeg(account_id, amount, holder_id))
    return found


def _standing(cooperative: Cooperative, entry: NewEntry) -> Posted:
    """The entry that stands under this id, when it is this one."""
    row = Entry.objects.of(cooperative).filter(id=entry.id).select_related("seal").first()
    if row is None or (row.on, row.kind, row.memo, row.reverses_id) != (
        entry.on, entry.kind, entry.memo, entry.reverses_id,
    ):  # fmt: skip
        raise CannotPost(_reason("entry_exists"))
    if not rules.same_legs(legs_of(entry.id), entry.legs):
        raise CannotPost(_reason("entry_exists"))
    return Posted(row.seal.number, again=True)


# --- the seal ---


def _seal(cooperative: Cooperative, book: sql.BookRow, *, entries: int, legs: int, body: str) -> sql.SealRow:
    return _draft(cooperative, book, entries=entries, legs=legs, body=body)[1]


def _draft(
    cooperative: Cooperative, book: sql.BookRow, *, entries: int, legs: int, body: str | None = None
) -> tuple[str, sql.SealRow]:
    """The next seal, without its hash where its body is not known yet, and the line that the hash begins with."""
    note = unit.current()
    recorded_at = note.at.astimezone(UTC)
    act = note.act_id.hex if note.act_id else ""
    head = rules.seal_line(
        cooperative.id.hex, cooperative.village_code, book.last_number + 1,
        recorded_at.isoformat(timespec="microseconds"), note.actor_id, act, entries, legs,
    )  # fmt: skip
    seal = sql.SealRow(
        id=new_id(),
        village_code=cooperative.village_code,
        cooperative_id=cooperative.id,
        number=book.last_number + 1,
        recorded_at=recorded_at,
        actor_id=note.actor_id,
        act_id=note.act_id,
        entry_count=entries,
        leg_count=legs,
        prev_hash=book.head_hash,
        hash="" if body is None else hash_of_seal(book.head_hash, head, body),
    )
    return head, seal


def _body(entry: NewEntry) -> str:
    """One entry, followed by its legs in the order of writing."""
    legs = (
        rules.leg_line(leg.account_id.hex, leg.holder_id.hex if leg.holder_id else "", leg.amount_rupiah)
        for leg in entry.legs
    )
    return "\n".join((_entry_line(entry), *legs))


def _entry_line(entry: NewEntry) -> str:
    reverses = entry.reverses_id.hex if entry.reverses_id else ""
    return rules.entry_line(entry.id.hex, entry.on.isoformat(), entry.kind, reverses, entry.memo)


# --- what the database says, as sentences ---

_SENTENCES: dict[str, tuple[str, str, str]] = {  # word of the guard: sentence, way out, field
    "closed_month": (
        "Bulan dari tanggal itu sudah ditutup.", "Catat pembetulannya di bulan yang masih terbuka.", "on",
    ),
    "unbalanced": ("Jumlah debit dan kredit belum sama.", "", "legs"),
    "wrong_account": (
        "Ada akun yang tidak dapat dipakai di sini: sudah ditutup, bukan milik koperasi ini, atau pemiliknya "
        "tidak disebut.", "", "legs",
    ),
    "overdrawn": ("Saldonya tidak cukup.", "Periksa saldo sebelum mencatat.", "legs"),
    "not_reversed": (
        "Catatan itu tidak dapat dibalik: tidak ditemukan, atau ia sendiri pembalikan.", "", "entry_id",
    ),
    "reversed_already": ("Catatan itu sudah pernah dibalik.", "", "entry_id"),
    "entry_exists": (
        "Nomor catatan ini sudah dipakai untuk isi yang lain.", "Buka formulir baru dan catat sekali lagi.", "",
    ),
    "zero_leg": ("Jumlah setiap baris harus lebih dari nol.", "", "legs"),
}  # fmt: skip
_CONSTRAINTS = (
    (re.compile(r"entry_reversed_once|cooperative_entry\.reverses_id"), "reversed_already"),
    (re.compile(r"cooperative_entry_pkey|cooperative_entry\.id"), "entry_exists"),
    (re.compile(r"leg_is_not_zero"), "zero_leg"),
)


def _reason(word: str) -> Reason:
    text, way_out, field = _SENTENCES[word]
    return Reason(word, text, way_out=way_out, field=field)


@contextmanager
def _as_refusals() -> Iterator[None]:
    """What a guard refuses becomes a reason; any other trouble of the database stays what it is."""
    try:
        yield
    except DatabaseError as problem:
        word = word_of(problem)
        if word not in _SENTENCES:
            raise
        raise CannotPost(_reason(word)) from problem


def word_of(problem: DatabaseError) -> str:
    """The stable word with which a guard or constraint of the ledger refused; "" for anything else."""
    said = str(problem)
    for shape, word in _CONSTRAINTS:
        if shape.search(said):
            return word
    found = re.match(r"(\w+): ", said)
    return found[1] if found else ""
