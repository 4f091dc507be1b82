"""What a member reads of the own accounts by a code, and how long the code holds."""

from __future__ import annotations

from datetime import date, timedelta

from desmigratif.shared.reasons import Reason

LASTS = timedelta(days=730)


def lasts_until(made_on: date) -> date:
    """The last day on which a code opens anything."""
    return made_on + LASTS


def reasons_not_to_give(*, belongs: bool, born: date | None) -> list[Reason]:
    """Why a code would open nothing; empty means it can be given."""
    found = []
    if not belongs:
        found.append(Reason("no_member", "Kode hanya untuk yang sudah menjadi anggota dan belum keluar."))
    if born is None:
        text = "Tanggal lahir anggota belum tercatat, padahal diminta bersama kodenya."
        found.append(Reason("birth_date_unknown", text))
    return found
