"""Where a group may ask for money, and why not yet. What a bank or the cooperative decides is theirs. Plain Python."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from desmigratif.enterprises.rules.months import Month, last_months, mean_profit, months_between
from desmigratif.shared.dated import dated_on
from desmigratif.shared.reasons import Reason
from desmigratif.shared.rupiah import format_rupiah

FILE = "enterprise_life"
COOPERATIVE = "cooperative"


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a group that asks."""

    formed_on: date
    months: Sequence[Month]
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """One place where money may be asked: its words, the instalment of a month, what stands against it."""

    code: str
    label: str
    instalment_rupiah: int
    instalments: int
    rate_percent: int | None
    reasons: tuple[Reason, ...]
    citation: str

    @property
    def may(self) -> bool:
        return not self.reasons


def places_on(day: date) -> Mapping[str, Mapping[str, Any]]:
    found: Mapping[str, Mapping[str, Any]] = dated_on(f"{FILE}.capital", day).value
    return found


def places_for(standing: Standing, amount_rupiah: int, today: date) -> list[Place]:
    """Every place for a sum, with the reasons against it."""
    version = dated_on(f"{FILE}.capital", today)
    return [
        Place(
            code, told["label"], instalment_of(amount_rupiah, told), told["instalments"], told["rate"],
            tuple(_reasons(told, standing, amount_rupiah, today, version.citation)), version.citation,
        )
        for code, told in version.value.items()
    ]  # fmt: skip


def instalment_of(amount_rupiah: int, told: Mapping[str, Any]) -> int:
    """A month's instalment, interest spread evenly, up to whole rupiah; without a rate, of the sum alone."""
    count: int = told["instalments"]
    interest: int = amount_rupiah * (told["rate"] or 0) * count // 1200
    return -(-(amount_rupiah + interest) // count)


def _reasons(told: Mapping[str, Any], standing: Standing, amount: int, today: date, citation: str) -> list[Reason]:
    reasons = []
    if standing.ended:
        reasons.append(Reason("ended", "Kelompok ini sudah berhenti."))
    if amount < told["least"]:
        reasons.append(Reason("too_little", f"Di sini paling sedikit {format_rupiah(told['least'])}.", citation))
    if amount > told["most"]:
        reasons.append(Reason("too_much", f"Di sini paling banyak {format_rupiah(told['most'])}.", citation))
    running = max(0, months_between(standing.formed_on, today) - (today.day < standing.formed_on.day))
    if running < told.get("months_running", 0):
        text = f"Usaha baru berjalan {running} bulan; perlu {told['months_running']}."
        reasons.append(Reason("too_young", text, citation))
    wanted = told.get("months_written", 0)
    if len(standing.months) < wanted:
        text = f"Catatan bulan baru {len(standing.months)}; perlu {wanted}."
        reasons.append(Reason("months_missing", text, way_out="Isi catatan bulan yang belum."))
    elif "share" in told:
        reasons += _of_profit(told, mean_profit(last_months(standing.months, wanted + 1, until=today)), amount)
    return reasons


def _of_profit(told: Mapping[str, Any], profit: int | None, amount: int) -> list[Reason]:
    """The month that runs may not be written down yet: one month more is looked at."""
    if profit is None or profit <= 0:
        return [Reason("no_profit", "Bulan-bulan terakhir belum untung.")]
    instalment, bearable = instalment_of(amount, told), profit * told["share"] // 100
    if instalment > bearable:
        text = f"Angsuran {format_rupiah(instalment)} sebulan terlalu berat; wajarnya sampai {format_rupiah(bearable)}."
        return [Reason("too_heavy", text, way_out="Minta lebih sedikit.")]
    return []
