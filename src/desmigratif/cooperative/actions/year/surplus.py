"""Sharing a book year's surplus: how the articles say it, and giving it out once the members' meeting decided."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.audit.unit import Subject
from desmigratif.cooperative.actions.ledger.books import books_of, refuse_future
from desmigratif.cooperative.actions.ledger.posting import post_entries
from desmigratif.cooperative.actions.ledger.posting_sql import lock_book_of
from desmigratif.cooperative.actions.till import note
from desmigratif.cooperative.inputs.year.surplus import DistributeSurplus, SetSurplusRule
from desmigratif.cooperative.models import SurplusDistribution, SurplusRule, SurplusShare
from desmigratif.cooperative.queries.ledger.books import Chart, chart_of
from desmigratif.cooperative.queries.year.surplus import Surplus, asked_of, decision_for, distribution_of, surplus_of
from desmigratif.cooperative.rules.ledger import NewEntry, NewLeg
from desmigratif.cooperative.rules.year.handing_up import reasons_against_a_meeting_of_a_unit
from desmigratif.cooperative.rules.year.shu import Distribution
from desmigratif.cooperative.rules.year.surplus import (
    OF_MEMBERS,
    reasons_not_to_distribute,
    reasons_not_to_set,
)
from desmigratif.shared.reasons import Reason, Refusal

DISTRIBUTED = "surplus.distributed"


class CannotSetSurplusRule(Refusal):
    code = "cannot_set_surplus_rule"


class CannotDistributeSurplus(Refusal):
    code = "cannot_distribute_surplus"


@action("cooperative.set_surplus_rule", Permission.COOPERATIVE_SET_UP)
def set_surplus_rule(*, by: Actor, given: SetSurplusRule, now: datetime) -> SurplusRule:
    """Write down how the articles share the surplus; what was given out before stays as it was."""
    cooperative = books_of(by, given.cooperative_id, Permission.COOPERATIVE_SET_UP)
    if cooperative.parent is not None:
        raise CannotSetSurplusRule(reasons_against_a_meeting_of_a_unit(cooperative.parent.name))
    reasons = reasons_not_to_set({fund.code: Decimal(fund.percent) for fund in given.funds})
    if len({fund.code for fund in given.funds}) != len(given.funds):
        reasons.append(Reason("same_twice", "Ada dana yang tertulis dua kali.", field="funds"))
    if SurplusRule.objects.of(cooperative).filter(since=given.since).exists():
        reasons.append(Reason("same_day", "Sudah ada cara membagi yang berlaku sejak hari itu.", field="since"))
    if reasons:
        raise CannotSetSurplusRule(reasons)
    rule = SurplusRule.objects.create(
        id=given.rule_id, village_code=cooperative.village_code, cooperative=cooperative, since=given.since,
        decision=given.decision, funds=[{"code": fund.code, "percent": fund.percent} for fund in given.funds],
        savings_basis=given.savings_basis, use_basis=given.use_basis,
    )  # fmt: skip
    note("surplus_rule.set", cooperative, Subject("surplus_rule", rule.id), since=given.since.isoformat())
    return rule


@action("cooperative.distribute_surplus", Permission.BOOKS_POST)
def distribute_surplus(*, by: Actor, given: DistributeSurplus, now: datetime) -> dict[str, object]:
    """Give out a closed year's surplus to its funds and to each member; only a members' decision lets it go."""
    cooperative = books_of(by, given.cooperative_id, Permission.BOOKS_POST)
    today = refuse_future(cooperative.village_code, given.on, now)
    if cooperative.parent is not None:
        raise CannotDistributeSurplus(reasons_against_a_meeting_of_a_unit(cooperative.parent.name))
    lock_book_of(cooperative.id)  # whoever gives out the same year at the same moment waits, and is refused
    decision = decision_for(cooperative, given.year)
    if decision is not None and (decision.id != given.decision_id or given.on < decision.meeting.on):
        decision = None
    found = surplus_of(cooperative, given.year, today)
    reasons = reasons_not_to_distribute(asked_of(found, decision, distribution_of(cooperative, given.year)))
    if reasons or decision is None:
        raise CannotDistributeSurplus(reasons)
    if found.shared is None or found.rule is None:
        raise CannotDistributeSurplus(found.against)
    legs = _legs(found.shared, chart_of(cooperative), found)
    memo = f"Pembagian SHU {given.year}"
    posted = post_entries(cooperative, [NewEntry(given.entry_id, given.on, DISTRIBUTED, legs, memo)])
    row = SurplusDistribution.objects.create(
        id=given.distribution_id, village_code=cooperative.village_code, cooperative=cooperative, year=given.year,
        decision=decision, rule=found.rule, on=given.on, surplus_rupiah=found.rupiah, entry_id=given.entry_id,
        actor_id=str(by.id), funds=[
            {"code": fund.code, "percent": f"{fund.percent:f}", "rupiah": rupiah} for fund, rupiah in found.shared.funds
        ],
    )  # fmt: skip
    SurplusShare.objects.bulk_create(_shares(found, found.shared, row))
    note("surplus.distributed", cooperative, Subject("surplus_distribution", row.id), year=given.year)
    return {"id": str(row.id), "number": posted.number, "surplus_rupiah": found.rupiah}


def _legs(shared: Distribution, chart: Chart, found: Surplus) -> list[NewLeg]:
    """Out of what is not divided yet; each fund to its account, each member's part to what is kept for them."""
    legs = [NewLeg(chart["shu_undivided"], shared.shu)]
    legs += [NewLeg(chart[fund.code], -rupiah) for fund, rupiah in shared.funds if fund.code not in OF_MEMBERS]
    legs += [
        NewLeg(chart["shu_payable"], -share.total, member.id)
        for member, share in zip(found.members, shared.members, strict=True)
    ]
    return [leg for leg in legs if leg.amount_rupiah]


def _shares(found: Surplus, shared: Distribution, row: SurplusDistribution) -> list[SurplusShare]:
    by_savings, by_use = OF_MEMBERS
    return [
        SurplusShare(
            village_code=row.village_code, cooperative_id=row.cooperative_id, distribution=row, member=member,
            savings_rupiah=basis.savings, use_rupiah=basis.use, by_savings_rupiah=share.by_fund.get(by_savings, 0),
            by_use_rupiah=share.by_fund.get(by_use, 0),
        )
        for member, basis, share in zip(found.members, found.bases, shared.members, strict=True)
    ]  # fmt: skip
