"""The end of a book year: what still stands in the way, what will be entered, and the list of fixed assets."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission as P
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import scoped
from desmigratif.access.scope import get_or_refuse
from desmigratif.cooperative.forms.books import ConfirmForm
from desmigratif.cooperative.forms.year.assets import AssetForm, RetireForm
from desmigratif.cooperative.models import Cooperative, FixedAsset
from desmigratif.cooperative.queries.ledger.books import cooperative_of
from desmigratif.cooperative.queries.year.closing import (
    Closing,
    assets_on,
    closed_years,
    closing_of,
    lasting,
    year_to_close,
)
from desmigratif.cooperative.rules.year.closing import reasons_not_to_close_year
from desmigratif.cooperative.rules.year.depreciation import used_up
from desmigratif.cooperative.views.common import act_page, as_desk, may, only_with, opened, page, place, today_of
from desmigratif.documents.acting import attempt
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Reason
from desmigratif.shared.rupiah import format_rupiah

BOTH = ("GET", "POST")
WHERE = {
    "months_open": "close_month", "till_open": "cooperative", "cash_difference": "post_entry",
    "interest_unpaid": "pay_interest", "provision_missing": "provide", "assets_differ": "assets",
}  # fmt: skip


@scoped(P.PERIOD_CLOSE, methods=BOTH)
def close_year(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """What still stands in the way of closing the year, each with where it is done; then the one button."""
    desk, found = _writing(request, cooperative_id, P.PERIOD_CLOSE)
    year = year_to_close(found)
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {
            "cooperative_id": found.id, "closing_id": form.cleaned_data["record_id"], "entry_id": new_id(),
            "year": int(asked) if (asked := request.POST.get("year", "")).isdecimal() else year,
        }  # fmt: skip
        if attempt(desk, form, "cooperative.close_year", given):
            messages.success(desk, _closed_words(found) % given["year"])
            if found.parent_id is not None:
                return redirect(f"{place('surplus', found.id)}?tahun={given['year']}")
            return redirect(f"{place('statements', found.id)}?tahun={given['year']}&bagian=hasil")
    closing = closing_of(found, year, today_of(desk, found))
    reasons = reasons_not_to_close_year(closing.end)
    shown = {
        "form": form, "year": year, "against": [_row(found, reason) for reason in reasons],
        "effects": _effects(found, closing) if not reasons else [], "closing": closing, "facts": _facts(closing),
        "closed": closed_years(found), "statements_url": f"{place('statements', found.id)}?tahun={year}",
    }  # fmt: skip
    return page(desk, "year/close", found, "books", shown)


def _closed_words(found: Cooperative) -> str:
    if found.parent is not None:
        return _("Tahun buku %s sudah ditutup. Serahkan SHU-nya ke induk.")
    return _("Tahun buku %s sudah ditutup. SHU-nya menunggu rapat anggota.")


def _row(found: Cooperative, reason: Reason) -> dict[str, Any]:
    name = WHERE.get(reason.code)
    return {
        "title": reason.text, "detail": reason.way_out, "icon": "flag", "urgent": True,
        "url": place(name, found.id) if name else "",
    }  # fmt: skip


def _facts(closing: Closing) -> list[dict[str, str]]:
    loss = closing.surplus < 0
    owed = {"label": _("Bagi hasil penabung yang belum dibagikan"), "value": format_rupiah(closing.shares)}
    return [
        {"label": _("Penyusutan yang akan dicatat"), "value": format_rupiah(closing.depreciation)},
        *([owed] if closing.shares else []),
        {"label": _("Rugi tahun ini") if loss else _("SHU tahun ini"), "value": format_rupiah(abs(closing.surplus))},
    ]


def _effects(found: Cooperative, closing: Closing) -> list[str]:
    year = closing.end.year
    held = _("Bagi hasil penabung %(sum)s menjadi beban %(year)s; masuk ke simpanan sesudah diperiksa orang kedua.")
    shared = _("SHU baru dibagi sesudah ada keputusan rapat anggota.")
    if found.parent is not None:
        shared = _("SHU unit lalu diserahkan ke %s, dan anggota membaginya di sana.") % found.parent.name
    return [
        *([held % {"sum": format_rupiah(closing.shares), "year": year}] if closing.shares else []),
        _("Semua pendapatan dan beban %s dinolkan; selisihnya pindah ke SHU belum dibagi.") % year,
        _("Tidak ada lagi yang dapat dicatat pada tanggal sampai 31 Desember %s.") % year,
        _("Tahun yang sudah ditutup tidak dapat dibuka kembali; pembetulan dicatat di tahun berikutnya."),
        shared,
    ]


def _writing(request: HttpRequest, cooperative_id: UUID, permission: P) -> tuple[DeskRequest, Cooperative]:
    desk = as_desk(request)
    found = cooperative_of(desk.actor, cooperative_id)
    only_with(desk, found, permission)
    return desk, found


# --- fixed assets ---


@scoped(P.COOPERATIVE_SEE)
def assets(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """What serves for years: what it cost, and what of it is used up today."""
    desk = as_desk(request)
    found = cooperative_of(desk.actor, cooperative_id)
    today = today_of(desk, found)
    serving = assets_on(found, today)
    rows: list[dict[str, Any]] = [
        {"asset": one, "years": one.life_months // 12, "left": one.cost_rupiah - used_up(lasting(one), today)}
        for one in serving
    ]
    shown = {
        "recorded": opened(desk, found, "fixed_assets.opened"), "rows": rows,
        "cost": sum(one.cost_rupiah for one in serving), "left": sum(row["left"] for row in rows),
        "may_post": may(desk, found, P.BOOKS_POST),
    }  # fmt: skip
    return page(desk, "year/assets", found, "books", shown)


@scoped(P.BOOKS_POST, methods=BOTH)
def record_asset(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """One more on the list."""
    desk, found = _writing(request, cooperative_id, P.BOOKS_POST)
    form = AssetForm(request.POST or None, today=today_of(desk, found))
    return act_page(
        desk, form, "record_fixed_asset", form.payload, cooperative=found, said=_("Aset sudah masuk daftar."),
        then=place("assets", found.id), title=_("Aset tetap baru"),
        lead=_("Pembeliannya dicatat di buku: debit Aset tetap. Di sini ditulis berapa lama dipakai."),
    )  # fmt: skip


@scoped(P.BOOKS_POST, methods=BOTH)
def retire_asset(request: HttpRequest, fixed_asset_id: UUID) -> HttpResponse:
    """It serves no more."""
    desk = as_desk(request)
    rows = FixedAsset.objects.visible_to(desk.actor).in_use().select_related("cooperative")
    asset = get_or_refuse(rows, "asset_id", id=fixed_asset_id)
    only_with(desk, asset.cooperative, P.BOOKS_POST)
    form = RetireForm(request.POST or None, today=today_of(desk, asset.cooperative))
    return act_page(
        desk, form, "retire_fixed_asset", lambda: {**form.payload(), "asset_id": asset.id},
        cooperative=asset.cooperative, said=_("Aset sudah keluar dari daftar dan buku."),
        then=place("assets", asset.cooperative_id), title=_("%s tidak dipakai lagi") % asset.name,
        submit=_("Keluarkan dari daftar"),
        effects=[
            _("Aset keluar dari daftar dan dari buku."),
            _("Yang belum disusutkan menjadi beban usaha lain."),
            _("Uang hasil jualnya, bila ada, dicatat di buku sebagai pendapatan lain."),
        ],
    )  # fmt: skip
