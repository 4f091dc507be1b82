"""Dates as Indonesians write and read them. Nobody asks the clock in here."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, timedelta, timezone

MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
ZONE_NAMES = {7: "WIB", 8: "WITA", 9: "WIT"}
_DAY_FIRST = re.compile(r"^'?(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$")
_YEAR_FIRST = re.compile(r"^'?(\d{4})-(\d{2})-(\d{2})$")


def format_date(day: date) -> str:
    """17 Agustus 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def format_moment(moment: datetime, utc_offset_hours: int) -> str:
    """17 Agustus 2026, 14.30 WIB. `moment` must be aware."""
    local = moment.astimezone(timezone(timedelta(hours=utc_offset_hours)))
    return f"{format_date(local.date())}, {local:%H.%M} {ZONE_NAMES.get(utc_offset_hours, '')}".rstrip()


def format_clock(moment: datetime, utc_offset_hours: int) -> str:
    """14.30, in the village's own time."""
    return f"{moment.astimezone(timezone(timedelta(hours=utc_offset_hours))):%H.%M}"


def parse_date(text: str) -> date:
    """Read dd-mm-yyyy, dd/mm/yyyy, dd.mm.yyyy or yyyy-mm-dd; month first is never guessed.

    Raises `ValueError` for anything else and for days that do not exist.
    """
    text = text.strip()
    if found := _DAY_FIRST.match(text):
        day, month, year = (int(part) for part in found.groups())
        return date(year, month, day)
    if found := _YEAR_FIRST.match(text):
        year, month, day = (int(part) for part in found.groups())
        return date(year, month, day)
    raise ValueError(f"not a date: {text!r}")


def age_on(birth_date: date, on: date) -> int:
    """Full years on a day; who was born on 29 February turns a year older on 1 March."""
    return on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day))


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or its last day when the month is too short: 31 Jan + 1 = 28 Feb."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def local_day(moment: datetime, utc_offset_hours: int) -> date:
    """The calendar day of a moment in a village's own time zone."""
    return moment.astimezone(timezone(timedelta(hours=utc_offset_hours))).date()
