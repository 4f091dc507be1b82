"""Where sources disagree about a person: keep what each says, and choose which one counts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.keys.subject_keys import key_of
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.audit import unit
from desmigratif.audit.unit import Subject
from desmigratif.people.actions.common import checked_day, refuse_taken_ids, resident_to_change
from desmigratif.people.actions.records import fact_value, new_fact
from desmigratif.people.actions.residents import apply_correction
from desmigratif.people.inputs import ChooseFact, RecordFact
from desmigratif.people.models import Fact
from desmigratif.shared.reasons import Reason, Refusal


class NotOneFact(Refusal):
    code = "not_one_fact"


@action("people.record_fact", Permission.RESIDENT_REGISTER)
def record_fact(*, by: Actor, given: RecordFact, now: datetime) -> Fact:
    """Record what one source states about one field; `chosen` also makes it the value that counts."""
    resident = resident_to_change(by, given.resident_id, given.village_code)
    today = checked_day(given.on, given.village_code, now)
    checked_day(given.as_of or given.on, given.village_code, now, field="as_of")
    refuse_taken_ids(Fact, [given.fact_id])
    if len(given.stated.model_fields_set) != 1:
        raise NotOneFact(Reason("not_one_fact", "Catat satu keterangan saja setiap kali.", field="stated"))
    (field,) = given.stated.model_fields_set
    value = getattr(given.stated, field)
    key = key_of(resident.id, make=True)
    assert key is not None  # noqa: S101  made just now if it was missing
    fact = new_fact(
        resident, key, field, value, source=given.source, as_of=given.as_of, chosen=False, fact_id=given.fact_id
    )
    fact.save(force_insert=True)
    unit.changed("people.fact", given.village_code, fact.id)
    unit.record(
        "fact.recorded", village_code=given.village_code, subjects=[Subject("resident", resident.id)], field=field
    )
    if given.chosen:
        apply_correction(
            resident,
            {field: value},
            seen_version=resident.version,
            today=today,
            source=given.source,
            on=given.as_of or given.on,
            reason="",
        )
        _only_chosen(fact)
    return fact


@action("people.choose_fact", Permission.RESIDENT_REGISTER)
def choose_fact(*, by: Actor, given: ChooseFact, now: datetime) -> dict[str, Any]:
    """From now on what this source states counts for its field."""
    require(by, Permission.RESIDENT_REGISTER, given.village_code)
    today = checked_day(given.on, given.village_code, now)
    fact = get_or_refuse(Fact.objects.filter(village_code=given.village_code), "fact_id", id=given.fact_id)
    resident = resident_to_change(by, fact.resident_id, given.village_code)
    value = fact_value(fact, key_of(resident.id))
    changed = apply_correction(
        resident,
        {fact.field: value},
        seen_version=resident.version,
        today=today,
        source=fact.source,
        on=fact.as_of or given.on,
        reason=given.reason,
    )
    _only_chosen(fact)
    unit.changed("people.fact", given.village_code, fact.id)
    unit.record(
        "fact.chosen", village_code=given.village_code, subjects=[Subject("resident", resident.id)], field=fact.field
    )
    return {"id": str(resident.id), "version": resident.version, "changed": changed}


def _only_chosen(fact: Fact) -> None:
    """One fact of a field counts; the copy that the correction wrote of it says the same and goes."""
    others = Fact.objects.filter(resident_id=fact.resident_id, field=fact.field, chosen=True).exclude(id=fact.id)
    others.filter(source=fact.source, as_of=fact.as_of).delete()
    others.update(chosen=False)
    Fact.objects.filter(id=fact.id).update(chosen=True)
