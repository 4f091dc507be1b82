"""What the national lists said when an offer was checked, in sentences with the day of the list."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from desmigratif.placement.models import LicenceStatus
from desmigratif.shared.dates import format_date


def said_by_lists(facts: dict[str, Any]) -> list[dict[str, str]]:
    """Lines with their icons; none for a check that was made before there were lists."""
    lines = [*_about_licence(facts), *_about_permit(facts)]
    if facts.get("differs"):
        lines.append(line_with("info-circle", _("Jawaban di formulir berbeda; yang dipakai adalah daftar.")))
    return lines


def _about_licence(facts: dict[str, Any]) -> list[dict[str, str]]:
    if not facts.get("agencies_as_of"):
        return []
    day, others = _day(facts["agencies_as_of"]), facts.get("other_names") or []
    if facts.get("agencies_old"):
        text = _("Daftar P3MI yang ada per %(day)s, terlalu lama untuk menjawab. Tanyakan izinnya ke Disnaker.")
        return [line_with("clock", text % {"day": day})]
    if facts.get("licence_active") is None:
        if others:
            text = _("Di daftar P3MI per %(day)s nama itu belum pasti. Mungkin maksudnya: %(names)s.")
            return [line_with("help-circle", text % {"day": day, "names": ", ".join(others)})]
        text = _("Nama perusahaan tidak ditemukan di daftar P3MI per %(day)s. Minta nama lengkapnya.")
        return [line_with("help-circle", text % {"day": day})]
    said = {"name": facts["name"], "status": _status_of(facts), "day": day, "source": facts["agencies_source"]}
    lines = [
        line_with(
            "circle-check" if facts["licence_active"] else "alert-octagon",
            _("%(name)s: %(status)s, menurut daftar per %(day)s (%(source)s).") % said,
        )
    ]
    if facts.get("spelt_otherwise"):
        lines.append(line_with("help-circle", _("Ejaannya sedikit berbeda. Cocokkan nama di surat tugas perekrut.")))
    return lines


def _status_of(facts: dict[str, Any]) -> str:
    if facts["licence_active"]:
        return _("izin aktif")
    if facts["status"] == LicenceStatus.ACTIVE and facts.get("valid_until"):
        return _("izin habis %s") % _day(facts["valid_until"])
    return _("izin %s") % str(LicenceStatus(facts["status"]).label).lower()


def _about_permit(facts: dict[str, Any]) -> list[dict[str, str]]:
    if not facts.get("permits_as_of") or facts.get("licence_active") is None:
        return []
    day = _day(facts["permits_as_of"])
    if facts.get("permits_old"):
        text = _("Daftar izin perekrutan yang ada per %(day)s, terlalu lama untuk menjawab.")
        return [line_with("clock", text % {"day": day})]
    if facts.get("permit_for_job_order") is None:
        return [line_with("help-circle", _("Izin perekrutan untuk pekerjaan ini belum pasti di daftar per %s.") % day)]
    if facts["permit_for_job_order"]:
        said = {"number": facts.get("permit_number") or _("tanpa nomor di daftar"), "day": day}
        return [line_with("circle-check", _("Izin perekrutannya ada (%(number)s), menurut daftar per %(day)s.") % said)]
    text = _("Izin perekrutan untuk negara dan pekerjaan ini tidak ada di daftar per %s.")
    return [line_with("alert-octagon", text % day)]


def line_with(icon: str, text: str) -> dict[str, str]:
    """A line of a list with its icon."""
    return {"icon": icon, "text": text}


def _day(text: str) -> str:
    return format_date(date.fromisoformat(text))
