"""The plan of the demo world: three real villages and a small one beside them, made-up residents, sign-ins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desmigratif.demo.people.names import JAVA, TIMOR, WEST_JAVA_COAST
from desmigratif.demo.people.population import VillagePlan

TODAY = date(2026, 11, 23)
PASSWORD = "desa-contoh-2026"  # noqa: S105  printed on every demo page; a demo database answers loopback only
ENVELOPE_PASSPHRASE = "empat kata desa contoh"  # noqa: S105  printed on the demo's page of sealed notes

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
GARUNG = VillagePlan(  # another Kuripan of the same regency: its coordinator has two villages, and search two of a name
    code="33.07.12.2007", username_part="garung", pool=JAVA, hamlets=("Gintung", "Tieng", "Rejosari"),
    household_count=110, birth_place="Wonosobo", religion=1, abroad_share=0.12,
    countries=("Taiwan", "Malaysia"), seed=20181103,
)  # fmt: skip
PILOTS = (KURIPAN, KENANGA, CAMPLONG)
VILLAGES = (*PILOTS, GARUNG)

OFFICES = {  # address, title and name of the head, code of letters; numbers that nobody is given
    KURIPAN.code: ("Jalan Raya Watumalang Km 4, Kuripan", "Kepala Desa", "Suwarno Hadi", "DS-KRP", "0286 000101"),
    KENANGA.code: ("Jalan Kenanga Raya Nomor 12, Kenanga", "Kuwu", "Darmaji Permana", "DS-KNG", "0234 000102"),
    CAMPLONG.code: ("Jalan Timor Raya Km 46, Camplong II", "Kepala Desa", "Yohanis Benu", "DS-CPL", "0380 000103"),
    GARUNG.code: ("Jalan Dieng Km 9, Kuripan", "Kepala Desa", "Slamet Riyadi", "DS-KGR", "0286 000104"),
}


@dataclass(frozen=True, slots=True)
class SignIn:
    """A demo account; `days` ago its role began."""

    username: str
    name: str
    role: str
    region: str
    days: int = 90


SIGN_INS: tuple[SignIn, ...] = (
    SignIn("petugas.kuripan", "Wulan Setyowati", "village_officer", KURIPAN.code),
    SignIn("petugas.baru", "Dimas Prasetyo", "village_officer", KURIPAN.code, days=2),
    SignIn("kades.kuripan", "Suwarno Hadi", "village_head", KURIPAN.code),
    SignIn("petugas.kenanga", "Rokhman Hidayat", "village_officer", KENANGA.code),
    SignIn("petugas.camplong", "Aplonia Tefa", "village_officer", CAMPLONG.code),
    SignIn("petugas.garung", "Endah Rahayu", "village_officer", GARUNG.code),
    SignIn("pengasuh.kuripan", "Nur Khasanah", "tutor", KURIPAN.code),
    SignIn("pendamping.kuripan", "Umi Latifah", "enterprise_mentor", KURIPAN.code),
    SignIn("kasir.kuripan", "Tri Wahyuni", "cooperative_cashier", KURIPAN.code),
    SignIn("bendahara.kuripan", "Siti Mulyani", "cooperative_treasurer", KURIPAN.code),
    SignIn("ketua.kuripan", "Sri Wahyuni", "cooperative_board", KURIPAN.code),
    SignIn("pengurus.kuripan", "Teguh Santoso", "cooperative_board", KURIPAN.code),
    SignIn("pengawas.kuripan", "Rubiyanto", "cooperative_supervisor", KURIPAN.code),
    SignIn("bendahara.garung", "Sulastri", "cooperative_treasurer", GARUNG.code),
    SignIn("ketua.garung", "Paryono", "cooperative_board", GARUNG.code),
    SignIn("pengurus.garung", "Eko Widodo", "cooperative_board", GARUNG.code),
    SignIn("pengawas.garung", "Kasmini", "cooperative_supervisor", GARUNG.code),
    SignIn("koordinator.wonosobo", "Handoko Subekti", "regency_coordinator", "33.07"),
    SignIn("disnaker.wonosobo", "Arif Budiman", "manpower_officer", "33.07"),
    SignIn("dukcapil.wonosobo", "Lestari Handayani", "registrar", "33.07"),
    SignIn("dinkop.wonosobo", "Widi Astuti", "cooperative_office", "33.07"),
    SignIn("bp3mi.jateng", "Yuniarto Wibowo", "protection_officer", "33"),
    SignIn("mitra.kopi", "Ratih Kumalasari", "partner", "33.07"),
    SignIn("analis.kementerian", "Dian Maharani", "ministry_analyst", "ID"),
    SignIn("auditor", "Galih Purnomo", "auditor", "ID"),
    SignIn("pelindung.data", "Ratna Kusumawati", "data_protection_officer", "ID"),
    SignIn("pengelola", "Bayu Nugroho", "administrator", "ID"),
)
