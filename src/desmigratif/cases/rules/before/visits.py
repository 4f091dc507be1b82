"""Rules of a visit to the service centre. Plain Python."""

from __future__ import annotations

from datetime import date, timedelta

from desmigratif.shared.dated import value_on
from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import Reason

PLACES = {"hall": "Balai desa", "home": "Kunjungan ke rumah", "event": "Acara", "phone": "Telepon atau pesan"}
PURPOSES = {
    "ask_information": "Tanya kerja ke luar negeri",
    "report_intention": "Melapor mau berangkat",
    "offer": "Minta tawaran diperiksa",
    "letter": "Minta surat izin keluarga",
    "papers": "Bantuan KTP, KK, akta",
    "trouble": "Ada masalah di luar negeri",
    "return": "Melapor pulang",
    "other": "Keperluan lain",
}


def topics_on(day: date) -> dict[str, str]:
    """Code and Indonesian name of the topics a candidate must be told (PP 59/2021 Pasal 4 ayat (4))."""
    topics: dict[str, str] = value_on("information_topics.topics", day)
    return topics


def reasons_not_to_record(*, on: date, today: date, topics: tuple[str, ...]) -> list[Reason]:
    """Why a visit cannot be written down so; empty means it can."""
    reasons = []
    if on > today:
        reasons.append(Reason("date_in_future", "Tanggal kunjungan tidak boleh sesudah hari ini.", field="on"))
    oldest = today - timedelta(days=value_on("information_topics.visit_late_days", today))
    if on < oldest:
        reasons.append(
            Reason("too_late", f"Kunjungan sebelum {format_date(oldest)} tidak dicatat di sini.", field="on")
        )
    if not topics_on(today).keys() >= set(topics):  # never repeated: it could be a story, and reasons are kept
        reasons.append(Reason("unknown_topic", "Ada topik yang tidak dikenal.", field="topics"))
    return reasons
