"""One child: what is known, the signs, the plan, the quarters; changing it and leaving."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import scoped
from desmigratif.access.scope import require
from desmigratif.parenting.forms.children import ChangeChildForm, FinishPlanForm, LeaveForm, PlanForm
from desmigratif.parenting.models import Child, ChildPlan, Quarter
from desmigratif.parenting.pictures import Picture, bars
from desmigratif.parenting.queries.children import child_file, child_of, family_of, proposed_ends
from desmigratif.parenting.queries.situations import situations_of
from desmigratif.parenting.rules import growing
from desmigratif.parenting.rules.children import labels
from desmigratif.parenting.rules.risk import HIGH, level_labels, level_of, plan_steps, sign_labels, signs_of
from desmigratif.parenting.views.common import LEVELS, act_page, as_desk, opened, strip
from desmigratif.regions.queries import today_in
from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import NotFoundOrNotYours

SHOWN_QUARTERS = 8
LEAST_WIDTH = 330  # of the picture of bars
PLAN_DAYS = 30  # what the form proposes
BOTH = ("GET", "POST")


@scoped(Permission.CHILD_SEE)
def child(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """What the centre knows of one child, and the next thing to do."""
    desk = as_desk(request)
    file = child_file(desk.actor, child_id)
    recorded = opened(desk, file.child, "child.opened")
    today = today_in(file.child.village_code, desk.now)
    if not recorded:
        shown = {"recorded": False, "person": strip(file.child.resident, today), "child": file.child}
        return render(request, "parenting/child.html", shown)
    signs = signs_of(situations_of([file.child], today)[file.child.id], today)
    level = level_of(signs, today)
    states = [{"name": LEVELS[level], "label": level_labels(today)[level]}]
    may_act = desk.actor.may(Permission.CHILD_RECORD, file.child.village_code) and file.child.left_on is None
    quarters = file.quarters[-SHOWN_QUARTERS:]
    shown = {
        "recorded": True, "child": file.child, "may_act": may_act, "level": level,
        "person": strip(file.child.resident, today, states if file.child.left_on is None else []),
        "signs": [sign_labels(today)[code] for code in signs], "needs_plan": level == HIGH and file.open_plan is None,
        "facts": _facts(file.child, today), "plan": _plan(file.open_plan, today),
        "past_plans": [_plan(plan, today) for plan in file.plans if plan.done_on],
        "quarters": [_quarter(row, today) for row in reversed(quarters)],
        "picture": _picture(quarters),
        "ending": may_act and labels("endings", today).get(proposed_ends([file.child], today).get(file.child.id, "")),
        "this_quarter": growing.quarter_of(today),
        "left": file.child.left_on and labels("leaving", today).get(file.child.left_because, ""),
    }  # fmt: skip
    return render(request, "parenting/child.html", shown)


def _facts(one: Child, today: date) -> list[dict[str, Any]]:
    needs = labels("needs", today)
    abroad = labels("parents", today).get(one.parent, "")
    worker = one.worker.shown_name if one.worker else ""
    caregiver = one.caregiver.shown_name if one.caregiver else ""
    relation = labels("caregiver_relations", today).get(one.caregiver_relation, "")
    school = (labels("schooling", today).get(one.schooling, ""), one.school, one.school_class)
    return [
        {"label": _("Di luar negeri"), "value": _joined(abroad, worker)},
        {"label": _("Pengasuh"), "value": _joined(relation, caregiver)},
        {"label": _("Mengasuhnya"), "value": labels("caregiver_loads", today).get(one.caregiver_load)},
        {"label": _("Terakhir berbicara"), "value": format_date(one.last_contact_on) if one.last_contact_on else None},
        {"label": _("Sekolah"), "value": _joined(*school)},
        {"label": _("Yang dibutuhkan"), "value": _joined(*(needs[code] for code in one.needs if code in needs))},
        {"label": _("Terdaftar sejak"), "value": format_date(one.enrolled_on), "source": _basis(one, today)},
    ]  # fmt: skip


def _joined(*parts: str) -> str | None:
    return ", ".join(part for part in parts if part) or None


def _basis(one: Child, today: date) -> str:
    giver = labels("consent_givers", today).get(one.given_by, "")
    return _("%s mengizinkan") % giver if giver else labels("bases", today).get(one.basis, "")


def _plan(plan: ChildPlan | None, today: date) -> dict[str, Any] | None:
    if plan is None:
        return None
    steps = plan_steps(today)
    return {
        "steps": [steps.get(code, code) for code in plan.steps], "due": format_date(plan.due_on),
        "is_late": plan.done_on is None and plan.due_on < today,
        "done": format_date(plan.done_on) if plan.done_on else "", "helped": plan.helped,
    }  # fmt: skip


def _short(row: Quarter) -> str:
    """3/26: what has room below a bar."""
    return f"{row.quarter}/{row.year % 100}"


def _picture(rows: list[Quarter]) -> Picture:
    """Attendance by quarter; few bars do not grow over the page."""
    drawn = bars([(_short(row), growing.percent_of(row.attended, row.school_days)) for row in rows])
    return replace(drawn, width=max(drawn.width, LEAST_WIDTH))


def _quarter(row: Quarter, today: date) -> dict[str, Any]:
    percent = growing.percent_of(row.attended, row.school_days)
    return {
        "words": growing.quarter_words(row.year, row.quarter), "year": row.year, "quarter": row.quarter,
        "attended": f"{row.attended} / {row.school_days}" if percent is not None else "–",
        "mark": "–" if row.mark is None else row.mark,
        "reading": growing.listed("reading", today).get(row.reading, "–"),
        "body": " · ".join(part for part in (
            f"{row.height_cm} cm" if row.height_cm else "",
            f"{row.weight_tenths / 10:g} kg".replace(".", ",") if row.weight_tenths else "",
        ) if part) or "–",
    }  # fmt: skip


def writing(request: HttpRequest, child_id: UUID, event: str) -> tuple[DeskRequest, Child, date]:
    """A child that this person may write about, with the trace of the look. Raises `NotFoundOrNotYours`."""
    desk = as_desk(request)
    one = child_of(desk.actor, child_id)
    require(desk.actor, Permission.CHILD_RECORD, one.village_code)
    if one.left_on is not None or not opened(desk, one, event):
        raise NotFoundOrNotYours
    return desk, one, today_in(one.village_code, desk.now)


def place(name: str, one: Child) -> str:
    return reverse(f"parenting:{name}", args=[one.id])


@scoped(Permission.CHILD_RECORD, methods=BOTH)
def change_child(request: HttpRequest, child_id: UUID) -> HttpResponse:
    desk, one, today = writing(request, child_id, "child.opened")
    form = ChangeChildForm(request.POST or None, today=today, family=family_of(one.resident), child=one)
    return act_page(
        desk, form, "change_child",
        lambda: {**form.payload(), "child_id": one.id, "village_code": one.village_code, "on": today},
        said=_("Catatan anak sudah diperbarui."), then=place("child", one), heading=_("Perbarui catatan anak"),
        lead=_("Yang dikosongkan berarti belum diketahui."), recorded=True, person=strip(one.resident, today),
    )  # fmt: skip


@scoped(Permission.CHILD_RECORD, methods=BOTH)
def leave_centre(request: HttpRequest, child_id: UUID) -> HttpResponse:
    desk, one, today = writing(request, child_id, "child.opened")
    because = proposed_ends([one], today).get(one.id, "")
    form = LeaveForm(request.POST or None, today=today, because=because)
    return act_page(
        desk, form, "leave_centre",
        lambda: {**form.payload(), "child_id": one.id, "village_code": one.village_code},
        said=_("%s sudah keluar dari rumah belajar.") % one.resident.shown_name, then=place("child", one),
        heading=_("Keluar dari rumah belajar"), lead=_("Catatannya tetap tersimpan, dan anak bisa didaftarkan lagi."),
        submit=_("Catat keluar"), recorded=True, person=strip(one.resident, today),
    )  # fmt: skip


@scoped(Permission.CHILD_RECORD, methods=BOTH)
def child_plan(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """Make a plan, or say how the one that stands ended."""
    desk, one, today = writing(request, child_id, "child.opened")
    standing = ChildPlan.objects.in_village(one.village_code).filter(child=one, done_on=None).first()
    given = {"village_code": one.village_code, "on": today}
    if standing is not None:
        ending = FinishPlanForm(request.POST or None)
        return act_page(
            desk, ending, "finish_plan", lambda: {**ending.payload(), **given, "plan_id": standing.id},
            said=_("Hasil rencananya sudah dicatat."), then=place("child", one), heading=_("Hasil rencana"),
            lead=_("Langkahnya: %s.") % ", ".join(plan_steps(today).get(code, code) for code in standing.steps),
            recorded=True, person=strip(one.resident, today),
        )  # fmt: skip
    form = PlanForm(request.POST or None, today=today, due_on=today + timedelta(days=PLAN_DAYS))
    return act_page(
        desk, form, "make_plan", lambda: {**form.payload(), **given, "child_id": one.id},
        said=_("Rencananya sudah dibuat."), then=place("child", one), heading=_("Rencana untuk anak"),
        lead=_("Pilih langkah yang sungguh bisa dikerjakan, dan hari selesainya."), submit=_("Buat rencana"),
        recorded=True, person=strip(one.resident, today),
    )  # fmt: skip
