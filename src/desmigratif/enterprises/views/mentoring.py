"""Visits of a mentor, the end of a group, and how all groups live."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission as P
from desmigratif.access.routes import scoped
from desmigratif.audit.unit import Subject
from desmigratif.documents.acting import attempt
from desmigratif.enterprises.forms import mentoring as forms
from desmigratif.enterprises.models import GroupEnd, VisitTask
from desmigratif.enterprises.queries import agenda
from desmigratif.enterprises.queries.agenda import agenda_of
from desmigratif.enterprises.queries.groups import group_of, groups_seen
from desmigratif.enterprises.queries.life import figures_of, lives_of, visits_of, waiting_faults
from desmigratif.enterprises.rules.life import LABELS, State, closing_causes_on
from desmigratif.enterprises.rules.offers import permits_on
from desmigratif.enterprises.views.common import (
    BOTH,
    MENTOR,
    about,
    act_page,
    as_desk,
    group_page,
    may_mentor,
    only_mentor,
    opened,
    place,
    section_page,
    to_write,
    today_of,
)
from desmigratif.shared.dates import format_date

MOST_VISITS, MOST_GROUPS = 12, 400


@scoped(P.ENTERPRISE_SEE, methods=BOTH)
def mentoring(request: HttpRequest, business_group_id: UUID) -> HttpResponse:
    """How a group lives, what was found at visits, what is to be done; and the form of a new visit."""
    desk = as_desk(request)
    group = group_of(desk.actor, business_group_id)
    today = today_of(desk, group.village_code)
    tasks = list(
        VisitTask.objects.in_village(group.village_code).filter(group=group, done_on=None).order_by("due_on", "id")
    )
    form = forms.VisitForm(request.POST or None, open_tasks=tasks[:30], today=today)
    if request.method == "POST":
        only_mentor(desk, group.village_code)
        given = about(group)
        if form.is_valid() and attempt(desk, form, "enterprises.record_mentor_visit", {**form.payload(), **given}):
            messages.success(desk, _("Kunjungan sudah dicatat."))
            return HttpResponseRedirect(place("mentoring", group.id))
    ending = GroupEnd.objects.in_village(group.village_code).filter(group=group).first()
    shown = {
        "recorded": opened(desk, "group.visits_listed", group.village_code, Subject("enterprise_group", group.id)),
        "life": lives_of([group], today)[group.id], "tasks": tasks, "form": form if may_mentor(desk, group) else None,
        "visits": visits_of(group)[:MOST_VISITS], "ending": ending,
        "cause": closing_causes_on(ending.on).get(ending.cause, "") if ending else "",
    }  # fmt: skip
    return group_page(desk, "mentoring", group, "mentoring", shown)


@scoped(MENTOR, methods=BOTH)
def end_group(request: HttpRequest, business_group_id: UUID) -> HttpResponse:
    """A group ends, for a cause."""
    desk = as_desk(request)
    group, today = to_write(desk, business_group_id)
    form = forms.EndForm(request.POST or None, today=today)
    return act_page(
        desk, form, "end_group", lambda: {**form.payload(), **about(group)},
        said=_("Kelompok dicatat berhenti."), then=place("mentoring", group.id), back=place("mentoring", group.id),
        title=_("%s berhenti") % group.name, submit=_("Catat berhenti"),
        lead=_("Catatannya tetap tersimpan. Bulan baru tidak bisa diisi lagi, dan tautan bendahara berakhir."),
    )  # fmt: skip


@scoped(P.ENTERPRISE_SEE)
def life(request: HttpRequest) -> HttpResponse:
    """How the groups of one's villages live: who is asleep, who is late, what works, who survived."""
    desk = as_desk(request)
    today = today_of(desk, desk.actor.home_code)
    groups = list(groups_seen(desk.actor)[:MOST_GROUPS])
    figures = figures_of(desk.actor, groups, today)
    urgent = [State.ASLEEP, State.QUIET]
    lives = sorted(
        ((one, figures.lives[one.id]) for one in groups if figures.lives[one.id].state in urgent),
        key=lambda pair: (urgent.index(pair[1].state), pair[1].since),
    )  # fmt: skip
    counts = Counter(found.state for found in figures.lives.values())
    shown = {
        "recorded": opened(desk, "groups.life_listed", desk.actor.home_code), "figures": figures,
        "counts": [{"label": label, "value": counts[state]} for state, label in LABELS.items()],
        "rows": [
            {"title": one.name, "detail": found.why, "url": place("mentoring", one.id), "state": found.sign,
             "icon": "users"} for one, found in lives[:40]
        ],
        "faults": [
            {"title": f"{one.ticket.asset.name}, {one.ticket.asset.group.name}", "detail": one.clock.word,
             "url": place("fault", one.ticket.id), "state": one.clock.state, "icon": "tools"}
            for one in waiting_faults(desk.actor, today, most=20)
        ],
        "total": len(groups), "agenda": [_date_row(one, today) for one in agenda_of(desk.actor, today)],
    }  # fmt: skip
    return section_page(desk, "life", "life", shown)


def _date_row(one: agenda.Date, today: date) -> dict[str, Any]:
    """What is due when, as a row that leads to where it is done."""
    title = one.words
    if one.what == agenda.PERMIT:
        kind = permits_on(today).get(one.words, {"label": one.words})["label"]
        title = _("%s habis") % kind
    target = place("training", one.id) if one.what == agenda.TRAINING else place("mentoring", one.id)
    late = [{"name": "henti", "label": _("Lewat")}] if one.on < today else []
    icons = {agenda.TRAINING: "school", agenda.TASK: "list-check", agenda.PERMIT: "certificate"}
    return {
        "title": title, "detail": f"{format_date(one.on)} · {one.whose}", "icon": icons[one.what], "url": target,
        "states": late,
    }  # fmt: skip
