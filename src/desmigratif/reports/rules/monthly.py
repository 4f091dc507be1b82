"""A village's monthly report: when it is due, which step may follow which, and why not. Plain Python."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from desmigratif.shared import working_days
from desmigratif.shared.dated import value_on
from desmigratif.shared.dates import MONTHS, add_months, format_date
from desmigratif.shared.reasons import Reason

DRAFT, CHECKED, SENT, RETURNED, ACCEPTED = "draft", "checked", "sent", "returned", "accepted"
STATES = {
    DRAFT: "Sedang ditulis",
    CHECKED: "Menunggu kepala desa",
    SENT: "Menunggu kabupaten",
    RETURNED: "Dikembalikan",
    ACCEPTED: "Diterima",
}
LOOKS = {DRAFT: "cek", CHECKED: "cek", SENT: "cek", RETURNED: "henti", ACCEPTED: "aman"}
_WAITS_FOR = {
    CHECKED: ("waits_for_head", "Laporan ini sudah ditandatangani petugas dan menunggu kepala desa.",
              "Bila ada yang salah, minta kepala desa mengembalikannya dengan catatan."),
    SENT: ("waits_for_regency", "Laporan ini sudah dikirim dan sedang dibaca kabupaten.",
           "Bila ada yang salah, minta koordinator kabupaten mengembalikannya."),
}  # fmt: skip


def last_day(year: int, month: int) -> date:
    return add_months(date(year, month, 1), 1) - timedelta(days=1)


def month_words(year: int, month: int) -> str:
    """Oktober 2026."""
    return f"{MONTHS[month - 1]} {year}"


def working_days_after(day: date, path: str) -> date:
    return working_days.after(day, value_on(path, day), working_days.closed_days(day, day))


def due_on(year: int, month: int) -> date:
    """The last day on which the report of a month is on time."""
    return working_days_after(last_day(year, month), "reports.due_working_days")


def inbox_on(last: date) -> date:
    """The day on which the report of a period that ended on `last` is made by itself."""
    return working_days_after(last, "reports.inbox_working_days")


def monthly_figures(on: date) -> list[str]:
    """Codes of the figures of a monthly report, in their order."""
    return list(value_on("reports.monthly_figures", on))


def reasons_not_to_report(*, year: int, month: int, today: date, frozen: bool) -> list[Reason]:
    """Why there can be no report of a month."""
    last = last_day(year, month)
    if today <= last:
        text = f"Bulan {month_words(year, month)} belum selesai."
        way_out = f"Laporannya bisa dibuat mulai {format_date(last + timedelta(days=1))}."
        return [Reason("month_not_over", text, field="month", way_out=way_out)]
    if frozen:
        text = f"Angka {month_words(year, month)} sudah diterbitkan dan dibekukan, jadi laporannya tidak berubah lagi."
        way_out = "Sampaikan perbaikannya kepada koordinator kabupaten; perubahan diumumkan sebagai ralat."
        return [Reason("month_frozen", text, field="month", way_out=way_out)]
    return []


def reasons_not_to_write(*, state: str | None, because: str) -> list[Reason]:
    """Why the words of a report cannot be written now. `state`: of the newest version; None = there is none yet."""
    if state in _WAITS_FOR:
        code, text, way_out = _WAITS_FOR[state]
        return [Reason(code, text, way_out=way_out)]
    if state == ACCEPTED and not because:
        text = "Laporan ini sudah diterima. Tulis mengapa perlu dibetulkan; versi lama tetap tersimpan."
        return [Reason("reason_needed", text, field="because")]
    return []


def reasons_not_to_sign(*, state: str, wanted: str, officer: object = None, by: object = None) -> list[Reason]:
    """Why a signature cannot be set: another step comes first, or the same person has signed already."""
    if state != wanted:
        text = "Laporan ini sudah melangkah lebih jauh. Muat ulang halamannya untuk melihat keadaannya sekarang."
        if wanted == CHECKED and state == DRAFT:
            text = "Petugas belum menandatangani laporan ini."
        return [Reason("other_step", text)]
    if officer is not None and officer == by:
        text = "Yang menyusun dan yang mengesahkan harus dua orang yang berbeda."
        return [Reason("two_people", text, way_out="Minta kepala desa masuk dengan akunnya sendiri.")]
    return []


def reasons_not_to_answer(state: str) -> list[Reason]:
    """Why the regency cannot accept or return a report."""
    if state == SENT:
        return []
    return [Reason("not_waiting", "Laporan ini tidak sedang menunggu jawaban kabupaten.")]


@dataclass(frozen=True, slots=True)
class Said:
    """What a report says and its two signers sign for."""

    village_code: str
    year: int
    month: int
    version: int
    figures: Sequence[dict[str, Any]]
    obstacles: str
    follow_up: str


def fingerprint_of(said: Said) -> str:
    """Twelve signs that change with anything in the report: 1A2B-3C4D-5E6F."""
    content = [said.village_code, said.year, said.month, said.version, list(said.figures), said.obstacles,
               said.follow_up]  # fmt: skip
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    signs = hashlib.sha256(text.encode()).hexdigest()[:12].upper()
    return "-".join((signs[:4], signs[4:8], signs[8:]))


def says(said: Said) -> str:
    """The fact that the village's key signs: month, version and the fingerprint of all that the report says."""
    return f"{month_words(said.year, said.month)} versi {said.version}, sidik {fingerprint_of(said)}"
