"""A right, not a favour: the clock of a letter that was asked for, lawful refusals, objections. Plain Python."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from desmigratif.shared import working_days
from desmigratif.shared.dated import value_on
from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import Reason


@dataclass(frozen=True, slots=True)
class Ground:
    """A lawful reason to refuse, and which of the letter's rules it stands on."""

    code: str
    label: str
    citation: str
    status: str
    stands_on: tuple[str, ...]
    way_out: str


def letter_due(asked_on: date) -> date:
    """Until when the village must write the letter or refuse it."""
    return _after(asked_on, "rights.letter_working_days")


def objection_due(made_on: date) -> date:
    """Until when the regency must answer an objection."""
    return _after(made_on, "rights.objection_working_days")


def _after(start: date, path: str) -> date:
    return working_days.after(start, value_on(path, start), working_days.closed_days(start, start))


def grounds_on(day: date) -> tuple[Ground, ...]:
    return tuple(Ground(**{**row, "stands_on": tuple(row["stands_on"])}) for row in value_on("rights.refusals", day))


def lawful_grounds(day: date, against: Collection[str]) -> tuple[Ground, ...]:
    """Those that hold: `against` are the codes of what stands against the letter on that day."""
    return tuple(ground for ground in grounds_on(day) if set(ground.stands_on) & set(against))


def reasons_not_to_refuse(day: date, code: str, against: Collection[str]) -> list[Reason]:
    """A letter is refused only for a reason of the regulations that holds; anything else is helped along."""
    if code in {ground.code for ground in lawful_grounds(day, against)}:
        return []
    return [
        Reason(
            "no_lawful_ground",
            "Surat tidak bisa ditolak dengan alasan itu: alasannya tidak ada di aturan, atau tidak berlaku di sini.",
            way_out="Lengkapi yang kurang bersama calon, lalu buat suratnya.",
            field="reason",
        )
    ]


def reasons_not_to_object(
    *, refused_on: date | None, issued_on: date | None, due_on: date, open_objection: bool, on: date
) -> list[Reason]:
    """Against a refusal at once; against silence from the day after the clock ran out."""
    if open_objection:
        return [Reason("objection_open", "Keberatan sudah diajukan dan sedang menunggu jawaban kabupaten.")]
    if issued_on is not None:
        return [Reason("letter_issued", "Suratnya sudah terbit.")]
    if refused_on is not None:
        if on < refused_on:
            return [Reason("before_refusal", "Tanggal keberatan tidak boleh sebelum surat ditolak.", field="on")]
        return []
    if on <= due_on:
        text = f"Desa masih punya waktu sampai {format_date(due_on)} untuk menjawab."
        return [Reason("still_in_time", text, way_out="Ajukan bila sesudah hari itu belum ada jawaban.", field="on")]
    return []
