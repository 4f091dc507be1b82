"""What the service centre gives for de-identified extracts: plans and departures, and complaints of the village.

Nothing sealed is opened. Whoever is in hiding, and whatever is for the regency's eyes only, is in no row.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Sum

from desmigratif.access.scope import region_filter
from desmigratif.cases.models import (
    ABROAD,
    Case,
    CaseState,
    Complaint,
    ComplaintMoney,
    ComplaintState,
    ProceduralStatus,
    Tier,
)
from desmigratif.cases.rules.trouble.complaints import groups_on, kinds_on
from desmigratif.people.deidentified import sex_and_age
from desmigratif.people.models import MaritalStatus
from desmigratif.people.safety import in_hiding_among
from desmigratif.regulations.countries import country_name
from desmigratif.regulations.jobs import JOBS
from desmigratif.shared.dated import value_on
from desmigratif.shared.deidentified import Column, Kind, Record, Source, band
from desmigratif.shared.rupiah import format_rupiah

MONTHS_TAKEN = (1, 3, 6, 12)
DAYS_IN_MONTH = 30
NOT_LEFT = (CaseState.WITHDREW, CaseState.UNFIT, CaseState.REJECTED, CaseState.FAILED_DEPARTURE)
BACK = (CaseState.RETURNED, CaseState.REINTEGRATING, CaseState.SETTLED, CaseState.RE_MIGRATING, CaseState.DIED)
OVER = (ComplaintState.RESOLVED, ComplaintState.CONFIRMED_BY_REPORTER)
REGISTER = ("resident__person_id", "resident__sex", "resident__birth_date", "resident__marital_status")


def _plans(region_code: str, since: date, until: date) -> Iterator[Record]:
    """Every plan that was opened in these days, or whose worker was found abroad in them; one row each."""
    rows = Case.objects.everywhere().filter(region_filter((region_code,)), opened_on__range=(since, until))
    found: list[Any] = list(
        rows.order_by("id").values(
            "village_code", "opened_on", "departed_on", "found_abroad", "country", "job", "state",
            "procedural_status", *REGISTER,
        )
    )  # fmt: skip
    hidden = in_hiding_among({one["resident__person_id"] for one in found})
    for one in found:
        if one["resident__person_id"] in hidden:
            continue
        left, way = one["departed_on"], one["procedural_status"]
        known_way = "" if way == ProceduralStatus.UNKNOWN else way
        days = (left - one["opened_on"]).days if left and not one["found_abroad"] else None
        yield Record(one["resident__person_id"], {
            "wilayah": one["village_code"], "bulan": one["opened_on"],
            **sex_and_age(one["resident__sex"], one["resident__birth_date"], one["opened_on"]),
            "status_kawin": _label(MaritalStatus, one["resident__marital_status"]),
            "negara": country_name(one["country"]) if one["country"] else None,
            "pekerjaan": JOBS.get(one["job"]),
            "keadaan": _stage(one["state"]),
            "cara_berangkat": _label(ProceduralStatus, known_way),
            "lama_urus": band(None if days is None else max(days, 0) // DAYS_IN_MONTH, MONTHS_TAKEN, _months),
        })  # fmt: skip


def _stage(state: str) -> str:
    if state in ABROAD:
        return "di luar negeri"
    if state in NOT_LEFT:
        return "batal berangkat"
    return "pulang atau selesai" if state in BACK else "masih rencana"


def _complaints(region_code: str, since: date, until: date) -> Iterator[Record]:
    """Complaints that a village's officers see; those without a name count as one person's."""
    kinds, groups = kinds_on(until), groups_on(until)
    open_kinds = ["", *(code for code, kind in kinds.items() if kind.tier == Tier.VILLAGE)]
    rows = Complaint.objects.everywhere().filter(
        region_filter((region_code,)), tier=Tier.VILLAGE, about_officer=False, kind__in=open_kinds,
        received_on__range=(since, until),
    )  # fmt: skip
    found: list[Any] = list(
        rows.order_by("id").values(
            "id", "village_code", "received_on", "resolved_on", "state", "kind", "case__country", *REGISTER
        )
    )
    hidden = in_hiding_among({one["resident__person_id"] for one in found if one["resident__person_id"]})
    claimed = _claimed([one["id"] for one in found])
    limits = value_on("extracts.money_bands", until)
    for one in found:
        if one["resident__person_id"] in hidden:
            continue
        country = one["case__country"]
        days = (one["resolved_on"] - one["received_on"]).days if one["resolved_on"] else None
        kind = kinds.get(one["kind"])
        yield Record(one["resident__person_id"] or "unnamed", {
            "wilayah": one["village_code"], "bulan": one["received_on"],
            **sex_and_age(one["resident__sex"], one["resident__birth_date"], one["received_on"]),
            "negara": country_name(country) if country else None,
            "masalah": groups[kind.group] if kind else None,
            "keadaan": "selesai" if one["state"] in OVER else "masih berjalan",
            "lama_selesai": band(None if days is None else max(days, 0) // DAYS_IN_MONTH, MONTHS_TAKEN, _months),
            "uang_dituntut": band(claimed.get(one["id"]), limits, format_rupiah),
        })  # fmt: skip


def _claimed(ids: list[UUID]) -> dict[UUID, int]:
    """Complaint -> rupiah that are claimed in it."""
    found: dict[UUID, int] = {}
    for start in range(0, len(ids), 500):
        rows = ComplaintMoney.objects.everywhere().filter(complaint__in=ids[start : start + 500])
        found |= dict(rows.order_by().values_list("complaint").annotate(Sum("claimed_rupiah")))
    return found


def _label(choices: type[models.TextChoices], value: str) -> str | None:
    return str(choices(value).label).lower() if value else None


def _months(count: int) -> str:
    return f"{count} bulan"


PLACE = Column("wilayah", "Wilayah", Kind.PLACE, "Tempat menurut kode Kemendagri")
SEX = Column("jenis_kelamin", "Jenis kelamin", Kind.PLAIN, "Laki-laki atau perempuan menurut register desa")
AGE = Column("umur", "Umur", Kind.AGE, "Umur pada bulan itu, dalam rentang")
COUNTRY = Column("negara", "Negara tujuan", Kind.PLAIN, "Negara tempat bekerja")

SOURCES = (
    Source(
        "departures", "Rencana dan keberangkatan", "orang",
        "Satu baris satu rencana bekerja ke luar negeri yang dibuka pada masa itu.",
        (
            PLACE,
            Column("bulan", "Waktu dibuka", Kind.MONTH, "Kapan rencananya dibuka di desa"),
            SEX, AGE,
            Column("status_kawin", "Status kawin", Kind.PLAIN, "Menurut register desa"),
            COUNTRY,
            Column("pekerjaan", "Pekerjaan", Kind.PLAIN, "Pekerjaan di luar negeri"),
            Column("keadaan", "Keadaan", Kind.TOLD, "Masih rencana, di luar negeri, pulang atau selesai, batal"),
            Column("cara_berangkat", "Cara berangkat", Kind.TOLD, "Resmi atau tidak resmi"),
            Column("lama_urus", "Lama mengurus", Kind.TOLD, "Dari rencana dibuka sampai berangkat, dalam rentang"),
        ),
        _plans,
    ),
    Source(
        "complaints", "Pengaduan", "orang",
        "Satu baris satu pengaduan yang ditangani desa. Yang hanya untuk kabupaten tidak pernah ikut.",
        (
            PLACE,
            Column("bulan", "Waktu diterima", Kind.MONTH, "Kapan pengaduannya diterima"),
            SEX, AGE, COUNTRY,
            Column("masalah", "Kelompok masalah", Kind.TOLD, "Perekrutan, upah, keadaan orang, dan seterusnya"),
            Column("keadaan", "Keadaan", Kind.TOLD, "Selesai atau masih berjalan"),
            Column("lama_selesai", "Lama sampai selesai", Kind.TOLD, "Dari diterima sampai selesai, dalam rentang"),
            Column("uang_dituntut", "Uang yang dituntut", Kind.TOLD, "Jumlah semua tuntutan, dalam rentang rupiah"),
        ),
        _complaints,
    ),
)  # fmt: skip
