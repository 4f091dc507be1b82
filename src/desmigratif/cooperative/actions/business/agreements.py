"""What becomes of an agreement on capital: a saver's part goes to somebody else, and one day the agreement ends."""

from __future__ import annotations

from datetime import datetime

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse
from desmigratif.audit.unit import Subject
from desmigratif.cooperative.actions.business.businesses import (
    CannotRecordResult,
    locked_business,
    member_or_nobody,
    share_result,
)
from desmigratif.cooperative.actions.business.capital import locked_stake
from desmigratif.cooperative.actions.business.moves import Move, Posting, make_move
from desmigratif.cooperative.actions.ledger.books import books_of, refuse_future
from desmigratif.cooperative.actions.till import note
from desmigratif.cooperative.inputs.business import CloseAgreement, PassOnStake, RecordResult
from desmigratif.cooperative.models import CapitalAgreement, MoveKind, Stake
from desmigratif.cooperative.queries.business.businesses import held_by, next_result_day, saver_of, stakes_of
from desmigratif.cooperative.rules import business as rules
from desmigratif.shared.reasons import Reason, Refusal
from desmigratif.shared.rupiah import format_rupiah

CAPITAL, WAITING = "participation_capital", "deposits_held"
LONGEST_PARTY = 100


class CannotPassOn(Refusal):
    code = "cannot_pass_on"


class CannotCloseAgreement(Refusal):
    code = "cannot_close_agreement"


@action("cooperative.pass_on_stake", Permission.COOPERATIVE_SET_UP)
def pass_on_stake(*, by: Actor, given: PassOnStake, now: datetime) -> dict[str, object]:
    """Write capital of one saver over to another person, who steps into the agreement. No money passes the till.

    What was earned before stays with the one who earned it; with an inheritance it goes along.
    """
    cooperative = books_of(by, given.cooperative_id, Permission.COOPERATIVE_SET_UP)
    refuse_future(cooperative.village_code, given.on, now)
    stake = locked_stake(cooperative, given.stake_id)
    capital = held_by(cooperative, CAPITAL, [stake.id]).get(stake.id, 0)
    if reasons := _reasons_not_to_pass_on(stake, given, capital):
        raise CannotPassOn(reasons)
    taker = Stake.objects.create(
        id=given.new_stake_id, village_code=cooperative.village_code, cooperative=cooperative,
        agreement=stake.agreement, outsider=given.outsider, amount_rupiah=given.amount_rupiah, came_from=stake,
        member=member_or_nobody(cooperative, given.member_id, given.outsider, "member_id"),
    )  # fmt: skip
    if given.amount_rupiah == capital:
        stake.ended_on = given.on
        stake.save(update_fields=["ended_on"])
    move = Move(
        given.entry_id, given.on, MoveKind.STAKE_PASSED_ON, stake.id,
        f"{saver_of(stake)} kepada {saver_of(taker)}"[:LONGEST_PARTY], _legs(stake, taker, given, capital),
        member=stake.member, value=given.amount_rupiah,
    )  # fmt: skip
    made = make_move(cooperative, by, move, now)
    about = Subject("member", taker.member_id) if taker.member_id else Subject("stake", taker.id)
    note("stake.taken_over", cooperative, about, because=given.because, number=made["number"])
    return {**made, "stake_id": str(taker.id)}


def _reasons_not_to_pass_on(stake: Stake, given: PassOnStake, capital: int) -> list[Reason]:
    if not capital:
        return [Reason("nothing_left", "Penyerta ini tidak punya modal yang dapat dialihkan.", field="amount_rupiah")]
    if given.amount_rupiah > capital:
        text = f"Modal yang dapat dialihkan {format_rupiah(capital)}."
        return [Reason("too_much", text, field="amount_rupiah")]
    if given.member_id is not None and given.member_id == stake.member_id:
        return [Reason("same_person", "Penerimanya orang yang sama.", field="member_id")]
    return rules.reasons_not_to_pass_on(given.because, given.consents, given.on)


def _legs(stake: Stake, taker: Stake, given: PassOnStake, capital: int) -> list[Posting]:
    moving = [(CAPITAL, given.amount_rupiah)]
    if given.because == "inherited":
        waiting = held_by(stake.cooperative_id, WAITING, [stake.id]).get(stake.id, 0)
        moving.append((WAITING, rules.waiting_that_follows(waiting, capital, given.amount_rupiah)))
    return [leg for use, amount in moving if amount for leg in ((use, amount, stake.id), (use, -amount, taker.id))]


@action("cooperative.close_agreement", Permission.COOPERATIVE_SET_UP)
def close_agreement(*, by: Actor, given: CloseAgreement, now: datetime) -> dict[str, object]:
    """End an agreement: the last result is counted and shared, then what is left of each saver's capital goes back."""
    cooperative = books_of(by, given.cooperative_id, Permission.COOPERATIVE_SET_UP)
    today = refuse_future(cooperative.village_code, given.on, now)
    rows = CapitalAgreement.objects.of(cooperative)
    found = get_or_refuse(rows, "agreement_id", id=given.agreement_id)
    business = locked_business(cooperative, found.business_id)
    agreement = rows.get(id=found.id)
    if agreement.closed_on is not None:
        raise CannotCloseAgreement(Reason("closed_already", "Perjanjian ini sudah ditutup.", field="agreement_id"))
    if given.on != today:
        raise CannotCloseAgreement(Reason("not_today", "Penutupan dicatat pada hari ini.", field="on"))
    if given.result_rupiah:
        first_on = next_result_day(business)
        if first_on > given.on:
            text = "Hasil usaha sampai hari ini sudah dicatat. Kosongkan hasil terakhirnya."
            raise CannotRecordResult(Reason("counted_already", text, field="result_rupiah"))
        last = RecordResult(
            entry_id=given.entry_id, cooperative_id=cooperative.id, business_id=business.id, first_on=first_on,
            last_on=given.on, on=given.on, result_rupiah=given.result_rupiah,
            memo=f"Hasil terakhir, {agreement.number} ditutup",
        )  # fmt: skip
        share_result(by, business, last)
    agreement.closed_on, agreement.closed_because = given.on, given.reason
    agreement.save(update_fields=["closed_on", "closed_because"])
    theirs = [one for one in stakes_of(business) if one.stake.agreement_id == agreement.id]
    note("business.agreement_closed", cooperative, Subject("business", business.id), agreement=str(agreement.id))
    return {
        "id": str(agreement.id), "to_return_rupiah": sum(one.capital_rupiah for one in theirs),
        "waiting_rupiah": sum(one.waiting_rupiah for one in theirs),
    }  # fmt: skip
