"""A unit's surplus goes up to its cooperative, whose members' meeting shares it. Plain Python.

It moves from what is not divided yet in the unit's books to the same place in the head's, on a day of the year after:
no closed month is touched and no income counted twice, so that the sum of both is what it was before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from desmigratif.cooperative.rules.ledger import NewLeg, merged
from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import Reason
from desmigratif.shared.rupiah import format_rupiah

Closed = Sequence[tuple[str, date | None]]  # a book by name, and until when its months are closed
UNDIVIDED, OWED, OWING = "shu_undivided", "unit_receivable", "unit_payable"


@dataclass(frozen=True, slots=True)
class Waiting:
    """Where a unit stands whose surplus of a year is to go up.

    surplus          of every closed year that did not go up yet, a loss below zero
    is_decided       the members have decided on the head's surplus of the year
    offered_until    the last year that was offered or taken in
    open_tills       tills of days before today that nobody closed
    others           members of the unit who never were members of the head
    """

    unit: str
    head: str
    year: int
    is_closed: bool
    surplus: int
    is_decided: bool = False
    offered_until: int | None = None
    open_tills: int = 0
    cash_difference: int = 0
    others: int = 0


def reasons_not_to_hand_up(asked: Waiting) -> list[Reason]:
    """Why a unit's surplus cannot go up; an empty list means it can."""
    if asked.offered_until is not None and asked.year <= asked.offered_until:
        return [Reason("handed_up_already", f"SHU {asked.unit} {asked.year} sudah diserahkan.", field="year")]
    if asked.is_decided:
        return [_decided(asked.year, f"SHU {asked.unit} ikut dibagi tahun buku berikutnya.")]
    found = []
    if not asked.is_closed:
        text = f"Tahun buku {asked.year} {asked.unit} belum ditutup."
        found.append(Reason("year_open", text, field="year", way_out="Tutup dulu tahun buku unit."))
    elif not asked.surplus:
        text = f"{asked.unit} tidak mempunyai SHU atau rugi {asked.year}."
        found.append(Reason("nothing_to_hand_up", text, field="year"))
    return found + _of_the_till(asked) + _of_the_members(asked)


def _decided(year: int, way_out: str) -> Reason:
    text = f"Rapat anggota sudah memutuskan SHU {year}."
    return Reason("decided_already", text, field="year", way_out=way_out)


def _of_the_till(asked: Waiting) -> list[Reason]:
    found = []
    if asked.open_tills:
        text = f"{asked.open_tills} kas {asked.unit} dari hari sebelumnya masih terbuka."
        found.append(Reason("till_open", text, way_out="Hitung uangnya dan tutup kasnya."))
    if asked.cash_difference:
        text = f"Selisih kas {asked.unit} {format_rupiah(abs(asked.cash_difference))} belum dijelaskan."
        found.append(Reason("cash_difference", text, way_out="Jelaskan dulu di buku unit."))
    return found


def _of_the_members(asked: Waiting) -> list[Reason]:
    if not asked.others:
        return []
    text = f"{asked.others} orang menjadi anggota {asked.unit}, tetapi bukan anggota {asked.head}."
    way_out = "SHU dibagi kepada anggota induk: daftarkan mereka di sana dulu."
    return [Reason("other_members", text, way_out=way_out)]


def reasons_not_to_take_in(
    *, status: str, is_offerer: bool, year: int, on: date, closed: Closed, is_decided: bool
) -> list[Reason]:
    """Why what was offered cannot be entered."""
    if status == "taken":
        return [Reason("taken_already", "SHU ini sudah ada di buku induk.")]
    if status == "reversed":
        return [_REVERSED]
    if is_decided:
        return [_decided(year, "Batalkan penyerahan ini; SHU unit ikut dibagi tahun buku berikutnya.")]
    if is_offerer:
        text = "Yang menyerahkan dan yang menerima SHU unit harus dua orang."
        way_out = "Minta pengurus atau bendahara yang lain memeriksanya."
        return [Reason("same_person", text, way_out=way_out)]
    found = []
    if on.year <= year:
        text = f"SHU {year} masuk ke buku induk sesudah 31 Desember {year}."
        found.append(Reason("before_year_end", text, field="on"))
    return found + _of_closed_books(on, closed)


def _of_closed_books(on: date, closed: Closed) -> list[Reason]:
    return [
        Reason("books_closed", f"Buku {name} sudah ditutup sampai {format_date(until)}.", field="on",
               way_out="Pilih hari sesudahnya.")
        for name, until in closed
        if until is not None and on <= until
    ]  # fmt: skip


_REVERSED = Reason("reversed_already", "Penyerahan ini sudah dibatalkan.", way_out="Serahkan sekali lagi.")


def reasons_not_to_take_back(
    *, status: str, is_taker: bool, year: int, on: date, is_last: bool, is_decided: bool,
    closed: Closed,
) -> list[Reason]:  # fmt: skip
    """Why it stays as it is; an empty list means it can be undone."""
    if status == "reversed":
        return [_REVERSED]
    if status == "offered":
        return []
    if is_decided:
        return [_decided(year, "Yang sudah diputuskan anggota tidak dapat ditarik lagi.")]
    if not is_last:
        text = "SHU tahun sesudahnya sudah diserahkan."
        return [Reason("later_handed_up", text, way_out="Batalkan yang terakhir lebih dulu.")]
    if is_taker:
        return [Reason("same_person", "Yang membukukan dan yang membatalkan harus dua orang.")]
    return _of_closed_books(on, closed)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two books: its accounts by use, and the other body, which is the holder of what they owe."""

    chart: Mapping[str, UUID]
    other: UUID


def legs_of_hand_up(rupiah: int, already: int, *, unit: Side, head: Side) -> tuple[list[NewLeg], list[NewLeg]]:
    """The legs in the unit's books and in the head's.

    A surplus becomes a debt of the unit, a loss one of the head; what the other side owed `already` is set off first.
    """
    set_off = min(abs(rupiah), already)
    rest = abs(rupiah) - set_off
    # what the unit is owed goes down by a surplus and up by a loss; what it owes the other way round
    owed, owing = (set_off, rest) if rupiah > 0 else (-rest, -set_off)
    in_unit = [NewLeg(unit.chart[UNDIVIDED], rupiah), NewLeg(unit.chart[OWED], -owed, unit.other)]
    in_unit.append(NewLeg(unit.chart[OWING], -owing, unit.other))
    in_head = [NewLeg(head.chart[OWING], owed, head.other), NewLeg(head.chart[OWED], owing, head.other)]
    in_head.append(NewLeg(head.chart[UNDIVIDED], -rupiah))
    return merged(in_unit), merged(in_head)


def reasons_to_wait_for_units(names: Iterable[str], year: int) -> list[Reason]:
    """Why the members cannot decide on a surplus yet: what units earned or lost has not come up."""
    way_out = "Tutup tahun buku unit, lalu serahkan SHU-nya."
    return [Reason("unit_waits", f"SHU {name} {year} belum diserahkan ke induk.", way_out=way_out) for name in names]


def reasons_against_a_meeting_of_a_unit(head: str) -> list[Reason]:
    """A unit has no members of its own; its members meet and share where they belong."""
    text = "Unit tidak mengadakan rapat anggota dan tidak membagi SHU sendiri."
    return [Reason("unit_meets_not", text, way_out=f"Anggota memutuskannya di rapat {head}.")]
