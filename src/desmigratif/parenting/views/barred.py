"""The regency's list of those who may not be with children."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from desmigratif.access import reads
from desmigratif.access.permissions import Permission as P
from desmigratif.access.routes import scoped
from desmigratif.access.scope import get_or_refuse
from desmigratif.documents.acting import attempt
from desmigratif.parenting.forms.centres import BarForm, OnDayForm
from desmigratif.parenting.models import BarredPerson
from desmigratif.parenting.rules.centre import labels
from desmigratif.parenting.views.common import as_desk
from desmigratif.regions.queries import today_in
from desmigratif.shared.dates import format_date

BOTH = ("GET", "POST")
MOST = 100


@scoped(P.BARRED_KEEP, methods=BOTH)
def barred(request: HttpRequest) -> HttpResponse:
    """Rulings, without names; a form for one more."""
    desk = as_desk(request)
    code = desk.actor.regions_for(P.BARRED_KEEP)[0]
    today = today_in(code, desk.now)
    recorded = reads.opened(desk.actor, "barred.listed", village_code=code, now=desk.now)
    form = BarForm(request.POST or None, today=today)
    valid = request.method == "POST" and form.is_valid()
    if valid and attempt(desk, form, "parenting.bar_person", {**form.payload(), "region_code": code}):
        messages.success(request, _("Sudah dicatat. Mulai sekarang semua desa menolaknya."))
        return redirect("parenting:barred")
    found = BarredPerson.objects.visible_to(desk.actor).order_by("-recorded_on", "-id")
    rows = list(found[:MOST]) if recorded else []
    reasons = labels("barred_reasons", today)
    shown = {"form": form, "recorded": recorded, "rows": [_row(one, reasons) for one in rows]}
    return render(request, "parenting/barred.html", shown)


def _row(one: BarredPerson, reasons: dict[str, str]) -> dict[str, Any]:
    until = one.ended_on
    return {
        "one": one, "because": reasons.get(one.because, ""), "since": format_date(one.recorded_on),
        "until": format_date(until) if until else "",
    }  # fmt: skip


@scoped(P.BARRED_KEEP, methods=BOTH)
def unbar(request: HttpRequest, barred_id: UUID) -> HttpResponse:
    """A ruling was lifted."""
    desk = as_desk(request)
    one = get_or_refuse(BarredPerson.objects.visible_to(desk.actor), "barred_id", id=barred_id)
    form = OnDayForm(request.POST or None, today=today_in(one.region_code, desk.now), label=_("Dicabut tanggal"))
    if request.method == "POST" and form.is_valid():
        given = {**form.payload(), "barred_id": one.id, "region_code": one.region_code}
        if attempt(desk, form, "parenting.unbar_person", given):
            messages.success(request, _("Larangannya sudah dicabut."))
            return redirect("parenting:barred")
    shown = {"form": form, "one": one}
    return render(request, "parenting/unbar.html", shown)
