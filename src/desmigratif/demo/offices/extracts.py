"""Extracts of the demo: one whose day is over, one that can be taken, one that waits to be decided."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.door import do
from desmigratif.access.models import User
from desmigratif.access.queries import actor_for
from desmigratif.extracts import tasks
from desmigratif.shared.ids import new_id

OVER = {
    "subject": "departures", "region_code": "33.07", "columns": ["wilayah", "jenis_kelamin", "keadaan"],
    "purpose": "Menyusun rencana pelatihan calon pekerja bersama BLK menurut kecamatan.", "ground": "duty",
    "study": "ST-14/2026",
}  # fmt: skip
READY = {
    "subject": "departures", "region_code": "ID", "ground": "study", "study": "Kajian penempatan 2026",
    "columns": ["wilayah", "bulan", "jenis_kelamin", "umur", "negara", "keadaan"],
    "purpose": "Kajian umur dan negara tujuan calon pekerja untuk bahan perundingan antarnegara.",
}  # fmt: skip
WAITING = {
    "subject": "loans", "region_code": "ID", "columns": ["bulan", "jumlah", "angsuran"], "ground": "review",
    "purpose": "Menilai apakah pinjaman koperasi desa menggantikan utang kepada pelepas uang.",
}  # fmt: skip


def tell_extracts(now: datetime) -> None:
    """After everything else of the demo: rows are made of what the villages have written down."""
    coordinator, analyst, guard = (
        _actor(name, now) for name in ("koordinator.wonosobo", "analis.kementerian", "pelindung.data")
    )
    begun = now - timedelta(days=21)
    _approved(guard, _asked(coordinator, OVER, begun, days=14), begun + timedelta(days=1), "Hapus salinannya juga.")
    tasks.end_extracts(now)
    asked = now - timedelta(days=4)
    ready = _asked(analyst, READY, asked, days=30)
    _approved(guard, ready, asked + timedelta(days=1), "")
    _act(analyst, "take_extract", asked + timedelta(days=2), extract_id=ready, taking_id=new_id(), form="xlsx")
    _asked(analyst, WAITING, now - timedelta(hours=20), days=60)


def _actor(username: str, now: datetime) -> Actor:
    return actor_for(User.objects.get(username=username), today=now.date())


def _asked(by: Actor, wish: dict[str, Any], at: datetime, *, days: int) -> UUID:
    id, until = new_id(), (at + timedelta(days=days)).date()
    _act(by, "ask_extract", at, extract_id=id, period=str(at.year), wanted_until=until.isoformat(), **wish)
    return id


def _approved(by: Actor, id: UUID, at: datetime, remark: str) -> None:
    _act(by, "approve_extract", at, extract_id=id, remark=remark)


def _act(by: Actor, name: str, at: datetime, **given: Any) -> None:
    do(by, f"extracts.{name}", given, now=at, act_id=new_id(), via="demo")
