"""What a village's people and hamlets are called, remembered between keystrokes.

Reading 4,000 names costs more than ranking them. A village's names are good as long as its clock stands: every
write moves it, in whichever process it happened.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from django.db.models import CharField
from django.db.models.functions import Cast

from desmigratif.audit.models import VillageClock
from desmigratif.people.models import Household, LifeStatus, Resident, ResidentQuerySet
from desmigratif.people.rules.finding import NameIndex

_KEPT = 8  # villages in memory, some 2 MB each


@dataclass(frozen=True, slots=True)
class VillageNames:
    """The folded names by id as text, and the hamlets in small letters."""

    people: NameIndex[str]
    hamlets: frozenset[str]


_remembered: OrderedDict[str, tuple[object, VillageNames]] = OrderedDict()


def names_of(village_code: str) -> VillageNames:
    """Everybody in a village but those marked invalid. The caller has the right to see."""
    clock = VillageClock.objects.filter(village_code=village_code)
    stands_at = clock.values_list("change_no", "audit_no", "audit_head").first()
    known = _remembered.get(village_code)
    if known is not None and stands_at is not None and known[0] == stands_at:
        return known[1]
    names = _read(village_code)
    _remembered[village_code] = (stands_at, names)
    _remembered.move_to_end(village_code)
    while len(_remembered) > _KEPT:
        _remembered.popitem(last=False)
    return names


def _read(village_code: str) -> VillageNames:
    rows = Resident.objects.in_village(village_code).exclude(life_status=LifeStatus.INVALID)
    hamlets = Household.objects.in_village(village_code).order_by().values_list("hamlet", flat=True).distinct()
    return VillageNames(NameIndex(pool(rows)), frozenset(hamlet.lower() for hamlet in hamlets if hamlet))


def pool(rows: ResidentQuerySet) -> list[tuple[str, str]]:
    """(id as text, name key): making thousands of UUIDs would cost more than ranking them."""
    return list(rows.annotate(id_text=Cast("id", CharField())).values_list("id_text", "name_key"))
