"""What somebody told of their skill and will."""

from __future__ import annotations

from datetime import datetime

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import require
from desmigratif.audit import unit
from desmigratif.audit.unit import Subject
from desmigratif.enterprises.actions.common import no_longer_proposed, resident_here, tell
from desmigratif.enterprises.inputs.will import RecordPotential
from desmigratif.enterprises.models import Potential
from desmigratif.enterprises.rules import will as rules
from desmigratif.people.actions.common import checked_day, refuse_taken_ids
from desmigratif.people.actions.hand_overs import take_on
from desmigratif.people.rules.hand_overs import ENTERPRISE
from desmigratif.shared.reasons import Reason, Refusal


class CannotRecordPotential(Refusal):
    code = "cannot_record_potential"


@action("enterprises.record_potential", Permission.ENTERPRISE_MENTOR)
def record_potential(*, by: Actor, given: RecordPotential, now: datetime) -> Potential:
    """Write down what somebody can and wants; what they told before stays in the past."""
    require(by, Permission.ENTERPRISE_MENTOR, given.village_code)
    checked_day(given.on, given.village_code, now)
    refuse_taken_ids(Potential, [given.potential_id])
    resident = resident_here(given.village_code, given.resident_id)
    said = rules.Said(given.skills, given.trade, given.hours, given.capital, given.market, given.will)
    reasons = rules.reasons_not_to_record(said, given.on)
    rows = Potential.objects.in_village(given.village_code).select_for_update()
    before = rows.filter(resident=resident, is_latest=True).first()
    if before is not None and given.on < before.on:
        reasons.append(Reason("older_talk", "Sudah ada jawaban yang lebih baru.", field="on"))
    if reasons:
        raise CannotRecordPotential(reasons)
    if before is not None:
        before.is_latest = False
        before.save(update_fields=["is_latest"])
    found = Potential.objects.create(
        id=given.potential_id, village_code=given.village_code, resident=resident, on=given.on,
        skills=list(dict.fromkeys(given.skills)), trade=given.trade, hours=given.hours, capital=given.capital,
        market=given.market, will=given.will,
    )  # fmt: skip
    if given.hand_over_id is not None:
        take_on(
            by=by, pillar=ENTERPRISE, village_code=given.village_code, hand_over_id=given.hand_over_id,
            household_id=resident.household_id, on=given.on,
        )  # fmt: skip
    no_longer_proposed(resident, given.on)
    unit.record("potential.recorded", village_code=given.village_code, subjects=[Subject("resident", resident.id)])
    unit.changed("enterprises.potential", given.village_code, found.id)
    tell("enterprise.asked", resident, given.on, will=given.will)
    return found
