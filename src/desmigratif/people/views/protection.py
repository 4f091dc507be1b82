"""A safe address on a page: only for who may know that there are such things, and noted away from the village."""

from __future__ import annotations

import logging
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from desmigratif.access.door import do
from desmigratif.access.permissions import Permission
from desmigratif.access.requests import DeskRequest, act_id_of
from desmigratif.access.routes import scoped
from desmigratif.access.scope import require
from desmigratif.audit import unit
from desmigratif.documents.acting import RecordForm
from desmigratif.people import safety
from desmigratif.people.fields import HOUSEHOLD_FIELDS, LABELS, PLACE_FIELDS, shown
from desmigratif.people.models import Resident
from desmigratif.people.queries.protection import Kept, records_of_human, safe_address_of
from desmigratif.people.queries.resident import resident_of
from desmigratif.people.views.common import act_page, as_desk, person_strip
from desmigratif.regions.queries import today_in
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import NotFoundOrNotYours, Refusal

log = logging.getLogger("desmigratif.people")


class SafeAddressForm(RecordForm):
    """Where somebody in hiding can be reached."""

    address = forms.CharField(
        label=lazy("Alamat aman"), max_length=200, required=False, help_text=lazy("Tempat ia tinggal sekarang.")
    )
    contact = forms.CharField(
        label=lazy("Dihubungi lewat"),
        max_length=200,
        required=False,
        help_text=lazy("Nomor atau orang yang ia percaya sendiri."),
    )
    note = forms.CharField(
        label=lazy("Catatan"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    hide_home = forms.BooleanField(
        label=lazy("Sembunyikan juga alamat keluarganya"),
        required=False,
        help_text=lazy("Centang bila ia masih tinggal di alamat itu. Bagi semua orang lain alamatnya belum diketahui."),
    )

    def payload(self) -> dict[str, Any]:
        said = {name: self.cleaned_data[name] or None for name in ("address", "contact", "note")}
        return {"record_id": self.cleaned_data["record_id"], "hide_home": self.cleaned_data["hide_home"], **said}


@scoped(Permission.PROTECTIVE_SEE, methods=("GET", "POST"))
def protection(request: HttpRequest, resident_id: UUID) -> HttpResponse:
    """What is kept for somebody in hiding, and the form that keeps it. Without a trace of the look it stays closed."""
    desk = as_desk(request)
    row, noted = _opened(desk, resident_id)
    kept = safe_address_of(desk.actor, records_of_human(desk.actor, row)) if noted else None
    today = today_in(row.village_code, desk.now)
    form = SafeAddressForm(request.POST or None, initial=_initial(kept))
    return act_page(
        desk,
        form,
        "people.keep_safe_address",
        {"resident_id": row.id, "on": today},
        done=_("Sudah disimpan. Di desa tidak ada yang bisa melihatnya."),
        back=reverse("people:protection", args=[row.id]),
        template="people/protection.html",
        shown={
            "resident": row,
            "person": person_strip(row, today),
            "kept": kept,
            "hidden": _hidden(kept) if kept else [],
            "may_record": desk.actor.may(Permission.PROTECTIVE_RECORD, row.village_code),
            "not_noted": not noted,
        },
    )


def _opened(desk: DeskRequest, resident_id: UUID) -> tuple[Resident, bool]:
    """The resident, and whether the look is noted: about nobody in clear, so not as other looks are."""
    row = resident_of(desk.actor, resident_id)
    require(desk.actor, Permission.PROTECTIVE_SEE, row.village_code)
    by = desk.actor
    look = unit.Unit(actor_id=str(by.id), actor_role=by.role_code, home_code=by.home_code, at=desk.now, via="desk")
    try:
        with unit.unit_of_work(look):
            safety.note_protection("protective.opened", row)
    except DatabaseError:
        log.exception("read event protective.opened could not be written")
        return row, False
    return row, True


def _initial(kept: Kept | None) -> dict[str, Any]:
    if kept is None:
        return {}
    return {"address": kept.address, "contact": kept.contact, "note": kept.note, "hide_home": bool(kept.homes)}


def _hidden(kept: Kept) -> list[dict[str, Any]]:
    """What the register said before it was taken out."""
    said = [(name, fields[name]) for fields in kept.homes.values() for name in HOUSEHOLD_FIELDS if name in fields]
    said += [(name, fields[name]) for fields in kept.people.values() for name in PLACE_FIELDS if name in fields]
    return [{"label": LABELS[name], "value": shown(name, value)} for name, value in said]


@scoped(Permission.PROTECTIVE_RECORD, methods=("GET", "POST"))
def end_protection(request: HttpRequest, resident_id: UUID) -> HttpResponse:
    """The danger is over: ask once, then the register is as it was."""
    desk = as_desk(request)
    row, _noted = _opened(desk, resident_id)
    back = reverse("people:protection", args=[row.id])
    today = today_in(row.village_code, desk.now)
    if request.method == "POST":
        return _end(desk, {"resident_id": row.id, "on": today}, back)
    confirm = {
        "icon": "arrow-back-up",
        "title": _("Akhiri penyimpanan alamat aman?"),
        "effects": [
            _("Alamat aman dan cara menghubunginya dihapus."),
            _("Alamat yang disembunyikan tampak lagi di desa, kecuali sudah ditulis yang baru."),
        ],
        "action": request.path,
        "submit": _("Akhiri"),
        "stop": True,
        "hidden": {"act_id": new_id()},
        "back_url": back,
    }
    shown_ = {"resident": row, "person": person_strip(row, today), "confirm": confirm}
    return render(request, "people/end_protection.html", shown_)


def _end(desk: DeskRequest, given: dict[str, Any], back: str) -> HttpResponse:
    try:
        do(desk.actor, "people.end_safe_address", given, now=desk.now, act_id=act_id_of(desk))
        messages.success(desk, _("Alamat aman sudah dihapus."))
    except NotFoundOrNotYours:
        raise
    except Refusal as refusal:
        messages.error(desk, refusal.reasons[0].text)
    return redirect(back)
