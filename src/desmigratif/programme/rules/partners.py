"""Bodies that help villages: what they may pledge, who says that it came, who owns a task, what a budget may say.

Plain Python.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from desmigratif.shared import working_days
from desmigratif.shared.dated import value_on
from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import Reason

FIRST_YEAR = 2016  # the founding of the programme
RECEIVED, PARTLY = "received", "partly"


def kinds_on(day: date) -> Mapping[str, str]:
    """Kind of body -> its label."""
    kinds: Mapping[str, str] = value_on("programme.partner_kinds", day)
    return kinds


def pillars_on(day: date) -> Mapping[str, str]:
    """Pillar (the code of its step) -> a short label."""
    pillars: Mapping[str, str] = value_on("programme.pillars", day)
    return pillars


def sources_on(day: date) -> Mapping[str, str]:
    """Where money comes from: code -> label."""
    sources: Mapping[str, str] = value_on("programme.budget_sources", day)
    return sources


def task_days_on(day: date) -> int:
    """Working days that a shared task has when nobody says another number."""
    days: int = value_on("programme.task_days", day)
    return days


def due_after(on: date, days: int) -> date:
    """The day on which so many working days are full."""
    return working_days.after(on, days, working_days.closed_days(on, on))


def reasons_not_to_add(*, kind: str, is_named: bool, on: date) -> list[Reason]:
    """Why a body cannot be written down; empty means it can."""
    reasons = []
    if kind not in kinds_on(on):
        reasons.append(Reason("unknown_kind", "Pilih salah satu jenis lembaga.", field="kind"))
    if is_named:
        text = "Lembaga ini sudah tercatat di wilayah ini."
        reasons.append(Reason("named_already", text, field="name", way_out="Buka lembaganya di daftar mitra."))
    return reasons


def reasons_not_to_pledge(*, pillar: str, year: int, is_in_programme: bool, works_here: bool, on: date) -> list[Reason]:
    """Why a pledge cannot be written down; empty means it can."""
    reasons = []
    if not is_in_programme:
        text = "Desa ini belum masuk program, jadi janji untuknya belum bisa dicatat."
        reasons.append(Reason("not_in_programme", text, field="village_code", way_out="Pilih desa yang sudah masuk."))
    if not works_here:
        text = "Lembaga ini bekerja di wilayah lain."
        reasons.append(Reason("works_elsewhere", text, field="partner_id", way_out="Pilih lembaga dari wilayah ini."))
    if pillar not in pillars_on(on):
        reasons.append(Reason("unknown_pillar", "Pilih salah satu pilar.", field="pillar"))
    return [*reasons, *_year_reasons(year, on)]


def _year_reasons(year: int, on: date) -> list[Reason]:
    if FIRST_YEAR <= year <= on.year + 1:
        return []
    text = f"Tahunnya antara {FIRST_YEAR} dan {on.year + 1}."
    return [Reason("year_out_of_range", text, field="year")]


def reasons_not_to_say_delivered(*, pledged_on: date, said_on: date | None, outcome: str, on: date) -> list[Reason]:
    """Why the giver need not or cannot say that it was handed over."""
    if outcome == RECEIVED:
        return [Reason("received_already", "Desa sudah menyatakan menerimanya.")]
    if said_on is not None:
        return [Reason("said_already", f"Sudah dilaporkan {format_date(said_on)}; desa yang menjawab sekarang.")]
    return _before(pledged_on, on)


def reasons_not_to_answer(
    *, pledged_on: date, before: str, outcome: str, remark: str, is_giver: bool, on: date
) -> list[Reason]:
    """Why this answer of the village cannot stand: only the village says it, and what is missing is named."""
    if is_giver:
        text = "Yang memberi tidak menyatakan bahwa pemberiannya sampai."
        return [Reason("is_giver", text, way_out="Minta petugas atau kepala desa.")]
    if outcome == before == RECEIVED:
        return [Reason("answered_already", "Sudah dinyatakan diterima.")]
    reasons = _before(pledged_on, on)
    if outcome != RECEIVED and not remark:
        reasons.append(Reason("remark_needed", "Tulis apa yang belum datang.", field="remark"))
    return reasons


def _before(pledged_on: date, on: date) -> list[Reason]:
    if on >= pledged_on:
        return []
    text = f"Tanggalnya sebelum janjinya dicatat, {format_date(pledged_on)}."
    return [Reason("before_pledge", text, field="on")]


def reasons_not_to_finish(
    *, done_on: date | None, asked_on: date, is_owner: bool, owner: str, on: date
) -> list[Reason]:
    """Why this person cannot close this task today."""
    if not is_owner:
        text = f"Tugas ini dipegang {owner}."
        return [Reason("not_owner", text, way_out="Yang memegang atau koordinator yang menutupnya.")]
    if done_on is not None:
        return [Reason("done_already", f"Tugas ini sudah selesai {format_date(done_on)}.")]
    if on < asked_on:
        return [Reason("before_asking", f"Tanggalnya sebelum tugas dibagi, {format_date(asked_on)}.", field="on")]
    return []


def reasons_not_to_set_budget(
    *, year: int, source: str, allotted: int, spent: int, remark: str, is_in_programme: bool, on: date
) -> list[Reason]:
    """Why a line of money cannot stand like this. More spent than allotted happens; then a remark says why."""
    reasons = []
    if not is_in_programme:
        reasons.append(Reason("not_in_programme", "Desa ini belum masuk program.", field="village_code"))
    if source not in sources_on(on):
        reasons.append(Reason("unknown_source", "Pilih salah satu sumber dana.", field="source"))
    reasons += _year_reasons(year, on)
    if spent and year > on.year:
        text = f"Tahun {year} belum mulai, jadi belum ada yang dipakai."
        reasons.append(Reason("not_begun", text, field="spent_rupiah"))
    if spent > allotted and not remark:
        text = "Yang dipakai lebih besar dari anggarannya. Tulis dari mana kekurangannya."
        reasons.append(Reason("overspent", text, field="remark"))
    return reasons


def day_of(year: int, on: date) -> date:
    """The day on which money of a year counts: within that year, whenever it was written down."""
    return min(max(on, date(year, 1, 1)), date(year, 12, 31))


def share_percent(done: int, of: int) -> int | None:
    """Whole percent; None of nothing."""
    return round(100 * done / of) if of else None
