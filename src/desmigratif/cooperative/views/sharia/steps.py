"""Where a contract stands, in words, and which steps of money and goods come next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desmigratif.cooperative.forms.business.businesses import MoneyMoveForm, TodayForm
from desmigratif.cooperative.forms.sharia.contracts import EndLeaseForm, SellForm
from desmigratif.cooperative.models import ContractStatus, MoveKind
from desmigratif.cooperative.queries.sharia.contracts import StandingContract
from desmigratif.cooperative.rules.sharia.contracts import SHARED
from desmigratif.shared.dates import format_date
from desmigratif.shared.rupiah import format_rupiah

STATES = {
    "asked": ("cek", gettext_lazy("menunggu keputusan")), "declined": ("henti", gettext_lazy("tidak disetujui")),
    "agreed": ("cek", gettext_lazy("disetujui, belum dimulai")), "prepared": ("cek", gettext_lazy("barang disiapkan")),
    "running": ("aman", gettext_lazy("berjalan")), "done": ("tidaktahu", gettext_lazy("selesai")),
    "written_off": ("henti", gettext_lazy("dihapus buku")),
}  # fmt: skip


def state_of(standing: StandingContract) -> tuple[str, str]:
    """The colour and the word of where a contract stands."""
    state, word = STATES[standing.state]
    return state, str(word)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its word in the address, its action, whether money leaves, and what is proposed as its sum."""

    name: str
    label: str | Promise
    action: str
    pays: bool = False
    amount: Callable[[StandingContract], int] = lambda standing: 0
    make: type[TodayForm] = MoneyMoveForm

    def form(self, data: Mapping[str, Any] | None, *, today: date, standing: StandingContract) -> TodayForm:
        if self.make is MoneyMoveForm:
            return MoneyMoveForm(data, today=today, amount=self.amount(standing))
        return self.make(data, today=today)

    def lead(self, standing: StandingContract) -> str:
        one = standing.contract
        if self.name == "jual":
            cost = standing.in_books("murabahah_goods")
            said = _("Harga pokok %(cost)s + margin %(margin)s = harga jual %(price)s, tetap sampai lunas.")
            return said % {
                "cost": format_rupiah(cost), "margin": format_rupiah(one.margin_rupiah),
                "price": format_rupiah(cost + one.margin_rupiah),
            }  # fmt: skip
        return f"{one.member.name}, {one.goods}"


def _cost(standing: StandingContract) -> int:
    return standing.contract.amount_rupiah


def _next_payment(standing: StandingContract) -> int:
    """What the next instalment still asks; all that is open, or was written off, where there are none."""
    if standing.claim_rupiah:
        return standing.claim_rupiah
    paid = standing.paid
    for due in standing.dues:
        if paid < due.amount:
            return min(due.amount - paid, standing.open_rupiah)
        paid -= due.amount
    return standing.open_rupiah


STEPS = {
    one.name: one
    for one in (
        Step("beli", gettext_lazy("Beli barangnya"), "buy_contract_goods", pays=True, amount=_cost),
        Step("wakalah", gettext_lazy("Serahkan uang wakalah"), "hand_agent_money", pays=True, amount=_cost),
        Step(
            "nota", gettext_lazy("Catat nota pembelian"), "record_agent_purchase",
            amount=lambda standing: standing.in_books("wakalah_advance"),
        ),
        Step("jual", gettext_lazy("Jual kepada anggota"), "sell_contract_goods", make=SellForm),
        Step("serah", gettext_lazy("Serahkan uangnya"), "hand_out_financing", pays=True, amount=_cost),
        Step("bayar", gettext_lazy("Terima pembayaran"), "take_contract_payment", amount=_next_payment),
        Step(
            "kembali", gettext_lazy("Terima modal yang kembali"), "take_contract_payment",
            amount=lambda standing: standing.open_rupiah,
        ),
        Step(
            "bagi", gettext_lazy("Terima bagi hasil"), "take_profit_share",
            amount=lambda standing: standing.in_books("profit_share_receivable"),
        ),
        Step(
            "biaya", gettext_lazy("Terima biaya administrasi"), "take_contract_fee",
            amount=lambda standing: standing.contract.fee_rupiah,
        ),
        Step(
            "denda", gettext_lazy("Terima denda untuk dana kebajikan"), "charge_late",
            amount=lambda standing: standing.contract.late_charge_rupiah,
        ),
        Step("akhir", gettext_lazy("Akhiri sewa"), "end_lease", make=EndLeaseForm),
    )
}  # fmt: skip


def steps_of(standing: StandingContract, today: date) -> list[Step]:
    """What can be done with this contract today, the usual one first."""
    one = standing.contract
    if one.status != ContractStatus.AGREED:
        return []
    if standing.claim_rupiah:
        return [STEPS["bayar"]]
    names = {"murabahah": _of_sale, "ijarah": _of_lease}.get(one.kind, _of_money)(standing)
    if standing.in_books("profit_share_receivable"):
        names.insert(0, "bagi")
    if one.fee_rupiah and not standing.paid_by(MoveKind.SHARIA_FEE):
        names.append("biaya")
    if one.late_charge_rupiah and standing.late(today):
        names.append("denda")
    return [STEPS[name] for name in names]


def _of_sale(standing: StandingContract) -> list[str]:
    if standing.in_books("murabahah_goods"):
        return ["jual"]
    if standing.in_books("wakalah_advance"):
        return ["nota"]
    if standing.is_sold:
        return ["bayar"] if standing.open_rupiah else []
    return ["wakalah" if standing.contract.by_agent else "beli"]


def _of_lease(standing: StandingContract) -> list[str]:
    if not standing.has_thing:
        return ["beli"]
    if standing.open_rupiah:
        return ["bayar"]
    return [] if standing.is_ended else ["akhir"]


def _of_money(standing: StandingContract) -> list[str]:
    if not standing.is_handed_out:
        return ["serah"]
    back = "kembali" if standing.contract.kind in SHARED else "bayar"
    return [back] if standing.open_rupiah else []


def facts_of(standing: StandingContract, today: date) -> list[dict[str, Any]]:
    """What the contract says and where it stands, without lines that say nothing."""
    one = standing.contract
    rows: list[tuple[str, Any]] = [
        (_("Keadaan"), state_of(standing)[1]), (_("Akad"), one.get_kind_display()), (_("Untuk"), one.goods),
        *((label, format_rupiah(amount)) for label, amount in _sums(standing) if amount),
    ]  # fmt: skip
    if one.share_percent is not None:
        rows.append((_("Nisbah koperasi"), f"{one.share_percent.normalize():f} %".replace(".", ",")))
    if one.kind == "qardh":
        rows.append((_("Sumber uangnya"), one.get_source_display()))
    if one.by_agent:
        rows.append((_("Cara membeli"), _("anggota sebagai wakil koperasi (wakalah)")))
    if late := standing.late(today):
        rows.append((_("Terlambat"), format_rupiah(late)))
    if one.rebate_on == today and standing.open_rupiah:
        left = format_rupiah(standing.open_rupiah - one.rebate_rupiah)
        rows.append((_("Untuk melunasi hari ini, sesudah potongan"), left))
    if one.decided_on is not None:
        rows.append((_("Keputusan"), f"{one.get_status_display()}, {format_date(one.decided_on)}: {one.decision}"))
    return [{"label": label, "value": value} for label, value in rows]


def _sums(standing: StandingContract) -> list[tuple[str, int]]:
    one = standing.contract
    cost = standing.price - one.margin_rupiah if one.kind == "murabahah" else one.amount_rupiah
    label = {"murabahah": _("Harga pokok"), "ijarah": _("Harga barang"), "qardh": _("Jumlah pinjaman")}.get(
        one.kind, _("Modal koperasi")
    )
    return [
        (label, cost), (_("Margin"), one.margin_rupiah),
        (_("Harga jual"), standing.price if one.kind == "murabahah" else 0),
        (_("Seluruh sewa"), one.rent_rupiah), (_("Nilai sisa"), one.residual_rupiah),
        (_("Modal anggota"), one.members_capital_rupiah), (_("Biaya administrasi"), one.fee_rupiah),
        (_("Denda terlambat, setiap kali"), one.late_charge_rupiah),
        (_("Modal yang sudah kembali") if one.kind in SHARED else _("Sudah dibayar"), standing.paid),
        (_("Modal yang masih di usaha") if one.kind in SHARED else _("Belum dibayar"), standing.open_rupiah),
        (_("Dihapus buku, masih ditagih"), standing.claim_rupiah),
        (_("Dibayar sesudah hapus buku"), standing.recovered),
        (_("Margin yang belum diterima"), standing.in_books("murabahah_deferred")),
        (_("Bagi hasil yang belum dibayar"), standing.in_books("profit_share_receivable")),
    ]  # fmt: skip
