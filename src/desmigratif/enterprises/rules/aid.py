"""Help given to a group: what is asked before it is sent, its condition, a fault and its clock. Plain Python."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from desmigratif.shared.dated import value_on
from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import Reason

FILE = "enterprise_aid"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of help: whether the needs sheet comes first, and whether its condition is looked at."""

    label: str
    needs_first: bool
    checked: bool


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the needs sheet; `missing` is said when its answer is no."""

    ask: str
    missing: str


def _said(name: str, day: date) -> Mapping[str, Any]:
    found: Mapping[str, Any] = value_on(f"{FILE}.{name}", day)
    return found


def givers_on(day: date) -> Mapping[str, str]:
    return _said("givers", day)


def kinds_on(day: date) -> dict[str, Kind]:
    return {code: Kind(**told) for code, told in _said("kinds", day).items()}


def questions_on(day: date) -> dict[str, Question]:
    return {code: Question(**told) for code, told in _said("needs", day).items()}


def conditions_on(day: date) -> dict[str, str]:
    return {code: told["label"] for code, told in _said("conditions", day).items()}


def unusable_on(day: date) -> Mapping[str, str]:
    """Why a thing cannot be used: code -> label."""
    return _said("unusable", day)


def answers_on(day: date) -> dict[str, str]:
    return {code: told["label"] for code, told in _said("answers", day).items()}


def settles(answer: str, day: date) -> bool:
    """Whether this answer of the giver ends a fault ticket."""
    return bool(_said("answers", day)[answer]["settled"])


def answer_due_on(told_on: date) -> date:
    """The day by which the giver should have answered a fault."""
    return told_on + timedelta(days=_said("fault", told_on)["answer_days"])


def repair_due_on(answered_on: date) -> date:
    """The day by which what the giver promised should be done."""
    return answered_on + timedelta(days=_said("fault", answered_on)["repair_days"])


def late_since(today: date) -> tuple[date, date]:
    """A giver is late who was told before the first of these days, or answered before the second and did nothing."""
    days = _said("fault", today)
    return today - timedelta(days=days["answer_days"]), today - timedelta(days=days["repair_days"])


def look_again_on(looked_on: date) -> date:
    """When a thing is to be looked at again."""
    days: int = value_on(f"{FILE}.stock_take_days", looked_on)
    return looked_on + timedelta(days=days)


def what_is_missing(answers: Mapping[str, bool | None], day: date) -> list[str]:
    """What stands against sending the thing: the questions answered no, in words."""
    return [told.missing for code, told in questions_on(day).items() if answers.get(code) is False]


def unanswered(answers: Mapping[str, bool | None], day: date) -> list[str]:
    return [told.ask for code, told in questions_on(day).items() if answers.get(code) is None]


def reasons_not_to_need(answers: Mapping[str, bool | None], day: date) -> list[Reason]:
    """Why this needs sheet cannot be kept; empty means it can."""
    if set(answers) - set(questions_on(day)):
        return [Reason("unknown_question", "Pertanyaan ini tidak ada di lembar kebutuhan.", field="answers")]
    return []


def reasons_not_to_promise(
    *, kind: str, giver_kind: str, answers: Mapping[str, bool | None] | None, despite: str, on: date
) -> list[Reason]:
    """Why this promise cannot be written down; empty means it can. `answers`: of the needs sheet, None = no sheet."""
    reasons = []
    known = kinds_on(on).get(kind)
    if known is None:
        reasons.append(Reason("unknown_kind", "Pilih jenis bantuannya.", field="kind"))
    if giver_kind not in givers_on(on):
        reasons.append(Reason("unknown_giver", "Pilih siapa pemberinya.", field="giver_kind"))
    if known is None or not known.needs_first:
        return reasons
    if answers is None:
        text = "Isi lembar kebutuhan dulu, supaya yang dikirim bisa dipakai."
        reasons.append(Reason("no_needs_sheet", text, field="needs_id", way_out="Tekan Lembar kebutuhan di kelompok."))
    elif (missing := what_is_missing(answers, on)) and not despite:
        text = f"Menurut lembar kebutuhan, {', '.join(missing)}."
        way_out = "Tulis bagaimana itu diatasi sebelum barangnya datang."
        reasons.append(Reason("not_ready", text, field="despite", way_out=way_out))
    return reasons


def reasons_against_condition(*, condition: str, usable: bool, because: str, on: date) -> list[Reason]:
    """Why a thing cannot be in this state; empty means it can."""
    known = _said("conditions", on).get(condition)
    if known is None:
        return [Reason("unknown_condition", "Pilih keadaan barangnya.", field="condition")]
    if usable and not known["usable"]:
        text = f"Barang yang {known['label'].lower()} tidak bisa dipakai."
        return [Reason("not_usable", text, field="usable", way_out="Pilih Tidak, lalu sebabnya.")]
    if usable and because:
        return [Reason("no_cause_needed", "Barang yang bisa dipakai tidak perlu sebab.", field="because")]
    if not usable and because not in unusable_on(on):
        return [Reason("cause_missing", "Pilih mengapa belum bisa dipakai.", field="because")]
    return []


def reasons_not_to_look(*, on: date, handed_on: date | None, last_on: date | None, gone: bool) -> list[Reason]:
    """Why a thing cannot be looked at on that day. `gone`: it was said to be there no more."""
    if handed_on is None:
        return [Reason("not_handed_over", "Barang ini belum diserahkan.", way_out="Catat dulu serah terimanya.")]
    if gone:
        return [Reason("gone", "Barang ini sudah dicatat tidak ada lagi.")]
    if on < (last_on or handed_on):
        text = f"Sudah ada catatan yang lebih baru, {format_date(last_on or handed_on)}."
        return [Reason("seen_later", text, field="on")]
    return []


def reasons_not_to_answer(*, answer: str, told_on: date, settled_on: date | None, on: date) -> list[Reason]:
    """Why this answer to a fault cannot be written down; empty means it can."""
    if settled_on is not None:
        return [Reason("settled", "Laporan ini sudah selesai.")]
    if answer not in answers_on(on):
        return [Reason("unknown_answer", "Pilih jawaban pemberi.", field="answer")]
    if on < told_on:
        return [Reason("before_fault", "Jawaban tidak mungkin sebelum laporannya.", field="on")]
    return []


@dataclass(frozen=True, slots=True)
class Clock:
    """How a fault stands with its giver: the state of the four, its words, the day it waits for."""

    state: str
    word: str
    due_on: date | None = None


def clock_of(*, told_on: date, answer: str, answered_on: date | None, settled_on: date | None, today: date) -> Clock:
    """Whose turn it is, and whether it is late."""
    if settled_on is not None:
        return Clock("aman" if answer == "made_good" else "tidaktahu", answers_on(settled_on)[answer])
    due = repair_due_on(answered_on) if answered_on else answer_due_on(told_on)
    late = (today - due).days
    waiting = answers_on(answered_on)[answer] if answered_on else "Menunggu jawaban pemberi"
    if late > 0:
        return Clock("henti", f"{waiting}, terlambat {late} hari", due)
    return Clock("cek", f"{waiting}, paling lambat {format_date(due)}", due)
