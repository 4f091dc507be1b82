"""What this pillar gives for de-identified extracts: one row a loan, in bands; no member and no cooperative."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from desmigratif.access.scope import region_filter
from desmigratif.cooperative.models import Loan, LoanStatus
from desmigratif.cooperative.rules.loans.collectibility import CLASS_LABELS
from desmigratif.people.deidentified import sex_and_age
from desmigratif.people.safety import in_hiding_among
from desmigratif.shared.dated import value_on
from desmigratif.shared.deidentified import Column, Kind, Record, Source, band
from desmigratif.shared.rupiah import format_rupiah

INSTALMENTS = (7, 13, 25)


def _loans(region_code: str, since: date, until: date) -> Iterator[Record]:
    """Loans whose money went out in these days."""
    rows = Loan.objects.everywhere().filter(region_filter((region_code,)), disbursed_on__range=(since, until))
    found: list[Any] = list(
        rows.order_by("id").values(
            "village_code", "disbursed_on", "amount_rupiah", "instalments", "status", "collectibility", "member_id",
            "group_id", "member__resident__person_id", "member__resident__sex", "member__resident__birth_date",
        )
    )  # fmt: skip
    who = "member__resident__person_id"
    hidden = in_hiding_among({one[who] for one in found if one[who]})
    limits = value_on("extracts.money_bands", until)
    for one in found:
        if one[who] in hidden:
            continue
        born, on = one["member__resident__birth_date"], one["disbursed_on"]
        yield Record(one[who] or one["member_id"], {
            "wilayah": one["village_code"], "bulan": on,
            **sex_and_age(one["member__resident__sex"], born, on),
            "jaminan_kelompok": "tanggung renteng" if one["group_id"] else "sendiri",
            "jumlah": band(one["amount_rupiah"], limits, format_rupiah),
            "angsuran": band(one["instalments"], INSTALMENTS, lambda count: f"{count} kali"),
            "keadaan": str(LoanStatus(one["status"]).label).lower(),
            "kolektibilitas": CLASS_LABELS.get(one["collectibility"], "").lower() or None,
        })  # fmt: skip


SOURCES = (
    Source(
        "loans", "Pinjaman koperasi", "orang",
        "Satu baris satu pinjaman yang cair pada masa itu; anggota dan koperasinya tidak ikut.",
        (
            Column("wilayah", "Wilayah", Kind.PLACE, "Tempat koperasi menurut kode Kemendagri"),
            Column("bulan", "Waktu cair", Kind.MONTH, "Kapan uangnya diterima anggota"),
            Column("jenis_kelamin", "Jenis kelamin", Kind.PLAIN, "Bila anggotanya tercatat di register desa"),
            Column("umur", "Umur", Kind.AGE, "Umur saat cair, dalam rentang; bila tercatat di register desa"),
            Column("jaminan_kelompok", "Jaminan kelompok", Kind.PLAIN, "Sendiri atau tanggung renteng"),
            Column("jumlah", "Jumlah pinjaman", Kind.TOLD, "Pokok pinjaman, dalam rentang rupiah"),
            Column("angsuran", "Banyak angsuran", Kind.TOLD, "Dalam rentang"),
            Column("keadaan", "Keadaan", Kind.TOLD, "Berjalan, lunas, atau dihapus buku"),
            Column("kolektibilitas", "Kolektibilitas", Kind.TOLD, "Lancar sampai macet"),
        ),
        _loans,
    ),
)  # fmt: skip
