"""The columns of the lists: what a heading is called, and what its cells may say. Plain Python."""

from __future__ import annotations

import re
from dataclasses import dataclass

LISTS = {
    "agencies": "Perusahaan penempatan (P3MI)",
    "permits": "Izin perekrutan dan lowongan",
    "destinations": "Negara tujuan penempatan",
    "bodies": "Lembaga rujukan",
    "placements": "Penempatan pekerja (SISKOP2MI)",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `kind` decides how its cells are read; `also` are other headings under which it is seen."""

    field: str
    header: str
    kind: str
    required: bool = False
    also: tuple[str, ...] = ()
    longest: int = 200


_NAME = Column("name", "nama perusahaan", "company", required=True, also=("nama", "perusahaan", "p3mi", "nama p3mi"))
_UNTIL = Column("valid_until", "berlaku sampai", "day", also=("masa berlaku", "berlaku hingga", "sampai"))
_COUNTRY = Column("country", "negara", "country", required=True, also=("negara tujuan", "negara penempatan"))
COLUMNS: dict[str, tuple[Column, ...]] = {
    "agencies": (
        _NAME,
        Column("licence_number", "nomor izin", "text", also=("izin", "no izin", "sip3mi", "nomor sip3mi"), longest=80),
        Column("status", "status", "status", required=True, also=("keadaan",)),
        Column("address", "alamat", "text", also=("alamat kantor",), longest=300),
        _UNTIL,
    ),
    "permits": (
        _NAME,
        _COUNTRY,
        Column("title", "pekerjaan", "job", required=True, also=("jabatan", "nama jabatan", "posisi"), longest=120),
        Column("employer_type", "pemberi kerja", "employer", also=("jenis pemberi kerja",)),
        Column("permit_number", "nomor izin", "text", also=("sip2mi", "nomor sip2mi", "no izin", "izin"), longest=80),
        Column("quota", "kuota", "count", also=("jumlah", "kebutuhan")),
        Column("wage_amount", "gaji", "count", also=("upah", "gaji per bulan")),
        Column("wage_currency", "mata uang", "currency"),
        Column("sex", "jenis kelamin", "sex", also=("kelamin",)),
        Column("least_age", "umur paling muda", "count", also=("usia minimal", "umur minimal", "usia min")),
        Column("most_age", "umur paling tua", "count", also=("usia maksimal", "umur maksimal", "usia maks")),
        _UNTIL,
    ),
    "destinations": (
        _COUNTRY,
        Column("household_open", "rumah tangga", "open", also=("perseorangan",)),
        Column("company_open", "perusahaan", "open", also=("badan usaha", "berbadan hukum")),
    ),
    "bodies": (
        Column("kind", "jenis lembaga", "body", required=True, also=("jenis",)),
        Column("region_code", "kode wilayah", "region", required=True, also=("wilayah", "kode")),
        Column("name", "nama lembaga", "text", required=True, also=("nama", "lembaga")),
        Column("address", "alamat", "text", also=("alamat kantor",), longest=300),
        Column("contact", "telepon", "text", also=("kontak", "nomor telepon", "surel"), longest=120),
        Column("country", "negara", "country", also=("negara perwakilan",)),
    ),
    "placements": (
        Column("nik", "nik", "nik", required=True, also=("nomor induk kependudukan", "no ktp")),
        _COUNTRY,
        Column("left_on", "tanggal berangkat", "day", also=("tanggal keberangkatan", "berangkat")),
    ),
}


def plain(text: str) -> str:
    """A heading or word as a hurried reader sees it: small letters, one space, no other signs."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text.casefold()).split())


def column_called(kind: str, heading: str) -> Column | None:
    """The column of a list that has this heading, however it is written; None for one that we do not use."""
    wanted = plain(heading)
    return next((one for one in COLUMNS[kind] if wanted in (one.header, *one.also)), None)
