"""Villages in a programme: the list of a region, one village's steps, and what the coordinator writes down."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import scoped
from desmigratif.access.scope import require
from desmigratif.documents.acting import ActForm, attempt
from desmigratif.programme.forms import villages as forms
from desmigratif.programme.models import Minutes
from desmigratif.programme.queries.villages import Way, membership_of, memberships_seen, officers_in_post, ways_of
from desmigratif.programme.rules import ending
from desmigratif.programme.rules import steps as rules
from desmigratif.regions.queries import UnknownRegion, today_in, village
from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import NotFoundOrNotYours

FIGURES, RECORD = Permission.FIGURES_SEE, Permission.PROGRAMME_RECORD
BOTH = ("GET", "POST")
PER_PAGE = 30
OFFICERS_DUE = 2  # two per village: Pedoman Program Desmigratif 2017, Timor Express 11-09-2017


@scoped(FIGURES)
def villages(request: HttpRequest) -> HttpResponse:
    """The villages of one's region that are in a programme, with the step that comes next."""
    desk = cast(DeskRequest, request)
    page = Paginator(memberships_seen(desk.actor), PER_PAGE).get_page(desk.GET.get("hal"))
    today = today_in(desk.actor.home_code, desk.now)
    labels = {code: one["label"] for code, one in rules.types_on(today).items()}
    shown = {
        "rows": [_row(way, labels) for way in ways_of(page, today)],
        "page": page,
        "may_record": desk.actor.may_anywhere(RECORD),
        "here": _("Desa program"),
    }
    return render(desk, "programme/programme_villages.html", shown)


def _row(way: Way, labels: Mapping[str, str]) -> dict[str, Any]:
    one = way.membership
    states = []
    if one.left_on:
        said = _("keluar %s") % format_date(one.left_on)
    else:
        said = _("tahun ke-%d") % way.year
        if way.overdue:
            states.append({"name": "cek", "label": _("%s belum") % way.overdue[0].label})
        elif way.next:
            said += " · " + _("berikutnya: %s") % way.next.label
    return {
        "title": _name(one.village_code),
        "detail": f"{labels.get(one.programme, one.programme)} · {said}",
        "icon": "home",
        "url": reverse("programme:programme_village", args=[one.id]),
        "states": states,
    }


def _name(code: str) -> str:
    try:
        return village(code).full_name
    except UnknownRegion:
        return code


@scoped(FIGURES)
def programme_village(request: HttpRequest, programme_village_id: UUID) -> HttpResponse:
    """One village's way: decree, steps with day and paper, officers in post, when support ends."""
    desk = cast(DeskRequest, request)
    one = membership_of(desk.actor, programme_village_id)
    today = today_in(one.village_code, desk.now)
    (way,) = ways_of([one], today)
    type_ = rules.types_on(today)[one.programme]
    known = rules.steps_on(today)
    officers = officers_in_post([one.village_code], today).get(one.village_code, 0)
    reviews = Minutes.objects.visible_to(desk.actor).reviews_since(one.village_code, one.decreed_on).count()
    signs = ending.signs(
        known, set(way.taken), officers=(officers, OFFICERS_DUE), reviews=(min(reviews, way.year - 1), way.year - 1)
    )
    may_record = desk.actor.may(RECORD, one.village_code) and not one.left_on
    shown = {
        "way": way,
        "name": _name(one.village_code),
        "here": _name(one.village_code),
        "programme": type_["label"],
        "support_ends": rules.support_ends(one.decreed_on, type_["support_years"]),
        "today": today,
        "officers": officers,
        "officers_due": OFFICERS_DUE,
        "reviews": reviews,
        "reviews_due": way.year - 1,
        "left_because": rules.leaving_on(today).get(one.left_because, ""),
        "may_record": may_record,
        "may_see_extracts": desk.actor.may_anywhere(Permission.EXTRACT_SEE),
        "steps": [_step_line(step, way, may_record) for step in known],
        "count": sum(1 for step in known if step.code in way.taken),
        "signs": signs
        if type_["support_years"] and not one.left_on and ending.is_ripe(known, one.decreed_on, today)
        else [],
        "stands_alone": all(sign.holds for sign in signs),
    }
    return render(desk, "programme/programme_village.html", shown)


def _step_line(step: rules.Step, way: Way, may_record: bool) -> dict[str, Any]:
    late = any(step.code == other.code for other in way.overdue)
    return {
        "step": step,
        "taken": way.taken.get(step.code),
        "state": "aman" if step.code in way.taken else "cek" if late else "tidaktahu",
        "url": reverse("programme:take_step", args=[way.membership.id, step.code]) if may_record else "",
    }


@scoped(RECORD, methods=BOTH)
def join_programme(request: HttpRequest) -> HttpResponse:
    """Write down a decree that names a village (`?wilayah=CODE`, chosen first)."""
    desk = cast(DeskRequest, request)
    code = desk.GET.get("wilayah", "")
    if not code:
        here = reverse("programme:join_programme")
        within = next(iter(desk.actor.regions_for(RECORD)), "")
        start = f"&di={within}" if within.count(".") in (0, 1, 2) and within != "ID" else ""
        return HttpResponseRedirect(f"{reverse('regions:choose')}?sampai=4{start}&kembali={here}")
    place = _village_or_refuse(desk, code)
    today = today_in(code, desk.now)
    form = forms.JoinForm(
        request.POST or None, programmes={name: one["label"] for name, one in rules.types_on(today).items()}
    )
    return _act(
        desk, form, "join_programme", lambda: {**form.payload(), "village_code": code},
        said=_("Desa sudah dicatat dalam program."),
        then=lambda: reverse("programme:programme_village", args=[form.cleaned_data["record_id"]]),
        title=_("Desa masuk program"), lead=place, back=reverse("programme:villages"),
    )  # fmt: skip


def _village_or_refuse(desk: DeskRequest, code: str) -> str:
    try:
        place = village(code)
    except (UnknownRegion, ValueError):
        raise NotFoundOrNotYours from None
    require(desk.actor, RECORD, code)
    return place.full_name


@scoped(RECORD, methods=BOTH)
def take_step(request: HttpRequest, programme_village_id: UUID, village_step: str) -> HttpResponse:
    """Write down a step the village took, or correct it with a reason."""
    desk = cast(DeskRequest, request)
    one = membership_of(desk.actor, programme_village_id)
    require(desk.actor, RECORD, one.village_code)
    today = today_in(one.village_code, desk.now)
    step = next((step for step in rules.steps_on(today) if step.code == village_step), None)
    if step is None:
        raise NotFoundOrNotYours
    standing = ways_of([one], today)[0].taken.get(village_step)
    form = forms.StepForm(request.POST or None, today=today, standing=standing)
    back = reverse("programme:programme_village", args=[one.id])
    given = {"village_code": one.village_code, "membership_id": one.id, "step": village_step}
    return _act(
        desk, form, "record_step", lambda: {**form.payload(), **given}, said=_("Langkah sudah dicatat."),
        then=lambda: back, title=step.label, lead=_name(one.village_code), back=back,
    )  # fmt: skip


@scoped(RECORD, methods=BOTH)
def leave_programme(request: HttpRequest, programme_village_id: UUID) -> HttpResponse:
    """Write down that a village left the programme, and why."""
    desk = cast(DeskRequest, request)
    one = membership_of(desk.actor, programme_village_id)
    require(desk.actor, RECORD, one.village_code)
    today = today_in(one.village_code, desk.now)
    form = forms.LeaveForm(request.POST or None, reasons=rules.leaving_on(today), today=today)
    back = reverse("programme:programme_village", args=[one.id])
    given = {"village_code": one.village_code, "membership_id": one.id}
    return _act(
        desk, form, "leave_programme", lambda: {**form.payload(), **given}, said=_("Sudah dicatat keluar."),
        then=lambda: back, title=_("Desa keluar dari program"), lead=_name(one.village_code), back=back,
    )  # fmt: skip


def _act(
    desk: DeskRequest, form: ActForm, action: str, payload: Callable[[], Mapping[str, Any]], *, said: str,
    then: Callable[[], str], title: str, lead: str, back: str,
) -> HttpResponse:  # fmt: skip
    """Show a form; when it is sent and valid, do its act and go on."""
    if desk.method == "POST" and form.is_valid() and attempt(desk, form, f"programme.{action}", payload()):
        messages.success(desk, said)
        return HttpResponseRedirect(then())
    shown = {"form": form, "title": title, "lead": lead, "back": back, "here": title}
    return render(desk, "programme/act.html", shown)
