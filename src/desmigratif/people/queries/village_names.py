"""What a village's people and hamlets are called, remembered between keystrokes.

Reading 4,000 names costs more than ranking them.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import CharField
from django.db.models.functions import Cast

from desmigratif.people.models import Household, LifeStatus, Resident, ResidentQuerySet
from desmigratif.people.queries.village_memory import VillageMemory
from desmigratif.people.rules.finding import NameIndex


@dataclass(frozen=True, slots=True)
class VillageNames:
    """The folded names by id as text, and the hamlets in small letters."""

    people: NameIndex[str]
    hamlets: frozenset[str]


def names_of(village_code: str) -> VillageNames:
    """Everybody in a village but those marked invalid. The caller has the right to see."""
    return _names.of(village_code)


def _read(village_code: str) -> VillageNames:
    rows = Resident.objects.in_village(village_code).exclude(life_status=LifeStatus.INVALID)
    hamlets = Household.objects.in_village(village_code).order_by().values_list("hamlet", flat=True).distinct()
    return VillageNames(NameIndex(pool(rows)), frozenset(hamlet.lower() for hamlet in hamlets if hamlet))


_names = VillageMemory(_read)


def pool(rows: ResidentQuerySet) -> list[tuple[str, str]]:
    """(id as text, name key): making thousands of UUIDs would cost more than ranking them."""
    return list(rows.annotate(id_text=Cast("id", CharField())).values_list("id_text", "name_key"))
