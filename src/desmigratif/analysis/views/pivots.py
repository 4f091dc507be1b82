"""The analyst's desk: a pivot whose whole state is its address, what is kept of them, and the files."""

from __future__ import annotations

from datetime import date
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission as P
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import scoped
from desmigratif.analysis import queries
from desmigratif.analysis.forms import KeptForm, PivotForm, SaveForm, said_of
from desmigratif.analysis.models import SavedPivot
from desmigratif.analysis.rules import state
from desmigratif.analysis.rules.files import Origin, as_csv, as_xlsx
from desmigratif.analysis.rules.state import Pivot
from desmigratif.analysis.rules.table import Table
from desmigratif.analysis.views.shown import shown_table
from desmigratif.documents.acting import ActForm, attempt
from desmigratif.programme.rules.steps import types_on
from desmigratif.regions.queries import today_in
from desmigratif.shared.content_types import XLSX
from desmigratif.shared.reasons import Reason

FILES = {
    "tabel.xlsx": (as_xlsx, XLSX),
    "tabel.csv": (as_csv, "text/csv; charset=utf-8"),
}
OLD_PAGE = "Halamannya sudah lama terbuka. Coba sekali lagi."
SAID = {
    "share": "Tabel ini sekarang terlihat oleh kantor Anda; tiap orang melihat sesuai wewenangnya.",
    "unshare": "Tabel ini sekarang hanya terlihat oleh Anda.",
    "rename": "Nama tabel sudah diganti.",
    "delete": "Tabel dihapus. Alamat yang sudah disalin orang tetap bisa dibuka.",
}


@scoped(P.FIGURES_SEE, methods=("GET", "POST"))
def pivots(request: HttpRequest) -> HttpResponse:
    """The table that the address says and what one keeps; a POST keeps it. `berkas`: as a file."""
    desk = cast(DeskRequest, request)
    today, home = _here(desk)
    programmes = tuple(types_on(today))
    asked = {key: desk.GET.getlist(key) for key in state.KEYS if key in desk.GET}
    pivot, reasons = state.read(asked, home=home, today=today, programmes=programmes)
    save = SaveForm(desk.POST or None)
    if desk.method == "POST" and save.is_valid():
        given = {
            "pivot_id": save.cleaned_data["record_id"],
            "title": save.cleaned_data["title"],
            "query": pivot.query(),
        }
        if not reasons and attempt(desk, save, "analysis.save_pivot", given):
            messages.success(desk, _("Tabel disimpan. Hanya Anda yang melihatnya, sampai Anda membagikannya."))
            return redirect("analysis:pivot", save.cleaned_data["record_id"])
    typed = {key: values[-1] for key, values in asked.items() if reasons and values and key != state.INDICATOR}
    return _answer(desk, pivot, reasons, {"form": save, "typed": typed, "home": home, "today": today})


@scoped(P.FIGURES_SEE, methods=("GET", "POST"))
def kept_pivot(request: HttpRequest, pivot_id: UUID) -> HttpResponse:
    """One that is kept, as its reader may see it; its owner names it anew, shares it, throws it away."""
    desk = cast(DeskRequest, request)
    kept = queries.saved_pivot(desk.actor, pivot_id)
    if desk.method == "POST":
        return _step(desk, kept)
    today, home = _here(desk)
    pivot, reasons = state.pivot_from(kept.query, home=home, today=today, programmes=tuple(types_on(today)))
    mine = kept.user_id == desk.actor.id
    more = {
        "kept": kept, "mine": mine, "today": today, "home": home, "typed": {},
        "form": KeptForm(initial={"title": kept.title}) if mine else None,
    }  # fmt: skip
    return _answer(desk, pivot, reasons, more)


def _here(desk: DeskRequest) -> tuple[date, str]:
    """(today, the widest region whose figures this person sees)."""
    home = desk.actor.regions_for(P.FIGURES_SEE)[0]
    return today_in(home, desk.now), home


def _step(desk: DeskRequest, kept: SavedPivot) -> HttpResponse:
    form = KeptForm(desk.POST)
    step = form.cleaned_data["step"] if form.is_valid() else ""
    acts: dict[str, tuple[str, dict[str, Any]]] = {
        "rename": ("analysis.rename_pivot", {"title": form.data.get("title", "")}),
        "share": ("analysis.share_pivot", {"is_shared": True}),
        "unshare": ("analysis.share_pivot", {"is_shared": False}),
        "delete": ("analysis.delete_pivot", {}),
    }
    if step not in acts:
        messages.error(desk, _said(form) or _(OLD_PAGE))
        return redirect("analysis:pivot", kept.id)
    name, more = acts[step]
    if not attempt(desk, form, name, {"pivot_id": kept.id, **more}):
        messages.error(desk, _said(form))
        return redirect("analysis:pivot", kept.id)
    messages.success(desk, _(SAID[step]))
    return redirect("analysis:pivots") if step == "delete" else redirect("analysis:pivot", kept.id)


def _said(form: ActForm) -> str:
    """Everything that was said against a form, as one text."""
    of_fields = [str(error) for errors in form.errors.values() for error in errors]
    return " ".join([*of_fields, *(f"{one.text} {one.way_out}".strip() for one in form.refusal)])


def _answer(desk: DeskRequest, pivot: Pivot, reasons: list[Reason], more: dict[str, Any]) -> HttpResponse:
    """The page, or a file of its table."""
    table, place = None, None
    if not reasons:
        try:
            place = queries.place_of(desk.actor, pivot.region)
            table = queries.table_of(desk.actor, pivot, place, more["today"])
        except queries.CannotShow as refusal:
            reasons = list(refusal.reasons)
    wanted = desk.GET.get("berkas", "")
    if table is not None and wanted in FILES:
        return _file(desk, table, wanted)
    programmes = {code: str(row["label"]) for code, row in types_on(more["today"]).items()}
    shown = {
        **more,
        "builder": PivotForm(said_of(pivot, more["typed"]), programmes=programmes, reasons=reasons),
        "extracts_url": reverse("extracts:extracts") if desk.actor.may_anywhere(P.EXTRACT_SEE) else "",
        "for_everybody": True,  # what is printed names nobody
        "query": pivot.query(), "list_rows": _kept_rows(desk), "here": reverse("analysis:pivots"),
        **(shown_table(desk, table, place) if table is not None and place is not None else {}),
    }  # fmt: skip
    return render(desk, "analysis/pivots.html", shown)


def _file(desk: DeskRequest, table: Table, name: str) -> HttpResponse:
    make, content_type = FILES[name]
    address = desk.build_absolute_uri(f"{reverse('analysis:pivots')}?{table.pivot.query()}")
    ending = name.rpartition(".")[2]
    headers = {
        "Content-Disposition": f'attachment; filename="tabel-silang-{table.pivot.region}.{ending}"',
        "Cache-Control": "no-store, private",
    }
    return HttpResponse(make(table, Origin(address)), content_type=content_type, headers=headers)


def _kept_rows(desk: DeskRequest) -> list[dict[str, Any]]:
    """What one keeps, then what one's office shares."""
    rows = []
    for one, owner in queries.saved_pivots(desk.actor):
        if owner:
            detail = _("dibagikan oleh %s") % owner
        else:
            detail = _("dibagikan ke kantor") if one.is_shared else _("hanya untuk Anda")
        rows.append({"title": one.title, "detail": detail, "url": reverse("analysis:pivot", args=[one.id])})
    return rows
