"""A contract that goes on: how many months more, what the cover costs, whether it covers. Plain Python."""

from __future__ import annotations

from datetime import date

from desmigratif.shared.dated import dated_on, value_on
from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import Reason

PREMIUM = "cost_tables.social_security"


def months_more(since: date, until: date) -> int:
    """Months from the end of a contract to its new end; a month that began counts whole."""
    months = (until.year - since.year) * 12 + until.month - since.month
    return months + (until.day > since.day)


def premium_of_extension(months: int, *, on: date) -> int:
    """What social security costs for so many months more, in rupiah. Raises `NoValueOnDate`."""
    return months * int(value_on(PREMIUM, on)["each_month_beyond"])


def ground_of_premium(on: date) -> str:
    return f"{dated_on(PREMIUM, on).citation} ayat (3)"


def is_covered(contract_until: date | None, cover_until: date | None, today: date) -> bool:
    """Whether somebody is insured today and to the end of the contract; a contract of unknown end needs today only."""
    return cover_until is not None and cover_until >= max(today, contract_until or today)


def reasons_not_to_extend(*, contract_until: date | None, until: date, on: date) -> list[Reason]:
    """Why a contract cannot go on until then; empty means it can."""
    since = contract_until or on
    if until <= since:
        text = f"Akhir kontrak yang baru harus sesudah {format_date(since)}."
        return [Reason("not_later", text, field="until")]
    longest = int(value_on("abroad.longest_contract_months", on))
    if months_more(since, until) > longest:
        text = f"Perpanjangan lebih dari {longest} bulan. Periksa lagi tahunnya."
        return [Reason("too_long", text, field="until")]
    return []
