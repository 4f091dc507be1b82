"""Plans with their cash, permits with their end, products, and whether a group is ready to begin. Plain Python."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from desmigratif.documents.rules.village_text import last_day
from desmigratif.enterprises.rules.will import ALMOST, NOT_YET, READY, Readiness
from desmigratif.shared.dated import value_on
from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import Reason
from desmigratif.shared.rupiah import format_rupiah

MONTHS = 12
MOST_RUPIAH = 10**10

# --- plans ---


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What a group means to make and sell in a month, and what it begins with."""

    price_rupiah: int
    units: int
    unit_cost_rupiah: int
    fixed_cost_rupiah: int
    tools_rupiah: int
    own_rupiah: int


@dataclass(frozen=True, slots=True)
class CashFlow:
    """The cash of a plan: at the start and after each of twelve months, in which everything made is sold."""

    sales_rupiah: int
    cost_rupiah: int
    balances: tuple[int, ...]
    back_months: int | None

    @property
    def profit_rupiah(self) -> int:
        return self.sales_rupiah - self.cost_rupiah

    @property
    def need_rupiah(self) -> int:
        """How much is missing where the cash is lowest."""
        return max(0, -min(self.balances))


def cash_flow(plan: PlanFacts) -> CashFlow:
    """Tools and the first month's material are paid before anything is sold; each month pays for the next."""
    sales = plan.price_rupiah * plan.units
    cost = plan.unit_cost_rupiah * plan.units + plan.fixed_cost_rupiah
    profit, balance = sales - cost, plan.own_rupiah - plan.tools_rupiah - cost
    balances = tuple(balance + month * profit for month in range(MONTHS + 1))
    back = -(-plan.tools_rupiah // profit) if profit > 0 else None
    return CashFlow(sales, cost, balances, back)


def reasons_not_to_plan(plan: PlanFacts) -> list[Reason]:
    """Sums that no plan can have; empty means it can. A plan that loses money is written down and says so."""
    reasons = []
    if plan.price_rupiah <= 0:
        reasons.append(_not_positive(plan.price_rupiah, "price_rupiah"))
    if plan.units <= 0:
        reasons.append(Reason("nothing_made", "Tulis berapa banyak yang dibuat sebulan.", field="units"))
    for field in ("unit_cost_rupiah", "fixed_cost_rupiah", "tools_rupiah", "own_rupiah"):
        if getattr(plan, field) < 0:
            text = "Jumlahnya tidak bisa kurang dari nol."
            reasons.append(Reason("below_zero", text, field=field, way_out="Tidak ada? Tulis 0."))
    return reasons


def _not_positive(price: int, field: str) -> Reason:
    text = f"Harga harus lebih dari Rp0; yang tertulis {format_rupiah(price)}."
    return Reason("price_not_positive", text, field=field)


@dataclass(frozen=True, slots=True)
class Bar:
    """One month of the picture, in its units: above the line there is cash, below it some is missing."""

    x: int
    y: int
    height: int
    is_short: bool
    label: str


@dataclass(frozen=True, slots=True)
class CashPicture:
    """Bars over twelve months, with the line of zero."""

    bars: tuple[Bar, ...]
    zero_y: int
    width: int
    height: int


def picture_of(flow: CashFlow) -> CashPicture:
    top, bottom, room, step = max(0, *flow.balances), min(0, *flow.balances), 120, 30
    span = max(top - bottom, 1)
    zero = 14 + room * top // span
    bars = []
    for month, balance in enumerate(flow.balances):
        height = max(1, room * abs(balance) // span)
        y = zero - height if balance >= 0 else zero
        bars.append(Bar(4 + step * month, y, height, balance < 0, str(month)))
    return CashPicture(tuple(bars), zero, step * (MONTHS + 1) + 4, room + 40)


# --- permits ---

VALID, SOON, OVER, MISSING = "valid", "soon", "over", "missing"
STATES = {
    VALID: ("aman", "Berlaku"),
    SOON: ("cek", "Segera habis"),
    OVER: ("henti", "Sudah habis"),
    MISSING: ("tidaktahu", "Belum ada"),
}


def permits_on(day: date) -> Mapping[str, Mapping[str, Any]]:
    """Kinds of permits: code -> {label, issuer, valid_months, trades, citation}."""
    permits: Mapping[str, Mapping[str, Any]] = value_on("enterprise_permits.permits", day)
    return permits


def valid_until(kind: str, issued_on: date, written: date | None) -> date | None:
    """The end that the permit names, else what the law of the day it was issued says; None = no end."""
    return written or last_day(issued_on, permits_on(issued_on)[kind]["valid_months"])


def permit_state(until: date | None, *, today: date) -> str:
    if until is None:
        return VALID
    if until < today:
        return OVER
    warn: int = value_on("enterprise_permits.warn_days", today)
    return SOON if (until - today).days <= warn else VALID


def reasons_not_to_keep(kind: str, *, issued_on: date, until: date | None, today: date) -> list[Reason]:
    """Why a permit cannot be written down like this; empty means it can."""
    reasons = []
    if kind not in permits_on(today):
        reasons.append(Reason("unknown_permit", "Pilih salah satu izin yang tersedia.", field="kind"))
    if issued_on > today:
        text = f"Tanggal terbit masih di depan; hari ini {format_date(today)}."
        reasons.append(Reason("day_in_future", text, field="issued_on"))
    if until is not None and until < issued_on:
        reasons.append(Reason("ends_before", "Izin tidak bisa habis sebelum terbit.", field="valid_until"))
    return reasons


def needed_for(trade: str, *, on: date) -> list[str]:
    """The kinds of permits that a group of this trade needs."""
    return [code for code, said in permits_on(on).items() if trade in said["trades"]]


# --- products ---


def reasons_not_to_offer(*, price_rupiah: int, name_is_taken: bool) -> list[Reason]:
    """Why a product cannot be offered like this; empty means it can."""
    reasons = [] if price_rupiah > 0 else [_not_positive(price_rupiah, "price_rupiah")]
    if name_is_taken:
        reasons.append(Reason("name_taken", "Produk dengan nama ini sudah ada di kelompok ini.", field="name"))
    return reasons


# --- readiness of a group ---


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """What is known of a group that wants to begin. `permits`: the states of those it needs, by label."""

    members: int
    officers: int
    trained: int
    deliberations: int
    has_plan: bool
    plan_earns: bool
    has_product: bool
    permits: Mapping[str, str]


def group_readiness(facts: GroupFacts, *, on: date) -> Readiness:
    """Whether a group can begin, with what is missing."""
    law: Mapping[str, Any] = value_on("enterprises.group_ready", on)
    missing: list[Reason] = []
    if facts.members < law["members"]:
        text = f"Anggotanya baru {facts.members}; sebaiknya paling sedikit {law['members']}."
        missing.append(Reason("few_members", text, way_out="Ajak keluarga yang sudah siap."))
    if facts.officers < 3:
        text = "Ketua, sekretaris, dan bendahara belum lengkap."
        missing.append(Reason("officers", text, way_out="Pilih dalam musyawarah."))
    if facts.deliberations < law["meetings"]:
        missing.append(Reason("no_minutes", "Belum ada notulen musyawarah.", way_out="Catat musyawarahnya."))
    if facts.members and 100 * facts.trained < law["trained_percent"] * facts.members:
        text = f"Baru {facts.trained} dari {facts.members} anggota pernah dilatih."
        missing.append(Reason("few_trained", text, way_out="Undang ke pelatihan."))
    if not facts.has_plan:
        missing.append(Reason("no_plan", "Belum ada rencana usaha.", way_out="Susun bersama kelompok."))
    elif not facts.plan_earns:
        text = "Rencananya belum menghasilkan laba."
        missing.append(Reason("no_profit", text, way_out="Periksa harga dan biaya bahannya."))
    if not facts.has_product:
        missing.append(Reason("no_product", "Belum ada produk yang dicatat.", way_out="Tambahkan produk dan harganya."))
    missing += _missing_permits(facts.permits)
    level = READY if not missing else ALMOST if len(missing) <= 2 else NOT_YET
    return Readiness(level, tuple(missing))


def _missing_permits(permits: Mapping[str, str]) -> Sequence[Reason]:
    said = {MISSING: "belum ada", OVER: "sudah habis"}
    return [
        Reason("permit", f"{label} {said[state]}.", way_out="Bantu mengurusnya.")
        for label, state in permits.items()
        if state in said
    ]
