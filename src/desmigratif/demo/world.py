"""The plan of the demo world: three real villages, made-up residents, a sign-in for every kind of person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desmigratif.demo.names import JAVA, TIMOR, WEST_JAVA_COAST
from desmigratif.demo.population import VillagePlan

TODAY = date(2026, 11, 23)
PASSWORD = "desa-contoh-2026"  # noqa: S105  printed on every demo page; a demo database answers loopback only

KURIPAN = VillagePlan(
    code="33.07.10.2004", username_part="kuripan", pool=JAVA,
    hamlets=("Krajan", "Kuripan Lor", "Sikapat", "Gondang", "Sidorejo", "Ngadisari"),
    household_count=720, birth_place="Wonosobo", religion=1, abroad_share=0.2,
    countries=("Hong Kong", "Taiwan", "Malaysia", "Singapura"), seed=20161230,
)  # fmt: skip
KENANGA = VillagePlan(
    code="32.12.16.2004", username_part="kenanga", pool=WEST_JAVA_COAST,
    hamlets=("Blok Kebon", "Blok Pasar", "Blok Masjid", "Blok Sawah", "Blok Tegal"),
    household_count=930, birth_place="Indramayu", religion=1, abroad_share=0.32,
    countries=("Taiwan", "Hong Kong", "Arab Saudi", "Malaysia", "Korea Selatan"), seed=20161227,
)  # fmt: skip
CAMPLONG = VillagePlan(
    code="53.01.10.2007", username_part="camplong", pool=TIMOR,
    hamlets=("Dusun I Oelnaineno", "Dusun II Bipolo", "Dusun III Nefo", "Dusun IV Sanlaen"),
    household_count=620, birth_place="Kupang", religion=2, abroad_share=0.14,
    countries=("Malaysia", "Singapura"), seed=20170911,
)  # fmt: skip
VILLAGES = (KURIPAN, KENANGA, CAMPLONG)

OFFICES = {
    KURIPAN.code: ("Jalan Raya Watumalang Km 4, Kuripan", "Kepala Desa", "Suwarno Hadi", "DS-KRP"),
    KENANGA.code: ("Jalan Kenanga Raya Nomor 12, Kenanga", "Kuwu", "Darmaji Permana", "DS-KNG"),
    CAMPLONG.code: ("Jalan Timor Raya Km 46, Camplong II", "Kepala Desa", "Yohanis Benu", "DS-CPL"),
}


@dataclass(frozen=True, slots=True)
class SignIn:
    """A demo account."""

    username: str
    name: str
    role: str
    region: str


SIGN_INS: tuple[SignIn, ...] = (
    SignIn("petugas.kuripan", "Wulan Setyowati", "village_officer", KURIPAN.code),
    SignIn("kades.kuripan", "Suwarno Hadi", "village_head", KURIPAN.code),
    SignIn("petugas.kenanga", "Rokhman Hidayat", "village_officer", KENANGA.code),
    SignIn("petugas.camplong", "Aplonia Tefa", "village_officer", CAMPLONG.code),
    SignIn("pengasuh.kuripan", "Nur Khasanah", "tutor", KURIPAN.code),
    SignIn("kasir.kuripan", "Tri Wahyuni", "cooperative_cashier", KURIPAN.code),
    SignIn("koordinator.wonosobo", "Handoko Subekti", "regency_coordinator", "33.07"),
    SignIn("analis.kementerian", "Dian Maharani", "ministry_analyst", "ID"),
    SignIn("auditor", "Galih Purnomo", "auditor", "ID"),
    SignIn("pelindung.data", "Ratna Kusumawati", "data_protection_officer", "ID"),
    SignIn("pengelola", "Bayu Nugroho", "administrator", "ID"),
)
