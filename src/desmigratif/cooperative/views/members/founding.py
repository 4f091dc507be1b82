"""A savings group's way to a cooperative: the checklist, one step, the day on which it is one."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission as P
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import scoped
from desmigratif.cooperative.forms.members.founding import GOALS, BecomeForm, StepForm
from desmigratif.cooperative.models import Cooperative, CooperativeKind
from desmigratif.cooperative.queries.ledger.books import cooperative_of
from desmigratif.cooperative.queries.members.founding import group_of, steps_recorded
from desmigratif.cooperative.rules.members.founding import STEP_LABELS, Goal, Item, steps_of
from desmigratif.cooperative.rules.members.founding import readiness as checklist
from desmigratif.cooperative.views.common import act_page, as_desk, may, only_with, opened, page, place, today_of

BOTH = ("GET", "POST")


def asked_goal(request: HttpRequest) -> Goal:
    """The form that `?bentuk=` names; a cooperative when it names none."""
    asked = request.GET.get("bentuk", "")
    return cast(Goal, asked if asked in dict(GOALS) else GOALS[0][0])


@scoped(P.COOPERATIVE_SEE)
def readiness(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """What is ready and what is not, for the form that the group wants to become; of what is one already, the way."""
    desk = as_desk(request)
    found = cooperative_of(desk.actor, cooperative_id)
    recorded = opened(desk, found, "cooperative.readiness_opened")
    if found.kind != CooperativeKind.SAVINGS_GROUP:
        taken = sorted(steps_recorded(found).values(), key=lambda step: step.on)
        way = [{"label": STEP_LABELS.get(step.code, step.code), "step": step} for step in taken]
        return page(desk, "members/readiness_behind", found, "cooperative", {"recorded": recorded, "way": way})
    goal, today = asked_goal(request), today_of(desk, found)
    steps = steps_recorded(found)
    items = checklist(group_of(found, today), goal, today)
    may_set_up = may(desk, found, P.COOPERATIVE_SET_UP)
    here = place("readiness", found.id)
    shown = {
        "recorded": recorded,
        "rows": [_row(item, steps, f"{place('founding_step', found.id)}?langkah={item.code}") for item in items],
        "ready": sum(item.is_ready for item in items), "count": len(items),
        "chips": [
            {"label": label, "url": f"{here}?bentuk={code}", "current": code == goal} for code, label in GOALS
        ],
        "may_set_up": may_set_up, "is_ready": all(item.is_ready for item in items),
        "become_url": f"{place('become', found.id)}?bentuk={goal}",
    }  # fmt: skip
    return page(desk, "members/readiness", found, "cooperative", shown)


def _row(item: Item, steps: dict[str, Any], url: str) -> dict[str, Any]:
    step = steps.get(item.code)
    return {
        "item": item, "step": step, "url": "" if item.is_counted or step else url,
        "state": "aman" if item.is_ready else "cek", "word": _("Siap") if item.is_ready else _("Belum"),
    }  # fmt: skip


def _leading(request: HttpRequest, cooperative_id: UUID) -> tuple[DeskRequest, Cooperative]:
    desk = as_desk(request)
    found = cooperative_of(desk.actor, cooperative_id)
    only_with(desk, found, P.COOPERATIVE_SET_UP)
    return desk, found


@scoped(P.COOPERATIVE_SET_UP, methods=BOTH)
def record_step(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """One step is done."""
    desk, found = _leading(request, cooperative_id)
    done, today = steps_recorded(found), today_of(desk, found)
    codes = [code for code in STEP_LABELS if code not in done and code in steps_of("cooperative", today)]
    form = StepForm(request.POST or None, today=today, codes=codes, asked=request.GET.get("langkah", ""))
    return act_page(
        desk, form, "record_founding_step", form.payload, cooperative=found, said=_("Langkah sudah dicatat."),
        then=place("readiness", found.id), title=_("Catat langkah"),
    )  # fmt: skip


@scoped(P.COOPERATIVE_SET_UP, methods=BOTH)
def become(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """Go on as a cooperative, saying once what that means."""
    desk, found = _leading(request, cooperative_id)
    form = BecomeForm(
        request.POST or None, today=today_of(desk, found), name=found.name, asked=request.GET.get("bentuk", "")
    )
    effects = [
        _("Anggota, simpanan, pinjaman, dan buku tetap seperti sekarang."),
        _("Bentuk dan namanya berubah di semua halaman dan cetakan."),
        _("Langkah ini tidak dapat dibalik."),
    ]
    return act_page(
        desk, form, "become_cooperative", form.payload, cooperative=found,
        said=_("Kelompok ini melanjutkan bukunya dalam bentuk baru."), then=place("cooperative", found.id),
        back=place("readiness", found.id), title=_("Jadikan koperasi"), submit=_("Jadikan koperasi"), effects=effects,
    )  # fmt: skip
