"""Pages of extracts: the register, asking, one extract with its next step, and a found file."""

from __future__ import annotations

import re
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission as P
from desmigratif.access.reads import opened
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import scoped
from desmigratif.access.scope import require
from desmigratif.audit.unit import Subject
from desmigratif.documents.acting import ActForm, attempt
from desmigratif.extracts import forms, queries, sealing
from desmigratif.extracts.found import UnreadableFile, text_of
from desmigratif.extracts.making import columns_of, place_name
from desmigratif.extracts.models import Extract
from desmigratif.extracts.registry import SOURCES
from desmigratif.extracts.rules import asking as rules
from desmigratif.extracts.rules.files import MAKERS, TYPES, rows_in
from desmigratif.extracts.rules.ladders import rung_label, rungs_of
from desmigratif.extracts.rules.marks import extracts_marked, print_of
from desmigratif.regions.queries import today_in
from desmigratif.shared.crypto import CannotOpen
from desmigratif.shared.dated import value_on
from desmigratif.shared.dates import format_date
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import NotFoundOrNotYours

BOTH = ("GET", "POST")
PER_PAGE = 15
NAME = re.compile(r"EKS-\d{4}-(\d{4,9})")


@scoped(P.EXTRACT_SEE)
def extracts(request: HttpRequest) -> HttpResponse:
    """The register of one's regions, what waits for oneself, and the way to ask."""
    desk = cast(DeskRequest, request)
    ask, may_ask = reverse("extracts:ask_extract"), desk.actor.may_anywhere(P.EXTRACT_ASK)
    page = Paginator(queries.register_of(desk.actor), PER_PAGE).get_page(desk.GET.get("hal"))
    may_decide = desk.actor.may_anywhere(P.EXTRACT_APPROVE)
    waiting = list(queries.waiting_for(desk.actor)[:PER_PAGE]) if may_decide else []
    shown = {
        "page": page,
        "rows": [_row(one) for one in page],
        "waiting": [_row(one) for one in waiting],
        "subjects": [
            {"label": one.label, "means": one.means, "url": f"{ask}?pokok={one.code}"} for one in SOURCES.values()
        ] if may_ask else [],
    }  # fmt: skip
    return render(desk, "extracts/extracts.html", shown)


def _row(one: Extract) -> dict[str, Any]:
    title = f"{SOURCES[one.subject].label}, {place_name(one.region_code)}"
    detail = f"{one.name} · {one.asked_name} · {_days(one)}"
    if one.row_count is not None:
        detail += " · " + _("%s baris") % f"{one.row_count:,}".replace(",", ".")
    return {
        "icon": "file-spreadsheet", "title": title, "detail": detail,
        "url": reverse("extracts:extract", args=[one.id]),
        "states": [{"name": rules.LOOKS[one.state], "label": rules.STATES[one.state]}],
    }  # fmt: skip


def _days(one: Extract) -> str:
    if one.state == rules.READY and one.expires_on:
        return _("sampai %s") % format_date(one.expires_on)
    if one.ended_on:
        return _("berakhir %s") % format_date(one.ended_on)
    return _("diminta %s") % format_date(one.asked_on)


@scoped(P.EXTRACT_ASK, methods=BOTH)
def ask_extract(request: HttpRequest) -> HttpResponse:
    """The form of one subject: `?pokok=departures&wilayah=33`. Raises `NotFoundOrNotYours`."""
    desk = cast(DeskRequest, request)
    source = SOURCES.get(desk.GET.get("pokok", "departures"))
    region = desk.GET.get("wilayah") or desk.actor.regions_for(P.EXTRACT_ASK)[0]
    require(desk.actor, P.EXTRACT_ASK, region)
    if source is None:
        raise NotFoundOrNotYours
    today = today_in(region, desk.now)
    form = forms.AskForm(desk.POST or None, source=source, today=today)
    if desk.method == "POST" and form.is_valid():
        given = {**form.payload(), "subject": source.code, "region_code": region}
        if attempt(desk, form, "extracts.ask_extract", given):
            messages.success(desk, _("Permintaan tersimpan dan menunggu petugas pelindungan data."))
            return HttpResponseRedirect(reverse("extracts:extract", args=[form.cleaned_data["record_id"]]))
    back = f"{reverse('extracts:ask_extract')}%3Fpokok%3D{source.code}"
    shown = {
        "form": form, "source": source, "region_name": place_name(region), "group": value_on("extracts.group", today),
        "choose_url": f"{reverse('regions:choose')}?sampai=4&kembali={back}",
    }  # fmt: skip
    return render(desk, "extracts/ask_extract.html", shown)


@scoped(P.EXTRACT_SEE, methods=BOTH)
def extract(request: HttpRequest, extract_id: UUID) -> HttpResponse:
    """One extract: what, for whom, what for, and the next step for whoever is next."""
    desk = cast(DeskRequest, request)
    found = queries.extract_of(desk.actor, extract_id)
    here = reverse("extracts:extract", args=[found.id])
    if desk.method != "POST":
        return _page(desk, found, _deciding(desk, found))
    step = desk.POST.get("langkah")
    is_mine = found.asked_by == desk.actor.id and desk.actor.may(P.EXTRACT_ASK, found.region_code)
    if is_mine and step == "ambil":
        return _take(desk, found)
    if is_mine and step == "selesai":
        return _give_back(desk, found, here)
    form = _deciding(desk, found)
    if form is None:
        messages.error(desk, _("Ekstrak ini tidak sedang menunggu Anda: %s.") % rules.STATES[found.state].lower())
        return HttpResponseRedirect(here)
    if form.is_valid():
        verb = form.cleaned_data["decision"]
        given = {"extract_id": found.id, "remark": form.cleaned_data["remark"]}
        if attempt(desk, form, f"extracts.{verb}_extract", given):
            said = {
                "approve": _("Disetujui; berkasnya sudah dibuat."),
                "refuse": _("Ditolak; peminta melihat alasannya."),
            }[verb]
            messages.success(desk, said)
            return HttpResponseRedirect(here)
    return _page(desk, found, form)


def _deciding(desk: DeskRequest, found: Extract) -> forms.DecideForm | None:
    """The form of whoever may say yes or no to it now."""
    is_next = found.state == rules.WAITING and found.asked_by != desk.actor.id
    if not is_next or not desk.actor.may(P.EXTRACT_APPROVE, found.region_code):
        return None
    return forms.DecideForm(desk.POST or None)


def _page(
    desk: DeskRequest, found: Extract, form: forms.DecideForm | None, problem: ActForm | None = None
) -> HttpResponse:
    today = today_in(found.region_code, desk.now)
    source = SOURCES[found.subject]
    is_mine = found.asked_by == desk.actor.id and desk.actor.may(P.EXTRACT_ASK, found.region_code)
    group = value_on("extracts.group", today)
    shown = {
        "extract": found, "source": source, "place": place_name(found.region_code),
        "state": {"name": rules.LOOKS[found.state], "label": rules.STATES[found.state]},
        "ground": value_on("extracts.grounds", today)[found.ground],
        "columns": _columns(found), "withheld": rules.few_words(found.withheld_count or 0, group), "group": group,
        "form": form,
        "others": [{"name": one.name, "who": one.asked_name} for one in queries.meeting(desk.actor, found)]
        if form is not None else [],
        "refusal": problem.refusal if problem else [],
        "takings": list(found.takings.order_by("number")) if found.taken_count else [],
        "left": value_on("extracts.downloads", today) - found.taken_count,
        "take_id": new_id() if is_mine and found.state == rules.READY else None,
        "end_id": new_id() if is_mine and found.state in (rules.READY, rules.WAITING) else None,
    }  # fmt: skip
    return render(desk, "extracts/extract.html", shown)


def _columns(found: Extract) -> list[dict[str, str]]:
    """The columns, and how coarsely they were written once there is a file."""
    return [
        {
            "label": one.label, "means": one.means,
            "written": rung_label(one, found.levels[one.code], len(rungs_of(one, [], found.region_code, 1)))
            if one.code in found.levels else "",
        }
        for one in columns_of(found.subject, found.columns)
    ]  # fmt: skip


def _take(desk: DeskRequest, found: Extract) -> HttpResponse:
    """Count it, then hand the file out. The id is made here, so that a post sent twice is counted twice or refused."""
    form, way = ActForm(desk.POST), desk.POST.get("bentuk", "")
    way = way if way in TYPES else "csv"
    given = {"extract_id": found.id, "taking_id": new_id(), "form": way}
    try:
        sheet = sealing.sheet_of(found)
    except CannotOpen:
        messages.error(desk, _("Berkas ini rusak dan tidak diberikan. Beri tahu pengelola; minta ekstrak baru."))
        return HttpResponseRedirect(reverse("extracts:extract", args=[found.id]))
    if not form.is_valid() or not attempt(desk, form, "extracts.take_extract", given) or sheet is None:
        found.refresh_from_db()
        return _page(desk, found, None, form)
    ending, content_type = TYPES[way]
    headers = {
        "Content-Disposition": f'attachment; filename="{sheet.name}.{ending}"', "Cache-Control": "no-store, private",
    }  # fmt: skip
    return HttpResponse(MAKERS[way](sheet), content_type=content_type, headers=headers)


def _give_back(desk: DeskRequest, found: Extract, here: str) -> HttpResponse:
    form = ActForm(desk.POST)
    if form.is_valid() and attempt(desk, form, "extracts.withdraw_extract", {"extract_id": found.id}):
        gone = _("Berkasnya sudah dimusnahkan. Hapus juga salinan Anda.")
        messages.success(desk, _("Permintaan dibatalkan.") if found.state == rules.WAITING else gone)
    else:
        messages.error(desk, _("Halamannya sudah lama terbuka. Coba sekali lagi."))
    return HttpResponseRedirect(here)


@scoped(P.EXTRACT_SEE, methods=BOTH)
def check_file(request: HttpRequest) -> HttpResponse:
    """Which extract a found file comes from, by the marks in its rows, their order, or the number that it says."""
    desk = cast(DeskRequest, request)
    form = forms.FoundFileForm(desk.POST or None, desk.FILES or None)
    shown: dict[str, Any] = {"form": form}
    if desk.method == "POST" and form.is_valid():
        try:
            found, sure = _named_by(desk, text_of(form.cleaned_data["found"]))
        except UnreadableFile:
            form.add_error("found", _("Berkas ini tidak bisa dibaca. Kirim CSV, Excel, atau ZIP tanpa sandi."))
        else:
            subjects = [Subject("extract", one.id) for one in found]
            opened(desk.actor, "extract.file_checked", village_code="", subjects=subjects, now=desk.now)
            shown |= {"checked": True, "sure": sure, "found": [{**_row(one), "extract": one} for one in found]}
    return render(desk, "extracts/check_file.html", shown)


def _named_by(desk: DeskRequest, text: str) -> tuple[list[Extract], bool]:
    """The extracts that a text comes from, and whether that is proven or only what the file says of itself."""
    if marked := extracts_marked(sealing.mark_key(), text):
        return queries.numbered(desk.actor, set(marked)), True
    if found := queries.with_print(desk.actor, print_of(sealing.order_key(), rows_in(text))):
        return found, True
    return queries.numbered(desk.actor, {int(number) for number in NAME.findall(text)[:20]}), False
