"""The highest interest the law allows, on loans and on savings, as it stood on the day of a contract."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from desmigratif.shared.dated import Dated, NoValueOnDate, dated_on
from desmigratif.shared.reasons import Reason


@dataclass(frozen=True, slots=True)
class CapCheck:
    """A cap and whether it is kept. `percent` and `within` are None on a day for which we hold no rule."""

    percent: Decimal | None
    citation: str
    within: bool | None = None

    def answered(self, within: bool) -> CapCheck:
        return replace(self, within=within)


def _cap(name: str, on: date) -> CapCheck:
    try:
        version: Dated = dated_on(f"cooperative_rates.{name}", on)
    except NoValueOnDate:
        return CapCheck(None, "")
    return CapCheck(Decimal(version.value), version.citation)


def loan_rate_cap(on: date) -> CapCheck:
    """The cap on what a loan costs, percent a year on the declining balance."""
    return _cap("loan_cap_percent", on)


def savings_rate_cap(on: date) -> CapCheck:
    return _cap("savings_cap_percent", on)


def reasons_against_savings_rate(annual_percent: Decimal, on: date) -> list[Reason]:
    """Why a savings product may not promise this; empty = it may, also when we hold no rule for that day."""
    if annual_percent < 0:
        return [Reason("too_small", "Jasa simpanan tidak boleh kurang dari nol.", field="annual_percent")]
    cap = savings_rate_cap(on)
    if cap.percent is None or annual_percent <= cap.percent:
        return []
    return [
        Reason(
            "rate_above_cap",
            f"Jasa simpanan paling tinggi {percent_text(cap.percent)} setahun.",
            citation=cap.citation,
            field="annual_percent",
        )
    ]


def reasons_against_loan_rate(check: CapCheck, declining_equivalent: Decimal | None) -> list[Reason]:
    """Why a loan may not be given at what it costs; `check` comes from `check_loan_cap`."""
    if check.within is not False or check.percent is None:
        return []
    cost = f"setara {percent_text(declining_equivalent)}" if declining_equivalent is not None else "jauh di atas itu"
    return [
        Reason(
            "rate_above_cap",
            f"Biaya pinjaman paling tinggi {percent_text(check.percent)} setahun menurun; pinjaman ini {cost}.",
            citation=check.citation,
            field="annual_rate_percent",
            way_out="Turunkan jasa atau biayanya, atau pakai jasa menurun.",
        )
    ]


def percent_text(percent: Decimal) -> str:
    """21,46 %; whole percents without decimals."""
    number = f"{percent.normalize():f}".replace(".", ",")
    return f"{number} %"
