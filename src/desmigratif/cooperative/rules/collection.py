"""A meeting's money and its sheet: what lies on the table must be what was written down.

A sheet may be filled in without a signal and arrive later. Its money then lies in a bag, and belongs into a till:

    met      arrives  the cashier's open till   the books take it
    20 Nov   20 Nov   of 20 Nov                 20 Nov, into that till
    20 Nov   21 Nov   of 20 Nov, still open     20 Nov, into that till: it is not counted yet
    20 Nov   21 Nov   of 21 Nov, or none        a second person puts it into the own till, on the day of doing so
    30 Nov   1 Dec    of 30 Nov, month closed   a second person, as above

An instalment counts for the loan on the day of the meeting, so that nobody is late by waiting for a signal.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from desmigratif.shared.reasons import Reason
from desmigratif.shared.rupiah import format_rupiah

# What no slip of the pen brings about: it happened at the office while the sheet was on its way.
_HAPPENED_MEANWHILE = frozenset({"paid_already", "left", "closed", "closed_loop", "closed_month", "term_filled"})

# Why a waiting sheet may be thrown away: its money is somewhere else for good.
DISCARDED = {
    "given_back": "Semua uangnya sudah dikembalikan kepada anggota.",
    "recorded_otherwise": "Semua uangnya sudah dicatat dengan cara lain.",
}


def reasons_against_count(written: int, counted: int) -> list[Reason]:
    """Why a sheet may not be entered yet: the money that was counted is more or less than what it says."""
    if written == counted:
        return []
    by = (
        f"kurang {format_rupiah(written - counted)}"
        if counted < written
        else f"lebih {format_rupiah(counted - written)}"
    )
    text = f"Menurut daftar {format_rupiah(written)}; uang yang dihitung {by}."
    way_out = "Kosongkan yang tidak membayar, atau hitung sekali lagi."
    return [Reason("not_what_was_counted", text, field="counted_rupiah", way_out=way_out)]


def day_in_books(met_on: date, today: date, till_on: date | None, closed_until: date | None) -> date | None:
    """The day on which till and books take the money of a sheet that came from a phone; None: a second person decides.

    `till_on` is the day of the cashier's open till.
    """
    if met_on == today:
        return today
    is_open = till_on == met_on and (closed_until is None or met_on > closed_until)
    return met_on if is_open else None


def waits_for_a_person(refused: Collection[str], *, has_moved: bool, is_late: bool) -> bool:
    """Whether a phone's sheet waits for a second person, or goes back to the cashier to be put right.

    `refused` are the codes of what is wrong with its lines. A typing mistake alone, and what is not there at all, goes
    back. What happened meanwhile does not: the money was really taken.
    """
    if "not_found" in refused:
        return False
    wrong = set(refused) - _HAPPENED_MEANWHILE
    return has_moved or (not wrong and (is_late or bool(refused)))
