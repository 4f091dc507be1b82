"""Inputs of the actions on letters and on the village office."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import Field

from desmigratif.shared.inputs import Input

RevocationReason = Literal[
    "wrong_data", "offer_unsafe", "permission_withdrawn", "misused", "replaced", "plan_withdrawn"
]
REVOCATION_REASONS: dict[str, str] = {
    "wrong_data": "Ada data yang salah",
    "offer_unsafe": "Tawaran kerja ternyata tidak aman",
    "permission_withdrawn": "Pemberi izin menarik izinnya",
    "misused": "Surat disalahgunakan",
    "replaced": "Diganti dengan surat baru",
    "plan_withdrawn": "Calon batal berangkat",
}


class SetUpOffice(Input):
    """The letterhead of a village office and who signs; making it also makes the village's signing key."""

    office_id: UUID
    key_id: UUID
    village_code: str = Field(pattern=r"^\d\d\.\d\d\.\d\d\.\d{4}$")
    address: str = Field(min_length=3, max_length=160)
    phone: str = Field(default="", max_length=30)
    head_title: str = Field(default="Kepala Desa", min_length=3, max_length=40)
    head_name: str = Field(min_length=2, max_length=100)
    letter_code: str = Field(pattern=r"^[A-Z0-9.-]{2,20}$")


class RevokeLetter(Input):
    """Take a letter back; it keeps its number and says DICABUT from then on."""

    letter_id: UUID
    village_code: str
    on: date
    reason: RevocationReason
