"""The paper books on a page: choose the workbook, see what is wrong cell by cell, bring it in once."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission as P
from desmigratif.access.requests import DeskRequest, act_id_of
from desmigratif.access.routes import scoped
from desmigratif.cooperative.actions.opening import reasons_not_to_import
from desmigratif.cooperative.forms.opening import OpeningForm
from desmigratif.cooperative.importing import try_workbook, write_workbook
from desmigratif.cooperative.models import Account, Cooperative
from desmigratif.cooperative.queries.ledger.books import cooperative_of
from desmigratif.cooperative.queries.opening import opening_of
from desmigratif.cooperative.rules.opening_sheet.write import workbook_bytes
from desmigratif.cooperative.views.common import as_desk, only_with, page, place, today_of
from desmigratif.people import uploads
from desmigratif.people.rules.register_sheet.guard import SheetRefused
from desmigratif.people.uploads import Upload
from desmigratif.shared.content_types import XLSX
from desmigratif.shared.dates import format_date
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import NotFoundOrNotYours, Refusal
from desmigratif.shared.rupiah import format_rupiah

BOTH = ("GET", "POST")
PER_PAGE = 100


def _books(request: HttpRequest, cooperative_id: UUID) -> tuple[DeskRequest, Cooperative]:
    desk = as_desk(request)
    found = cooperative_of(desk.actor, cooperative_id)
    only_with(desk, found, P.BOOKS_POST)
    only_with(desk, found, P.MEMBER_MANAGE)
    return desk, found


@scoped(P.BOOKS_POST, methods=BOTH)
def upload(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """Choose a workbook: it is tried at once, and nothing is written."""
    desk, found = _books(request, cooperative_id)
    form = OpeningForm(request.POST or None, request.FILES or None, on=found.opened_on)
    against = reasons_not_to_import(found, found.opened_on)
    if request.method == "POST" and form.is_valid():
        on = form.cleaned_data["on"]
        refused = reasons_not_to_import(found, on)
        if on > today_of(desk, found):
            form.add_error("on", _("Tanggal tidak boleh sesudah hari ini."))
        elif refused:
            form.add_error("on", " ".join(filter(None, (refused[0].text, refused[0].way_out))))
        elif (answer := _try(desk, found, form)) is not None:
            return answer
    shown = {"form": form, "against": against, "written": _written(found)}
    return page(desk, "opening/upload", found, "books", shown)


def _try(desk: DeskRequest, found: Cooperative, form: OpeningForm) -> HttpResponse | None:
    workbook, on = form.cleaned_data["workbook"], form.cleaned_data["on"]
    content = workbook.read()
    try:
        tried = try_workbook(content, found, on)
    except SheetRefused as refusal:
        form.add_error("workbook", refusal.reasons[0].text)
        return None
    report = {
        "cooperative": str(found.id), "on": on.isoformat(), "errors": len(tried.errors),
        "members": tried.totals.members, "savings": tried.totals.savings, "loans": tried.totals.loans,
        "by_code": dict(tried.totals.by_code), "debit": tried.totals.debit_rupiah,
        "credit": tried.totals.credit_rupiah,
        "messages": [[said.sheet, said.row, said.column, said.text, said.is_error] for said in tried.messages],
    }  # fmt: skip
    import_id = new_id()
    kept = Upload(content, workbook.name[-120:], report)
    uploads.keep(import_id, kept, owner_id=desk.actor.id, village_code=found.village_code, now=desk.now)
    return redirect("cooperative:opening_report", found.id, import_id)


@scoped(P.BOOKS_POST, methods=BOTH)
def report(request: HttpRequest, cooperative_id: UUID, import_id: UUID) -> HttpResponse:
    """Before: each wrong cell and the trial balance to be. The button brings it in, once."""
    desk, found = _books(request, cooperative_id)
    written = opening_of(found)
    if written is not None and written.id == import_id:
        return redirect("cooperative:opening", found.id)
    kept = uploads.fetch(import_id, owner_id=desk.actor.id, village_code=found.village_code, now=desk.now)
    if kept is None or kept.report.get("cooperative") != str(found.id):
        messages.warning(request, _("Berkas itu sudah tidak disimpan lagi. Pilih berkasnya sekali lagi."))
        return redirect("cooperative:opening", found.id)
    if request.method == "POST":
        return _write(desk, found, import_id, kept)
    return page(desk, "opening/report", found, "books", _shown(request, found, kept))


def _write(desk: DeskRequest, found: Cooperative, import_id: UUID, kept: Upload) -> HttpResponse:
    on = date.fromisoformat(kept.report["on"])
    if kept.report["errors"]:
        messages.error(desk, _("Belum ada yang ditulis: masih ada isian yang salah."))
        return redirect("cooperative:opening_report", found.id, import_id)
    try:
        write_workbook(
            kept.content, found, on, by=desk.actor, now=desk.now, import_id=import_id, act_id=act_id_of(desk),
            file_name=kept.file_name,
        )  # fmt: skip
    except NotFoundOrNotYours:
        raise
    except Refusal as refusal:
        messages.error(desk, refusal.reasons[0].text)
        return redirect("cooperative:opening", found.id)
    uploads.drop(import_id)
    messages.success(desk, _("Saldo awal sudah masuk buku. Cocokkan neraca saldo dengan buku lama."))
    return redirect(f"{place('books', found.id)}?tanggal={on:%d-%m-%Y}")


def _shown(request: HttpRequest, found: Cooperative, kept: Upload) -> dict[str, Any]:
    said = kept.report
    names = dict(Account.objects.of(found).values_list("code", "name"))
    sides = dict(Account.objects.of(found).values_list("code", "side"))
    lines = [
        {"sheet": sheet, "row": row, "column": column, "text": text, "state": "henti" if is_error else "cek"}
        for sheet, row, column, text, is_error in said["messages"]
    ]
    difference = said["debit"] - said["credit"]
    return {
        "file_name": kept.file_name, "on": date.fromisoformat(said["on"]), "errors": said["errors"],
        "act_id": new_id(),
        "figures": [
            {"label": _("Anggota"), "value": said["members"]}, {"label": _("Simpanan"), "value": said["savings"]},
            {"label": _("Pinjaman"), "value": said["loans"]}, {"label": _("Isian salah"), "value": said["errors"]},
        ],
        "balances": [
            {"code": code, "name": names.get(code, ""), "debit": amount if sides.get(code, 1) > 0 else 0,
             "credit": amount if sides.get(code, 1) < 0 else 0}
            for code, amount in sorted(said["by_code"].items())
        ],
        "debit": said["debit"], "credit": said["credit"], "difference": format_rupiah(abs(difference)),
        "is_balanced": difference == 0, "page": Paginator(lines, PER_PAGE).get_page(request.GET.get("hal")),
    }  # fmt: skip


def _written(found: Cooperative) -> dict[str, Any] | None:
    one = opening_of(found)
    if one is None:
        return None
    facts = [
        {"label": _("Berkas"), "value": one.file_name},
        {"label": _("Saldo pada akhir hari"), "value": format_date(one.on)},
        {"label": _("Anggota"), "value": one.member_count},
        {"label": _("Simpanan"), "value": one.savings_count},
        {"label": _("Pinjaman"), "value": one.loan_count},
        {"label": _("Jumlah debit"), "value": format_rupiah(one.debit_rupiah)},
    ]
    return {"facts": facts, "url": f"{place('books', found.id)}?tanggal={one.on:%d-%m-%Y}"}


@scoped(P.BOOKS_POST)
def template(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """An empty workbook with the chart's accounts and an explanation."""
    _desk, found = _books(request, cooperative_id)
    chart = Account.objects.of(found).filter(closed_on__isnull=True).exclude(use="opening_balances").order_by("code")
    rows = [(one.code, one.name, None) for one in chart if one.kind in ("asset", "liability", "equity")]
    answer = HttpResponse(workbook_bytes({"Neraca": rows}), content_type=XLSX)
    answer.headers["Content-Disposition"] = 'attachment; filename="contoh-saldo-awal.xlsx"'
    return answer
