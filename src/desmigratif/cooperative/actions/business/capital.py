"""Money of businesses: savers' capital in and out, their part of the result, capital for a group and its result."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse
from desmigratif.cooperative.actions.business.businesses import locked_business
from desmigratif.cooperative.actions.business.moves import CannotMove, Move, make_move
from desmigratif.cooperative.actions.ledger.books import books_of
from desmigratif.cooperative.inputs.business import (
    HandOutCapital,
    PayInStake,
    PayStakeResult,
    ReturnStake,
    TakeCapitalBack,
    TakeResult,
)
from desmigratif.cooperative.models import Business, BusinessKind, Cooperative, MoveKind, Stake
from desmigratif.cooperative.queries.business.businesses import (
    capital_in,
    held_by,
    owed_by_group,
    promised_left,
    saver_of,
)
from desmigratif.shared.reasons import Reason
from desmigratif.shared.rupiah import format_rupiah


def locked_stake(cooperative: Cooperative, stake_id: UUID) -> Stake:
    """One stake, with its business locked."""
    rows = Stake.objects.of(cooperative).select_related("member", "agreement")
    stake = get_or_refuse(rows, "stake_id", id=stake_id)
    locked_business(cooperative, stake.agreement.business_id)
    return rows.get(id=stake.id)  # as it stands now that nobody else changes it


def _refuse_more_than(most: int, amount: int, text: str) -> None:
    if amount > most:
        raise CannotMove(Reason("too_much", text % format_rupiah(most), field="amount_rupiah"))


@action("cooperative.pay_in_stake", Permission.MONEY_TAKE)
def pay_in_stake(*, by: Actor, given: PayInStake, now: datetime) -> dict[str, object]:
    """Take capital that a saver promised."""
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_TAKE)
    stake = locked_stake(cooperative, given.stake_id)
    if stake.agreement.closed_on is not None:
        text = "Perjanjian ini sudah ditutup; modal tidak diterima lagi."
        raise CannotMove(Reason("agreement_closed", text, field="stake_id"))
    _refuse_more_than(promised_left(stake), given.amount_rupiah, "Yang masih dijanjikan %s.")
    against = [("participation_capital", -given.amount_rupiah, stake.id)]
    move = Move(
        given.entry_id, given.on, MoveKind.STAKE_PAID_IN, stake.id, saver_of(stake), against, member=stake.member,
        amount=given.amount_rupiah, way=given.way,
    )  # fmt: skip
    return make_move(cooperative, by, move, now)


@action("cooperative.pay_stake_result", Permission.MONEY_TAKE)
def pay_stake_result(*, by: Actor, given: PayStakeResult, now: datetime) -> dict[str, object]:
    """Hand a saver what the business earned for them."""
    return _pay_saver(by, given, now, MoveKind.STAKE_RESULT_PAID, "deposits_held", "Bagi hasil yang menunggu %s.")


@action("cooperative.return_stake", Permission.MONEY_TAKE)
def return_stake(*, by: Actor, given: ReturnStake, now: datetime) -> dict[str, object]:
    """Give a saver capital back: what is left of it after the business's losses."""
    return _pay_saver(by, given, now, MoveKind.STAKE_RETURNED, "participation_capital", "Modal yang tersisa %s.")


def _pay_saver(
    by: Actor, given: PayStakeResult | ReturnStake, now: datetime, kind: MoveKind, use: str, text: str
) -> dict[str, object]:
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_TAKE)
    stake = locked_stake(cooperative, given.stake_id)
    _refuse_more_than(held_by(cooperative, use, [stake.id]).get(stake.id, 0), given.amount_rupiah, text)
    move = Move(
        given.entry_id, given.on, kind, stake.id, saver_of(stake), [(use, given.amount_rupiah, stake.id)],
        member=stake.member, amount=-given.amount_rupiah, way=given.way, approval_id=given.approval_id,
    )  # fmt: skip
    return make_move(cooperative, by, move, now)


# --- capital of the cooperative in a group's business ---


def _groups_business(cooperative: Cooperative, business_id: UUID) -> Business:
    business = locked_business(cooperative, business_id)
    if business.kind != BusinessKind.GROUP:
        text = "Ini usaha koperasi sendiri; modal hanya diserahkan kepada kelompok."
        raise CannotMove(Reason("own_business", text, field="business_id"))
    return business


def _name(business: Business) -> str:
    return business.group.name if business.group else business.name


@action("cooperative.hand_out_capital", Permission.MONEY_TAKE)
def hand_out_capital(*, by: Actor, given: HandOutCapital, now: datetime) -> dict[str, object]:
    """Hand capital to a group for its business; a second person has agreed before, whatever the sum."""
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_TAKE)
    business = _groups_business(cooperative, given.business_id)
    move = Move(
        given.entry_id, given.on, MoveKind.CAPITAL_HANDED_OUT, business.id, _name(business),
        [("business_capital", given.amount_rupiah, business.id)], amount=-given.amount_rupiah, way=given.way,
        approval_id=given.approval_id, always_second=True,
    )  # fmt: skip
    return make_move(cooperative, by, move, now)


@action("cooperative.take_capital_back", Permission.MONEY_TAKE)
def take_capital_back(*, by: Actor, given: TakeCapitalBack, now: datetime) -> dict[str, object]:
    """Take capital back from a group."""
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_TAKE)
    business = _groups_business(cooperative, given.business_id)
    _refuse_more_than(capital_in(business), given.amount_rupiah, "Modal koperasi di usaha ini %s.")
    move = Move(
        given.entry_id, given.on, MoveKind.CAPITAL_PAID_BACK, business.id, _name(business),
        [("business_capital", -given.amount_rupiah, business.id)], amount=given.amount_rupiah, way=given.way,
    )  # fmt: skip
    return make_move(cooperative, by, move, now)


@action("cooperative.take_business_result", Permission.MONEY_TAKE)
def take_business_result(*, by: Actor, given: TakeResult, now: datetime) -> dict[str, object]:
    """Take what a group's result brought the cooperative."""
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_TAKE)
    business = _groups_business(cooperative, given.business_id)
    _refuse_more_than(owed_by_group(business), given.amount_rupiah, "Hasil yang belum dibayarkan kelompok %s.")
    move = Move(
        given.entry_id, given.on, MoveKind.CAPITAL_RESULT_RECEIVED, business.id, _name(business),
        [("trade_receivable", -given.amount_rupiah, None)], amount=given.amount_rupiah, way=given.way,
    )  # fmt: skip
    return make_move(cooperative, by, move, now)
