"""A register sheet on a page: choose it, see what it would do cell by cell, write it, take it back."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from desmigratif.access.permissions import Permission
from desmigratif.access.requests import DeskRequest, act_id_of
from desmigratif.access.routes import scoped
from desmigratif.access.scope import get_or_refuse
from desmigratif.people import uploads
from desmigratif.people.forms import UploadForm
from desmigratif.people.importing import WEB_ROWS, ImportReport, import_file, undo
from desmigratif.people.models import ImportBatch, Resident
from desmigratif.people.queries.lists import batches
from desmigratif.people.rules.register_sheet.row import BY_HEADER
from desmigratif.people.rules.register_sheet.write import template_bytes
from desmigratif.people.uploads import Upload
from desmigratif.people.views.common import as_desk, opened, village_for
from desmigratif.shared.content_types import XLSX
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import NotFoundOrNotYours, Refusal

PER_PAGE = 100  # cell messages


@scoped(Permission.RESIDENT_IMPORT, methods=("GET", "POST"))
def upload(request: HttpRequest) -> HttpResponse:
    """Choose a sheet: it is read and tried at once, and nothing is written."""
    desk = as_desk(request)
    village_code = village_for(desk.actor, Permission.RESIDENT_IMPORT)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sheet = form.cleaned_data["sheet"]
        content = sheet.read()
        report = import_file(content, village_code, by=desk.actor, now=desk.now, row_limit=WEB_ROWS)
        if not report.file_refused:
            return _keep(desk, village_code, content, sheet.name, report)
        _say_why(form, report)
    shown = {"form": form, "batches": batches(desk.actor)[:5]}
    return render(request, "people/import_upload.html", shown)


def _say_why(form: UploadForm, report: ImportReport) -> None:
    """The file as a whole is refused: one sentence each, with row and column where there is one."""
    for error in report.errors[:10]:
        place = _("Baris %(row)s: ") % {"row": error.row} if error.row else ""
        form.add_error("sheet", f"{place}{error.message}")


def _keep(desk: DeskRequest, village_code: str, content: bytes, name: str, report: ImportReport) -> HttpResponse:
    batch_id = new_id()
    kept = Upload(content, name[-120:], report.as_dict())
    uploads.keep(batch_id, kept, owner_id=desk.actor.id, village_code=village_code, now=desk.now)
    return redirect("people:import_batch", batch_id)


@scoped(Permission.RESIDENT_IMPORT, methods=("GET", "POST"))
def batch(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Before: what the sheet would do, and the button that does it. After: what it did."""
    desk = as_desk(request)
    written = batches(desk.actor).filter(id=batch_id).first()
    if written is not None:
        return render(request, "people/import_done.html", {"batch": written, "figures": _figures_of(written)})
    village_code = village_for(desk.actor, Permission.RESIDENT_IMPORT)
    kept = uploads.fetch(batch_id, owner_id=desk.actor.id, village_code=village_code, now=desk.now)
    if kept is None:
        messages.warning(request, _("Berkas itu sudah tidak disimpan lagi. Pilih berkasnya sekali lagi."))
        return redirect("people:import")
    if request.method == "POST":
        return _write(desk, village_code, batch_id, kept)
    return render(request, "people/import_report.html", _report(request, batch_id, kept))


def _write(desk: DeskRequest, village_code: str, batch_id: UUID, kept: Upload) -> HttpResponse:
    try:
        report = import_file(
            kept.content,
            village_code,
            by=desk.actor,
            now=desk.now,
            commit=True,
            skip_errors=desk.POST.get("lewati") == "ya",
            row_limit=WEB_ROWS,
            file_name=kept.file_name,
            via="desk",
            batch_id=batch_id,
        )
    except Refusal as refusal:
        messages.error(desk, refusal.reasons[0].text)
        return redirect("people:import_batch", batch_id)
    if report.batch is None:
        messages.error(desk, _("Belum ada yang ditulis: masih ada baris yang salah."))
        return redirect("people:import_batch", batch_id)
    uploads.drop(batch_id)
    messages.success(desk, _("Register sudah dimasukkan."))
    return redirect("people:import_batch", batch_id)


def _report(request: HttpRequest, batch_id: UUID, kept: Upload) -> dict[str, Any]:
    report = kept.report
    errors, warnings = report["errors"], report["warnings"]
    lines = [_line(message, "henti") for message in errors] + [_line(message, "cek") for message in warnings]
    wrong_rows = len({error["row"] for error in errors})
    return {
        "batch_id": batch_id,
        "file_name": kept.file_name,
        "report": report,
        "figures": [
            {"label": _("Warga baru"), "value": report["new"]},
            {"label": _("Berubah"), "value": report["changed"]},
            {"label": _("Tetap"), "value": report["unchanged"]},
            {"label": _("Baris salah"), "value": wrong_rows},
            {"label": _("Perlu dicek"), "value": len(warnings)},
        ],
        "page": Paginator(lines, PER_PAGE).get_page(request.GET.get("hal")),
        "by_column": Counter(line["column"] for line in lines).most_common(8),
        "wrong_rows": wrong_rows,
        "writable": report["rows"] - wrong_rows,
    }


def _line(message: dict[str, Any], state: str) -> dict[str, Any]:
    column = BY_HEADER.get(message["column"])
    return {
        "row": message["row"],
        "column": message["column"],
        "label": column.label if column else message["column"],
        "text": message["message"],
        "state": state,
    }


def _figures_of(written: ImportBatch) -> list[dict[str, Any]]:
    return [
        {"label": _("Warga baru"), "value": written.new_count},
        {"label": _("Berubah"), "value": written.changed_count},
        {"label": _("Tetap"), "value": written.unchanged_count},
        {"label": _("Perlu dicek"), "value": written.warning_count},
    ]


@scoped(Permission.RESIDENT_IMPORT)
def template(request: HttpRequest) -> HttpResponse:
    """An empty sheet with its explanation."""
    answer = HttpResponse(template_bytes(), content_type=XLSX)
    answer.headers["Content-Disposition"] = 'attachment; filename="contoh-register-desa.xlsx"'
    return answer


@scoped(Permission.RESIDENT_IMPORT)
def history(request: HttpRequest) -> HttpResponse:
    """Every import of the village, newest first."""
    page = Paginator(batches(as_desk(request).actor), 50).get_page(request.GET.get("hal"))
    return render(request, "people/import_history.html", {"page": page})


@scoped(Permission.RESIDENT_IMPORT, methods=("GET", "POST"))
def undo_batch(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Take an import back after one question; who was used since stays and is named."""
    desk = as_desk(request)
    written = get_or_refuse(batches(desk.actor), id=batch_id)
    if request.method == "POST":
        try:
            report = undo(batch_id, by=desk.actor, now=desk.now, via="desk", act_id=act_id_of(request))
        except NotFoundOrNotYours:
            raise
        except Refusal as refusal:
            messages.error(request, refusal.reasons[0].text)
            return redirect("people:import_batch", batch_id)
        return render(request, "people/import_undone.html", _undone(desk, written, report.as_dict()))
    if written.undone_on is not None:  # nothing is left to ask
        messages.info(request, _("Impor ini sudah dibatalkan."))
        return redirect("people:import_batch", batch_id)
    confirm = {
        "icon": "arrow-back-up",
        "title": _("Batalkan impor ini?"),
        "effects": [
            _("Warga yang baru dari impor ini dihapus, kecuali yang sudah dipakai."),
            _("Data yang diubahnya kembali seperti semula, kecuali yang sudah diubah lagi."),
            _("Yang sudah dipakai tetap ada dan disebut satu per satu."),
        ],
        "action": request.path,
        "submit": _("Batalkan impor"),
        "hidden": {"act_id": new_id()},
        "back_url": reverse("people:import_batch", args=[batch_id]),
        "stop": True,
    }
    return render(request, "people/import_undo.html", {"batch": written, "confirm": confirm})


_WHY = {
    "changed_since": lazy("sudah diubah lagi"),
    "used_since": lazy("sudah dipakai dalam pelayanan"),
    "home_changed_since": lazy("alamat keluarganya sudah diubah lagi"),
}


def _undone(desk: DeskRequest, written: ImportBatch, report: dict[str, Any]) -> dict[str, Any]:
    ids = [UUID(line["resident_id"]) for line in report["kept"][:200]]
    rows = {str(row.id): row for row in Resident.objects.visible_to(desk.actor).filter(id__in=ids)}
    if rows:
        opened(desk, "residents.listed", written.village_code)
    kept = [
        {
            "title": rows[line["resident_id"]].shown_name if line["resident_id"] in rows else _("Warga"),
            "url": reverse("people:resident", args=[line["resident_id"]]),
            "detail": _("Baris %(row)s: %(why)s") % {"row": line["row"], "why": _WHY[line["code"]]},
            "icon": "user-check",
        }
        for line in report["kept"][:200]
    ]
    return {"batch": written, "report": report, "kept": kept, "kept_count": len(report["kept"])}
