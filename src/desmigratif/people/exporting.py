"""The register of a village as a file: read once, noted with its reason, and only then handed out.

Not an action, since it changes nothing: a read that leaves an event with its subjects before the file exists for
anybody. If the event cannot be written there is no file.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import DatabaseError

from desmigratif.access.actor import Actor
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import acting_as, require
from desmigratif.audit import unit
from desmigratif.audit.models import Signal
from desmigratif.audit.unit import Subject
from desmigratif.people.fields import NIK, SPECIFIC_FIELDS
from desmigratif.people.models import LifeStatus, Resident
from desmigratif.people.queries.household import classes_for
from desmigratif.people.queries.register import Register, load_register
from desmigratif.people.rules.register_sheet.give import (
    CONTENT_TYPES,
    FORMATS,
    REASONS,
    as_csv,
    as_sheet,
    as_supplement,
)
from desmigratif.people.rules.register_sheet.write import sheet_row
from desmigratif.regions.queries import today_in
from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import Reason, Refusal

log = logging.getLogger("desmigratif.people")
ABROAD, PLANS = "worker_abroad", "plans_to_work_abroad"
_GONE = (LifeStatus.DEAD, LifeStatus.MOVED, LifeStatus.INVALID)
_NIK_UNKNOWN = "0"


class CannotExport(Refusal):
    code = "cannot_export"


@dataclass(frozen=True, slots=True)
class Exported:
    """A file ready to be sent. `left_out` counts people of the supplementary list whose NIK is not known."""

    content: bytes
    file_name: str
    content_type: str
    count: int
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class _Made:
    content: bytes
    subjects: Sequence[UUID]
    left_out: int = 0


def export_residents(
    village_code: str,
    *,
    by: Actor,
    now: datetime,
    format: str,
    reason: str,
    with_specific: bool = False,
    via: str = "desk",
) -> Exported:
    """The register as `xlsx`, `csv` or `suplemen`. Specific facts (health, religion ...) only when asked for.

    Raises `NotFoundOrNotYours` (also for specific facts that are none of this person's business) and
    `CannotExport`: no such format or reason, nobody to export, or the trace could not be written.
    """
    require(by, Permission.RESIDENT_EXPORT, village_code)
    if with_specific:
        require(by, Permission.RESIDENT_SPECIFIC_SEE, village_code)
    _refuse_unknown(format, reason)
    today = today_in(village_code, now)
    with acting_as(by):
        made = _made(village_code, by, format, with_specific)
    if not made.subjects:
        raise CannotExport(_NOBODY[format == "suplemen"])
    details: dict[str, Any] = {
        "format": format,
        "reason": reason,
        "count": len(made.subjects),
        "left_out": made.left_out,
        "with_specific": with_specific,
        "file_digest": hashlib.sha256(made.content).hexdigest(),
    }
    _leave_trace(by, village_code, made.subjects, details, now, via)
    ending = "xlsx" if format == "suplemen" else format
    name = f"{'suplemen-pekerja-migran' if format == 'suplemen' else 'warga'}-{village_code}-{today}.{ending}"
    return Exported(made.content, name, CONTENT_TYPES[format], len(made.subjects), made.left_out)


_NOBODY = {
    False: Reason("nobody", "Belum ada warga yang bisa diekspor.", way_out="Masukkan register desa dulu."),
    True: Reason(
        "nobody",
        "Belum ada keluarga dengan rencana atau pekerja di luar negeri yang NIK-nya diketahui.",
        way_out="Catat rencananya di halaman keluarga, atau lengkapi NIK-nya.",
    ),
}


def _refuse_unknown(format: str, reason: str) -> None:
    if format not in FORMATS:
        raise CannotExport(Reason("format_unknown", "Pilih bentuk berkas yang tersedia.", field="format"))
    if reason not in REASONS:
        raise CannotExport(Reason("reason_missing", "Pilih dulu untuk apa berkas ini.", field="reason"))


def _leave_trace(
    by: Actor, village_code: str, subjects: Iterable[UUID], details: dict[str, Any], now: datetime, via: str
) -> None:
    """One event with whom it concerns, how many, and why. Raises `CannotExport` when it cannot be written."""
    note = unit.Unit(actor_id=str(by.id), actor_role=by.role_code, home_code=by.home_code, at=now, via=via)
    about = [Subject("resident", one) for one in subjects]
    try:
        with unit.unit_of_work(note):
            unit.record("residents.exported", village_code=village_code, subjects=about, **details)
    except DatabaseError:
        log.exception("read event residents.exported could not be written")
        raise CannotExport(
            Reason(
                "not_noted",
                "Ekspor belum bisa dicatat, jadi berkasnya tidak dibuat.",
                way_out="Coba lagi sebentar lagi. Bila tetap begini, hubungi pengelola sistem.",
            )
        ) from None


def _made(village_code: str, by: Actor, format: str, with_specific: bool) -> _Made:
    register = load_register(village_code)
    if format == "suplemen":
        return _supplement(register, by)
    residents = exportable(register.residents.values())
    hidden = frozenset() if with_specific else SPECIFIC_FIELDS
    rows = [_row(register, resident, hidden) for resident in residents]
    content = as_csv(rows) if format == "csv" else as_sheet(rows)
    return _Made(content, [resident.id for resident in residents])


def _row(register: Register, resident: Resident, hidden: frozenset[str]) -> dict[str, object]:
    values = {name: value for name, value in register.values_of(resident.id).items() if name not in hidden}
    return sheet_row({**values, NIK: values[NIK] or _NIK_UNKNOWN})


def exportable(residents: Iterable[Resident]) -> list[Resident]:
    """Everybody but invalid and merged records, each human being once: who moved inside the village stands where
    they live now. In the order of families."""
    rows = [row for row in residents if row.life_status != LifeStatus.INVALID]
    here = {row.person_id for row in rows if row.life_status != LifeStatus.MOVED}
    kept = [row for row in rows if row.life_status != LifeStatus.MOVED or row.person_id not in here]
    return sorted(kept, key=lambda row: (row.household_id, row.relation != "head", row.id))


# --- the supplementary list ---


def _supplement(register: Register, by: Actor) -> _Made:
    """Everybody of a household with a plan or a worker abroad: who it is about, and whose family the others are."""
    signals = Signal.objects.filter(
        village_code=register.village_code,
        kind__in=(ABROAD, PLANS),
        until__isnull=True,
        privacy__in=[one.value for one in classes_for(by, register.village_code)],
    )
    told: dict[UUID, str] = {}
    homes: dict[UUID, bool] = {}
    for signal in signals.order_by("since"):
        abroad = signal.kind == ABROAD
        homes[signal.household_id] = homes.get(signal.household_id, False) or abroad
        if signal.resident_id and (abroad or signal.resident_id not in told):
            told[signal.resident_id] = _remark(abroad, signal.since)
    members: list[tuple[str, str]] = []
    subjects: list[UUID] = []
    left_out = 0
    for resident in exportable(register.residents.values()):
        if resident.household_id not in homes or resident.life_status in _GONE:
            continue
        nik = register.opened[resident.id].nik
        if nik is None:
            left_out += 1
            continue
        subjects.append(resident.id)
        members.append((nik, told.get(resident.id) or _of_family(homes[resident.household_id])))
    return _Made(as_supplement(members), subjects, left_out)


def _remark(abroad: bool, since: date) -> str:
    what = "Bekerja di luar negeri" if abroad else "Berniat bekerja ke luar negeri"
    return f"{what} sejak {format_date(since)}"


def _of_family(abroad: bool) -> str:
    return "Keluarga pekerja migran" if abroad else "Keluarga calon pekerja migran"
