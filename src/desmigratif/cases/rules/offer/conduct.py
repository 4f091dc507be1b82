"""Red flags in how the recruiter behaves, and alarms after departure."""

from __future__ import annotations

from collections.abc import Iterator

from desmigratif.cases.rules.offer.input import OfferCheckInput
from desmigratif.cases.rules.offer.law import Law
from desmigratif.cases.rules.offer.result import Finding
from desmigratif.shared.rupiah import format_rupiah

PAPER_NAMES = {
    "ktp": "KTP",
    "kk": "KK",
    "passport": "paspor",
    "birth_certificate": "akta kelahiran",
    "school_certificate": "ijazah",
    "marriage_book": "buku nikah",
    "land_title": "sertifikat tanah",
}


def debt_advance(given: OfferCheckInput, law: Law) -> Iterator[Finding]:
    """Money handed out that binds, or a debt to be worked off."""
    if given.offer.advance_to_family:
        amount = format_rupiah(given.offer.advance_to_family)
        yield Finding(
            f"keluarga diberi uang muka {amount} yang dapat mengikat calon",
            "Kembalikan uangnya dengan tanda terima, supaya calon tetap bebas memilih. " + _LAWFUL_LOAN,
        )
    if given.offer.debt_to_work_off:
        amount = format_rupiah(given.offer.debt_to_work_off)
        yield Finding(
            f"calon harus melunasi utang {amount} dengan bekerja",
            "Jangan menandatangani utang yang dibayar dengan bekerja. " + _LAWFUL_LOAN,
        )


_LAWFUL_LOAN = "Bila perlu modal berangkat, tanyakan KUR Penempatan PMI di bank."


def papers_from_elsewhere(given: OfferCheckInput, law: Law) -> Iterator[Finding]:
    """Papers to be made far from home, where nobody knows the candidate."""
    if given.offer.papers_made_elsewhere:
        yield Finding(
            "surat-surat akan dibuat di daerah lain",
            "Urus surat dan paspor di daerah sendiri dengan data yang benar; desa dan Disnaker memberi surat "
            "pengantar tanpa biaya.",
        )


def papers_held(given: OfferCheckInput, law: Law) -> Iterator[Finding]:
    """The recruiter keeps the candidate's papers."""
    if held := given.offer.papers_held_by_recruiter:
        names = ", ".join(PAPER_NAMES.get(paper, paper) for paper in held)
        yield Finding(
            f"perekrut menahan {names}",
            "Minta kembali aslinya, cukup serahkan salinan. Petugas dapat menemani, dan menahan surat dapat "
            "dilaporkan.",
        )


def hurried_or_secret(given: OfferCheckInput, law: Law) -> Iterator[Finding]:
    """A departure that nobody is meant to look at."""
    departure = given.offer.departure
    signs = {
        "terburu-buru": departure.hurried,
        "malam hari": departure.at_night,
        "diam-diam": departure.secret,
    }
    if seen := [sign for sign, present in signs.items() if present]:
        yield Finding(
            f"keberangkatannya {' dan '.join(seen)}",
            "Tunda sampai suratnya lengkap; keberangkatan yang sah boleh diketahui keluarga dan desa.",
        )


def recruiter_history(given: OfferCheckInput, law: Law) -> Iterator[Finding]:
    """People complained before, or a relative or neighbour recruits without a letter."""
    recruiter = given.recruiter
    way_out = "Minta surat tugas dan KTP perekrut, lalu cocokkan dengan perusahaannya; atau langsung ke Disnaker."
    complaints = recruiter.complaints_before
    if complaints is not None and complaints >= law.value("recruiter_complaints_from"):
        yield Finding(f"perekrut ini pernah diadukan {complaints} kali", way_out)
    if recruiter.assignment_letter is False and recruiter.relation in law.value("relations_needing_a_letter"):
        who = "kerabat" if recruiter.relation == "relative" else "tetangga"
        yield Finding(f"perekrutnya {who} dan belum menunjukkan surat tugas", way_out)


def alarm_after_departure(given: OfferCheckInput, law: Law) -> Iterator[Finding]:
    """Abroad and silent beyond what was agreed, without a passport, or held for money."""
    after = given.after_departure
    silent, agreed = after.last_contact_days, after.agreed_contact_days
    if after.ransom_asked:
        yield Finding(
            "ada yang meminta uang tebusan",
            "Jangan mengirim uang. Hubungi polisi dan perwakilan RI sekarang; petugas mendampingi.",
        )
    if after.passport_taken:
        yield Finding("paspornya diambil orang lain", _REPORT)
    if silent is not None and agreed is not None and silent > agreed:
        yield Finding(f"sudah {silent} hari tanpa kabar, padahal disepakati tiap {agreed} hari", _REPORT)


_REPORT = "Buat pengaduan hari ini ke BP3MI dan perwakilan RI; petugas menyiapkan data dan mendampingi keluarga."
