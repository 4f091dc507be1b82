"""What going abroad costs a candidate, written down as it is asked and paid."""

from __future__ import annotations

from datetime import datetime

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.audit import unit
from desmigratif.audit.unit import Subject
from desmigratif.cases.actions.common import open_case_of, refuse_future, remember
from desmigratif.cases.actions.refusals import CannotRecordCost
from desmigratif.cases.inputs import RecordCost, StrikeOutCost
from desmigratif.cases.models import CaseCost
from desmigratif.cases.rules.journey import journey_on
from desmigratif.cases.sealing import evidence_place, sealed_text
from desmigratif.people.actions.common import refuse_taken_ids
from desmigratif.shared.reasons import Reason


@action("cases.record_cost", Permission.CASE_OPEN)
def record_cost(*, by: Actor, given: RecordCost, now: datetime) -> CaseCost:
    """Write down one cost, asked or paid, with where its proof lies."""
    require(by, Permission.CASE_OPEN, given.village_code)
    refuse_future(given.village_code, given.on, now, CannotRecordCost)
    refuse_taken_ids(CaseCost, [given.cost_id])
    case = open_case_of(by, given.village_code, given.case_id)
    if given.asked_rupiah is None and given.paid_rupiah is None:
        text = "Tulis berapa yang diminta atau yang dibayar."
        raise CannotRecordCost(Reason("amount_missing", text, field="paid_rupiah"))
    cost = CaseCost.objects.create(
        id=given.cost_id,
        village_code=case.village_code,
        case=case,
        on=given.on,
        component=given.component,
        asked_rupiah=given.asked_rupiah,
        paid_rupiah=given.paid_rupiah,
        evidence_sealed=sealed_text(case.resident_id, given.evidence, place=evidence_place(given.cost_id)),
    )
    unit.changed("cases.casecost", case.village_code, cost.id)
    remember(case, "cost.recorded", given.on, subjects=[Subject("case_cost", cost.id)])
    return cost


@action("cases.strike_out_cost", Permission.CASE_OPEN)
def strike_out_cost(*, by: Actor, given: StrikeOutCost, now: datetime) -> CaseCost:
    """One written wrongly counts no more; it stays readable with the reason."""
    require(by, Permission.CASE_OPEN, given.village_code)
    refuse_future(given.village_code, given.on, now, CannotRecordCost)
    costs = CaseCost.objects.visible_to(by).filter(village_code=given.village_code).select_for_update(of=("self",))
    cost = get_or_refuse(costs, "cost_id", id=given.cost_id)
    case = open_case_of(by, given.village_code, cost.case_id)
    if cost.struck_out_on is not None:
        raise CannotRecordCost(Reason("struck_out", "Biaya ini sudah dicoret.", field="cost_id"))
    if given.reason not in {choice.code for choice in journey_on(given.on).corrected}:
        raise CannotRecordCost(Reason("unknown_reason", "Pilih mengapa dicoret.", field="reason"))
    cost.struck_out_on, cost.struck_out_because = given.on, given.reason
    cost.save(update_fields=["struck_out_on", "struck_out_because"])
    unit.changed("cases.casecost", case.village_code, cost.id)
    remember(case, "cost.struck_out", given.on, subjects=[Subject("case_cost", cost.id)])
    return cost
