"""Sharing a month's realised income among the savers of mudharabah products: prepared, entered by another, undone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID, uuid5

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse
from desmigratif.audit.unit import Subject
from desmigratif.cooperative.actions.ledger.books import books_of, refuse_future
from desmigratif.cooperative.actions.ledger.posting import legs_of_seal, post_entries
from desmigratif.cooperative.actions.ledger.posting_sql import lock_book_of
from desmigratif.cooperative.actions.savings.month_end import Lines
from desmigratif.cooperative.actions.sharia.accrual import ACCRUED, accrue
from desmigratif.cooperative.actions.till import note
from desmigratif.cooperative.inputs.sharia.savers import PostDistribution, PrepareDistribution, TakeBackDistribution
from desmigratif.cooperative.models import (
    Account,
    Cooperative,
    DistributionPart,
    DistributionStatus,
    Member,
    MoneySlip,
    SavingsDistribution,
)
from desmigratif.cooperative.queries.ledger.books import chart_of, closed_until, holders_now
from desmigratif.cooperative.queries.savings.accounts import use_of_savings
from desmigratif.cooperative.queries.savings.month_end import SHARE, TAX, interest_and_tax
from desmigratif.cooperative.queries.sharia.accrued import PAYABLE, Unshared, accrued_for
from desmigratif.cooperative.queries.sharia.savers import (
    MonthPlan,
    Taking,
    mudharabah_products,
    plan_of,
    slips_of,
    standing_status,
)
from desmigratif.cooperative.queries.till import code_of
from desmigratif.cooperative.rules.ledger import LONGEST_MEMO, NewEntry, credit, debit, month_end, reversal_of
from desmigratif.cooperative.rules.rounding import shares
from desmigratif.cooperative.rules.savings.tax import extra_tax_this_month
from desmigratif.cooperative.rules.sharia import savers as rules
from desmigratif.cooperative.rules.sharia.contracts import reasons_not_to_serve_contracts
from desmigratif.shared.reasons import Refusal

Place = tuple[str, UUID]  # use of the account, holder
COST = "savers_profit_share"


class CannotDistribute(Refusal):
    code = "cannot_distribute"


@action("cooperative.prepare_distribution", Permission.BOOKS_POST)
def prepare_distribution(*, by: Actor, given: PrepareDistribution, now: datetime) -> SavingsDistribution:
    """Reckon what a closed month's income leaves for the savers, and keep it for a second person to look at."""
    cooperative = books_of(by, given.cooperative_id, Permission.BOOKS_POST)
    today = refuse_future(cooperative.village_code, given.last_on, now, field="last_on")
    if reasons := reasons_not_to_serve_contracts(cooperative.sharia_since, given.last_on):
        raise CannotDistribute(reasons)
    lock_book_of(cooperative.id)  # whoever prepares the same month at the same moment waits, and is refused
    plan = plan_of(cooperative, month_end(given.last_on))
    asked = rules.MonthAsked(
        given.last_on, closed_until(cooperative), standing_status(cooperative, given.last_on),
        has_product=mudharabah_products(cooperative).exists(), savers_days=plan.savers_days,
    )  # fmt: skip
    if reasons := rules.reasons_not_to_prepare(asked):
        raise CannotDistribute(reasons)
    row = _write(cooperative, given.distribution_id, plan, by, today)
    note("distribution.prepared", cooperative, Subject("savings_distribution", row.id), last_on=str(row.last_on))
    return row


def _write(cooperative: Cooperative, id: UUID, plan: MonthPlan, by: Actor, today: date) -> SavingsDistribution:
    own = {"village_code": cooperative.village_code, "cooperative": cooperative}
    row = SavingsDistribution.objects.create(
        id=id, **own, last_on=plan.last, margin_rupiah=plan.realised.margin, rent_rupiah=plan.realised.rent,
        profit_share_rupiah=plan.realised.profit_share, loss_rupiah=plan.realised.loss,
        savers_average_rupiah=rules.average(plan.savers_days, plan.days),
        at_work_average_rupiah=rules.average(plan.at_work_days, plan.days), pool_rupiah=plan.pool,
        savers_rupiah=plan.savers_rupiah, account_count=len(plan.takings), prepared_on=today, prepared_by=by.id,
    )  # fmt: skip
    DistributionPart.objects.bulk_create(
        DistributionPart(
            **own, distribution=row, product_id=part.fund.product, balance_days=part.fund.balance_days,
            saver_percent=part.fund.saver_percent, weight_percent=part.fund.weight_percent,
            income_rupiah=part.income, savers_rupiah=part.savers,
        )
        for part in plan.parts
    )  # fmt: skip
    return row


@action("cooperative.post_distribution", Permission.MONEY_APPROVE)
def post_distribution(*, by: Actor, given: PostDistribution, now: datetime) -> dict[str, object]:
    """Put every share into its account, less each member's tax, under one seal; another person prepared it.

    The entries' ids follow from the distribution's own, so that the books themselves refuse a second time.
    """
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_APPROVE)
    refuse_future(cooperative.village_code, given.on, now)
    row = _locked(cooperative, given.distribution_id)
    lock_book_of(cooperative.id)
    plan = plan_of(cooperative, row.last_on)
    is_same = (plan.pool, plan.savers_rupiah, len(plan.takings)) == (
        row.pool_rupiah, row.savers_rupiah, row.account_count,
    )  # fmt: skip
    reasons = rules.reasons_not_to_post(status=row.status, is_preparer=row.prepared_by == by.id, is_same=is_same)
    if reasons:
        raise CannotDistribute(reasons)
    held = _held_for(cooperative, plan, given.on)
    lines = Lines(cooperative, chart_of(cooperative), given.on, key=row.id)
    _pay_in(lines, plan.takings, PAYABLE if held else COST)
    if held and held != plan.savers_rupiah:
        lines.entries.append(_rest(lines, row, plan.savers_rupiah - held))
    row.number = lines.post() if lines.entries else None
    row.status, row.posted_on, row.posted_by = DistributionStatus.POSTED, given.on, by.id
    row.tax_rupiah = -sum(slip.amount_rupiah for slip in lines.slips if slip.kind == TAX)
    row.save(update_fields=["number", "status", "posted_on", "posted_by", "tax_rupiah"])
    note("distribution.posted", cooperative, Subject("savings_distribution", row.id), number=row.number)
    return {"id": str(row.id), "number": row.number, "savers_rupiah": row.savers_rupiah, "tax_rupiah": row.tax_rupiah}


def _held_for(cooperative: Cooperative, plan: MonthPlan, on: date) -> int:
    """What the books of the month's own year hold for it; entered in a later year, they are made to hold it first."""
    until, year_end = closed_until(cooperative), date(plan.last.year, 12, 31)
    held = accrued_for(cooperative, plan.last)
    if not held and on > year_end and (until is None or until < year_end) and plan.savers_rupiah:
        held = plan.savers_rupiah
        accrue(cooperative, [Unshared(plan.last, held)], year_end)
    return held


def _rest(lines: Lines, row: SavingsDistribution, rupiah: int) -> NewEntry:
    """What a month turned out to share beyond what its year held for it (below nought: less)."""
    legs = [debit(lines.chart[COST], rupiah), credit(lines.chart[PAYABLE], rupiah)]
    return NewEntry(uuid5(row.id, "rest"), lines.on, ACCRUED, [leg for leg in legs if leg.amount_rupiah])


def _locked(cooperative: Cooperative, distribution_id: UUID) -> SavingsDistribution:
    rows = SavingsDistribution.objects.of(cooperative).select_for_update()
    return get_or_refuse(rows, "distribution_id", id=distribution_id)


def _pay_in(lines: Lines, takings: Iterable[Taking], cost: str) -> None:
    """Member by member; what is for an account that was closed since is kept for its member."""
    by_member: dict[UUID, tuple[Member, dict[Place, int]]] = {}
    for one in takings:
        if one.rupiah:
            member, places = by_member.setdefault(one.account.member_id, (one.account.member, defaultdict(int)))
            places[_place_of(one)] += one.rupiah
    before = interest_and_tax(lines.cooperative, lines.on)
    for id, (member, places) in by_member.items():
        tax = extra_tax_this_month(*before.get(id, (0, 0)), sum(places.values()), lines.on)
        for ((use, holder), rupiah), withheld in zip(places.items(), shares(tax, list(places.values())), strict=True):
            lines.add(member, SHARE, use, holder, rupiah, debit(lines.chart[cost], rupiah))
            lines.add(member, TAX, use, holder, -withheld, credit(lines.chart["tax_payable"], withheld))


def _place_of(one: Taking) -> Place:
    if one.account.closed_on is None:
        return use_of_savings(one.account), one.account.id
    return "savings_interest_payable", one.account.member_id


@action("cooperative.take_back_distribution", Permission.MONEY_APPROVE)
def take_back_distribution(*, by: Actor, given: TakeBackDistribution, now: datetime) -> dict[str, object]:
    """Undo a distribution: what nobody entered yet is dropped, what stands in the books gets its mirror."""
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_APPROVE)
    refuse_future(cooperative.village_code, given.on, now)
    row = _locked(cooperative, given.distribution_id)
    lock_book_of(cooperative.id)
    slips = list(slips_of(row)) if row.number and row.status == DistributionStatus.POSTED else []
    balances = {use: _held(cooperative, use) for use in {slip.use for slip in slips}}
    reasons = rules.reasons_not_to_take_back(
        status=row.status, is_poster=row.posted_by == by.id, spent=_spent(slips, balances)
    )
    if reasons:
        raise CannotDistribute(reasons)
    number = _mirror(cooperative, row, slips, balances, given) if slips else None
    row.status, row.reversed_on, row.reversed_by = DistributionStatus.REVERSED, given.on, by.id
    row.reverse_reason = given.reason
    row.save(update_fields=["status", "reversed_on", "reversed_by", "reverse_reason"])
    note("distribution.taken_back", cooperative, Subject("savings_distribution", row.id), number=number)
    return {"id": str(row.id), "number": number}


def _held(cooperative: Cooperative, use: str) -> dict[UUID, int]:
    return holders_now(Account.objects.of(cooperative).get(use=use))


def _spent(slips: Iterable[MoneySlip], balances: dict[str, dict[UUID, int]]) -> int:
    """How many holders have less now than what they were given, less the tax."""
    given: dict[Place, int] = defaultdict(int)
    for slip in slips:
        given[slip.use, slip.holder_id] += slip.amount_rupiah
    return sum(1 for (use, holder), net in given.items() if balances[use].get(holder, 0) < net)


def _mirror(
    cooperative: Cooperative, row: SavingsDistribution, slips: list[MoneySlip],
    balances: dict[str, dict[UUID, int]], given: TakeBackDistribution,
) -> int:  # fmt: skip
    """Every entry and slip of its seal again, on the other side, under one seal."""
    memo, entries, back = f"Pembalikan: {given.reason}"[:LONGEST_MEMO], [], []
    legs = legs_of_seal(cooperative, slips[0].number)
    for slip in slips:
        id, held = uuid5(row.id, f"back:{slip.id.hex}"), balances[slip.use]
        entries.append(NewEntry(id, given.on, slip.kind, reversal_of(legs[slip.id]), memo, slip.id))
        held[slip.holder_id] = held.get(slip.holder_id, 0) - slip.amount_rupiah
        back.append(
            MoneySlip(
                id=id, village_code=row.village_code, cooperative=cooperative, member=slip.member, on=given.on,
                kind=slip.kind, use=slip.use, holder_id=slip.holder_id, amount_rupiah=-slip.amount_rupiah,
                balance_rupiah=held[slip.holder_id], reverses=slip,
                code=code_of(id, given.on, -slip.amount_rupiah, held[slip.holder_id]),
            )
        )  # fmt: skip
    rest = uuid5(row.id, "rest")
    if rest in legs:
        entries.append(NewEntry(uuid5(rest, "back"), given.on, ACCRUED, reversal_of(legs[rest]), memo, rest))
    number = post_entries(cooperative, entries).number
    for one in back:
        one.number = number
    MoneySlip.objects.bulk_create(back)
    return number
