"""Rules of accounts. Plain Python."""

from __future__ import annotations

import re

from desmigratif.shared.reasons import Reason

_USERNAME = re.compile(r"^[a-z0-9][a-z0-9._-]{2,39}$")
LEVEL_OF_ROLE = {"village_officer": 4, "village_head": 4, "tutor": 4, "cooperative_cashier": 4}


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
    """Why a role cannot be given in a region: an unknown role, or a village's role given above a village."""
    if role not in known_roles:
        return [Reason("unknown_role", "Pilih salah satu peran yang tersedia.", field="role")]
    if LEVEL_OF_ROLE.get(role) == 4 and region_code.count(".") != 3:
        return [Reason("role_needs_village", "Peran ini hanya untuk satu desa. Pilih desanya.", field="region_code")]
    return []
