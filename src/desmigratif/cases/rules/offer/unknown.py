"""What is not known about an offer yet, and the question that would find it out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from desmigratif.cases.rules.offer.input import OfferCheckInput
from desmigratif.cases.rules.offer.law import Law
from desmigratif.shared.inputs import Input

# In the order in which a talk goes: the work, the company, the money, the papers, the family, the journey.
_PAPER_QUESTIONS = {
    f"candidate.papers.{paper}.{field}": question.format(label)
    for paper, label in (
        ("ktp", "KTP"), ("kk", "KK"), ("birth_certificate", "akta kelahiran"), ("school_certificate", "ijazah"),
    )
    for field, question in (
        ("name", "Siapa nama yang tertulis di {}?"), ("birth_date", "Tanggal lahir berapa yang tertulis di {}?"),
    )
}  # fmt: skip
QUESTIONS: dict[str, str] = {
    "offer.country": "Mau bekerja ke negara mana?",
    "offer.job": "Pekerjaannya apa?",
    "offer.employer_type": "Bekerja di rumah tangga atau di perusahaan?",
    "offer.scheme": "Berangkat lewat perusahaan (P3MI), program pemerintah, atau mencari sendiri?",
    "offer.agency.name": "Apa nama lengkap perusahaan yang memberangkatkan?",
    "offer.agency.licence_active": "Apakah perusahaan itu ada dalam daftar P3MI yang aktif?",
    "offer.agency.permit_for_job_order": "Apakah ada izin perekrutan untuk negara dan pekerjaan ini?",
    "offer.channel": "Dari mana tawaran ini datang: lowongan resmi, orangnya langsung, media sosial, atau pesan?",
    "recruiter.relation": "Apakah perekrutnya kerabat atau tetangga?",
    "recruiter.assignment_letter": "Apakah perekrut menunjukkan surat tugas?",
    "recruiter.complaints_before": "Berapa kali perekrut ini pernah diadukan?",
    "offer.wage.amount": "Berapa gaji yang dijanjikan?",
    "offer.wage.currency": "Gajinya dalam mata uang apa?",
    "offer.wage.per": "Apakah gaji itu untuk sebulan?",
    "offer.qualification_asked": "Apakah diminta ijazah, keahlian, atau pengalaman tertentu?",
    "offer.fees": "Biaya apa saja yang diminta dari calon?",
    "offer.fees.component": "Biaya ini untuk apa?",
    "offer.fees.amount": "Berapa besar biaya ini?",
    "offer.wage_cut_months": "Berapa bulan gaji akan dipotong?",
    "offer.wage_cut_months_agreed": "Berapa bulan potongan gaji yang tertulis di perjanjian?",
    "offer.advance_to_family": "Berapa uang yang sudah diberikan kepada calon atau keluarga?",
    "offer.debt_to_work_off": "Berapa utang yang harus dilunasi dengan bekerja?",
    "offer.visa": "Visa apa yang akan dipakai?",
    "offer.told_to_hide_purpose": "Apakah disuruh mengaku jalan-jalan atau ibadah?",
    "offer.written_contract": "Apakah sudah ada perjanjian kerja tertulis?",
    "offer.placement_agreement": "Apakah sudah ada perjanjian penempatan dengan perusahaan?",
    "offer.training_planned": "Apakah ada pelatihan kerja sebelum berangkat?",
    "offer.medical_facility_appointed": "Apakah pemeriksaan kesehatannya di fasilitas yang ditunjuk?",
    "offer.orientation_planned": "Apakah ada pembekalan sebelum berangkat?",
    "offer.refuses": "Adakah yang ditolak perekrut: perjanjian, visa kerja, pelatihan, atau pemeriksaan?",
    "offer.papers_made_elsewhere": "Apakah surat atau paspor akan dibuat di daerah lain?",
    "offer.papers_held_by_recruiter": "Surat asli apa yang sedang dipegang perekrut?",
    "offer.destination_changed_after_signing": "Apakah negara tujuan berubah sesudah tanda tangan?",
    "offer.departure.planned_on": "Kapan rencana berangkat?",
    "offer.departure.hurried": "Apakah diminta berangkat terburu-buru?",
    "offer.departure.at_night": "Apakah berangkatnya malam hari?",
    "offer.departure.secret": "Apakah diminta merahasiakannya dari keluarga atau desa?",
    "offer.route_via": "Apakah memutar lewat tempat lain dulu, misalnya Batam atau negara ketiga?",
    "candidate.birth_date": "Kapan tanggal lahir calon?",
    "candidate.sex": "Calon perempuan atau laki-laki?",
    "candidate.marital_status": "Apa status perkawinan calon?",
    "candidate.nik": "Berapa NIK calon?",
    **_PAPER_QUESTIONS,
    "candidate.can_name": "Apa yang bisa disebut calon: pemberi kerja, kota, gaji, jam kerja, nomor kontak?",
    "candidate.irregular_trips_before": "Berapa kali calon pernah berangkat tanpa jalur resmi?",
    "candidate.deported_before": "Apakah calon pernah dideportasi?",
    "candidate.children_under_12": "Berapa anak di bawah 12 tahun yang akan ditinggal?",
    "candidate.caregiver_named": "Apakah sudah disepakati siapa yang mengasuh anak?",
    "family.permission": "Apakah keluarga mengizinkan?",
    "family.giver": "Siapa yang memberi izin?",
    "family.disputed": "Apakah ada anggota keluarga yang keberatan?",
    "family.pressure": "Apakah calon merasa dipaksa suami, istri, atau orang tua?",
    "after_departure.last_contact_days": "Berapa hari sejak kabar terakhir?",
    "after_departure.agreed_contact_days": "Tiap berapa hari disepakati memberi kabar?",
    "after_departure.passport_taken": "Apakah paspornya diambil orang lain?",
    "after_departure.ransom_asked": "Apakah ada yang meminta uang tebusan?",
}
# Where to, what, by whom, and whether that company may: the gravest flags lean on these.
ESSENTIAL = frozenset(("offer.country", "offer.job", "offer.scheme", "offer.agency.licence_active"))
_ROW_NUMBER = re.compile(r"\.\d+(?=\.|$)")


def question_for(path: str) -> str:
    """The question for an unknown field; "offer.fees.2.amount" asks as every fee does."""
    return QUESTIONS[_ROW_NUMBER.sub("", path)]


def says_too_little(level: str, unknown: Iterable[str]) -> bool:
    """Whether a calm level means no more than that the essential questions were not asked yet.

    Unknown fields alone never raise the level; but a page that says "safe" of an empty sheet would mislead a family.
    """
    return level in ("clear", "advise") and not ESSENTIAL.isdisjoint(unknown)


def unknown_fields(given: OfferCheckInput, law: Law) -> tuple[str, ...]:
    """Dotted paths of what nobody has answered, in the order of the document; what does not apply is left out."""
    not_asked = _not_asked(given, law)
    return tuple(path for path in _open_paths(given) if not path.startswith(not_asked))


def _open_paths(part: Input, prefix: str = "") -> Iterator[str]:
    for name in type(part).model_fields:
        value, path = getattr(part, name), f"{prefix}{name}"
        if isinstance(value, Input):
            yield from _open_paths(value, f"{path}.")
        elif isinstance(value, tuple):
            for number, row in enumerate(value):
                if isinstance(row, Input):
                    yield from _open_paths(row, f"{path}.{number}.")
        elif value is None or (path in ("offer.visa", "offer.scheme") and value.lower() == "unknown"):
            yield path


def _not_asked(given: OfferCheckInput, law: Law) -> tuple[str, ...]:
    """Beginnings of paths that make no sense to ask about this offer."""
    beside_the_point = {
        "offer.agency.": not law.has_agency(given),
        "offer.placement_agreement": not law.has_agency(given),
        "offer.wage_cut_months_agreed": given.offer.wage_cut_months == 0,
        "candidate.caregiver_named": given.candidate.children_under_12 == 0,
        "family.giver": given.family.permission == "missing",
        "after_departure.": given.stage != "abroad",
    }
    return tuple(path for path, true in beside_the_point.items() if true)
