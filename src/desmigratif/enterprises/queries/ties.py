"""How somebody is tied to a migrant, as far as the village's memory knows. Reads signals, never another pillar."""

from __future__ import annotations

from desmigratif.audit.models import Signal
from desmigratif.enterprises.rules.groups import tie_of
from desmigratif.people.models import Resident
from desmigratif.shared.privacy import PrivacyClass

ABROAD_NOW, BACK = "worker_abroad", "returned"


def tie_from_register(resident: Resident) -> str:
    """A proposal for a person to confirm. Two queries."""
    rows = Signal.objects.filter(household_id=resident.household_id, kind__in=(ABROAD_NOW, BACK), until=None)
    rows = rows.filter(privacy=PrivacyClass.PERSONAL)
    signals = list(rows.values_list("kind", "resident_id"))
    is_back = (BACK, resident.id) in signals
    away = [id for kind, id in signals if kind == ABROAD_NOW and id and id != resident.id]
    relations = (
        Resident.objects.in_village(resident.village_code).filter(id__in=away).values_list("relation", flat=True)
    )
    return tie_of(is_back=is_back, relation=resident.relation, abroad=frozenset(relations))
