"""Calls between children and their parents abroad: what is due, what was agreed, how it went."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission as P
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import scoped
from desmigratif.access.scope import require
from desmigratif.documents.acting import attempt
from desmigratif.parenting.forms.calls import CalledForm, CallForm
from desmigratif.parenting.models import Child
from desmigratif.parenting.queries import calls as queries
from desmigratif.parenting.queries.children import child_of
from desmigratif.parenting.rules.calls import calls_between
from desmigratif.parenting.views.common import as_desk, listed, opened
from desmigratif.people.rules.calls import WEEKDAYS, Call
from desmigratif.regions.queries import today_in, village
from desmigratif.regulations.time_zones import place_of_zone
from desmigratif.shared.dates import ZONE_NAMES, format_date
from desmigratif.shared.reasons import NotFoundOrNotYours


@scoped(P.CHILD_SEE)
def calls(request: HttpRequest) -> HttpResponse:
    """What must be reminded of or written down, in both clocks."""
    desk = as_desk(request)
    recorded = listed(desk, "calls.listed")
    here = village(desk.actor.regions_for(P.CHILD_SEE)[0])
    due = queries.calls_due(desk.actor, desk.now, here.utc_offset) if recorded else []
    shown = {
        "recorded": recorded,
        "over": [_row(one, here.utc_offset) for one in due if one.is_over][: queries.MOST],
        "coming": [_row(one, here.utc_offset) for one in due if not one.is_over][: queries.MOST],
        "counts": queries.last_calls(desk.actor, today_in(here.code, desk.now)),
    }
    return render(request, "parenting/calls.html", shown)


def _row(due: queries.Due, offset_hours: int) -> dict[str, Any]:
    words = both_clocks(due.call, due.slot.time_zone, offset_hours)
    url = f"{reverse('parenting:record_call', args=[due.slot.id])}?{urlencode({'pada': due.call.there.isoformat()})}"
    return {
        "icon": "phone", "urgent": due.is_over, "title": due.slot.child.resident.shown_name, "detail": words,
        "url": url if due.is_over else reverse("parenting:agree_call", args=[due.slot.child_id]),
        "states": [{"name": "cek", "label": _("Belum dicatat")}] if due.is_over else [],
    }  # fmt: skip


def both_clocks(call: Call, zone: str, offset_hours: int) -> str:
    """Minggu, 29 November 2026, 18.00 WIB; di Hong Kong 19.00."""
    return _("%(day)s, %(date)s, %(here)s %(zone)s; di %(place)s %(there)s") % {
        "day": WEEKDAYS[call.here.weekday()], "date": format_date(call.here.date()), "here": f"{call.here:%H.%M}",
        "zone": ZONE_NAMES.get(offset_hours, ""), "place": place_of_zone(zone), "there": f"{call.there:%H.%M}",
    }  # fmt: skip


@scoped(P.CHILD_RECORD, methods=("GET", "POST"))
def agree_call(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """On which evenings a child and its parent talk."""
    desk = as_desk(request)
    child = child_of(desk.actor, child_id)
    require(desk.actor, P.CHILD_RECORD, child.village_code)
    recorded = opened(desk, child, "child.calls_opened")
    standing = queries.standing_slot(desk.actor, child.id) if recorded else None
    form = CallForm(request.POST or None, today=today_in(child.village_code, desk.now), standing=standing)
    if request.method == "POST" and form.is_valid():
        given = {**form.payload(), "child_id": child.id, "village_code": child.village_code}
        if attempt(desk, form, "parenting.agree_call", given):
            messages.success(request, _("Jadwal teleponnya sudah dicatat."))
            return redirect("parenting:calls")
    lead = _("Jamnya menurut jam di sana: yang penting saat orang tuanya libur atau selesai bekerja.")
    return _form(desk, form, child, heading=_("Jadwal telepon"), lead=lead, recorded=recorded)


@scoped(P.CHILD_RECORD, methods=("GET", "POST"))
def record_call(request: HttpRequest, call_slot_id: UUID) -> HttpResponse:
    """How the agreed call of the moment `?pada=` went."""
    desk = as_desk(request)
    slot = queries.call_slot_of(desk.actor, call_slot_id)
    require(desk.actor, P.CHILD_RECORD, slot.village_code)
    here = village(slot.village_code)
    moment = _moment(request.GET.get("pada", ""))
    found = calls_between(queries.agreed(slot), moment, moment, here.utc_offset)
    if not found:
        raise NotFoundOrNotYours
    recorded = opened(desk, slot.child, "child.calls_opened")
    form = CalledForm(request.POST or None, today=today_in(here.code, desk.now))
    if request.method == "POST" and form.is_valid():
        given = {**form.payload(), "slot_id": slot.id, "village_code": slot.village_code, "due_at": moment}
        if attempt(desk, form, "parenting.record_call", given):
            messages.success(request, _("Teleponnya sudah dicatat."))
            return redirect("parenting:calls")
    lead = both_clocks(found[0], slot.time_zone, here.utc_offset)
    return _form(desk, form, slot.child, heading=_("Catat telepon"), lead=lead, recorded=recorded)


def _moment(text: str) -> datetime:
    """Raises `NotFoundOrNotYours` for what is no moment with its zone."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise NotFoundOrNotYours from None
    if moment.tzinfo is None:
        raise NotFoundOrNotYours
    return moment


def _form(desk: DeskRequest, form: Any, child: Child, *, heading: str, lead: str, recorded: bool) -> HttpResponse:
    name = child.resident.shown_name if recorded else ""
    shown = {
        "form": form, "heading": heading, "lead": lead, "recorded": recorded, "submit": _("Simpan"), "here": heading,
        "person": {"name": name, "url": "", "facts": [], "states": []} if name else None,
        "leave_url": reverse("parenting:calls"), "draft": "telepon",
    }  # fmt: skip
    return render(desk, "parenting/form.html", shown)
