"""Red flags about the candidate and the family: age, identity, permission, children, what is known."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import date

from desmigratif.cases.rules.offer.input import Candidate, OfferCheckInput
from desmigratif.cases.rules.offer.law import Law
from desmigratif.cases.rules.offer.result import Finding
from desmigratif.shared.dates import age_on, format_date

TERMS = {
    "employer": "nama pemberi kerja",
    "city": "kota tempat kerja",
    "wage": "gaji",
    "hours": "jam kerja",
    "contact": "nomor yang bisa dihubungi",
}


def underage_or_identity_mismatch(given: OfferCheckInput, law: Law) -> Iterator[Finding]:
    """Too young on the day of departure, or papers that disagree about who this is."""
    yield from _underage(given, law)
    names = {paper: plain_name(name) for paper, name in _names(given.candidate).items()}
    if papers := _first_that_differ(names):
        yield Finding(f"nama di {papers[0]} dan {papers[1]} tidak sama", _MEND_PAPERS)
    if papers := _first_that_differ(_birth_dates(given.candidate)):
        yield Finding(f"tanggal lahir di {papers[0]} dan {papers[1]} tidak sama", _MEND_PAPERS)


_MEND_PAPERS = (
    "Samakan dulu datanya di Dukcapil, petugas desa membantu. Selama menunggu, desa dapat membuat surat "
    "keterangan beda identitas."
)


def _underage(given: OfferCheckInput, law: Law) -> Iterator[Finding]:
    minimum: int = law.value("minimum_age")
    leaving_on = given.offer.departure.planned_on or law.on
    too_young = [day for day in _birth_dates(given.candidate).values() if age_on(day, leaving_on) < minimum]
    if too_young:
        yield Finding(
            f"calon belum genap {minimum} tahun pada {format_date(leaving_on)}",
            f"Boleh berangkat mulai {format_date(_turns(minimum, max(too_young)))}. Sampai saat itu bisa ikut "
            "pelatihan dan belajar bahasa; petugas mencatat minatnya.",
            citation=law.citation("minimum_age"),
        )


def _turns(years: int, birth_date: date) -> date:
    """The day somebody turns that old; born on 29 February, 1 March in a year without one."""
    try:
        return birth_date.replace(year=birth_date.year + years)
    except ValueError:
        return date(birth_date.year + years, 3, 1)


def _names(candidate: Candidate) -> dict[str, str]:
    papers = candidate.papers
    names = {
        "KTP": papers.ktp.name,
        "KK": papers.kk.name,
        "akta kelahiran": papers.birth_certificate.name,
        "ijazah": papers.school_certificate.name,
    }
    return {paper: name for paper, name in names.items() if name is not None}


def _birth_dates(candidate: Candidate) -> dict[str, date]:
    papers = candidate.papers
    days = {
        "data calon": candidate.birth_date,
        "KTP": papers.ktp.birth_date,
        "KK": papers.kk.birth_date,
        "akta kelahiran": papers.birth_certificate.birth_date,
        "ijazah": papers.school_certificate.birth_date,
    }
    return {paper: day for paper, day in days.items() if day is not None}


def plain_name(name: str) -> str:
    """A name without what does not tell people apart: case, accents, punctuation, wide spaces."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(" " if sign in ".,-" else sign for sign in letters if sign.isalnum() or sign in " .,-")
    return " ".join(kept.split())


def _first_that_differ(values: dict[str, str] | dict[str, date]) -> tuple[str, str] | None:
    """The first two papers that say something different."""
    papers = list(values)
    for other in papers[1:]:
        if values[other] != values[papers[0]]:
            return papers[0], other
    return None


def family_permission(given: OfferCheckInput, law: Law) -> Iterator[Finding]:
    """No permission, one in dispute or under pressure, or by somebody who cannot give it."""
    family = given.family
    if family.pressure:
        yield Finding(
            "ada tekanan dari keluarga", "Bicara dengan calon sendirian di tempat yang aman; pilihannya milik calon."
        )
    if family.permission == "refused":
        yield Finding("keluarga belum mengizinkan", _TALK)
    if family.permission == "missing":
        yield Finding("izin keluarga belum ada", _TALK)
    if family.disputed:
        yield Finding("izin keluarga masih diperselisihkan", _TALK)
    if family.permission == "given" and not _may_give(given, law):
        yield Finding(
            "pemberi izin tidak sesuai dengan status perkawinan calon",
            "Yang menikah diizinkan suami atau istri; yang tidak menikah oleh orang tua atau wali. Petugas "
            "membantu menyiapkan suratnya.",
        )


_TALK = "Adakan pembicaraan keluarga bersama petugas, lalu izin ditulis dan diketahui kepala desa."


def _may_give(given: OfferCheckInput, law: Law) -> bool:
    giver, status = given.family.giver, given.candidate.marital_status
    if giver is None or status is None:
        return True
    group = "married" if status == "married" else "unmarried"
    return giver in law.value(f"permission_givers_of_the_{group}")


def children_without_caregiver(given: OfferCheckInput, law: Law) -> Iterator[Finding]:
    """Small children stay behind and nobody is named to look after them."""
    children = given.candidate.children_under_12
    if children is None or given.candidate.caregiver_named is not False:
        return
    if children >= law.value("children_needing_a_caregiver_from"):
        yield Finding(
            f"pengasuh untuk {children} anak di bawah 12 tahun belum ditentukan",
            "Sepakati siapa yang mengasuh, catat di rencana keluarga, dan daftarkan anak di rumah belajar desa.",
        )


def cannot_name_terms(given: OfferCheckInput, law: Law) -> Iterator[Finding]:
    """The candidate does not know what everybody who signs must know."""
    if given.candidate.can_name is None:
        return
    missing = [TERMS[term] for term in law.value("terms_to_name") if term not in given.candidate.can_name]
    if missing:
        yield Finding(
            f"calon belum bisa menyebut {', '.join(missing)}",
            "Minta salinan perjanjian kerja dan baca bersama petugas sampai semuanya jelas.",
        )


def irregular_before(given: OfferCheckInput, law: Law) -> Iterator[Finding]:
    """Went the unofficial way again and again, or was sent back."""
    trips = given.candidate.irregular_trips_before
    if given.candidate.deported_before:
        yield Finding("calon pernah dideportasi", "Tanyakan ke imigrasi apakah boleh masuk lagi. " + _LAWFUL_WAY)
    if trips is not None and trips >= law.value("irregular_trips_from"):
        yield Finding(f"calon sudah {trips} kali berangkat tanpa jalur resmi", _LAWFUL_WAY)


_LAWFUL_WAY = "Petugas menjelaskan jalur resmi dan bantuan biayanya, tanpa menyalahkan."
