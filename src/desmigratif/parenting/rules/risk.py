"""Signs that a child should be looked at, and when they call for a plan with a date. Plain Python.

A sign is no accusation: it proposes a look. Signs and limits are data (regulations/parenting_risk.yaml).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from desmigratif.shared.dated import value_on
from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import Reason

LOW, WATCH, HIGH = "low", "watch", "high"
LOOKS = ("long_silence", "silence", "absences", "left_school")  # patterns that propose a look by themselves
GROWN_UP = 18
LEFT = "left"


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known of a child on a day; None = unknown, and what is unknown is no sign."""

    must_learn: bool = False
    schooling: str = ""
    parent: str = ""
    has_caregiver: bool = True
    caregiver_age: int | None = None
    caregiver_children: int = 1
    heavy_load: bool = False
    days_silent: int | None = None
    attendance_percent: int | None = None
    absences: int = 0
    wellbeing: int | None = None


def _at_least(value: int | None, limit: int) -> bool:
    return value is not None and value >= limit


def _below(value: int | None, limit: int) -> bool:
    return value is not None and value < limit


_SEES: Mapping[str, Callable[[Situation, Mapping[str, int]], bool]] = {
    "left_school": lambda s, _l: s.must_learn and s.schooling == LEFT,
    "no_caregiver": lambda s, _l: not s.has_caregiver,
    "young_caregiver": lambda s, _l: _below(s.caregiver_age, GROWN_UP),
    "long_silence": lambda s, limit: _at_least(s.days_silent, limit["long_silence_days"]),
    "silence": lambda s, limit: limit["silence_days"] <= (s.days_silent or 0) < limit["long_silence_days"],
    "both_abroad": lambda s, _l: s.parent == "both",
    "many_children": lambda s, limit: s.caregiver_children >= limit["children"],
    "old_caregiver": lambda s, limit: _at_least(s.caregiver_age, limit["old_caregiver"]),
    "heavy_load": lambda s, _l: s.heavy_load,
    "absent": lambda s, limit: _below(s.attendance_percent, limit["attendance_percent"]),
    "absences": lambda s, limit: s.absences >= limit["absences"],
    "unwell": lambda s, limit: _below(s.wellbeing, limit["wellbeing"]),
}  # fmt: skip


def signs_of(situation: Situation, on: date) -> tuple[str, ...]:
    """The signs of a situation, in the order of the file."""
    limits = value_on("parenting_risk.limits", on)
    return tuple(code for code in value_on("parenting_risk.signs", on) if _SEES[code](situation, limits))


def level_of(signs: Collection[str], on: date) -> str:
    """How much they say together: one high sign, or several that say to look, call for a plan."""
    if not signs:
        return LOW
    known = value_on("parenting_risk.signs", on)
    enough = value_on("parenting_risk.limits", on)["signs_for_high"]
    return HIGH if any(known[code]["level"] == HIGH for code in signs) or len(signs) >= enough else WATCH


def sign_labels(on: date) -> dict[str, str]:
    return {code: said["label"] for code, said in value_on("parenting_risk.signs", on).items()}


def level_labels(on: date) -> dict[str, str]:
    labels: dict[str, str] = value_on("parenting_risk.levels", on)
    return labels


def plan_steps(on: date) -> dict[str, str]:
    steps: dict[str, str] = value_on("parenting_risk.plan_steps", on)
    return steps


def reasons_not_to_plan(steps: Collection[str], due_on: date, *, open_plan: bool, on: date) -> list[Reason]:
    """Why this is no plan; empty means it is one: steps, and a day that is not too far away."""
    reasons: list[Reason] = []
    if open_plan:
        way_out = "Catat dulu hasilnya, lalu buat yang baru."
        reasons.append(Reason("plan_stands", "Anak ini sudah punya rencana.", way_out=way_out))
    if not steps or set(steps) - set(plan_steps(on)):
        reasons.append(Reason("steps_missing", "Pilih paling sedikit satu langkah.", field="steps"))
    latest = on + timedelta(days=value_on("parenting_risk.plan_days", on))
    if not on <= due_on <= latest:
        text = f"Tanggal selesainya antara hari ini dan {format_date(latest)}."
        reasons.append(Reason("due_day", text, field="due_on"))
    return reasons
