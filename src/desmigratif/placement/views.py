"""The national lists: of which day, from where, and what stands in them. No person does."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from desmigratif.access.actor import NATION
from desmigratif.access.permissions import Permission
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import scoped
from desmigratif.placement.forms import OrderFilter
from desmigratif.placement.models import Agency, JobOrder, LicenceStatus, ListKind, ListLoad
from desmigratif.placement.queries import Wish, live_orders, loads_of, newest_load
from desmigratif.placement.rules.freshness import may_answer
from desmigratif.placement.rules.matching import company_key
from desmigratif.regions.queries import today_in
from desmigratif.regulations.countries import country_name
from desmigratif.regulations.jobs import EMPLOYER_TYPES, JOBS
from desmigratif.shared.dates import format_date, local_day
from desmigratif.shared.rupiah import format_rupiah

PER_PAGE = 50
JAKARTA = 7
_STATES = {LicenceStatus.ACTIVE: "aman", LicenceStatus.SUSPENDED: "henti", LicenceStatus.REVOKED: "henti"}


def here_and_today(desk: DeskRequest, permission: Permission = Permission.LIST_SEE) -> tuple[str, date]:
    """The region whose lists this person reads, and its day."""
    code = desk.actor.regions_for(permission)[0]
    return code, local_day(desk.now, JAKARTA) if code == NATION else today_in(code, desk.now)


@scoped(Permission.LIST_SEE)
def lists(request: HttpRequest) -> HttpResponse:
    """Each list's newest load, and all that came before it."""
    desk = cast(DeskRequest, request)
    code, today = here_and_today(desk)
    page = Paginator(loads_of(desk.actor.regions_for(Permission.LIST_SEE)), PER_PAGE).get_page(request.GET.get("hal"))
    shown = {
        "cards": [_card(kind, code, today) for kind in ListKind],
        "page": page,
        "page_query": "",
        "history": [_load_row(load) for load in page],
        "may_load": desk.actor.may_anywhere(Permission.LIST_LOAD),
    }
    return render(request, "placement/lists.html", shown)


def _card(kind: ListKind, code: str, today: date) -> dict[str, Any]:
    urls = {ListKind.AGENCIES: reverse("placement:agencies"), ListKind.PERMITS: reverse("placement:job_orders")}
    load = newest_load(kind, code, today)
    return {"label": kind.label, "url": urls.get(kind, "") if load else "", **standing_of(load, kind, today)}


def standing_of(load: ListLoad | None, kind: str, today: date) -> dict[str, Any]:
    """Whether a list may answer, in one badge and one line."""
    if load is None:
        return {"state": "tidaktahu", "word": _("Belum dimuat"), "detail": ""}
    detail = _("Per %(day)s, %(count)s baris. Sumber: %(source)s.") % {
        "day": format_date(load.as_of), "count": load.row_count, "source": load.source,
    }  # fmt: skip
    if kind in (ListKind.DESTINATIONS, ListKind.BODIES, ListKind.PLACEMENTS) or may_answer(kind, load.as_of, today):
        return {"state": "aman", "word": _("Dipakai"), "detail": detail}
    return {"state": "cek", "word": _("Sudah lama, tidak dipakai menjawab"), "detail": detail}


def _load_row(load: ListLoad) -> dict[str, Any]:
    return {
        "icon": "file-spreadsheet",
        "title": str(ListKind(load.kind).label),
        "detail": _("Per %(day)s, %(count)s baris. Sumber: %(source)s.") % {
            "day": format_date(load.as_of), "count": load.row_count, "source": load.source,
        },
    }  # fmt: skip


@scoped(Permission.LIST_SEE)
def agencies(request: HttpRequest) -> HttpResponse:
    """The companies of the newest list, by any part of their name."""
    desk = cast(DeskRequest, request)
    code, today = here_and_today(desk)
    load = newest_load(ListKind.AGENCIES, code, today)
    asked = " ".join(request.GET.get("q", "").split())[:100]
    rows = Agency.objects.filter(load=load).order_by("name", "id")
    for word in company_key(asked).split() if asked else ():
        rows = rows.filter(name_key__contains=word)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("hal"))
    shown = {
        "standing": standing_of(load, ListKind.AGENCIES, today),
        "asked": asked,
        "page": page,
        "page_query": urlencode({"q": asked}) + "&" if asked else "",
        "rows": [_agency_row(row, today) for row in page],
    }
    return render(request, "placement/agencies.html", shown)


def _agency_row(row: Agency, today: date) -> dict[str, Any]:
    over = row.valid_until is not None and row.valid_until < today
    word = _("Izin habis") if over else str(LicenceStatus(row.status).label)
    until = _("berlaku sampai %s") % format_date(row.valid_until) if row.valid_until else ""
    return {
        "icon": "building-store",
        "title": row.name,
        "detail": " · ".join(part for part in (row.licence_number, until, row.address) if part),
        "states": [{"name": "henti" if over else _STATES[LicenceStatus(row.status)], "label": word}],
    }


@scoped(Permission.LIST_SEE)
def job_orders(request: HttpRequest) -> HttpResponse:
    """The live vacancies of the newest list, by country and job."""
    desk = cast(DeskRequest, request)
    code, today = here_and_today(desk)
    load = newest_load(ListKind.PERMITS, code, today)
    countries = list(JobOrder.objects.filter(load=load).values_list("country", flat=True).distinct()) if load else []
    form = OrderFilter(request.GET or None, countries=countries)
    chosen = form.cleaned_data if form.is_valid() else {}
    wish = Wish(country=chosen.get("negara", ""), job=chosen.get("pekerjaan", ""))
    rows = live_orders(load, wish, today) if load else JobOrder.objects.none()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("hal"))
    query = urlencode({name: value for name, value in chosen.items() if value})
    shown = {
        "standing": standing_of(load, ListKind.PERMITS, today),
        "form": form,
        "page": page,
        "page_query": f"{query}&" if query else "",
        "rows": [order_row(row) for row in page],
    }
    return render(request, "placement/job_orders.html", shown)


def order_row(row: JobOrder) -> dict[str, Any]:
    """A vacancy as a line: what and where, by whom, under which permit, for how much, until when."""
    return {
        "icon": "briefcase",
        "title": f"{JOBS[row.job] if row.job != 'other' else row.title}, {country_name(row.country)}",
        "detail": " · ".join(order_facts(row)),
    }


def order_facts(row: JobOrder) -> list[str]:
    """What a vacancy says, in the order in which people ask."""
    wage = ""
    if row.wage_amount is not None:
        amount = f"{row.wage_amount:,}".replace(",", ".")
        wage = format_rupiah(row.wage_amount) if row.wage_currency == "IDR" else f"{row.wage_currency} {amount}".strip()
    ages = {"least": row.least_age, "most": row.most_age}
    age = _("umur %(least)s–%(most)s") % ages if row.least_age and row.most_age else ""
    facts = [
        row.agency_name,
        _("izin %s") % row.permit_number if row.permit_number else "",
        EMPLOYER_TYPES.get(row.employer_type, ""),
        _("gaji %s sebulan") % wage if wage else "",
        {"F": _("perempuan"), "M": _("laki-laki")}.get(row.sex, ""),
        age,
        _("kuota %s") % row.quota if row.quota else "",
        _("berlaku sampai %s") % format_date(row.valid_until) if row.valid_until else "",
    ]
    return [fact for fact in facts if fact]
