"""An event of the memory in words that the person it is about understands.

Every kind of event that can name a resident is here by its own name or by its noun (what stands before the dot).
What is protective is kept out by name: who reported a worry about somebody must not be betrayed by a list that this
somebody may ask for. A noun that nobody has put in words yet is kept out too, and a test names it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class TraceKind(StrEnum):
    """What somebody did with a person's data."""

    SEEN = "seen"
    PRINTED = "printed"
    UNMASKED = "unmasked"
    GIVEN = "given"
    CHANGED = "changed"


KIND_LABELS = {
    TraceKind.SEEN: "Dilihat",
    TraceKind.PRINTED: "Dicetak",
    TraceKind.UNMASKED: "Nomor lengkap dibuka",
    TraceKind.GIVEN: "Diserahkan keluar",
    TraceKind.CHANGED: "Dicatat atau diubah",
}
KIND_STATES = {
    TraceKind.SEEN: "tidaktahu",
    TraceKind.PRINTED: "cek",
    TraceKind.UNMASKED: "cek",
    TraceKind.GIVEN: "cek",
    TraceKind.CHANGED: "aman",
}


@dataclass(frozen=True, slots=True)
class Trace:
    """One kind of event: what was done, and the sentence for it."""

    kind: TraceKind
    text: str


_SAID: dict[str, tuple[TraceKind, str]] = {
    # looked at
    "resident.opened": (TraceKind.SEEN, "Membuka berkas warga"),
    "resident.trace_opened": (TraceKind.PRINTED, "Membuka daftar siapa melihat data ini, untuk dicetak"),
    "household.opened": (TraceKind.SEEN, "Membuka berkas keluarga"),
    "residents.compared": (TraceKind.SEEN, "Membandingkan dua berkas yang mungkin kembar"),
    "case.opened_page": (TraceKind.SEEN, "Membuka rencana berangkat"),
    "letter.history_opened": (TraceKind.SEEN, "Membuka daftar surat warga"),
    "letter.opened": (TraceKind.SEEN, "Membuka surat"),
    "review.opened": (TraceKind.SEEN, "Membandingkan kiriman dengan data sekarang"),
    "arrival.opened": (TraceKind.SEEN, "Membuka data pindahan di desa tujuan"),
    "arrivals.listed": (TraceKind.SEEN, "Membuka daftar warga pindahan di desa tujuan"),
    "hand_over.opened": (TraceKind.PRINTED, "Menyiapkan berkas serah terima petugas"),
    "attachment.opened": (TraceKind.SEEN, "Membuka salinan dokumen"),
    "objection.opened": (TraceKind.SEEN, "Membuka keberatan"),
    "bundle.opened": (TraceKind.SEEN, "Membuka berkas yang dikirim desa ke kantornya"),
    "bundles.listed": (TraceKind.SEEN, "Membuka daftar berkas di kantor"),
    "hand_overs.listed": (TraceKind.SEEN, "Membuka daftar keluarga yang diserahkan ke layanan lain"),
    "purchase.opened_page": (TraceKind.SEEN, "Membuka pembelian barang di koperasi"),
    "consignment.opened": (TraceKind.SEEN, "Membuka titipan barang di koperasi"),
    "business.opened": (TraceKind.SEEN, "Membuka usaha atau berkasnya"),
    "business.agreement_opened": (TraceKind.SEEN, "Membuka perjanjian modal penyertaan"),
    "business_move.opened": (TraceKind.SEEN, "Membuka catatan uang usaha"),
    "sharia_contract.opened": (TraceKind.SEEN, "Membuka akad syariah di koperasi"),
    "group.opened": (TraceKind.SEEN, "Membuka berkas kelompok usaha"),
    "aid.handed_over": (TraceKind.CHANGED, "Mencatat penerima bantuan kelompok"),
    "capital.asked": (TraceKind.CHANGED, "Mencatat kebutuhan modal kelompok"),
    "remittance.told": (TraceKind.CHANGED, "Mencatat jawaban sukarela tentang kiriman"),
    "members.register_printed": (TraceKind.PRINTED, "Mencetak buku anggota koperasi"),
    "return.opened": (TraceKind.SEEN, "Membuka berkas kepulangan"),
    "child.calls_opened": (TraceKind.SEEN, "Membuka jadwal telepon anak dengan orang tuanya"),
    "session.roll_opened": (TraceKind.SEEN, "Membuka daftar hadir rumah belajar"),
    "session.class_opened": (TraceKind.SEEN, "Membuka daftar kelas pengasuh"),
    "session.sheet_printed": (TraceKind.PRINTED, "Mencetak daftar hadir rumah belajar"),
    "emergency.searched": (TraceKind.SEEN, "Mencari orang dalam keadaan darurat"),
    "emergency.photo_seen": (TraceKind.SEEN, "Melihat foto untuk mengenali orang"),
    "potential.opened": (TraceKind.SEEN, "Membuka catatan minat usaha"),
    "training.opened": (TraceKind.SEEN, "Membuka pelatihan usaha dan pesertanya"),
    "child.opened": (TraceKind.SEEN, "Membuka catatan anak di rumah belajar"),
    "child.enrol_opened": (TraceKind.SEEN, "Membuka halaman pendaftaran anak di rumah belajar"),
    "child.caregiver_page_opened": (TraceKind.SEEN, "Pengasuhnya membuka halaman untuk pengasuh"),
    "child.caregiver_link_made": (TraceKind.GIVEN, "Memberi pengasuhnya alamat untuk telepon dan pesan"),
    "child.letter_opened": (TraceKind.SEEN, "Membuka surat anak untuk orang tuanya"),
    # shown in full, printed, given away
    "training.certificates_printed": (TraceKind.PRINTED, "Mencetak sertifikat pelatihan"),
    "resident.nik_unmasked": (TraceKind.UNMASKED, "Membuka NIK lengkap"),
    "household.kk_unmasked": (TraceKind.UNMASKED, "Membuka nomor KK lengkap"),
    "resident.phone_unmasked": (TraceKind.UNMASKED, "Membuka nomor HP lengkap"),
    "stay.printed": (TraceKind.PRINTED, "Menyiapkan lembar kabar untuk keluarga"),
    "return.card_printed": (TraceKind.PRINTED, "Menyiapkan kartu asal untuk diantar pulang"),
    "child.letter_printed": (TraceKind.PRINTED, "Mencetak surat anak untuk orang tuanya"),
    "letter.printed": (TraceKind.PRINTED, "Mencetak surat"),
    "residents.exported": (TraceKind.GIVEN, "Mengekspor data warga ke berkas"),
    "share.given": (TraceKind.GIVEN, "Merujuk dan membagikan data terpilih ke lembaga luar desa"),
    "share.opened": (TraceKind.SEEN, "Membuka rujukan yang dikirim ke lembaganya"),
    "bundle.sent": (TraceKind.GIVEN, "Mengirim berkas ke kantor luar desa"),
    "resident.transferred": (TraceKind.GIVEN, "Mencatat kepindahan dan menyerahkan data ke tujuan"),
    "resident.hand_over_waits": (TraceKind.GIVEN, "Menyerahkan data ke desa tujuan"),
    # written
    "resident.registered": (TraceKind.CHANGED, "Mencatat sebagai warga"),
    "resident.corrected": (TraceKind.CHANGED, "Memperbaiki data warga"),
    "resident.arrived": (TraceKind.CHANGED, "Diterima di desa tujuan"),
    "resident.moved_in": (TraceKind.CHANGED, "Mencatat sebagai warga pindahan"),
    "household.registered": (TraceKind.CHANGED, "Mencatat keluarga"),
    "household.corrected": (TraceKind.CHANGED, "Memperbaiki alamat atau KK"),
    "register.imported": (TraceKind.CHANGED, "Memasukkan register desa"),
    "visit.recorded": (TraceKind.CHANGED, "Mencatat kunjungan ke balai desa"),
    "visit.finished": (TraceKind.CHANGED, "Selesai melayani kunjungan"),
    "case.opened": (TraceKind.CHANGED, "Mencatat niat bekerja ke luar negeri"),
    "case.status_seen": (TraceKind.SEEN, "Membaca kabar perjalanan dengan kode untuk keluarga"),
    "case.status_code_given": (TraceKind.GIVEN, "Memberi kode kabar untuk keluarga"),
    "case.withdrawn": (TraceKind.CHANGED, "Mencatat batal berangkat"),
    "offer.checked": (TraceKind.CHANGED, "Memeriksa tawaran kerja"),
    "family_talk.recorded": (TraceKind.CHANGED, "Mencatat bicara dengan keluarga"),
    "letter.issued": (TraceKind.CHANGED, "Membuat surat izin keluarga"),
    "village_letter.issued": (TraceKind.CHANGED, "Membuat surat keterangan atau pengantar"),
    "letter.revoked": (TraceKind.CHANGED, "Mencabut surat"),
    "phone.added": (TraceKind.CHANGED, "Mencatat nomor HP"),
    "contact_wish.recorded": (TraceKind.CHANGED, "Mencatat cara aman dihubungi"),
    "consent.recorded": (TraceKind.CHANGED, "Mencatat jawaban persetujuan"),
    "consent.withdrawn": (TraceKind.CHANGED, "Mencatat persetujuan ditarik"),
}
_BY_NOUN: dict[str, tuple[TraceKind, str]] = {
    "resident": (TraceKind.CHANGED, "Mengurus data warga"),
    "residents": (TraceKind.CHANGED, "Menggabungkan atau memisahkan berkas kembar"),
    "household": (TraceKind.CHANGED, "Mengurus data keluarga"),
    "register": (TraceKind.CHANGED, "Mengurus register desa"),
    "case": (TraceKind.CHANGED, "Mengurus rencana berangkat"),
    "offer": (TraceKind.CHANGED, "Mengurus pemeriksaan tawaran"),
    "letter": (TraceKind.CHANGED, "Mengurus surat"),
    "visit": (TraceKind.CHANGED, "Mengurus kunjungan"),
    "phone": (TraceKind.CHANGED, "Mengurus nomor HP"),
    "consent": (TraceKind.CHANGED, "Mengurus persetujuan"),
    "contact_wish": (TraceKind.CHANGED, "Mengurus cara aman dihubungi"),
    "family_talk": (TraceKind.CHANGED, "Mengurus bicara keluarga"),
    "fact": (TraceKind.CHANGED, "Mencatat keterangan dari sumber lain"),
    "share": (TraceKind.GIVEN, "Membagikan data terpilih ke lembaga luar desa"),
    "bundle": (TraceKind.CHANGED, "Mengurus berkas di kantor luar desa"),
    "doubt": (TraceKind.CHANGED, "Mencocokkan keraguan dengan KTP atau KK"),
    "review": (TraceKind.CHANGED, "Memutuskan kiriman yang bertabrakan"),
    "arrival": (TraceKind.SEEN, "Mengurus data pindahan"),
    "arrivals": (TraceKind.SEEN, "Melihat daftar pindahan"),
    "hand_over": (TraceKind.CHANGED, "Mengurus keluarga yang diserahkan ke layanan lain"),
    "member": (TraceKind.CHANGED, "Mengurus keanggotaan koperasi"),
    "savings": (TraceKind.CHANGED, "Mengurus simpanan koperasi"),
    "loan": (TraceKind.CHANGED, "Mengurus pinjaman koperasi"),
    "loans": (TraceKind.SEEN, "Membuka daftar pinjaman koperasi"),
    "hand_overs": (TraceKind.CHANGED, "Mengurus keluarga yang diserahkan ke layanan lain"),
    "purchase": (TraceKind.CHANGED, "Mengurus pembelian barang di koperasi"),
    "consignment": (TraceKind.CHANGED, "Mengurus titipan barang di koperasi"),
    "aid": (TraceKind.CHANGED, "Mengurus bantuan untuk kelompok usaha"),
    "business": (TraceKind.CHANGED, "Mengurus usaha"),
    "businesses": (TraceKind.SEEN, "Membuka daftar usaha"),
    "business_move": (TraceKind.CHANGED, "Mengurus uang usaha"),
    "group": (TraceKind.CHANGED, "Mengurus kelompok usaha"),
    "groups": (TraceKind.SEEN, "Membuka daftar kelompok usaha"),
    "potential": (TraceKind.CHANGED, "Mencatat minat usaha"),
    "potentials": (TraceKind.SEEN, "Membuka daftar minat usaha"),
    "training": (TraceKind.CHANGED, "Mengurus pelatihan usaha"),
    "trainings": (TraceKind.SEEN, "Membuka daftar pelatihan usaha"),
    "meeting": (TraceKind.CHANGED, "Mengurus rapat anggota koperasi"),
    "meetings": (TraceKind.SEEN, "Membuka daftar rapat anggota koperasi"),
    "surplus": (TraceKind.SEEN, "Membuka pembagian SHU koperasi"),
    "health": (TraceKind.CHANGED, "Mengurus penilaian kesehatan koperasi"),
    "slips": (TraceKind.SEEN, "Membuka daftar slip uang koperasi"),
    "members": (TraceKind.SEEN, "Membuka daftar anggota koperasi"),
    "tax_slip": (TraceKind.SEEN, "Membuka bukti pajak simpanan"),
    "tax_slips": (TraceKind.SEEN, "Membuka daftar pajak simpanan"),
    "money_slip": (TraceKind.SEEN, "Membuka slip uang koperasi"),
    "objection": (TraceKind.CHANGED, "Mengurus permintaan surat dan keberatan"),
    "return": (TraceKind.CHANGED, "Mengurus kepulangan dan sesudahnya"),
    "emergency": (TraceKind.SEEN, "Mencari orang dalam keadaan darurat"),
    "departure": (TraceKind.CHANGED, "Mengurus keberangkatan"),
    "attachment": (TraceKind.SEEN, "Membuka salinan dokumen"),
    "paper": (TraceKind.CHANGED, "Mengurus kelengkapan dokumen"),
    "cost": (TraceKind.CHANGED, "Mengurus biaya penempatan"),
    "contact": (TraceKind.CHANGED, "Mencatat kabar dari luar negeri"),
    "stay": (TraceKind.CHANGED, "Mengurus data kerja di luar negeri"),
    "mission": (TraceKind.CHANGED, "Mencatat lapor diri ke perwakilan RI"),
    "contract": (TraceKind.CHANGED, "Mengurus perubahan kontrak"),
    "remittance": (TraceKind.CHANGED, "Mencatat cerita tentang kiriman"),
    "sharia_contract": (TraceKind.CHANGED, "Mengurus akad syariah di koperasi"),
    "sheet": (TraceKind.CHANGED, "Memasukkan isi lembar kertas"),
    "session": (TraceKind.CHANGED, "Mencatat kehadiran di rumah belajar"),
    "child": (TraceKind.CHANGED, "Mencatat anak rumah belajar"),
    "children": (TraceKind.SEEN, "Membuka daftar anak rumah belajar"),
    "call": (TraceKind.CHANGED, "Mengurus telepon anak dengan orang tuanya"),
    "calls": (TraceKind.SEEN, "Membuka daftar telepon anak dengan orang tuanya"),
    "vacancy": (TraceKind.CHANGED, "Memberi tahu lowongan resmi"),
}
PROTECTIVE_NOUNS = frozenset({
    "alarm", "complaint", "incident", "protection", "protective", "referral", "referrals", "report", "safe_address",
    "shelter", "violence", "worries", "worry",
})  # fmt: skip
# About the office, the machine or a whole list: no single resident is named by them.
OFFICE_NOUNS = frozenset({
    "access", "account", "act", "arrivals", "barred", "books", "broker", "brokers", "cases", "centre", "complaints",
    "cooperative", "desk", "distribution", "enterprise_months", "entry", "fixed_assets", "guide", "ledger", "letters",
    "month_link", "office", "office_paper", "opening", "pack", "recovery", "residents", "returns", "savings_terms",
    "second_factor", "sheets", "statements", "till", "village", "visits", "volunteer", "volunteers",
})  # fmt: skip
# Lists in which everybody of the village may have stood, and the pack that a field device takes along.
LISTS = (
    "residents.listed", "residents.searched", "visits.listed", "cases.listed", "letters.listed", "letters.book_opened",
    "desk.opened", "calls.listed", "session.roll_opened", "session.class_opened", "session.sheet_printed",
    "pack.pulled",
)  # fmt: skip


def trace_of(event: str) -> Trace | None:
    """The words for a kind of event; None when it is protective or not meant for this list."""
    noun = event.partition(".")[0]
    if noun in PROTECTIVE_NOUNS:
        return None
    said = _SAID.get(event) or _BY_NOUN.get(noun)
    return Trace(*said) if said else None


def is_placed(event: str) -> bool:
    """Whether somebody has decided how this kind of event is told, or that it is not."""
    noun = event.partition(".")[0]
    return trace_of(event) is not None or noun in PROTECTIVE_NOUNS | OFFICE_NOUNS
