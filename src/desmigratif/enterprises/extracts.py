"""What this pillar gives for de-identified extracts: one row a group, its money in bands, nobody of its members."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Avg, Count, Q

from desmigratif.access.scope import region_filter
from desmigratif.enterprises.models import Group, GroupMonth
from desmigratif.shared.dated import value_on
from desmigratif.shared.deidentified import Column, Kind, Record, Source, band
from desmigratif.shared.rupiah import format_rupiah

MEMBERS = (5, 10, 15, 20)
WORKERS = (1, 3, 6, 11)


def _groups(region_code: str, since: date, until: date) -> Iterator[Record]:
    """Groups that existed by the last day, with what they sold on average in the months of the stretch."""
    there = Q(members__since__lte=until) & (Q(members__until=None) | Q(members__until__gte=until))
    rows = Group.objects.everywhere().filter(region_filter((region_code,)), formed_on__lte=until)
    found: list[Any] = list(
        rows.order_by("id").annotate(people=Count("members", filter=there))
        .values("id", "village_code", "formed_on", "trade", "people")
    )  # fmt: skip
    sold = _averages(region_code, since, until)
    limits, trades = value_on("extracts.money_bands", until), value_on("enterprises.trades", until)
    for one in found:
        sales, workers = sold.get(one["id"], (None, None))
        yield Record(one["id"], {
            "wilayah": one["village_code"], "berdiri": one["formed_on"], "bidang": trades.get(one["trade"]),
            "anggota": band(one["people"], MEMBERS, _people),
            "omzet": band(sales, limits, format_rupiah),
            "pekerja": band(workers, WORKERS, _people),
            "catatan": "ada" if sales is not None else "tidak ada",
        })  # fmt: skip


def _averages(region_code: str, since: date, until: date) -> dict[UUID, tuple[int, int]]:
    """Group -> what it sold and how many worked in it, on average of the months that were written down."""
    months = GroupMonth.objects.everywhere().filter(region_filter((region_code,)), month__range=(since, until))
    grouped = months.order_by().values_list("group").annotate(Avg("sales_rupiah"), Avg("workers"))
    return {group: (round(sales), round(workers)) for group, sales, workers in grouped}


def _people(count: int) -> str:
    return f"{count} orang"


SOURCES = (
    Source(
        "businesses", "Kelompok usaha", "kelompok",
        "Satu baris satu kelompok yang sudah berdiri pada akhir masa itu; anggotanya tidak ikut.",
        (
            Column("wilayah", "Wilayah", Kind.PLACE, "Tempat menurut kode Kemendagri"),
            Column("berdiri", "Waktu berdiri", Kind.MONTH, "Kapan kelompoknya dibentuk"),
            Column("bidang", "Bidang usaha", Kind.PLAIN, "Menurut daftar bidang usaha program"),
            Column("anggota", "Jumlah anggota", Kind.PLAIN, "Anggota pada akhir masa, dalam rentang"),
            Column("omzet", "Omzet sebulan", Kind.TOLD, "Rata-rata bulan yang dicatat, dalam rentang rupiah"),
            Column("pekerja", "Jumlah pekerja", Kind.TOLD, "Rata-rata bulan yang dicatat, dalam rentang"),
            Column("catatan", "Catatan bulanan", Kind.TOLD, "Ada atau tidak ada bulan yang dicatat pada masa itu"),
        ),
        _groups,
    ),
)  # fmt: skip
