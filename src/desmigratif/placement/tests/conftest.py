"""Lists of made-up companies, loaded as an operator does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

import pytest

from desmigratif.access.actor import Actor, operator
from desmigratif.placement.loading import ListFile, LoadReport, load_file

AGENCIES = """nama;status;nomor izin;berlaku sampai
PT Contoh Karya Mandiri;aktif;001/P3MI;31-12-2028
PT Contoh Bahtera Asih;dicabut;002/P3MI;31-12-2028
PT Contoh Cahaya Utama;aktif;003/P3MI;01-11-2026
"""
_HEADINGS = (
    "nama", "negara", "pekerjaan", "pemberi kerja", "nomor izin", "kuota", "gaji", "mata uang", "jenis kelamin",
    "umur paling muda", "umur paling tua", "berlaku sampai",
)  # fmt: skip
PERMITS = f"""{";".join(_HEADINGS)}
PT Contoh Karya Mandiri;Hong Kong;PLRT;rumah tangga;SIP-1;20;4990;HKD;P;21;45;30-06-2027
PT Contoh Karya Mandiri;Taiwan;Pekerja pabrik;perusahaan;SIP-2;100;;;;;;01-11-2026
PT Contoh Karya Mandiri;Malaysia;Peniup kaca;perusahaan;SIP-3;5;;;;;;30-06-2027
PT Contoh Bahtera Asih;Hong Kong;PLRT;rumah tangga;SIP-4;10;;;;;;30-06-2027
"""
DESTINATIONS = "negara;rumah tangga;perusahaan\nHong Kong;buka;buka\nTaiwan;buka;buka\nArab Saudi;tutup;buka\n"
BODIES = """jenis lembaga;kode wilayah;nama lembaga;telepon;negara
Dinas tenaga kerja;33.07;Disnaker Contoh Wonosobo;0286 000201;
BP3MI;33;BP3MI Contoh Jawa Tengah;024 000301;
Perwakilan RI di luar negeri;ID;KBRI Contoh Kuala Lumpur;;Malaysia
Dinas tenaga kerja;32.12;Disnaker Contoh Indramayu;;
"""
PLACEMENTS = "NIK;negara;tanggal berangkat;nama\n3307104101900001;Malaysia;03-02-2025;tidak dibaca\n"
TEXTS = {
    "agencies": AGENCIES,
    "permits": PERMITS,
    "destinations": DESTINATIONS,
    "bodies": BODIES,
    "placements": PLACEMENTS,
}
Loading = Callable[..., LoadReport]


@pytest.fixture
def loading(places: None, now: datetime) -> Loading:
    """`loading("agencies")`: the operator loads a list as of 20 November 2026."""

    def run(
        kind: str,
        text: str = "",
        *,
        by: Actor | None = None,
        as_of: date = date(2026, 11, 20),
        region: str = "ID",
        commit: bool = True,
        load_id: UUID | None = None,
    ) -> LoadReport:
        file = ListFile(kind, (text or TEXTS[kind]).encode(), "daftar.csv", region, as_of, "Daftar contoh")
        return load_file(file, by=by or operator(), now=now, commit=commit, load_id=load_id)

    return run
