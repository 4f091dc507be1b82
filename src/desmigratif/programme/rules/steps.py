"""The life of a village in a programme: its steps, when one may be taken, how long support lasts. Plain Python."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from desmigratif.shared.dated import value_on
from desmigratif.shared.dates import add_months, format_date
from desmigratif.shared.reasons import Reason


@dataclass(frozen=True, slots=True)
class Step:
    """One step of regulations/programme.yaml. `from_month`: months after the decree before which it makes no sense."""

    code: str
    label: str
    is_pillar: bool
    from_month: int


def steps_on(day: date) -> list[Step]:
    """Every step, in the order in which a village usually takes them."""
    rows: list[Mapping[str, Any]] = value_on("programme.steps", day)
    return [Step(row["code"], row["label"], row.get("pillar", False), row.get("from_month", 0)) for row in rows]


def types_on(day: date) -> Mapping[str, Mapping[str, Any]]:
    """Programme code -> its label, years of support, pillars and criteria."""
    types: Mapping[str, Mapping[str, Any]] = value_on("programme.types", day)
    return types


def leaving_on(day: date) -> Mapping[str, str]:
    """Why a village leaves: code -> label."""
    reasons: Mapping[str, str] = value_on("programme.leaving", day)
    return reasons


def support_ends(since: date, years: int) -> date | None:
    """The first day without support; None where the programme says no end."""
    return add_months(since, 12 * years) if years else None


def year_of_support(since: date, today: date) -> int:
    """1 in the first year after the decree. The day of the decree itself begins the year."""
    years = today.year - since.year - ((today.month, today.day) < (since.month, since.day))
    return years + 1


def next_step(steps: Iterable[Step], taken: Collection[str], since: date, today: date) -> Step | None:
    """The first step that was not taken and whose time has come."""
    for step in steps:
        if step.code not in taken and add_months(since, step.from_month) <= today:
            return step
    return None


def overdue(steps: Iterable[Step], taken: Collection[str], since: date, today: date) -> list[Step]:
    """Steps bound to a month that has come and that nobody took: an assessment before support ends."""
    return [
        step
        for step in steps
        if step.from_month and step.code not in taken and add_months(since, step.from_month) <= today
    ]


def has_all_pillars(steps: Iterable[Step], taken: Collection[str]) -> bool:
    """Whether all four pillars are at work."""
    return all(step.code in taken for step in steps if step.is_pillar)


def reasons_not_to_join(*, programme: str, is_in: bool, on: date) -> list[Reason]:
    """Why a village cannot be written down in a programme; empty means it can."""
    if programme not in types_on(on):
        return [Reason("unknown_programme", "Pilih salah satu program yang tersedia.", field="programme")]
    if is_in:
        text = "Desa ini sudah terdaftar dalam program itu."
        return [Reason("in_already", text, field="programme", way_out="Buka desanya di daftar desa program.")]
    return []


def reasons_not_to_record(*, step: Step | None, since: date, until: date | None, on: date) -> list[Reason]:
    """Why a step cannot be written down on this day; empty means it can."""
    if step is None:
        return [Reason("unknown_step", "Langkah ini tidak dikenal.", field="step")]
    reasons = []
    if until is not None:
        reasons.append(Reason("left_already", "Desa ini sudah keluar dari program."))
    first = add_months(since, step.from_month)
    if on < first:
        text = f"Langkah ini paling awal {format_date(first)}, dihitung dari penetapan desa."
        reasons.append(Reason("too_early", text, field="on"))
    return reasons


def reasons_not_to_leave(*, because: str, since: date, until: date | None, on: date) -> list[Reason]:
    """Why a village cannot leave like this; empty means it can."""
    reasons = []
    if until is not None:
        reasons.append(Reason("left_already", "Desa ini sudah keluar dari program."))
    if because not in leaving_on(on):
        reasons.append(Reason("unknown_reason", "Pilih salah satu alasan yang tersedia.", field="because"))
    if on < since:
        reasons.append(Reason("before_joining", "Tanggalnya sebelum desa ini ditetapkan.", field="on"))
    return reasons
