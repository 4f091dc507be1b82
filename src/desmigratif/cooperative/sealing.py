"""Sealing what a cooperative keeps of its members, with each member's own key."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from pydantic_core import to_json

from desmigratif.cooperative.models import Member
from desmigratif.shared import crypto


def nik_index(nik: str) -> str:
    """The keyed index by which one person is found once in a cooperative."""
    return crypto.blind_index("nik", nik)


def nik_place(member_id: UUID) -> str:
    return f"cooperative.member.nik:{member_id}"


def details_place(member_id: UUID) -> str:
    return f"cooperative.member.details:{member_id}"


def put_details(member: Member, key: bytes, nik: str, details: Mapping[str, Any]) -> None:
    """Set NIK, its index and the register's other columns; unknown ones are left out."""
    known = {name: value for name, value in details.items() if value not in (None, "")}
    member.nik_sealed = crypto.seal(key, nik.encode(), place=nik_place(member.id))
    member.nik_index = nik_index(nik)
    member.details_sealed = crypto.seal(key, to_json(known), place=details_place(member.id))


def open_nik(member: Member, key: bytes | None) -> str | None:
    """The whole NIK, for a look that has been recorded; None when the key (`key_of(member.id)`) is gone."""
    return crypto.unseal(key, member.nik_sealed, place=nik_place(member.id)).decode() if key else None


def open_details(member: Member, key: bytes | None) -> dict[str, Any]:
    """birth_date (ISO), birth_place, sex, occupation, address, phone; those unknown are absent."""
    if key is None:
        return {}
    details: dict[str, Any] = json.loads(crypto.unseal(key, member.details_sealed, place=details_place(member.id)))
    return details
