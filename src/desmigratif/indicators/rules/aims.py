"""Why a target or a month's figures may not be set down."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from desmigratif.indicators.rules.definitions import UnknownIndicator, indicator
from desmigratif.indicators.rules.periods import Month
from desmigratif.shared.dates import MONTHS, format_date
from desmigratif.shared.reasons import Reason

MOST_PERCENT = 100
YEARS_AHEAD = 10  # a plan of the region runs five years, the one after it is written in advance


def reasons_not_to_aim(*, code: str, year: int, value: Decimal, is_known_region: bool, today: date) -> list[Reason]:
    """Why this target may not be set; an empty list means it may."""
    found = []
    if not is_known_region:
        text = "Tidak ada wilayah dengan kode ini."
        found.append(Reason("unknown_region", text, field="region_code", way_out="Pilih wilayah dari daftar."))
    try:
        unit = indicator(code).unit
    except UnknownIndicator:
        unit = ""
        text = "Tidak ada ukuran dengan kode ini."
        found.append(Reason("unknown_indicator", text, field="code", way_out="Pilih ukuran dari daftar."))
    if unit == "percent" and value > MOST_PERCENT:
        found.append(Reason("above_hundred", "Target ukuran ini dalam persen, paling banyak 100.", field="value"))
    if year > today.year + YEARS_AHEAD:
        text = f"Target paling jauh untuk tahun {today.year + YEARS_AHEAD}."
        found.append(Reason("too_far_ahead", text, field="year"))
    return found


def reasons_not_to_publish(*, month: Month, is_published: bool, today: date) -> list[Reason]:
    """Why the figures of this month may not be published; an empty list means they may."""
    named = month_name(month)
    if month.last >= today:
        text = f"{named} belum selesai, jadi angkanya masih berubah."
        way_out = f"Terbitkan mulai {format_date(month.next().first)}."
        return [Reason("month_not_over", text, field="month", way_out=way_out)]
    if is_published:
        text = f"Angka {named} sudah diterbitkan. Yang masuk sesudahnya ditampilkan di sampingnya."
        return [Reason("published_already", text, field="month")]
    return []


def month_name(month: Month) -> str:
    """Oktober 2026."""
    return f"{MONTHS[month.month - 1]} {month.year}"
