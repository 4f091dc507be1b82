"""Moving on pages: one form at the village that is left, a list and a form at the village that receives."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission
from desmigratif.access.routes import scoped
from desmigratif.access.scope import require
from desmigratif.audit.unit import Subject
from desmigratif.people.forms_moving import AcceptForm, TransferForm
from desmigratif.people.queries.moves import newcomer, newcomers
from desmigratif.people.queries.resident import resident_of
from desmigratif.people.rules.names import softened
from desmigratif.people.views.common import act_page, as_desk, opened, person_strip
from desmigratif.regions.queries import today_in, village
from desmigratif.shared.dates import format_date


@scoped(Permission.RESIDENT_REGISTER, methods=("GET", "POST"))
def transfer(request: HttpRequest, resident_id: UUID) -> HttpResponse:
    """To another family of the village, or to another village with what it may know."""
    desk = as_desk(request)
    row = resident_of(desk.actor, resident_id)
    require(desk.actor, Permission.RESIDENT_REGISTER, row.village_code)
    today = today_in(row.village_code, desk.now)
    form = TransferForm(
        request.POST or None,
        today=today,
        village_code=row.village_code,
        may_see_specific=desk.actor.may(Permission.RESIDENT_SPECIFIC_SEE, row.village_code),
        initial={"seen_version": row.version, "on": today, "where": "inside", "groups": ["identity", "daily"]},
    )
    return act_page(
        desk,
        form,
        "people.transfer_resident",
        {"village_code": row.village_code, "resident_id": row.id},
        done=_("Kepindahannya sudah dicatat. Riwayat di sini tetap ada."),
        back=reverse("people:resident", args=[row.id]),
        template="people/act.html",
        shown={
            "resident": row,
            "person": person_strip(row, today),
            "title": _("Catat kepindahan"),
            "lead": _("Berkas di sini ditutup dan riwayatnya tetap tersimpan."),
        },
    )


@scoped(Permission.RESIDENT_REGISTER)
def arrivals(request: HttpRequest) -> HttpResponse:
    """Who was handed over to this village and waits."""
    desk = as_desk(request)
    waiting = newcomers(desk.actor, today=today_in(desk.actor.home_code, desk.now))
    subjects = [Subject("resident", one.resident_id) for one in waiting]
    noted = opened(desk, "arrivals.listed", desk.actor.home_code, subjects)
    rows = [
        {
            "initials": softened(one.name),
            "title": softened(one.name),
            "url": reverse("people:accept_resident", args=[one.move_id]),
            "detail": _("Dari %(village)s, pindah %(on)s · bisa diterima sampai %(until)s")
            % {
                "village": village(one.from_village_code).near_name,
                "on": format_date(one.moved_on),
                "until": format_date(one.until),
            },
        }
        for one in waiting
    ]
    return render(request, "people/arrivals.html", {"rows": rows, "not_noted": not noted})


@scoped(Permission.RESIDENT_REGISTER, methods=("GET", "POST"))
def accept(request: HttpRequest, move_id: UUID) -> HttpResponse:
    """Open a record here for somebody who moved in."""
    desk = as_desk(request)
    one = newcomer(desk.actor, move_id, today=today_in(desk.actor.home_code, desk.now))
    noted = opened(desk, "arrival.opened", one.to_village_code, [Subject("resident", one.resident_id)])
    today = today_in(one.to_village_code, desk.now)
    form = AcceptForm(request.POST or None, today=today, village_code=one.to_village_code)
    shown = {
        "name": softened(one.name),
        "from_village": village(one.from_village_code).near_name,
        "facts": [{"label": label, "value": value, "source": ""} for label, value in one.facts],
        "not_noted": not noted,
    }
    return act_page(
        desk,
        form,
        "people.accept_resident",
        {"village_code": one.to_village_code, "move_id": move_id, "on": today},
        done=_("Warga pindahan sudah dicatat di desa ini."),
        back=reverse("people:residents"),
        template="people/accept.html",
        shown=shown,
    )
