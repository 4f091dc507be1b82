"""Money and goods of sharia contracts: bought, sold, handed out, paid. Every one leaves a slip."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.cooperative.actions.business.moves import CannotMove, Move, Posting, make_move
from desmigratif.cooperative.actions.ledger.books import books_of
from desmigratif.cooperative.actions.ledger.chart import open_accounts
from desmigratif.cooperative.actions.ledger.posting_sql import lock_book_of
from desmigratif.cooperative.actions.sharia.contracts import locked_contract
from desmigratif.cooperative.inputs.sharia.contracts import (
    BuyContractGoods,
    ChargeLate,
    EndLease,
    HandAgentMoney,
    HandOutFinancing,
    RecordAgentPurchase,
    SellContractGoods,
    TakeContractFee,
    TakeContractPayment,
)
from desmigratif.cooperative.models import ContractStatus, Cooperative, MoneySource, MoveKind
from desmigratif.cooperative.queries.sharia.contracts import CAPITAL_USE, StandingContract, standing_contract
from desmigratif.cooperative.queries.sharia.funds import fund_now
from desmigratif.cooperative.rules.sharia.contracts import BOUGHT, SHARED
from desmigratif.cooperative.rules.sharia.ijarah import LeaseEnd, used_up
from desmigratif.cooperative.rules.sharia.murabahah import (
    payment_of,
    reasons_not_to_charge_late,
    reasons_not_to_sell,
)
from desmigratif.cooperative.rules.sharia.profit import reasons_not_to_take_from_fund
from desmigratif.shared.dated import value_on
from desmigratif.shared.reasons import Reason
from desmigratif.shared.rupiah import format_rupiah


def agreed_contract(cooperative: Cooperative, contract_id: UUID, *kinds: str) -> StandingContract:
    """A contract that was agreed on, locked, of one of these kinds. Raises `CannotMove`."""
    contract = locked_contract(cooperative, contract_id)
    if contract.status != ContractStatus.AGREED:
        text = "Akad ini belum disetujui." if contract.status == ContractStatus.ASKED else "Akad ini tidak disetujui."
        raise CannotMove(Reason("not_agreed", text, way_out="Yang memutuskan pengurus, bukan pencatatnya."))
    if kinds and contract.kind not in kinds:
        text = f"Ini tidak ada dalam akad {contract.get_kind_display()}."
        raise CannotMove(Reason("other_kind", text))
    return standing_contract(contract)


class Entered(Protocol):
    """What every input of a movement tells."""

    @property
    def entry_id(self) -> UUID: ...
    @property
    def on(self) -> date: ...


def contract_move(standing: StandingContract, given: Entered, kind: MoveKind, against: list[Posting]) -> Move:
    """A movement about a contract with the day, the way and the approval of its input; sums come by the caller."""
    one = standing.contract
    return Move(
        given.entry_id, given.on, kind, one.id, one.member.name, against, member=one.member,
        way=getattr(given, "way", "cash"), approval_id=getattr(given, "approval_id", None),
    )  # fmt: skip


@action("cooperative.buy_contract_goods", Permission.MONEY_TAKE)
def buy_contract_goods(*, by: Actor, given: BuyContractGoods, now: datetime) -> dict[str, object]:
    """Buy what is to be sold or leased, so that it is the cooperative's."""
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_TAKE)
    standing = agreed_contract(cooperative, given.contract_id, *BOUGHT)
    _refuse_second_purchase(standing, given.amount_rupiah)
    if standing.contract.by_agent:
        text = "Barang ini dibeli anggota sebagai wakil koperasi."
        raise CannotMove(Reason("by_agent", text, way_out="Serahkan uang wakalah."))
    use = "murabahah_goods" if standing.contract.kind == "murabahah" else "ijarah_assets"
    if use == "ijarah_assets" and given.amount_rupiah <= standing.contract.residual_rupiah:
        text = "Harganya harus di atas nilai sisa yang disepakati."
        raise CannotMove(Reason("below_residual", text, field="amount_rupiah"))
    against: list[Posting] = [(use, given.amount_rupiah, standing.contract.id)]
    move = contract_move(standing, given, MoveKind.SHARIA_BOUGHT, against)
    return make_move(cooperative, by, move.of(amount=-given.amount_rupiah, value=given.amount_rupiah), now)


def _refuse_second_purchase(standing: StandingContract, amount: int) -> None:
    """Once only, and at no more than the cost that the member was told."""
    if standing.in_books("murabahah_goods") or standing.in_books("wakalah_advance") or standing.is_sold:
        raise CannotMove(Reason("bought_already", "Barangnya sudah dibeli atau sedang dibeli."))
    if standing.has_thing:
        raise CannotMove(Reason("bought_already", "Barangnya sudah dibeli."))
    if amount > standing.contract.amount_rupiah:
        text = f"Harga pokok yang disepakati paling banyak {format_rupiah(standing.contract.amount_rupiah)}."
        way_out = "Bila harganya naik, buat permintaan baru supaya anggota tahu harganya."
        raise CannotMove(Reason("above_agreed", text, field="amount_rupiah", way_out=way_out))


@action("cooperative.hand_agent_money", Permission.MONEY_TAKE)
def hand_agent_money(*, by: Actor, given: HandAgentMoney, now: datetime) -> dict[str, object]:
    """Give the member, as the cooperative's agent, the money to buy with."""
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_TAKE)
    standing = agreed_contract(cooperative, given.contract_id, "murabahah")
    _refuse_second_purchase(standing, given.amount_rupiah)
    if not standing.contract.by_agent:
        text = "Akad ini tidak memakai wakalah."
        raise CannotMove(Reason("no_agent", text, way_out="Catat pembelian oleh koperasi."))
    against: list[Posting] = [("wakalah_advance", given.amount_rupiah, standing.contract.id)]
    move = contract_move(standing, given, MoveKind.SHARIA_AGENT_PAID, against)
    return make_move(cooperative, by, move.of(amount=-given.amount_rupiah), now)


@action("cooperative.record_agent_purchase", Permission.MONEY_TAKE)
def record_agent_purchase(*, by: Actor, given: RecordAgentPurchase, now: datetime) -> dict[str, object]:
    """What the agent paid for the goods, by the receipt; the goods are the cooperative's now."""
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_TAKE)
    standing = agreed_contract(cooperative, given.contract_id, "murabahah")
    advance = standing.in_books("wakalah_advance")
    if not 0 < given.amount_rupiah <= advance:
        text = f"Uang wakalah yang ada {format_rupiah(advance)}." if advance else "Belum ada uang wakalah."
        raise CannotMove(Reason("above_advance", text, field="amount_rupiah"))
    id = standing.contract.id
    against: list[Posting] = [("murabahah_goods", given.amount_rupiah, id), ("wakalah_advance", -advance, id)]
    move = contract_move(standing, given, MoveKind.SHARIA_AGENT_BOUGHT, against)
    return make_move(cooperative, by, move.of(amount=advance - given.amount_rupiah, value=given.amount_rupiah), now)


@action("cooperative.sell_contract_goods", Permission.MONEY_TAKE)
def sell_contract_goods(*, by: Actor, given: SellContractGoods, now: datetime) -> dict[str, object]:
    """Sell the cooperative's own goods at cost and margin, both told; from here on the price never changes."""
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_TAKE)
    standing = agreed_contract(cooperative, given.contract_id, "murabahah")
    one, cost = standing.contract, standing.in_books("murabahah_goods")
    if standing.is_sold:
        raise CannotMove(Reason("sold_already", "Barang ini sudah dijual."))
    if reasons := reasons_not_to_sell(cost, given.on):
        raise CannotMove(reasons)
    price = cost + one.margin_rupiah
    against: list[Posting] = [
        ("murabahah_receivable", price, one.id), ("murabahah_goods", -cost, one.id),
        ("murabahah_deferred", -one.margin_rupiah, one.id),
    ]  # fmt: skip
    move = contract_move(standing, given, MoveKind.SHARIA_SOLD, against)
    return make_move(cooperative, by, move.of(value=price), now)


@action("cooperative.hand_out_financing", Permission.MONEY_TAKE)
def hand_out_financing(*, by: Actor, given: HandOutFinancing, now: datetime) -> dict[str, object]:
    """Hand the capital of a venture, or a qardh, to the member."""
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_TAKE)
    standing = agreed_contract(cooperative, given.contract_id, *CAPITAL_USE)
    one = standing.contract
    if standing.is_handed_out:
        raise CannotMove(Reason("handed_already", "Uangnya sudah diserahkan."))
    if given.amount_rupiah != one.amount_rupiah:
        text = f"Yang disetujui {format_rupiah(one.amount_rupiah)}."
        raise CannotMove(Reason("other_sum", text, field="amount_rupiah"))
    if one.source == MoneySource.BENEVOLENT:
        _refuse_above_fund(cooperative, one.amount_rupiah, given.on)
    against: list[Posting] = [(standing.capital_use, one.amount_rupiah, one.id)]
    move = contract_move(standing, given, MoveKind.SHARIA_HANDED_OUT, against)
    return make_move(cooperative, by, move.of(amount=-one.amount_rupiah), now)


def _refuse_above_fund(cooperative: Cooperative, amount: int, on: date) -> None:
    """The benevolent fund lends what is in it and was not lent yet, and no rupiah of the cooperative's."""
    open_accounts(cooperative, value_on("cooperative_sharia.accounts", on))  # books of an older chart
    lock_book_of(cooperative.id)  # whoever lends or gives out of it at the same moment waits
    if reasons := reasons_not_to_take_from_fund(fund_now(cooperative), amount):
        raise CannotMove(reasons)


@action("cooperative.take_contract_fee", Permission.MONEY_TAKE)
def take_contract_fee(*, by: Actor, given: TakeContractFee, now: datetime) -> dict[str, object]:
    """Take what making the contract really cost, as it says; once."""
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_TAKE)
    standing = agreed_contract(cooperative, given.contract_id)
    left = standing.contract.fee_rupiah - standing.paid_by(MoveKind.SHARIA_FEE)
    if given.amount_rupiah != left or not left:
        text = f"Biaya yang disepakati {format_rupiah(left)}." if left else "Tidak ada biaya yang belum dibayar."
        raise CannotMove(Reason("other_sum", text, field="amount_rupiah"))
    move = contract_move(standing, given, MoveKind.SHARIA_FEE, [("contract_fees", -left, None)])
    return make_move(cooperative, by, move.of(amount=left), now)


@action("cooperative.take_contract_payment", Permission.MONEY_TAKE)
def take_contract_payment(*, by: Actor, given: TakeContractPayment, now: datetime) -> dict[str, object]:
    """Take an instalment, or capital that comes back; of a sale its margin is earned with it, of a lease the thing is
    used up with it. Also after a write-off."""
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_TAKE)
    standing = agreed_contract(cooperative, given.contract_id)
    left = standing.open_rupiah or standing.claim_rupiah
    if given.amount_rupiah > left:
        text = f"Yang belum dibayar {format_rupiah(left)}." if left else "Tidak ada yang perlu dibayar."
        raise CannotMove(Reason("more_than_owed", text, field="amount_rupiah"))
    kind = MoveKind.SHARIA_CAPITAL_BACK if standing.contract.kind in SHARED else MoveKind.SHARIA_PAID
    if standing.open_rupiah:
        move = contract_move(standing, given, kind, _paid(standing, given))
    else:
        move = contract_move(standing, given, MoveKind.SHARIA_RECOVERED, _recovered(standing, given.amount_rupiah))
    return make_move(cooperative, by, move.of(amount=given.amount_rupiah), now)


def _recovered(standing: StandingContract, amount: int) -> list[Posting]:
    """Money for what had left the books: the fund's comes back to the fund, the cooperative's is income."""
    is_fund = standing.contract.source == MoneySource.BENEVOLENT
    return [("fund_benevolent" if is_fund else "recoveries", -amount, None)]


def _paid(standing: StandingContract, given: TakeContractPayment) -> list[Posting]:
    """The other side of a payment in the books."""
    one, amount = standing.contract, given.amount_rupiah
    if one.kind == "ijarah":
        lease = standing.lease
        worn = used_up(lease, standing.paid + amount) - standing.in_books("ijarah_depreciation")
        return [
            ("ijarah_rent", -amount, None), ("ijarah_depreciation_expense", worn, None),
            ("ijarah_depreciation", -worn, one.id),
        ]  # fmt: skip
    if one.kind != "murabahah":
        return [(standing.capital_use, -amount, one.id)]
    rebate = one.rebate_rupiah if one.rebate_on == given.on else 0
    paid = payment_of(
        price=standing.price, margin=one.margin_rupiah, open_rupiah=standing.open_rupiah,
        deferred=standing.in_books("murabahah_deferred"), amount=amount, rebate=rebate,
    )  # fmt: skip
    if paid.receivable > standing.open_rupiah:
        text = f"Dengan potongan, cukup dibayar {format_rupiah(standing.open_rupiah - rebate)}."
        raise CannotMove(Reason("more_than_owed", text, field="amount_rupiah"))
    return [
        ("murabahah_receivable", -paid.receivable, one.id), ("murabahah_deferred", paid.margin_released, one.id),
        ("murabahah_margin", -paid.income, None),
    ]  # fmt: skip


@action("cooperative.charge_late", Permission.MONEY_TAKE)
def charge_late(*, by: Actor, given: ChargeLate, now: datetime) -> dict[str, object]:
    """Take a late charge into the benevolent fund: never income, and never from who could not pay."""
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_TAKE)
    standing = agreed_contract(cooperative, given.contract_id)
    late = standing.late(given.on)
    agreed = standing.contract.late_charge_rupiah
    if reasons := reasons_not_to_charge_late(agreed, late, given.amount_rupiah, given.on):
        raise CannotMove(reasons)
    move = contract_move(standing, given, MoveKind.FUND_LATE, [("fund_benevolent", -given.amount_rupiah, None)])
    return make_move(cooperative, by, move.of(amount=given.amount_rupiah), now)


@action("cooperative.end_lease", Permission.MONEY_TAKE)
def end_lease(*, by: Actor, given: EndLease, now: datetime) -> dict[str, object]:
    """All rent is paid: sell the thing to the member, or take it back among the goods at what it is worth."""
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_TAKE)
    standing = agreed_contract(cooperative, given.contract_id, "ijarah")
    if not standing.has_thing or standing.open_rupiah:
        raise CannotMove(Reason("rent_left", "Sewanya belum lunas.", way_out="Terima dulu sewa yang tersisa."))
    if standing.is_ended:
        raise CannotMove(Reason("ended_already", "Sewa ini sudah berakhir."))
    one, cost, worn = standing.contract, standing.in_books("ijarah_assets"), standing.in_books("ijarah_depreciation")
    end = LeaseEnd(cost - worn, given.amount_rupiah)
    against: list[Posting] = [("ijarah_assets", -cost, one.id), ("ijarah_depreciation", worn, one.id)]
    if end.price:
        against.append(("ijarah_gain" if end.gain > 0 else "ijarah_loss", -end.gain, None))
    else:
        against.append(("inventory", end.book_value, None))
    move = contract_move(standing, given, MoveKind.SHARIA_LEASE_ENDED, against)
    return make_move(cooperative, by, move.of(amount=end.price, value=cost), now)
