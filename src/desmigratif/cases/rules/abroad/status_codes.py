"""What a family may read of a journey by a code, and how long the code holds. Plain Python."""

from __future__ import annotations

from datetime import date, timedelta

from desmigratif.shared.reasons import Reason

LASTS = timedelta(days=365)

ABROAD = "Sudah berangkat dan tercatat di luar negeri."
# Of every other state nothing is told here: a death, a stop, a return and a quarrel all read alike.
STANDS = {
    "INTENT": "Niat bekerja ke luar negeri sudah dicatat di desa.",
    "OFFER_CHECKED": "Tawaran kerjanya sudah diperiksa di desa.",
    "VILLAGE_CLEARED": "Urusan di desa selesai.",
    "REGISTERED": "Sudah terdaftar di Disnaker.",
    "SELECTED": "Sudah lulus seleksi.",
    "AGREED": "Perjanjian penempatan sudah ada.",
    "DOCUMENTED": "Dokumennya sudah lengkap.",
    "CONTRACTED": "Kontrak dan visa kerjanya sudah ada.",
    "ORIENTED": "Sudah siap berangkat.",
    "DEPARTED": ABROAD,
    "WORKING": ABROAD,
    "EXTENDED": ABROAD,
    "PROBLEM": ABROAD,
    "LOST_CONTACT": ABROAD,
}
NOT_TOLD = "Kabar perjalanan ini tidak lagi ditampilkan di sini. Tanyakan ke petugas di kantor desa."


def lasts_until(made_on: date) -> date:
    """The last day on which a code opens anything."""
    return made_on + LASTS


def reasons_not_to_give(*, state: str, born: date | None) -> list[Reason]:
    """Why a code would open nothing; empty means it can be given."""
    reasons = []
    if state not in STANDS:
        text = "Perjalanan ini sudah selesai, jadi tidak ada lagi kabar yang dibuka dengan kode."
        reasons.append(Reason("journey_over", text, way_out="Ceritakan kabarnya langsung kepada orangnya."))
    if born is None:
        text = "Tanggal lahir calon belum tercatat, padahal diminta bersama kodenya."
        reasons.append(Reason("birth_date_unknown", text, way_out="Lengkapi dulu di berkas warganya."))
    return reasons


def without_letter(state: str) -> str:
    """Where a journey stands whose letter was taken back: as before it, and nobody is told of the taking back."""
    return "OFFER_CHECKED" if state == "VILLAGE_CLEARED" else state


def what_to_do(*, holder: str, held: bool, is_abroad: bool) -> str:
    """What somebody at home can do now."""
    if is_abroad:
        return "Bila Anda mendengar kabarnya, beri tahu petugas. Bila sudah lama tidak ada kabar, lapor hari itu juga."
    if held:
        return "Langkah ini sedang tertahan. Tanyakan ke petugas."
    if holder in ("family", "candidate", "village_officer"):
        return "Datang ke kantor desa bersama calon; petugas membantu menyelesaikannya."
    return "Tunggu kabarnya. Bila lama tidak bergerak, tanyakan ke petugas."
