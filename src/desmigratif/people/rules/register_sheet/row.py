"""Shapes of the register: its 43 columns, one checked row, one message about one cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple


class Column(NamedTuple):
    """One column of the sheet: its header, our field name, how its cells are read, its Indonesian name."""

    header: str
    field: str
    kind: str  # name | text | code | nik | parent_nik | kk | birth_date | past_date | date | area | degrees
    label: str
    longest: int = 0  # characters a text may have


# Header and order as in the OpenSID import sheet.
COLUMNS: tuple[Column, ...] = (
    Column("alamat", "address", "text", "Alamat", 200),
    Column("dusun", "hamlet", "area", "Dusun", 100),
    Column("rw", "rw", "area", "RW", 10),
    Column("rt", "rt", "area", "RT", 10),
    Column("nama", "name", "name", "Nama", 100),
    Column("no_kk", "kk_number", "kk", "Nomor KK"),
    Column("nik", "nik", "nik", "NIK"),
    Column("sex", "sex", "code", "Jenis kelamin"),
    Column("tempatlahir", "birth_place", "text", "Tempat lahir", 100),
    Column("tanggallahir", "birth_date", "birth_date", "Tanggal lahir"),
    Column("agama_id", "religion", "code", "Agama"),
    Column("pendidikan_kk_id", "education", "code", "Pendidikan dalam KK"),
    Column("pendidikan_sedang_id", "education_current", "code", "Pendidikan sedang ditempuh"),
    Column("pekerjaan_id", "occupation", "code", "Pekerjaan"),
    Column("status_kawin", "marital_status", "code", "Status perkawinan"),
    Column("kk_level", "relation", "code", "Hubungan dalam KK"),
    Column("warganegara_id", "nationality", "code", "Kewarganegaraan"),
    Column("ayah_nik", "father_nik", "parent_nik", "NIK ayah"),
    Column("nama_ayah", "father_name", "text", "Nama ayah", 100),
    Column("ibu_nik", "mother_nik", "parent_nik", "NIK ibu"),
    Column("nama_ibu", "mother_name", "text", "Nama ibu", 100),
    Column("golongan_darah_id", "blood_type", "code", "Golongan darah"),
    Column("akta_lahir", "birth_certificate", "text", "Nomor akta lahir", 100),
    Column("dokumen_pasport", "passport_number", "text", "Nomor paspor", 50),
    Column("tanggal_akhir_paspor", "passport_expires_on", "date", "Tanggal akhir paspor"),
    Column("dokumen_kitas", "kitas", "text", "Nomor KITAS", 50),
    Column("akta_perkawinan", "marriage_certificate", "text", "Nomor akta perkawinan", 100),
    Column("tanggalperkawinan", "married_on", "past_date", "Tanggal perkawinan"),
    Column("akta_perceraian", "divorce_certificate", "text", "Nomor akta perceraian", 100),
    Column("tanggalperceraian", "divorced_on", "past_date", "Tanggal perceraian"),
    Column("cacat_id", "disability", "code", "Disabilitas"),
    Column("cara_kb_id", "family_planning", "code", "Cara KB"),
    Column("hamil", "pregnant", "code", "Kehamilan"),
    Column("ktp_el", "id_card", "code", "KTP-el"),
    Column("status_rekam", "recording_status", "code", "Status rekam"),
    Column("alamat_sekarang", "current_address", "text", "Alamat sekarang", 200),
    Column("status_dasar", "life_status", "code", "Status warga"),
    Column("suku", "ethnicity", "text", "Suku", 100),
    Column("tag_id_card", "tag_id_card", "text", "Tag KTP", 50),
    Column("id_asuransi", "insurance", "code", "Asuransi"),
    Column("no_asuransi", "insurance_number", "text", "Nomor asuransi", 50),
    Column("lat", "latitude", "degrees", "Lintang"),
    Column("lng", "longitude", "degrees", "Bujur"),
)
BY_HEADER = {column.header: column for column in COLUMNS}
HEADER_OF = {column.field: column.header for column in COLUMNS}

# Without these a row says neither who it is nor to which family it belongs. Values may still be empty
# or 0 (NIK); other columns may be left out, which changes nothing, like an empty cell.
MANDATORY = ("nama", "nik", "no_kk")


class RegisterRow(NamedTuple):
    """One resident as the sheet says, in our own terms. `None` = empty cell = changes nothing.

    Codes are our short identifiers or the number of the list as text (`rules.codes`); NIK 0 (not yet
    known) is `None`; RT and RW may be "-". Coordinates are degrees.
    """

    row: int  # row in the sheet; the header is 1
    address: str | None
    hamlet: str | None
    rw: str | None
    rt: str | None
    name: str
    kk_number: str | None
    nik: str | None
    sex: str | None  # M | F
    birth_place: str | None
    birth_date: date | None
    religion: str | None
    education: str | None
    education_current: str | None
    occupation: str | None
    marital_status: str | None  # single | married | divorced | widowed
    relation: str | None  # head | husband | wife | child | ...
    nationality: str | None  # indonesian | foreign | dual
    father_nik: str | None
    father_name: str | None
    mother_nik: str | None
    mother_name: str | None
    blood_type: str | None
    birth_certificate: str | None
    passport_number: str | None
    passport_expires_on: date | None
    kitas: str | None
    marriage_certificate: str | None
    married_on: date | None
    divorce_certificate: str | None
    divorced_on: date | None
    disability: str | None
    family_planning: str | None
    pregnant: str | None  # yes | no
    id_card: str | None
    recording_status: str | None
    current_address: str | None
    life_status: str | None  # alive | dead | moved | missing | away | invalid
    ethnicity: str | None
    tag_id_card: str | None
    insurance: str | None
    insurance_number: str | None
    latitude: float | None
    longitude: float | None


FIELDS: tuple[str, ...] = RegisterRow._fields[1:]


class CellMessage(NamedTuple):
    """One finding. `row` is the sheet's row, `column` the header; None and "" when it is the whole file."""

    row: int | None
    column: str
    code: str
    message: str

    def as_dict(self) -> dict[str, object]:
        return self._asdict()


@dataclass(frozen=True, slots=True)
class Checked:
    """A sheet after checking.

    `rows` are the rows without an error; `count` is every filled row, with or without errors.
    """

    rows: Sequence[RegisterRow] = ()
    errors: Sequence[CellMessage] = ()
    warnings: Sequence[CellMessage] = ()
    count: int = 0
    row_numbers_with_errors: frozenset[int] = field(default_factory=frozenset)
