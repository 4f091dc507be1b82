"""What time did to the indicators of a village, appended by a job that nobody has to think of."""

from __future__ import annotations

from datetime import date, datetime

from desmigratif.access.actor import Actor
from desmigratif.access.checks import checked_day
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import require
from desmigratif.audit import memory, unit
from desmigratif.indicators.recounts import reckoning
from desmigratif.shared.inputs import Input, VillageCode


class ReckonVillage(Input):
    """Compare the facts of a village with its records, and append what is missing."""

    village_code: VillageCode
    on: date


@action("indicators.reckon_village", Permission.PROGRAMME_RECORD)
def reckon_village(*, by: Actor, given: ReckonVillage, now: datetime) -> dict[str, int]:
    """Append what time, or many records together, changed since it was reckoned last; done again it finds nothing."""
    require(by, Permission.PROGRAMME_RECORD, given.village_code)
    checked_day(given.on, given.village_code, now)
    found = reckoning.differences(given.village_code, given.on)
    for one in found:
        memory.add_fact(
            one.code, given.village_code, one.on, numerator=one.numerator, denominator=one.denominator,
            key=reckoning.KEY,
        )  # fmt: skip
    unit.record("figures.reckoned", village_code=given.village_code, facts=len(found))
    return {"facts": len(found)}
