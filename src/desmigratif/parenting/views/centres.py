"""Centres: the list with those that sleep first, one centre, its helpers, things and themes."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission as P
from desmigratif.access.requests import DeskRequest, own_village
from desmigratif.access.routes import scoped
from desmigratif.access.scope import get_or_refuse
from desmigratif.parenting.forms import centres as forms
from desmigratif.parenting.models import Centre, Volunteer
from desmigratif.parenting.pictures import bars
from desmigratif.parenting.queries import centres as queries
from desmigratif.parenting.queries.sessions import attendance_by_month, waiting_sessions
from desmigratif.parenting.rules import centre as rules
from desmigratif.parenting.views.centre_common import (
    BOTH,
    act_page,
    acted,
    list_page,
    names_opened,
    page,
    place,
    running,
    session_row,
)
from desmigratif.parenting.views.common import as_desk
from desmigratif.regions.queries import today_in, village
from desmigratif.shared.dates import MONTHS, format_date

PER_PAGE = 40
TOLD = {"": ("aman", "Aktif"), "village": ("cek", "Diam"), "regency": ("henti", "Diam lama")}


@scoped(P.CENTRE_SEE)
def centres(request: HttpRequest) -> HttpResponse:
    """Every open centre of one's villages, the longest silent first."""
    desk = as_desk(request)
    today = today_in(desk.actor.home_code, desk.now)
    only = request.GET.get("lihat") == "diam"
    rows = queries.sleeping(desk.actor, "village", today) if only else queries.centres_of(desk.actor)
    found = Paginator(rows, PER_PAGE).get_page(request.GET.get("hal"))
    shown = {
        "page": found, "page_query": "lihat=diam&" if only else "",
        "rows": [_row(one, today, own=own_village(desk.actor) == one.village_code) for one in found],
        "chips": [
            {"label": _("Semua"), "url": "?", "current": not only},
            {"label": _("Yang diam"), "url": "?lihat=diam", "current": only},
        ],
        "limits": rules.listed("silence_days", today),
        "may_open": desk.actor.may_anywhere(P.CENTRE_RUN), "only": only,
    }  # fmt: skip
    return render(request, "parenting/centres.html", shown)


def _row(centre: Centre, today: date, *, own: bool) -> dict[str, Any]:
    since = rules.silent_since(centre.last_held_on, centre.opened_on)
    state, word = TOLD[rules.who_is_told(since, today)]
    last = _("belum ada kegiatan")
    if centre.last_held_on:
        last = _("kegiatan terakhir %s") % format_date(centre.last_held_on)
    where = centre.place if own else village(centre.village_code).near_name
    days = (today - since).days
    return {
        "icon": "school", "title": centre.name, "url": place("centre", centre.id), "detail": f"{where} · {last}",
        "states": [{"name": state, "label": _(word) if state == "aman" else f"{_(word)}, {days} {_('hari')}"}],
    }  # fmt: skip


@scoped(P.CENTRE_RUN, methods=BOTH)
def open_centre(request: HttpRequest) -> HttpResponse:
    """Write down a place where children learn together."""
    desk = as_desk(request)
    code = desk.actor.regions_for(P.CENTRE_RUN)[0]
    form = forms.CentreForm(request.POST or None, today=today_in(code, desk.now))
    if request.method == "POST" and form.is_valid():
        given = form.payload()
        blank = Centre(village_code=code)
        if acted(desk, form, "open_centre", blank, given, _("Rumah belajar sudah dicatat. Isi jadwalnya sekarang.")):
            return redirect("parenting:timetable", given["centre_id"])
    return render(request, "parenting/open_centre.html", {"form": form})


@scoped(P.CENTRE_SEE)
def centre(request: HttpRequest, centre_id: UUID) -> HttpResponse:
    """One centre: what must be done, and how the year went."""
    desk = as_desk(request)
    one = queries.centre_of(desk.actor, centre_id)
    today = today_in(one.village_code, desk.now)
    may_write = desk.actor.may(P.CENTRE_RUN, one.village_code)
    waiting = waiting_sessions(desk.actor, one, today) if one.closed_on is None else []
    months = attendance_by_month(desk.actor, one, today)
    since = rules.silent_since(one.last_held_on, one.opened_on)
    first = next((session for session in waiting if session.on <= today), None)
    shown = {
        "where": village(one.village_code).near_name, "today": today,
        "rows": [session_row(session, today, may_write=may_write) for session in waiting],
        "first_url": session_row(first, today, may_write=True)["url"] if first and may_write else "",
        "told": rules.who_is_told(since, today) if one.closed_on is None else "", "silent_days": (today - since).days,
        "months": [{"month": month, "word": f"{MONTHS[month.first.month - 1]} {month.first.year}"} for month in months],
        "picture": bars([(MONTHS[month.first.month - 1][:3], month.percent) for month in months]),
        "has_attendance": any(month.called for month in months),
    }  # fmt: skip
    return page(desk, "centre", one, "centre", shown)


@scoped(P.CENTRE_RUN, methods=BOTH)
def close_centre(request: HttpRequest, centre_id: UUID) -> HttpResponse:
    """The centre closes for good."""
    desk, one, today = running(request, centre_id)
    form = forms.OnDayForm(request.POST or None, today=today, label=_("Ditutup mulai tanggal"))
    lead = _("Kegiatan yang sudah direncanakan sesudahnya dihapus. Yang sudah terlaksana tetap tersimpan.")
    return act_page(
        desk, form, "close_centre", centre=one, given={"centre_id": one.id}, said=_("Rumah belajar sudah ditutup."),
        then=place("centre", one.id), title=_("Tutup rumah belajar"), lead=lead, submit=_("Tutup"),
    )  # fmt: skip


@scoped(P.CENTRE_RUN, methods=BOTH)
def things(request: HttpRequest, centre_id: UUID) -> HttpResponse:
    """What stands in the centre; one of the same name is counted again."""
    desk, one, today = running(request, centre_id)
    form = forms.ThingForm(request.POST or None, today=today)
    kinds = rules.labels("thing_kinds", today)
    rows = queries.things_of(desk.actor, one)
    shown = {"things": [{"thing": thing, "kind": kinds.get(thing.kind, "")} for thing in rows]}
    return list_page(
        desk, form, "count_thing", centre=one, here="things", said=_("Barangnya sudah dihitung."), shown=shown
    )


@scoped(P.CENTRE_RUN, methods=BOTH)
def themes(request: HttpRequest, centre_id: UUID) -> HttpResponse:
    """The four modules with their themes, and those that the centre added."""
    desk, one, today = running(request, centre_id)
    form = forms.ThemeForm(request.POST or None, today=today)
    listed, own = rules.listed("themes", today), queries.own_themes_of(desk.actor, one)
    shown = {
        "modules": [
            {
                "label": label,
                "themes": [said["label"] for said in listed.values() if said["for"] == code],
                "own": [theme.title for theme in own if theme.audience == code],
            }
            for code, label in rules.labels("audiences", today).items()
        ]
    }
    return list_page(desk, form, "add_theme", centre=one, here="themes", said=_("Tema sudah ditambahkan."), shown=shown)


# --- volunteers ---


@scoped(P.CENTRE_RUN, methods=BOTH)
def volunteers(request: HttpRequest, centre_id: UUID) -> HttpResponse:
    """Who helps, and whose background was looked at."""
    desk, one, today = running(request, centre_id)
    form = forms.VolunteerForm(request.POST or None, today=today)
    recorded = names_opened(desk, "volunteers.listed", one)
    rows = [_helper_row(helper) for helper in queries.helpers_of(desk.actor, one, today)] if recorded else []
    shown = {"rows": rows, "recorded": recorded}
    return list_page(
        desk, form, "add_volunteer", centre=one, here="volunteers", said=_("Relawan sudah dicatat."), shown=shown
    )


def _helper_row(helper: queries.Helper) -> dict[str, Any]:
    until = format_date(helper.until) if helper.until else ""
    if helper.barred:
        state, word = "henti", _("Ada dalam daftar larangan")
    elif helper.may_lead:
        state, word = "aman", _("Boleh memimpin sampai %s") % until
    else:
        state, word = "cek", _("Pemeriksaan habis %s") % until if until else _("Belum diperiksa")
    return {
        "initials": helper.volunteer.name, "title": helper.volunteer.name,
        "detail": _("sejak %s") % format_date(helper.volunteer.since), "url": place("volunteer", helper.volunteer.id),
        "states": [{"name": state, "label": word}],
    }  # fmt: skip


@scoped(P.CENTRE_RUN, methods=BOTH)
def volunteer(request: HttpRequest, volunteer_id: UUID) -> HttpResponse:
    """Write down the paper that a volunteer showed."""
    desk, one, today = _volunteer(request, volunteer_id)
    form = forms.CheckForm(request.POST or None, today=today)
    lead = _("Lihat kertas aslinya. Fotonya tidak perlu disimpan.")
    return act_page(
        desk, form, "check_volunteer", centre=one.centre, given={"volunteer_id": one.id},
        said=_("Pemeriksaannya sudah dicatat."), then=place("volunteers", one.centre_id),
        title=_("Periksa kertas %s") % one.name, lead=lead, here="volunteers",
        more=(place("end_volunteer", one.id), _("%s berhenti membantu") % one.name),
    )  # fmt: skip


@scoped(P.CENTRE_RUN, methods=BOTH)
def end_volunteer(request: HttpRequest, volunteer_id: UUID) -> HttpResponse:
    """A volunteer stops."""
    desk, one, today = _volunteer(request, volunteer_id)
    form = forms.OnDayForm(request.POST or None, today=today, label=_("Berhenti tanggal"))
    lead = _("Kegiatan yang akan dipimpinnya menunggu pendamping lain.")
    return act_page(
        desk, form, "end_volunteer", centre=one.centre, given={"volunteer_id": one.id},
        said=_("Sudah dicatat berhenti."), then=place("volunteers", one.centre_id),
        title=_("%s berhenti") % one.name, lead=lead, here="volunteers",
    )  # fmt: skip


def _volunteer(request: HttpRequest, volunteer_id: UUID) -> tuple[DeskRequest, Volunteer, date]:
    desk = as_desk(request)
    rows = Volunteer.objects.visible_to(desk.actor).standing().select_related("centre")
    one = get_or_refuse(rows, "volunteer_id", id=volunteer_id)
    return desk, one, today_in(one.village_code, desk.now)
