"""The folded names of a village, remembered between keystrokes.

Reading 4,000 names costs more than ranking them. A list is good as long as the village's clock stands: every write
moves it, in whichever process it happened.
"""

from __future__ import annotations

from collections import OrderedDict

from django.db.models import CharField
from django.db.models.functions import Cast

from desmigratif.audit.models import VillageClock
from desmigratif.people.models import LifeStatus, Resident, ResidentQuerySet

Names = list[tuple[str, str]]
_KEPT = 8  # villages in memory, some 600 kB each
_remembered: OrderedDict[str, tuple[object, Names]] = OrderedDict()


def names_of(village_code: str) -> Names:
    """(id as text, name key) of everybody in a village but those marked invalid. The caller has the right to see."""
    clock = VillageClock.objects.filter(village_code=village_code)
    stands_at = clock.values_list("change_no", "audit_no", "audit_head").first()
    known = _remembered.get(village_code)
    if known is not None and stands_at is not None and known[0] == stands_at:
        return known[1]
    rows = Resident.objects.in_village(village_code).exclude(life_status=LifeStatus.INVALID)
    names = pool(rows)
    _remembered[village_code] = (stands_at, names)
    _remembered.move_to_end(village_code)
    while len(_remembered) > _KEPT:
        _remembered.popitem(last=False)
    return names


def pool(rows: ResidentQuerySet) -> Names:
    """(id as text, name key): making thousands of UUIDs would cost more than ranking them."""
    return list(rows.annotate(id_text=Cast("id", CharField())).values_list("id_text", "name_key"))
