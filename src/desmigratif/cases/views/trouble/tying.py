"""Whom a complaint is about is in the register after all: look for the name, see who it is, tie them together."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from desmigratif.access.requests import DeskRequest
from desmigratif.cases.complaint_sealing import Said, said_of
from desmigratif.cases.forms.trouble.complaints import TieForm
from desmigratif.cases.models import Complaint
from desmigratif.cases.views.common import listed, person_strip, resident_asked_for
from desmigratif.cases.views.trouble.complaints import kind_label, opened, where_kept
from desmigratif.documents.acting import attempt
from desmigratif.people.queries.search import Found, search_residents
from desmigratif.regions.queries import today_in

PEOPLE_SHOWN = 12


def tie_page(desk: DeskRequest, row: Complaint) -> HttpResponse:
    """Names on request (`?nama=`); one of them (`?warga=`) is shown whole before anything is written."""
    recorded = opened(desk, row)
    said = said_of(row) if recorded else Said()
    if row.resident_id is not None or said.resident_id:
        messages.info(desk, _("Pengaduan ini sudah tersambung ke warga."))
        return redirect("cases:complaint", row.id)
    today = today_in(row.village_code, desk.now)
    resident, form = resident_asked_for(desk), TieForm(desk.POST or None)
    if desk.method == "POST" and resident is not None and form.is_valid():
        payload = {"complaint_id": row.id, "village_code": row.village_code, "resident_id": resident.id}
        if attempt(desk, form, "cases.tie_complaint", payload):
            messages.success(desk, _("Pengaduan sudah tersambung ke berkas keluarganya."))
            seen = Complaint.objects.visible_to(desk.actor).filter(id=row.id).exists()
            return redirect("cases:complaint", row.id) if seen else redirect("cases:complaints")
    name = desk.GET.get("nama", said.about_name) if resident is None else ""
    shown = {
        "row": row,
        "recorded": recorded,
        "form": form,
        "title": kind_label(row.kind or said.kind, row.received_on) or _("Pengaduan"),
        "told": said.about_name,
        "resident": resident,
        "person": person_strip(resident, today) if resident else None,
        "name": name,
        **(_found(desk, row, name) if name and recorded else {}),
    }
    return render(desk, "cases/trouble/complaint_tie.html", shown)


def _found(desk: DeskRequest, row: Complaint, name: str) -> dict[str, Any]:
    if not listed(desk, "residents.searched"):
        return {"recorded": False}
    today = today_in(row.village_code, desk.now)
    people = search_residents(desk.actor, name, today=today, limit=PEOPLE_SHOWN)
    here = reverse("cases:complaint_step", args=[row.id, "warga"])
    rows = [
        {"initials": one.name, "title": one.name, "detail": _about(one), "url": f"{here}?warga={one.id}"}
        for one in people
    ]
    return {"asked": True, "rows": rows, "more": len(people) == PEOPLE_SHOWN}


def _about(one: Found) -> str:
    """Enough to tell two people of one name apart."""
    age = _("%s tahun") % one.age if one.age is not None else ""
    return ", ".join(filter(None, (age, one.hamlet, f"RT {one.rt}" if one.rt else "", where_kept(one.village_code))))
