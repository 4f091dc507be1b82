"""Ventures: what they really earned or lost, and the cooperative's part of a profit."""

from __future__ import annotations

from datetime import datetime

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.cooperative.actions.business.moves import CannotMove, Posting, make_move
from desmigratif.cooperative.actions.ledger.books import books_of, refuse_future
from desmigratif.cooperative.actions.sharia.contracts import tell
from desmigratif.cooperative.actions.sharia.money import agreed_contract, contract_move
from desmigratif.cooperative.inputs.sharia.contracts import ReportVentureResult, TakeProfitShare
from desmigratif.cooperative.models import MoveKind, ShariaResult
from desmigratif.cooperative.queries.sharia.contracts import CAPITAL_USE, StandingContract, results_of_venture
from desmigratif.cooperative.rules.sharia.contracts import SHARED
from desmigratif.cooperative.rules.sharia.profit import cooperatives_part
from desmigratif.shared.dated import dated_on
from desmigratif.shared.reasons import Reason
from desmigratif.shared.rupiah import format_rupiah


@action("cooperative.report_venture_result", Permission.BOOKS_POST)
def report_venture_result(*, by: Actor, given: ReportVentureResult, now: datetime) -> ShariaResult:
    """Write down a realised result: profit is shared by the ratio, loss is borne by capital."""
    cooperative = books_of(by, given.cooperative_id, Permission.BOOKS_POST)
    today = refuse_future(cooperative.village_code, given.on, now)
    standing = agreed_contract(cooperative, given.contract_id, *SHARED)
    reasons = _reasons_not_to_report(standing, given)
    if given.on != today:
        reasons.append(Reason("not_today", "Hasil dicatat pada hari ini.", field="on"))
    if reasons:
        raise CannotMove(reasons)
    part = cooperatives_part(
        given.result_rupiah, standing.venture, left=standing.capital, by_negligence=given.by_negligence
    )
    if part:
        other: Posting = ("profit_share_receivable", part, standing.contract.id)
        income: Posting = ("profit_share", -part, None)
        if part < 0:
            other = (CAPITAL_USE[standing.contract.kind], part, standing.contract.id)
            income = ("profit_share_loss", -part, None)
        make_move(
            cooperative, by, contract_move(standing, given, MoveKind.SHARIA_RESULT, [other, income]).of(value=part), now
        )
    row = ShariaResult.objects.create(
        id=given.entry_id, village_code=cooperative.village_code, cooperative=cooperative,
        contract=standing.contract, on=given.on, first_on=given.first_on, last_on=given.last_on,
        result_rupiah=given.result_rupiah, cooperative_rupiah=part, by_negligence=given.by_negligence,
    )  # fmt: skip
    tell("sharia_contract.result_reported", standing.contract)
    return row


def _reasons_not_to_report(standing: StandingContract, given: ReportVentureResult) -> list[Reason]:
    if not standing.is_handed_out:
        return [Reason("not_running", "Modalnya belum diserahkan.")]
    if given.last_on < given.first_on or given.last_on > given.on:
        return [Reason("wrong_days", "Masa hasilnya harus sudah selesai, dan berakhir sesudah mulai.", field="last_on")]
    for one in results_of_venture(standing.contract):
        if one.first_on <= given.last_on and given.first_on <= one.last_on:
            text = "Masa itu sudah pernah dilaporkan."
            return [Reason("reported_already", text, field="first_on", way_out="Batalkan dulu laporan yang lama.")]
    if given.by_negligence and given.result_rupiah >= 0:
        citation = dated_on("cooperative_sharia.loss", given.on).citation
        return [Reason("no_loss", "Kelalaian hanya berlaku bila rugi.", field="by_negligence", citation=citation)]
    return []


@action("cooperative.take_profit_share", Permission.MONEY_TAKE)
def take_profit_share(*, by: Actor, given: TakeProfitShare, now: datetime) -> dict[str, object]:
    """Take the cooperative's part of profits that were reported."""
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_TAKE)
    standing = agreed_contract(cooperative, given.contract_id, *SHARED)
    waiting = standing.in_books("profit_share_receivable")
    if given.amount_rupiah > waiting:
        text = f"Bagi hasil yang belum dibayar {format_rupiah(waiting)}."
        raise CannotMove(Reason("more_than_owed", text, field="amount_rupiah"))
    against: list[Posting] = [("profit_share_receivable", -given.amount_rupiah, standing.contract.id)]
    move = contract_move(standing, given, MoveKind.SHARIA_SHARE, against)
    return make_move(cooperative, by, move.of(amount=given.amount_rupiah), now)
