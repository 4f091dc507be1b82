"""The head's signature under a letter: what may be said yes to, and how long it may be put off. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desmigratif.shared import working_days
from desmigratif.shared.dated import value_on
from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import Reason


@dataclass(frozen=True, slots=True)
class WhyPostponed:
    """Why a head waits, and what the officer does meanwhile."""

    code: str
    label: str
    way_out: str


def reasons_to_postpone(day: date) -> tuple[WhyPostponed, ...]:
    return tuple(WhyPostponed(**row) for row in value_on("signatures.postponements", day))


def why_postponed(code: str, day: date) -> WhyPostponed | None:
    return next((why for why in reasons_to_postpone(day) if why.code == code), None)


def postponed_until(on: date) -> date:
    """The last day on which a postponement stops the letter."""
    days = value_on("signatures.postponement_days", on)
    return working_days.after(on, days, working_days.closed_days(on, on))


def reasons_not_to_postpone(day: date, code: str, *, put_off_before: bool) -> list[Reason]:
    """For a reason of the list, and once: a letter is a right, and its clock runs on."""
    if why_postponed(code, day) is None:
        return [Reason("unknown_reason", "Pilih alasannya.", field="reason")]
    if put_off_before:
        text = "Tanda tangan untuk rencana ini sudah pernah ditunda."
        return [Reason("postponed_before", text, way_out="Setujui, atau minta petugas menjawab permintaannya.")]
    return []


def reasons_while_postponed(until: date | None, code: str, on: date) -> list[Reason]:
    """Why the officer cannot write the letter yet; empty once the days are over."""
    if until is None or on > until:
        return []
    why = why_postponed(code, on)
    said = f": {why.label[:1].lower()}{why.label[1:]}" if why else ""
    text = f"Kepala desa menunda tanda tangannya sampai {format_date(until)}{said}."
    return [Reason("head_postponed", text, way_out=why.way_out if why else "")]
