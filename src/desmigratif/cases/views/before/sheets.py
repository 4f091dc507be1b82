"""Paper sheets: print a stack, type one in, write one off, see what did not come back."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission
from desmigratif.access.requests import DeskRequest, own_village
from desmigratif.access.routes import scoped
from desmigratif.access.scope import require
from desmigratif.cases.forms.before.sheets import FindSheetForm, PrintSheetsForm, SpoilSheetForm
from desmigratif.cases.models import Sheet, SheetKind, SheetSpoiled
from desmigratif.cases.queries import open_case_id
from desmigratif.cases.queries.before.sheets import (
    next_blank,
    sheet_counts,
    sheet_numbered,
    sheet_text,
    sheets_of_batch,
    sheets_seen,
    why_not_usable,
)
from desmigratif.cases.rules.before.sheets import keep_days
from desmigratif.cases.sheet_press import printed
from desmigratif.cases.views.before.from_sheet import DAY, LAST, SHEET, day_before
from desmigratif.cases.views.common import as_desk, listed
from desmigratif.documents.acting import attempt
from desmigratif.people.queries.search import Found, search_residents
from desmigratif.regions.queries import today_in, village
from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import NotFoundOrNotYours, Reason

PER_PAGE = 50
PEOPLE_SHOWN = 12
START = "#dari-lembar"  # whoever works by keyboard is at the first question at once
OF_A_PLAN = {
    SheetKind.OFFER: "cases:check_offer",
    SheetKind.TALK: "cases:record_family_talk",
    SheetKind.DEPARTURE: "cases:record_departure",
}


def _village(desk: DeskRequest) -> str:
    """The one village this person works in. Raises `NotFoundOrNotYours`."""
    code = own_village(desk.actor)
    if code is None:
        raise NotFoundOrNotYours
    require(desk.actor, Permission.VISIT_RECORD, code)
    return code


@scoped(Permission.VISIT_RECORD)
def sheets(request: HttpRequest) -> HttpResponse:
    """The stock by state; the oldest blank sheet first."""
    desk = as_desk(request)
    today = today_in(_village(desk), desk.now)
    counts = sheet_counts(desk.actor, today)
    words = {
        "kosong": _("Kosong"), "belum-kembali": _("Belum kembali"), "masuk": _("Sudah dimasukkan"),
        "coret": _("Dicoret"),
    }  # fmt: skip
    asked = request.GET.get("pilih", "")
    chosen = asked if asked in words else "kosong"
    here = reverse("cases:sheets")
    page = Paginator(sheets_seen(desk.actor, chosen, today), PER_PAGE).get_page(request.GET.get("hal"))
    shown = {
        "chips": [
            {"label": word, "url": f"{here}?pilih={code}", "current": code == chosen,
             "count": counts[code.replace("-", "_")]}
            for code, word in words.items()
        ],
        "rows": [_row(sheet) for sheet in page],
        "page": page,
        "page_query": f"pilih={chosen}&",
        "chosen": chosen,
        "keep_days": keep_days(today),
    }  # fmt: skip
    return render(request, "cases/before/sheets.html", shown)


def _row(sheet: Sheet) -> dict[str, Any]:
    row = {"icon": "file-text", "title": f"{sheet_text(sheet)} · {SheetKind(sheet.kind).label}"}
    if sheet.entered_on:
        url = reverse("cases:case", args=[sheet.case_id]) if sheet.case_id else ""
        return row | {"detail": _("Dimasukkan %s") % format_date(sheet.entered_on), "url": url}
    if sheet.spoiled_on:
        words = {"day": format_date(sheet.spoiled_on), "why": SheetSpoiled(sheet.spoiled_because).label}
        return row | {"detail": _("Dicoret %(day)s: %(why)s") % words}
    url = f"{reverse('cases:find_sheet')}?{urlencode({'nomor': sheet_text(sheet)})}"
    return row | {"detail": _("Dicetak %s") % format_date(sheet.printed_on), "url": url}


@scoped(Permission.VISIT_RECORD, methods=("GET", "POST"))
def print_sheets(request: HttpRequest) -> HttpResponse:
    """A stack of blank sheets; its PDF comes next and can be opened again."""
    desk = as_desk(request)
    code = _village(desk)
    form = PrintSheetsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        payload = {
            "batch_id": form.cleaned_data["record_id"], "village_code": code, "on": today_in(code, desk.now),
            "kind": form.cleaned_data["kind"], "count": form.cleaned_data["count"],
        }  # fmt: skip
        if attempt(desk, form, "cases.print_sheets", payload):
            return redirect("cases:sheet_stack", payload["batch_id"])
    return render(request, "cases/before/print_sheets.html", {"form": form})


@scoped(Permission.VISIT_RECORD)
def sheet_stack(request: HttpRequest, stack_id: UUID) -> HttpResponse:
    """The blank sheets of a stack as PDF. Nobody's data stands on them."""
    desk = as_desk(request)
    stack = sheets_of_batch(desk.actor, stack_id)
    if not stack:
        raise NotFoundOrNotYours
    place = village(stack[0].village_code)
    pdf = printed(stack, village_name=place.near_name, today=today_in(stack[0].village_code, desk.now))
    name = f"lembar-{sheet_text(stack[0])}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "no-store, private"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@scoped(Permission.VISIT_RECORD)
def find_sheet(request: HttpRequest) -> HttpResponse:
    """From the number of a sheet, and a name, to the form of its kind."""
    desk = as_desk(request)
    code = _village(desk)
    today = today_in(code, desk.now)
    last = sheet_numbered(desk.actor, code, request.GET.get(LAST, "")) if LAST in request.GET else None
    done = last if isinstance(last, Sheet) and last.entered_on else None
    form = FindSheetForm(request.GET if "nomor" in request.GET else None, initial=_next(desk, done))
    shown: dict[str, Any] = {"form": form, **(_done(done) if done else {})}
    if form.is_bound and form.is_valid():
        found = sheet_numbered(desk.actor, code, form.cleaned_data["nomor"])
        why = found if isinstance(found, Reason) else why_not_usable(found)
        if why is not None:
            form.add_error("nomor", " ".join(filter(None, (why.text, why.way_out))))
        elif isinstance(found, Sheet):
            shown |= _whom(desk, found, form, today)
    return render(request, "cases/before/find_sheet.html", shown)


def _next(desk: DeskRequest, done: Sheet | None) -> dict[str, Any]:
    """The number under the sheet that was entered, and its day: a stack is worked through from above."""
    after = next_blank(desk.actor, done) if done else None
    return {"nomor": sheet_text(after) if after else "", "tanggal": (day_before(desk) or "") if done else ""}


def _done(sheet: Sheet) -> dict[str, Any]:
    """What was entered just now, and where to see it."""
    url = reverse("cases:case", args=[sheet.case_id]) if sheet.case_id else reverse("cases:visits")
    return {"done": sheet_text(sheet), "done_url": url, "done_is_visit": sheet.kind == SheetKind.VISIT}


def _whom(desk: DeskRequest, sheet: Sheet, form: FindSheetForm, today: date) -> dict[str, Any]:
    """Who the sheet is about: people of that name, each leading to the form; a visitor may be a stranger."""
    name = form.cleaned_data["nama"].strip()
    day = form.cleaned_data["tanggal"]
    number = urlencode({SHEET: sheet_text(sheet), **({DAY: day} if day else {})})
    is_visit = sheet.kind == SheetKind.VISIT
    shown: dict[str, Any] = {"sheet": sheet, "number": sheet_text(sheet), "kind": SheetKind(sheet.kind).label}
    if is_visit:
        shown["stranger_url"] = f"{reverse('cases:record_visit')}?{number}{START}"
    if not name:
        if not is_visit:
            form.add_error("nama", _("Tulis nama calon yang tertulis di lembar ini."))
        return shown
    shown["asked"] = True
    if not listed(desk, "residents.searched"):
        return shown | {"recorded": False}
    people = search_residents(desk.actor, name, today=today, limit=PEOPLE_SHOWN)
    shown["more"] = len(people) == PEOPLE_SHOWN
    return shown | {"recorded": True, "rows": [_person(desk, sheet, found, number) for found in people]}


def _person(desk: DeskRequest, sheet: Sheet, found: Found, number: str) -> dict[str, Any]:
    row = {"initials": found.name, "title": found.name, "detail": _about(found)}
    if sheet.kind == SheetKind.VISIT:
        return row | {"url": f"{reverse('cases:record_visit')}?warga={found.id}&{number}{START}"}
    case_id = open_case_id(desk.actor, found.id)
    if sheet.kind == SheetKind.INTENTION:
        if case_id:
            return row | {
                "detail": _("Sudah punya rencana yang berjalan"),
                "url": reverse("cases:case", args=[case_id]),
            }
        return row | {"url": f"{reverse('cases:open_case')}?warga={found.id}&{number}{START}"}
    if case_id is None:
        return row | {"detail": _("Belum punya rencana. Masukkan dulu lembar Niat bekerja.")}
    return row | {"url": f"{reverse(OF_A_PLAN[SheetKind(sheet.kind)], args=[case_id])}?{number}{START}"}


def _about(found: Found) -> str:
    """Enough to tell two people of one name apart: age and hamlet."""
    age = _("%s tahun") % found.age if found.age is not None else ""
    return ", ".join(filter(None, (age, found.hamlet, f"RT {found.rt}" if found.rt else "")))


@scoped(Permission.VISIT_RECORD, methods=("GET", "POST"))
def spoil_sheet(request: HttpRequest) -> HttpResponse:
    """A sheet that will not be entered is written off with its reason."""
    desk = as_desk(request)
    code = _village(desk)
    form = SpoilSheetForm(request.POST or None, initial={"number": request.GET.get(SHEET, "")})
    if request.method == "POST" and form.is_valid():
        payload = {
            "village_code": code, "on": today_in(code, desk.now),
            "number": form.cleaned_data["number"], "because": form.cleaned_data["because"],
        }  # fmt: skip
        if attempt(desk, form, "cases.spoil_sheet", payload):
            messages.success(request, _("Lembar sudah dicoret."))
            return redirect("cases:sheets")
    return render(request, "cases/before/spoil_sheet.html", {"form": form})
