"""Loading a national list on a page: choose it, see what is wrong with it row by row, keep it."""

from __future__ import annotations

from datetime import date
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import scoped
from desmigratif.people import uploads
from desmigratif.people.uploads import Upload
from desmigratif.placement.forms import LoadForm
from desmigratif.placement.loading import WEB, ListFile, LoadReport, load_file
from desmigratif.placement.models import ListKind
from desmigratif.placement.rules.columns import COLUMNS
from desmigratif.placement.views import here_and_today
from desmigratif.regions.queries import region_name
from desmigratif.shared.dates import format_date
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Refusal

_MOST_LINES = 200


@scoped(Permission.LIST_LOAD, methods=("GET", "POST"))
def load(request: HttpRequest) -> HttpResponse:
    """Choose a file: it is read and tried at once, and nothing is written."""
    desk = cast(DeskRequest, request)
    code, today = here_and_today(desk, Permission.LIST_LOAD)
    form = LoadForm(request.POST or None, request.FILES or None, today=today, initial={"as_of": today})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        file = ListFile(data["kind"], data["sheet"].read(), data["sheet"].name, code, data["as_of"], data["source"])
        report = load_file(file, by=desk.actor, now=desk.now, limits=WEB)
        return _keep(desk, file, report)
    columns = [(kind.label, ", ".join(column.header for column in COLUMNS[kind])) for kind in ListKind]
    return render(request, "placement/load.html", {"form": form, "columns": columns, "place": region_name(code)})


def _keep(desk: DeskRequest, file: ListFile, report: LoadReport) -> HttpResponse:
    upload_id = new_id()
    said = {"kind": file.kind, "as_of": file.as_of.isoformat(), "source": file.source, "report": report.as_dict()}
    kept = Upload(file.content, file.name[-120:], said)
    uploads.keep(upload_id, kept, owner_id=desk.actor.id, village_code=file.region_code, now=desk.now)
    return redirect("placement:tried", upload_id)


@scoped(Permission.LIST_LOAD, methods=("GET", "POST"))
def tried(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """What the file holds, and the button that keeps it."""
    desk = cast(DeskRequest, request)
    code, _today = here_and_today(desk, Permission.LIST_LOAD)
    kept = uploads.fetch(upload_id, owner_id=desk.actor.id, village_code=code, now=desk.now)
    if kept is None:
        messages.warning(request, _("Berkas itu sudah tidak disimpan lagi. Pilih berkasnya sekali lagi."))
        return redirect("placement:load")
    if request.method == "POST" and not kept.report["report"]["errors"]:
        return _write(desk, upload_id, kept, code)
    return render(request, "placement/tried.html", _shown(kept))


def _write(desk: DeskRequest, upload_id: UUID, kept: Upload, code: str) -> HttpResponse:
    said = kept.report
    file = ListFile(said["kind"], kept.content, kept.file_name, code, date.fromisoformat(said["as_of"]), said["source"])
    try:
        load_file(file, by=desk.actor, now=desk.now, commit=True, limits=WEB, via="desk", load_id=upload_id)
    except Refusal as refusal:
        messages.error(desk, refusal.reasons[0].text)
        return redirect("placement:tried", upload_id)
    uploads.drop(upload_id)
    messages.success(desk, _("Daftar sudah dimuat."))
    return redirect("placement:lists")


def _shown(kept: Upload) -> dict[str, Any]:
    said, report = kept.report, kept.report["report"]
    lines = [{**one, "state": "henti"} for one in report["errors"]]
    lines += [{**one, "state": "cek"} for one in report["warnings"]]
    return {
        "file_name": kept.file_name,
        "list_name": ListKind(said["kind"]).label,
        "as_of": format_date(date.fromisoformat(said["as_of"])),
        "source": said["source"],
        "of_people": said["kind"] == ListKind.PLACEMENTS,
        "report": report,
        "lines": lines[:_MOST_LINES],
        "more": max(0, len(lines) - _MOST_LINES),
    }
