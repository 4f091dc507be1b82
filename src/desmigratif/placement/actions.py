"""Loading a national list. The only thing that writes here."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from desmigratif.access.actor import NATION, Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import require
from desmigratif.audit import unit
from desmigratif.audit.unit import Subject
from desmigratif.people.actions.common import refuse_taken_ids
from desmigratif.placement.inputs import AgencyRow, BodyRow, DestinationRow, JobOrderRow, LoadList, PlacedRow
from desmigratif.placement.models import Agency, Body, Destination, JobOrder, ListKind, ListLoad, Placed
from desmigratif.placement.rules.bodies import body_kinds
from desmigratif.placement.rules.matching import company_key
from desmigratif.regions.models import Region
from desmigratif.regions.queries import today_in
from desmigratif.regulations.countries import country_names
from desmigratif.regulations.jobs import JOBS
from desmigratif.shared import bulk, crypto
from desmigratif.shared.dates import local_day
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Reason, Refusal

JAKARTA = 7


class CannotLoadList(Refusal):
    code = "cannot_load_list"


@action("placement.load_list", Permission.LIST_LOAD)
def load_list(*, by: Actor, given: LoadList, now: datetime) -> dict[str, Any]:
    """Keep a list of a day and a source; from now on the newest one of the region answers."""
    require(by, Permission.LIST_LOAD, given.region_code)
    refuse_taken_ids(ListLoad, [given.load_id])
    if reasons := _reasons(given, _today(given.region_code, now)):
        raise CannotLoadList(reasons)
    rows: tuple[Any, ...] = given.agencies or given.job_orders or given.destinations or given.bodies or given.placements
    load = ListLoad.objects.create(
        id=given.load_id,
        kind=given.kind,
        region_code=given.region_code,
        as_of=given.as_of,
        source=given.source,
        file_name=given.file_name,
        file_digest=given.file_digest,
        row_count=len(rows),
        loaded_at=now,
        loaded_by=str(by.id),
    )
    _write_agencies(load, given.agencies)
    _write_job_orders(load, given.job_orders)
    _write_destinations(load, given.destinations)
    _write_bodies(load, given.bodies)
    _write_placements(load, given.placements)
    unit.record(
        "list.loaded", subjects=[Subject("list_load", load.id)], kind=given.kind, region=given.region_code,
        as_of=given.as_of.isoformat(), rows=len(rows), digest=given.file_digest,
    )  # fmt: skip
    return {"load": str(load.id), "rows": len(rows)}


def _today(region_code: str, now: datetime) -> date:
    return local_day(now, JAKARTA) if region_code == NATION else today_in(region_code, now)


def _reasons(given: LoadList, today: date) -> list[Reason]:
    reasons = []
    if given.as_of > today:
        reasons.append(Reason("date_in_future", "Tanggal daftar tidak boleh sesudah hari ini.", field="as_of"))
    filled: dict[str, tuple[Any, ...]] = {
        "agencies": given.agencies, "permits": given.job_orders, "destinations": given.destinations,
        "bodies": given.bodies, "placements": given.placements,
    }  # fmt: skip
    if not filled.pop(given.kind) or any(filled.values()):
        reasons.append(Reason("wrong_rows", "Isi daftar tidak cocok dengan jenisnya.", field="kind"))
    countries = {row.country for rows in (given.job_orders, given.destinations, given.placements) for row in rows}
    if not countries <= set(country_names()) - {"IDN"}:
        reasons.append(Reason("unknown_country", "Ada negara yang tidak dikenal dalam daftar ini.", field="country"))
    if not {row.job for row in given.job_orders} <= set(JOBS):
        reasons.append(Reason("unknown_job", "Ada pekerjaan yang tidak dikenal dalam daftar ini.", field="job"))
    return reasons + _reasons_of_bodies(given.bodies)


def _reasons_of_bodies(rows: tuple[BodyRow, ...]) -> list[Reason]:
    """A body stands in a region that we know, is of a kind that we know; only a mission has a country."""
    reasons = []
    codes = {row.region_code for row in rows} - {NATION}
    if codes - set(Region.objects.filter(code__in=codes).values_list("code", flat=True)):
        text = "Ada kode wilayah yang tidak dikenal dalam daftar ini."
        reasons.append(Reason("unknown_region", text, field="region_code"))
    if not {row.kind for row in rows} <= set(body_kinds()):
        reasons.append(Reason("unknown_body", "Ada jenis lembaga yang tidak dikenal dalam daftar ini.", field="kind"))
    if not {row.country for row in rows} - {None} <= set(country_names()) - {"IDN"}:
        reasons.append(Reason("unknown_country", "Ada negara yang tidak dikenal dalam daftar ini.", field="country"))
    return reasons


def _write_agencies(load: ListLoad, rows: tuple[AgencyRow, ...]) -> None:
    bulk.insert([
        Agency(
            id=new_id(), load=load, name=row.name, name_key=company_key(row.name), status=row.status,
            licence_number=row.licence_number or "", address=row.address or "", valid_until=row.valid_until,
        )
        for row in rows
    ])  # fmt: skip


def _write_job_orders(load: ListLoad, rows: tuple[JobOrderRow, ...]) -> None:
    bulk.insert([
        JobOrder(
            id=new_id(), load=load, agency_name=row.name, agency_key=company_key(row.name), country=row.country,
            job=row.job, title=row.title, employer_type=row.employer_type or "", sex=row.sex or "",
            permit_number=row.permit_number or "", quota=row.quota, wage_amount=row.wage_amount,
            wage_currency=row.wage_currency or "", least_age=row.least_age, most_age=row.most_age,
            valid_until=row.valid_until,
        )
        for row in rows
    ])  # fmt: skip


def _write_destinations(load: ListLoad, rows: tuple[DestinationRow, ...]) -> None:
    bulk.insert([
        Destination(
            id=new_id(), load=load, country=row.country, household_open=row.household_open,
            company_open=row.company_open,
        )
        for row in rows
    ])  # fmt: skip


def _write_bodies(load: ListLoad, rows: tuple[BodyRow, ...]) -> None:
    bulk.insert([
        Body(
            id=new_id(), load=load, kind=row.kind, region_code=row.region_code, name=row.name,
            address=row.address or "", contact=row.contact or "", country=row.country or "",
        )
        for row in rows
    ])  # fmt: skip


def _write_placements(load: ListLoad, rows: tuple[PlacedRow, ...]) -> None:
    """No NIK is kept, only its print; and none of an older list of this region, which no longer answers anything."""
    if load.kind != ListKind.PLACEMENTS:
        return
    newer = ListLoad.objects.filter(kind=load.kind, region_code=load.region_code, as_of__gt=load.as_of)
    if newer.exists():
        return
    Placed.objects.filter(load__region_code=load.region_code).delete()
    indexes = crypto.blind_indexes("nik", [row.nik for row in rows])
    bulk.insert([
        Placed(id=new_id(), load=load, nik_index=index, country=row.country, left_on=row.left_on)
        for row, index in zip(rows, indexes, strict=True)
    ])  # fmt: skip
