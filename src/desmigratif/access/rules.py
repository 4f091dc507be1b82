"""Rules of accounts. Plain Python."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import datetime, timedelta

from desmigratif.shared.reasons import Reason

_USERNAME = re.compile(r"^[a-z0-9][a-z0-9._-]{2,39}$")
OFFICE_ROLES = ("manpower_officer", "registrar", "protection_officer", "cooperative_office")
RESET_LASTS = timedelta(hours=24)
LEVEL_OF_ROLE = dict.fromkeys(
    (
        "village_officer", "village_head", "tutor", "enterprise_mentor", "cooperative_cashier",
        "cooperative_treasurer", "cooperative_board", "cooperative_supervisor",
    ),
    4,
)  # fmt: skip


def reasons_not_to_name(username: str, field: str = "username") -> list[Reason]:
    """Why a sign-in name will not do; empty means it will."""
    if _USERNAME.match(username):
        return []
    return [
        Reason(
            "username_shape",
            "Nama pengguna memakai huruf kecil, angka, titik atau garis, 3 sampai 40 tanda, tanpa spasi.",
            field=field,
        )
    ]


def reasons_not_to_grant(role: str, region_code: str, known_roles: frozenset[str]) -> list[Reason]:
    """Why a role cannot be given in a region: an unknown role, or a role given at a region of the wrong size."""
    if role not in known_roles:
        return [Reason("unknown_role", "Pilih salah satu peran yang tersedia.", field="role")]
    if LEVEL_OF_ROLE.get(role) == 4 and region_code.count(".") != 3:
        return [Reason("role_needs_village", "Peran ini hanya untuk satu desa. Pilih desanya.", field="region_code")]
    if role in OFFICE_ROLES and (region_code.count(".") > 1 or not region_code[:1].isdigit()):
        text = "Peran ini hanya untuk satu kabupaten, kota, atau provinsi. Pilih wilayah kantornya."
        return [Reason("role_needs_regency", text, field="region_code")]
    if role == "partner" and region_code.count(".") > 1:
        text = "Peran ini untuk satu kabupaten, kota, provinsi, atau seluruh Indonesia. Pilih wilayah kerja lembaganya."
        return [Reason("role_needs_wider", text, field="region_code")]
    return []


def may_enrol_a_browser(roles: Collection[str]) -> bool:
    """Whether a browser may stand for the second factor: only of somebody whose every role is a village's."""
    return bool(roles) and all(LEVEL_OF_ROLE.get(role) == 4 for role in roles)


def reasons_not_to_renew(*, is_own: bool, is_active: bool) -> list[Reason]:
    """Why an administrator cannot hand over another password for an account."""
    if is_own:
        text = "Kata sandi Anda sendiri diganti di halaman Akun saya."
        return [Reason("own_account", text)]
    return [] if is_active else [_closed()]


def reasons_not_to_recover(*, is_active: bool, is_administrator: bool) -> list[Reason]:
    """Why the terminal does not restore an account: everybody else goes to their administrator."""
    if not is_active:
        return [_closed()]
    if not is_administrator:
        text = "Akun ini bukan akun pengelola. Pengelolanya membuat kode di menu Akun petugas."
        return [Reason("not_administrator", text)]
    return []


def reasons_not_to_ask_reset(*, is_own: bool, is_active: bool, has_factor: bool, is_waiting: bool) -> list[Reason]:
    """Why nobody can be asked to take an account's second factor away."""
    if is_own:
        return [_own_factor()]
    if not is_active:
        return [_closed()]
    if not has_factor:
        text = "Akun ini belum memasang pengaman kedua, jadi tidak ada yang perlu dilepas."
        return [Reason("no_second_factor", text)]
    if is_waiting:
        return [Reason("already_asked", "Pemulihan akun ini sudah diminta dan menunggu orang kedua.")]
    return []


def reasons_not_to_reset(
    *, is_own: bool, is_asker: bool, is_active: bool, is_done: bool, asked_at: datetime, now: datetime
) -> list[Reason]:
    """Why this person cannot be the second who agrees."""
    if is_own:
        return [_own_factor()]
    if is_done:
        return [Reason("already_reset", "Pengaman akun ini sudah dilepas dengan permintaan ini.")]
    if is_asker:
        text = "Anda yang memintanya. Harus orang lain yang menyetujui: pengelola kedua atau kepala desa."
        return [Reason("same_person", text)]
    if now >= asked_at + RESET_LASTS:
        text = "Permintaan ini sudah lewat 24 jam dan tidak berlaku lagi."
        return [Reason("too_late", text, way_out="Pengelola membuat permintaan baru.")]
    return [] if is_active else [_closed()]


def _own_factor() -> Reason:
    text = "Pengaman Anda sendiri dipulihkan oleh dua orang lain, atau dengan kode cadangan Anda."
    return Reason("own_account", text)


def _closed() -> Reason:
    return Reason("account_closed", "Akun ini sudah ditutup.")
