"""From a savings group to a cooperative: what must be ready first, by the law of the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from desmigratif.cooperative.rules.members.membership import founders_missing
from desmigratif.shared.dated import dated_on, value_on
from desmigratif.shared.reasons import Reason

Goal = Literal["cooperative", "kdmp_unit", "village_enterprise_unit"]
StepCode = Literal["meeting", "articles", "board", "deed"]
STEP_LABELS: dict[str, str] = {
    "meeting": "Rapat pembentukan", "articles": "Anggaran dasar disetujui rapat",
    "board": "Pengurus dan pengawas dipilih", "deed": "Akta pendirian dari notaris",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Group:
    """A savings group as it stands: members, whether simpanan pokok and wajib are set, and what was recorded."""

    members: int
    has_terms: bool
    recorded: frozenset[str]


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the checklist. `is_counted`: read from the register, not written down by hand."""

    code: str
    label: str
    is_ready: bool
    detail: str = ""
    citation: str = ""
    is_counted: bool = False


def readiness(group: Group, goal: Goal, on: date) -> list[Item]:
    """The checklist for one form, in the order in which groups go through it."""
    found = []
    if goal == "cooperative":
        missing = founders_missing(group.members, on)
        needed = dated_on("cooperative_members.founders", on)
        detail = f"{group.members} anggota; perlu paling sedikit {needed.value}."
        found.append(Item("founders", "Pendiri cukup", not missing, detail, needed.citation, is_counted=True))
    terms = "Ditetapkan di Pengaturan."
    found.append(Item("terms", "Simpanan pokok dan wajib", group.has_terms, terms, is_counted=True))
    steps = dated_on("cooperative_members.founding_steps", on)
    found += [
        Item(code, STEP_LABELS[code], code in group.recorded, citation=steps.citation) for code in steps.value[goal]
    ]
    return found


def steps_of(goal: Goal, on: date) -> list[str]:
    """What is written down by hand for one form."""
    return list(value_on("cooperative_members.founding_steps", on)[goal])


def reasons_not_to_become(group: Group, goal: Goal, legal_number: str, on: date) -> list[Reason]:
    """Why the group cannot go on as this form today; an empty list means it can, with the books it has."""
    found = [
        Reason(item.code, f"{item.label}: belum siap. {item.detail}".rstrip(), citation=item.citation)
        for item in readiness(group, goal, on)
        if not item.is_ready
    ]
    if goal == "cooperative" and not legal_number:
        text = "Nomor badan hukum belum diisi."
        found.append(Reason("legal_number", text, citation="UU 25/1992 Pasal 9", field="legal_number"))
    return found
