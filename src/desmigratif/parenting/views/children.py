"""Children of the centre: the list, and enrolling one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from desmigratif.access import reads
from desmigratif.access.permissions import Permission
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import scoped
from desmigratif.access.scope import require
from desmigratif.audit.unit import Subject
from desmigratif.documents.acting import attempt
from desmigratif.parenting.forms.children import EnrolForm
from desmigratif.parenting.models import Child
from desmigratif.parenting.queries.children import children_of, family_of, resident_to_enrol
from desmigratif.parenting.rules.children import labels
from desmigratif.parenting.views.common import as_desk, listed
from desmigratif.people.models import Resident
from desmigratif.regions.queries import today_in, village
from desmigratif.shared.dates import age_on
from desmigratif.shared.reasons import NotFoundOrNotYours

PER_PAGE = 40


@scoped(Permission.CHILD_SEE)
def children(request: HttpRequest) -> HttpResponse:
    """Who is enrolled, by name."""
    desk = as_desk(request)
    recorded = listed(desk, "children.listed")
    page = Paginator(children_of(desk.actor) if recorded else Child.objects.none(), PER_PAGE).get_page(
        request.GET.get("hal")
    )
    rows = [_row(desk, child) for child in (page if recorded else ())]
    shown = {"page": page, "page_query": "", "rows": rows, "recorded": recorded}
    return render(request, "parenting/children.html", shown)


def _row(desk: DeskRequest, child: Child) -> dict[str, Any]:
    today = today_in(child.village_code, desk.now)
    born = child.resident.birth_date
    where = village(child.village_code).near_name if desk.actor.home_code != child.village_code else ""
    said = (
        where, _("%s tahun") % age_on(born, today) if born else "",
        labels("schooling", today).get(child.schooling, ""), child.school_class and _("kelas %s") % child.school_class,
        _("diasuh %s") % child.carer.shown_name if child.carer else "",
    )  # fmt: skip
    return {
        "icon": "user", "title": child.resident.shown_name, "detail": " · ".join(part for part in said if part),
        "url": "", "states": [],
    }  # fmt: skip


@scoped(Permission.CHILD_RECORD, methods=("GET", "POST"))
def enrol(request: HttpRequest) -> HttpResponse:
    """Enrol the resident that `?warga=` names."""
    desk = as_desk(request)
    resident = _named(desk)
    require(desk.actor, Permission.CHILD_RECORD, resident.village_code)
    today = today_in(resident.village_code, desk.now)
    recorded = reads.opened(
        desk.actor, "child.enrol_opened", village_code=resident.village_code,
        subjects=[Subject("resident", resident.id)], now=desk.now,
    )  # fmt: skip
    form = EnrolForm(request.POST or None, today=today, family=family_of(resident) if recorded else ())
    if request.method == "POST" and form.is_valid():
        given = {**form.payload(), "village_code": resident.village_code, "resident_id": resident.id}
        given["hand_over_id"] = request.GET.get("serahan") or None
        if attempt(desk, form, "parenting.enrol_child", given):
            messages.success(request, _("%s sudah terdaftar di rumah belajar.") % resident.shown_name)
            return redirect("parenting:children")
    lead = _("Yang belum diketahui boleh dikosongkan. Catat seperlunya saja.")
    shown = {
        "form": form, "heading": _("Daftarkan anak"), "lead": lead, "submit": _("Daftarkan"), "recorded": recorded,
        "person": strip(resident, today), "here": _("Daftarkan"), "draft": "anak",
    }  # fmt: skip
    return render(request, "parenting/form.html", shown)


def _named(desk: DeskRequest) -> Resident:
    try:
        resident_id = UUID(desk.GET.get("warga", ""))
    except ValueError:
        raise NotFoundOrNotYours from None
    return resident_to_enrol(desk.actor, resident_id)


def strip(resident: Resident, today: Any, states: list[dict[str, str]] | None = None) -> dict[str, Any]:
    """Whose page this is: a name, an age and a hamlet, no file behind it."""
    age = _("%s tahun") % age_on(resident.birth_date, today) if resident.birth_date else ""
    hamlet = _("Dusun %s") % resident.household.hamlet if resident.household.hamlet else ""
    facts = [fact for fact in (age, hamlet) if fact]
    return {"name": resident.shown_name, "url": "", "facts": facts, "states": states or []}
