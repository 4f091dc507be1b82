"""The learning centre: its plan, who may lead, and when its silence is an alarm. Plain Python.

Lists are data (regulations/parenting_centre.yaml). Dates come in.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from desmigratif.shared.dated import dated_on, value_on
from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import Reason

CAREGIVERS_CLASS = "caregivers_class"
HOLIDAY = "holiday"
LONGEST_PLAN_DAYS = 92


def listed(name: str, on: date) -> Mapping[str, Any]:
    """A list of regulations/parenting_centre.yaml on a day: code -> label, or what the file says of it."""
    rows: Mapping[str, Any] = value_on(f"parenting_centre.{name}", on)
    return rows


def labels(name: str, on: date) -> dict[str, str]:
    """code -> label."""
    return {code: said if isinstance(said, str) else said["label"] for code, said in listed(name, on).items()}


def reasons_not_listed(name: str, code: str, on: date, *, field: str, text: str) -> list[Reason]:
    """Why a code is none of a list; empty means it is."""
    return [] if code in listed(name, on) else [Reason("not_a_choice", text, field=field)]


def is_for_caregivers(kind: str) -> bool:
    return kind == CAREGIVERS_CLASS


# --- planning ---


def days_of_month(month: date, weekdays: Iterable[int], *, since: date, until: date | None = None) -> list[date]:
    """The days of a month on which a timetable meets, from a day on and up to the day before it ended."""
    wanted = set(weekdays)
    days = [month.replace(day=day) for day in range(1, monthrange(month.year, month.month)[1] + 1)]
    return [day for day in days if day.weekday() in wanted and day >= since and (until is None or day < until)]


def reasons_not_to_plan(*, on: date, today: date, opened_on: date, closed_on: date | None) -> list[Reason]:
    """Why no session can be planned on a day; empty means it can. A held one may be written down later."""
    if closed_on is not None and on >= closed_on:
        return [Reason("centre_closed", "Rumah belajar ini sudah ditutup.", field="on")]
    if on < opened_on:
        text = f"Rumah belajar ini baru dibuka {format_date(opened_on)}."
        return [Reason("before_opening", text, field="on")]
    if on > today + timedelta(days=LONGEST_PLAN_DAYS):
        return [Reason("too_far", "Rencanakan paling jauh tiga bulan ke depan.", field="on")]
    return []


def reasons_not_to_end(since: date, until: date) -> list[Reason]:
    """Why something cannot end on a day; empty means it can."""
    if until < since:
        text = f"Tanggalnya sebelum dimulai, {format_date(since)}."
        return [Reason("before_start", text, field="on")]
    return []


# --- who may be with children ---


@dataclass(frozen=True, slots=True)
class Check:
    """What a volunteer showed: which paper, checked on what day; empty = nothing yet."""

    paper: str = ""
    on: date | None = None


def check_lasts_until(check: Check) -> date | None:
    """The last day on which a volunteer's paper still counts; None without a paper."""
    if check.on is None or not check.paper:
        return None
    months: int = listed("background_papers", check.on)[check.paper]["months"]
    years, month = divmod(check.on.month - 1 + months, 12)
    year = check.on.year + years
    return date(year, month + 1, min(check.on.day, monthrange(year, month + 1)[1]))


def may_lead(check: Check, on: date) -> bool:
    """Whether a volunteer may lead children on a day: checked, and the paper still counts."""
    until = check_lasts_until(check)
    return until is not None and check.on is not None and check.on <= on <= until


def reasons_not_to_lead(check: Check, *, kind: str, on: date, ended_on: date | None) -> list[Reason]:
    """Why this volunteer cannot lead a session; empty means they can. Grown-ups in a class need no guard."""
    if ended_on is not None and on >= ended_on:
        return [Reason("volunteer_left", "Relawan ini sudah berhenti.", field="leader_id")]
    if is_for_caregivers(kind) or may_lead(check, on):
        return []
    way_out = "Periksa kertasnya di halaman Relawan, atau pilih pendamping lain."
    text = "Relawan ini belum diperiksa latar belakangnya, jadi belum boleh memimpin kegiatan anak."
    return [Reason("not_checked", text, field="leader_id", way_out=way_out)]


def reasons_when_barred(*, barred: bool, on: date, field: str) -> list[Reason]:
    """Why somebody cannot be with children: a court or an authority said so; empty means nothing is known."""
    if not barred:
        return []
    return [
        Reason(
            "barred", "Orang ini ada dalam daftar yang tidak boleh mendampingi atau mengasuh anak.", field=field,
            citation=dated_on("parenting_centre.barred_reasons", on).citation,
            way_out="Pilih orang lain. Bila menurut Anda keliru, tanyakan kepada koordinator kabupaten.",
        )
    ]  # fmt: skip


# --- silence ---


def silent_since(last_held_on: date | None, opened_on: date) -> date:
    """From which day the days without a session are counted."""
    return last_held_on or opened_on


def who_is_told(since: date, today: date) -> str:
    """Whom the silence of a centre concerns today: "" nobody yet, then the village, then the regency too."""
    limits = listed("silence_days", today)
    days = (today - since).days
    if days >= limits["regency"]:
        return "regency"
    return "village" if days >= limits["village"] else ""


def silent_from(limit: str, today: date) -> date:
    """The newest last session that already concerns the village or the regency today."""
    return today - timedelta(days=listed("silence_days", today)[limit])
