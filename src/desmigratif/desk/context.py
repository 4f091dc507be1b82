"""What every desk page shows around its content: whose place, who works, where one can go."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from desmigratif.access.actor import Actor
from desmigratif.access.permissions import Permission as P
from desmigratif.access.requests import DeskRequest, own_village
from desmigratif.regions.queries import UnknownRegion, region_name, village
from desmigratif.shared.dates import format_moment

JAKARTA = 7  # hours ahead of UTC

MENU: tuple[tuple[str, tuple[tuple[str, str, str, tuple[P, ...]], ...]], ...] = (
    ("", (
        ("desk:home", "Meja hari ini", "home", ()),
        ("cases:visits", "Tamu bulan ini", "clipboard-list", (P.CASE_SEE,)),
        ("cooperative:home", "Koperasi", "building-bank", (P.COOPERATIVE_SEE,)),
        ("programme:partners", "Mitra desa", "heart-handshake", (P.PLEDGE_MAKE,)),
        ("cooperative:oversight", "Pembinaan koperasi", "building-bank", (P.COOPERATIVE_FIGURES,)),
    )),
    ("Berangkat", (
        ("cases:cases", "Rencana berangkat", "plane-departure", (P.CASE_SEE,)),
        ("cases:objections", "Permintaan surat dan keberatan", "scale", (P.CASE_SEE,)),
        ("cases:signatures", "Tanda tangan", "signature", (P.LETTER_APPROVE,)),
        ("documents:letters", "Surat", "certificate", (P.LETTER_SEE,)),
        ("cases:bundles", "Berkas di kantor lain", "file-text", (P.CASE_SEE,)),
        ("cases:inbox", "Berkas masuk", "clipboard-check", (P.BUNDLE_ANSWER,)),
        ("cases:sheets", "Lembar kertas", "file-text", (P.VISIT_RECORD,)),
        ("placement:lists", "Daftar nasional", "world", (P.LIST_SEE,)),
        ("cases:brokers", "Perekrut", "user-question", (P.BROKER_SEE,)),
    )),
    ("Di luar negeri dan pulang", (
        ("cases:abroad", "Di luar negeri", "world", (P.CASE_SEE,)),
        ("cases:complaints", "Pengaduan", "lifebuoy", (P.COMPLAINT_SEE,)),
        ("cases:referrals", "Rujukan", "arrow-right", (P.CASE_SEE,)),
        ("cases:referred", "Rujukan masuk", "lifebuoy", (P.REFERRAL_ANSWER,)),
        ("cases:returns", "Kepulangan", "plane-arrival", (P.CASE_SEE,)),
        ("cases:emergency_search", "Pencarian darurat", "lifebuoy", (P.EMERGENCY_SEARCH,)),
        ("people:sealed_notes", "Titipan tersegel", "shield-lock", (P.PROTECTIVE_SEE,)),
    )),
    ("Keluarga", (
        ("enterprises:groups", "Kelompok usaha", "briefcase", (P.ENTERPRISE_SEE,)),
        ("parenting:centres", "Rumah belajar", "school", (P.CENTRE_SEE,)),
        ("parenting:children", "Anak rumah belajar", "users", (P.CHILD_SEE,)),
        ("parenting:calls", "Telepon orang tua", "phone", (P.CHILD_SEE,)),
        ("parenting:barred", "Daftar larangan", "ban", (P.BARRED_KEEP,)),
    )),
    ("Warga", (
        ("people:residents", "Warga dan keluarga", "users", (P.RESIDENT_SEE,)),
        ("people:arrivals", "Warga pindahan", "arrow-right", (P.RESIDENT_REGISTER,)),
        ("people:doubles", "Berkas kembar", "copy", (P.RESIDENT_REGISTER,)),
        ("people:import", "Masukkan register desa", "file-spreadsheet", (P.RESIDENT_IMPORT,)),
        ("people:export", "Ekspor dan suplemen", "download", (P.RESIDENT_EXPORT,)),
    )),
    ("Kantor", (
        ("programme:programme", "Program", "chart-bar", (P.FIGURES_SEE,)),
        ("cockpit:home", "Kokpit", "map", (P.FIGURES_SET,)),
        ("analysis:pivots", "Meja analis", "chart-bar", (P.FIGURES_SET,)),
        ("extracts:extracts", "Ekstrak data", "file-spreadsheet", (P.EXTRACT_SEE,)),
        ("cases:measures", "Empat ukuran", "target-arrow", (P.FIGURES_SEE,)),
        ("desk:hand_over", "Serah terima", "clipboard-check", (P.HAND_OVER_SEE,)),
        ("desk:first_week", "Minggu pertama", "bulb", (P.VISIT_RECORD,)),
        ("documents:office", "Kantor desa", "building-community", (P.VILLAGE_SET_UP,)),
        ("access:factor_resets", "Pemulihan pengaman", "shield-lock", (P.SECOND_FACTOR_RESTORE,)),
        ("access:accounts", "Akun petugas", "user-check", (P.ACCOUNT_MANAGE,)),
        ("sync:trial", "Catat tanpa sinyal", "device-mobile", (P.VISIT_RECORD,)),
    )),
)  # fmt: skip


def desk(request: HttpRequest) -> dict[str, Any]:
    """Only look-ups that are remembered by the process: no query of its own on a warm page."""
    actor: Actor | None = getattr(request, "actor", None)
    shown: dict[str, Any] = {"demo_mode": settings.DEMO, "actor": actor, "app_version": settings.APP_VERSION}
    if actor is None:
        return shown
    return {
        **shown,
        **_whereabouts(actor, cast(DeskRequest, request).now),
        "menu_items": menu_for(actor, request.path),
        "user_name": actor.label,
        "idle_lock_seconds": settings.IDLE_LOCK_MINUTES * 60,
        "may_search": actor.may_anywhere(P.RESIDENT_SEE),
    }


def _whereabouts(actor: Actor, now: datetime) -> dict[str, Any]:
    """Whose place this is, and the moment for the foot of a print: the village's time, elsewhere that of Jakarta."""
    shown = {
        "role_name": actor.grants[0].role.label if actor.grants else _("Belum punya peran"),
        "printed_at": format_moment(now, JAKARTA),
    }
    code = own_village(actor) or actor.home_code
    try:
        if code.count(".") != 3:
            return {**shown, "place_name": region_name(code), "place_above": ""}
        here = village(code)
    except UnknownRegion:
        return shown
    return {
        **shown,
        "place_name": here.label,
        "place_above": f"{here.district}, {here.regency}",
        "printed_at": format_moment(now, here.utc_offset),
    }


def menu_for(actor: Actor, path: str) -> list[dict[str, Any]]:
    """The places this person may go to, in the order of the working day; the first of a group carries its name."""
    items: list[dict[str, Any]] = []
    for group, places in MENU:
        heading = group
        for name, label, icon, permissions in places:
            if permissions and not any(actor.may_anywhere(permission) for permission in permissions):
                continue
            try:
                url = reverse(name)
            except NoReverseMatch:
                continue
            here = {"url": url, "label": label, "icon": icon, "current": url == path}
            items.append({**here, "group": heading, "grouped": bool(group)})
            heading = ""
    return items
