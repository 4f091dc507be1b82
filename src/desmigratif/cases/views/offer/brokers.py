"""Recruiters: the list for officers and the coordinator, a form from a plan, one complaint to be judged."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desmigratif.access import reads
from desmigratif.access.keys.subject_keys import key_of
from desmigratif.access.permissions import Permission
from desmigratif.access.requests import DeskRequest, own_village
from desmigratif.access.routes import scoped
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.audit.unit import Subject
from desmigratif.cases.forms.offer.brokers import BrokerForm, SettleForm
from desmigratif.cases.models import ENDED, Broker, BrokerReport, Finding, RecruiterComplaint
from desmigratif.cases.queries import case_of
from desmigratif.cases.queries.offer.brokers import brokers_seen
from desmigratif.cases.sealing import broker_phone_place, broker_story_place, opened_text
from desmigratif.cases.views.common import as_desk, goal_of, listed, opened, person_strip
from desmigratif.documents.acting import attempt
from desmigratif.people.rules.phones import display
from desmigratif.regions.queries import today_in, village
from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import NotFoundOrNotYours

PER_PAGE = 50
FAIR = gettext_lazy("Orang yang diadukan juga punya hak: tulis yang diketahui, bukan dugaan. Kabupaten yang menilai.")


@scoped(Permission.BROKER_SEE)
def brokers(request: HttpRequest) -> HttpResponse:
    """Who recruits, the most complained of first."""
    desk = as_desk(request)
    recorded = listed(desk, "brokers.listed")
    page = Paginator(brokers_seen(desk.actor) if recorded else Broker.objects.none(), PER_PAGE)
    here = page.get_page(request.GET.get("hal"))
    rows = [
        {
            "icon": "user-question",
            "title": row.name,
            "detail": " · ".join(
                part for part in (village(row.village_code).near_name, row.hamlet, row.aliases) if part
            ),
            "url": reverse("cases:broker", args=[row.id]),
            "states": [_badge(row.complaints)],  # type: ignore[attr-defined]
        }
        for row in (here if recorded else ())
    ]
    code = own_village(desk.actor)
    may_record = code is not None and desk.actor.may(Permission.BROKER_REPORT, code)
    return render(
        request,
        "cases/offer/brokers.html",
        {"page": here, "page_query": "", "rows": rows, "recorded": recorded, "may_record": may_record},
    )


def _badge(complaints: int) -> dict[str, str]:
    return {"name": "cek" if complaints else "info", "label": _("%s keluhan") % complaints}


@scoped(Permission.BROKER_SEE)
def broker(request: HttpRequest, broker_id: UUID) -> HttpResponse:
    """One recruiter with the complaints, and what came out of each."""
    desk = as_desk(request)
    row = get_or_refuse(Broker.objects.visible_to(desk.actor), id=broker_id)
    recorded = _opened(desk, row)
    key = key_of(row.id) if recorded else None
    phone = opened_text(key, row.phone_sealed, place=broker_phone_place(row.id))
    may_settle = desk.actor.may(Permission.BROKER_SETTLE, row.village_code)
    reports = BrokerReport.objects.visible_to(desk.actor).filter(broker=row).order_by("-on", "-id")
    shown = {
        "row": row,
        "recorded": recorded,
        "facts": [
            {"label": _("Nomor HP"), "value": display(phone) if phone else None},
            {"label": _("Nama lain"), "value": row.aliases if recorded else None},
            {"label": _("Terlihat di"), "value": row.hamlet if recorded else None},
        ],
        "reports": [_report(one, key, may_settle=may_settle) for one in (reports if recorded else ())],
    }
    return render(request, "cases/offer/broker.html", shown)


def _report(one: BrokerReport, key: bytes | None, *, may_settle: bool) -> dict[str, Any]:
    state = {"": "cek", Finding.FOUNDED: "henti", Finding.UNFOUNDED: "aman"}[one.finding]
    return {
        "title": RecruiterComplaint(one.complaint).label,
        "on": format_date(one.on),
        "story": opened_text(key, one.story_sealed, place=broker_story_place(one.id)),
        "state": state,
        "word": Finding(one.finding).label if one.finding else _("Belum diperiksa"),
        "url": reverse("cases:settle_broker_report", args=[one.id]) if may_settle else "",
    }


def _opened(desk: DeskRequest, row: Broker) -> bool:
    about = [Subject("broker", row.id)]
    return reads.opened(desk.actor, "broker.opened", village_code=row.village_code, subjects=about, now=desk.now)


@scoped(Permission.BROKER_REPORT, methods=("GET", "POST"))
def report_broker(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Who recruits this candidate, with or without a complaint."""
    desk = as_desk(request)
    case = case_of(desk.actor, case_id)
    require(desk.actor, Permission.BROKER_REPORT, case.village_code)
    if case.state in ENDED:
        return redirect("cases:case", case.id)
    today = today_in(case.village_code, desk.now)
    form = BrokerForm(request.POST or None, initial={"on": today}, has_plan=True)
    if request.method == "POST" and form.is_valid():
        payload = {**form.payload(), "village_code": case.village_code, "case_id": case.id}
        if attempt(desk, form, "cases.report_broker", payload):
            messages.success(request, _("Perekrut sudah dicatat. Pemeriksaan berikutnya menghitung keluhannya."))
            return redirect("cases:case", case.id)
    shown = {
        "form": form, "case": case, "heading": _("Perekrut"), "lead": FAIR, "submit": _("Simpan perekrut"),
        "goal": goal_of(case), "recorded": opened(desk, case), "person": person_strip(case.resident, today),
    }  # fmt: skip
    return render(request, "cases/right.html", shown)


@scoped(Permission.BROKER_REPORT, methods=("GET", "POST"))
def record_broker(request: HttpRequest) -> HttpResponse:
    """A visitor complains of a recruiter; whoever has no plan is heard, too."""
    desk = as_desk(request)
    code = own_village(desk.actor)
    if code is None:
        raise NotFoundOrNotYours
    require(desk.actor, Permission.BROKER_REPORT, code)
    form = BrokerForm(request.POST or None, initial={"on": today_in(code, desk.now)}, has_plan=False)
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and attempt(desk, form, "cases.report_broker", {**form.payload(), "village_code": code}):
        messages.success(request, _("Perekrut dan keluhannya sudah dicatat."))
        return redirect("cases:brokers")
    return render(request, "cases/offer/record_broker.html", {"form": form, "lead": FAIR})


@scoped(Permission.BROKER_SETTLE, methods=("GET", "POST"))
def settle_broker_report(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """The regency says what came out of a complaint."""
    desk = as_desk(request)
    one = get_or_refuse(BrokerReport.objects.visible_to(desk.actor).select_related("broker"), id=report_id)
    require(desk.actor, Permission.BROKER_SETTLE, one.village_code)
    form = SettleForm(request.POST or None, initial={"on": today_in(one.village_code, desk.now)})
    if request.method == "POST" and form.is_valid():
        payload = {
            "report_id": one.id, "village_code": one.village_code, "on": form.cleaned_data["on"],
            "finding": form.cleaned_data["finding"],
        }  # fmt: skip
        if attempt(desk, form, "cases.settle_broker_report", payload):
            messages.success(request, _("Hasilnya sudah dicatat."))
            return redirect("cases:broker", one.broker_id)
    recorded = _opened(desk, one.broker)
    shown = {
        "form": form,
        "row": one.broker,
        "recorded": recorded,
        "complaint": RecruiterComplaint(one.complaint).label,
    }
    return render(request, "cases/offer/settle_broker.html", shown)
