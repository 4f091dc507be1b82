"""What is written down of a child every three months: what can be, what it comes to. Plain Python.

Questions and limits are data (regulations/parenting_growing.yaml).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from desmigratif.shared.dated import value_on
from desmigratif.shared.reasons import Reason

HIGHEST = 2  # of one answer


def listed(name: str, on: date) -> Mapping[str, str]:
    """A list of regulations/parenting_growing.yaml on a day: code -> label."""
    rows: Mapping[str, str] = value_on(f"parenting_growing.{name}", on)
    return rows


def quarter_of(day: date) -> tuple[int, int]:
    """The year, and which of its four quarters."""
    return day.year, (day.month + 2) // 3


def days_of(year: int, quarter: int) -> tuple[date, date]:
    """The first and the last day of a quarter."""
    last = {1: (3, 31), 2: (6, 30), 3: (9, 30), 4: (12, 31)}[quarter]
    return date(year, 3 * quarter - 2, 1), date(year, *last)


def quarter_words(year: int, quarter: int) -> str:
    """Januari-Maret 2026."""
    months = ("Januari-Maret", "April-Juni", "Juli-September", "Oktober-Desember")
    return f"{months[quarter - 1]} {year}"


def quarter_short(year: int, quarter: int) -> str:
    """Jan-Mar 26: below a bar."""
    return f"{('Jan-Mar', 'Apr-Jun', 'Jul-Sep', 'Okt-Des')[quarter - 1]} {year % 100:02}"


def questions_for(band: str, on: date) -> Sequence[Mapping[str, Any]]:
    """What is asked of a child of this age band."""
    asked: Sequence[Mapping[str, Any]] = value_on("parenting_growing.wellbeing", on).get(band, ())
    return asked


def score_of(band: str, answers: Mapping[str, int], on: date) -> int | None:
    """Hundredths of the best answers, of what was answered; None when nothing was."""
    known = [answers[one["code"]] for one in questions_for(band, on) if one["code"] in answers]
    return (sum(known) * 100 + len(known)) // (len(known) * HIGHEST) if known else None


def percent_of(attended: int | None, days: int | None) -> int | None:
    """School days attended, in whole percent."""
    return attended * 100 // days if days and attended is not None else None


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of one quarter; None = unknown."""

    school_days: int | None = None
    attended: int | None = None
    mark: int | None = None
    height_cm: int | None = None
    weight_tenths: int | None = None
    progress: str = ""
    reading: str = ""
    immunisation: str = ""
    answers: Mapping[str, int] = field(default_factory=dict)


def reasons_against(said: Said, band: str, on: date) -> list[Reason]:
    """What of it cannot be; empty means it can."""
    limits = value_on("parenting_growing.limits", on)
    reasons = _against_attendance(said, limits["school_days"])
    if said.mark is not None and not 0 <= said.mark <= limits["mark"]:
        text = f"Nilai rata-rata antara 0 dan {limits['mark']}."
        reasons.append(Reason("mark_not_possible", text, field="mark"))
    for name, unit in (("height_cm", "Tinggi badan antara {} dan {} cm."), ("weight_tenths", "")):
        value, (least, most) = getattr(said, name), limits[name]
        if value is not None and not least <= value <= most:
            text = unit.format(least, most) or f"Berat badan antara {least / 10:g} dan {most / 10:g} kg."
            reasons.append(Reason("size_not_possible", text.replace(".5", ",5", 1), field=name))
    for name in ("progress", "reading", "immunisation"):
        if getattr(said, name) and getattr(said, name) not in listed(name, on):
            reasons.append(Reason("not_a_choice", "Pilih salah satu pilihan yang tersedia.", field=name))
    asked = {one["code"] for one in questions_for(band, on)}
    if set(said.answers) - asked or any(not 0 <= one <= HIGHEST for one in said.answers.values()):
        reasons.append(Reason("not_a_choice", "Jawaban ini bukan untuk anak seumur ini.", field="answers"))
    return reasons


def _against_attendance(said: Said, most_days: int) -> list[Reason]:
    if said.school_days is not None and not 0 < said.school_days <= most_days:
        text = f"Hari sekolah dalam tiga bulan antara 1 dan {most_days}."
        return [Reason("days_not_possible", text, field="school_days")]
    if said.attended is None:
        return []
    if said.school_days is None:
        return [Reason("days_missing", "Isi juga jumlah hari sekolahnya.", field="attended")]
    if not 0 <= said.attended <= said.school_days:
        text = f"Hari hadir paling banyak {said.school_days}, sebanyak hari sekolahnya."
        return [Reason("attended_not_possible", text, field="attended")]
    return []


def climbed(before: str, after: str, on: date) -> bool:
    """Whether the child reads more than before."""
    order = list(listed("reading", on))
    return before in order and after in order and order.index(after) > order.index(before)
