"""The whole journey as a checklist: how far it is, who holds what, what comes next. Reads nothing, only arranges."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from desmigratif.cases.models import ABROAD, Case, CaseState, CaseStep, Stay, StepState
from desmigratif.cases.rules.journey import Journey, Step
from desmigratif.shared import working_days
from desmigratif.shared.dates import format_date
from desmigratif.shared.working_days import Clock

GROUPS = {"village": "Sebelum berangkat: di desa", "office": "Sebelum berangkat: mengurus dokumen"}
OWN_PAGES = {
    "information": ("cases:record_information", "Catat penjelasan"),
    "departure": ("cases:record_departure", "Catat keberangkatan"),
}


def sureness(status: str) -> str:
    """How sure we are of a rule's text, for whoever leans on it; nothing when it was read."""
    return {"press": _("Menurut pemberitaan."), "to_confirm": _("Pasalnya masih dipastikan.")}.get(status, "")


def clock_of(row: CaseStep, today: date) -> Clock:
    closed = working_days.closed_days(row.since, row.due_on or today)
    return working_days.clock_of(row.since, row.due_on, row.done_on, today, closed)


def clock_words(row: CaseStep, today: date) -> str:
    """How long it took, how much is left, or by how much it is late; in working days."""
    clock = clock_of(row, today)
    if row.elsewhere or row.state == StepState.LEFT_OUT:
        return ""
    if row.done_on is not None:
        return _("Selesai dalam %(n)s hari kerja") % {"n": clock.used}
    if clock.due_on is None or clock.left is None:
        return _("Berjalan %(n)s hari kerja") % {"n": clock.used}
    due = format_date(clock.due_on)
    if clock.late:
        return _("Terlambat %(n)s hari kerja, batasnya %(due)s") % {"n": -clock.left, "due": due}
    if clock.left == 0:
        return _("Batasnya hari ini, %(due)s") % {"due": due}
    return _("Tinggal %(n)s hari kerja, sampai %(due)s") % {"n": clock.left, "due": due}


def line_of(
    journey: Journey, step: Step, row: CaseStep | None, today: date, *, is_next: bool, may_act: bool
) -> dict[str, Any]:
    """One line of the checklist: state, paper, since, who holds it, clock; the next one open."""
    line: dict[str, Any] = {"title": f"{step.number}. {step.title}", "paper": step.paper, "detail": step.says}
    if row is None:
        return line | {"state": "later"}
    if row.state in (StepState.DONE, StepState.LEFT_OUT):
        return line | _finished(journey, step, row, today, may_act=may_act)
    line |= _running(journey, row, today, is_next=is_next)
    if may_act and (act := _act_of(step, row)):
        line |= {"act_url": act[0], "act_label": act[1]}
    return line


def _finished(journey: Journey, step: Step, row: CaseStep, today: date, *, may_act: bool) -> dict[str, Any]:
    day = format_date(row.done_on) if row.done_on else ""
    if row.state == StepState.LEFT_OUT:
        why = next((choice for choice in journey.left_out if choice.code == row.reason), None)
        found = {"word": _("Tidak diperlukan"), "detail": f"{why.label} ({why.citation})." if why else ""}
    else:
        word = _("Sebelum dicatat, %s") if row.elsewhere else _("Selesai %s")
        number = f" {row.paper_number}" if row.paper_number else ""
        until = _(", berlaku sampai %s") % format_date(row.valid_until) if row.valid_until else ""
        found = {"word": word % day, "paper": f"{step.paper}{number}{until}", "detail": ""}
    acts = {}
    if may_act and step.written == "form":
        acts = {"act_url": reverse("cases:correct_step", args=[row.id]), "act_label": _("Betulkan catatan")}
    return {"state": "aman", "clock": clock_words(row, today), **found, **acts}


def _running(journey: Journey, row: CaseStep, today: date, *, is_next: bool) -> dict[str, Any]:
    late = clock_of(row, today).late
    found: dict[str, Any] = {
        "state": "cek" if late or row.state == StepState.HELD else "next",
        "open": is_next,
        "word": _("Berikutnya") if is_next else _("Sejak %s") % format_date(row.since),
        "holder": _("%(who)s, sejak %(day)s") % {
            "who": journey.holders.get(row.holder, row.holder), "day": format_date(row.holder_since),
        },
        "clock": clock_words(row, today),
    }  # fmt: skip
    if late:
        found["word"] = _("Terlambat")
    if row.state == StepState.HELD:
        why = next((choice.label for choice in journey.held if choice.code == row.reason), "")
        found["word"] = _("Tertahan: %s") % (why[:1].lower() + why[1:])
    return found


def _act_of(step: Step, row: CaseStep) -> tuple[str, str] | None:
    if step.written == "form":
        return reverse("cases:step", args=[row.id]), _("Catat langkah ini")
    if step.written in OWN_PAGES:
        name, label = OWN_PAGES[step.written]
        return reverse(name, args=[row.case_id]), label
    return None


# Where a step after the departure is written down, and its button.
LATER_PAGES = {
    "report_to_mission": ("cases:report_to_mission", "Catat lapor diri"),
    "contact": ("cases:stay", "Kabar dan data di luar negeri"),
}


def after_leaving(journey: Journey, case: Case, stay: Stay | None, *, may_act: bool) -> list[dict[str, Any]]:
    """The rest of the journey: what waits for life, with what is known of it."""
    abroad = case.state in ABROAD
    here: dict[str, Any] = {"title": _("Di luar negeri"), "state": "later"}
    if abroad:
        since = _("Sejak %s") % format_date(case.departed_on) if case.departed_on else ""
        here |= {
            "state": "aman", "open": True, "word": since or _("Belum diketahui sejak kapan"),
            "detail": _("Ditemukan sudah di luar negeri saat dicatat.") if case.found_abroad else "",
        }  # fmt: skip
    parts: dict[str, list[dict[str, Any]]] = {"abroad": [here], "back": []}
    for step in journey.later_steps:
        line: dict[str, Any] = {
            "title": f"{step.number}. {step.title}", "paper": step.paper, "detail": step.says, "state": "later",
        }  # fmt: skip
        if abroad:
            line |= _known_of(step.code, stay)
        if may_act and case.state in step.states and step.code in LATER_PAGES and line["state"] != "aman":
            name, label = LATER_PAGES[step.code]
            line |= {"act_url": reverse(name, args=[case.id]), "act_label": label}
        parts[step.part].append(line)
    return [
        {"title": _("Selama bekerja"), "steps": parts["abroad"]},
        {"title": _("Setelah pulang"), "steps": parts["back"]},
    ]


def _known_of(code: str, stay: Stay | None) -> dict[str, Any]:
    if code == "report_to_mission":
        if stay is None or stay.reported_on is None:
            return {"state": "next"}
        return {"state": "aman", "word": _("Sudah, %s") % format_date(stay.reported_on)}
    if code == "contact" and stay is not None:
        if stay.overdue_since is not None:
            return {"state": "henti", "word": _("Belum ada kabar")}
        return {"state": "next", "word": _("Berjalan")}
    return {}


def first_open(journey: Journey, rows: Mapping[str, CaseStep], following: tuple[Step, ...]) -> Step | None:
    """The step to do now: of those that can be taken, the first that is not held; else the first."""
    able = [step for step in following if step.code in rows]
    running = [step for step in able if rows[step.code].state == StepState.OPEN]
    return next(iter(running or able), None)


def state_label(state: str, *, specific: bool) -> str:
    """Where it stands, in words; a ground that may be somebody's health only for those who may see it."""
    if state == CaseState.UNFIT and not specific:
        return _("Rencana berhenti")
    return str(CaseState(state).label)
