"""Who is perhaps registered already: the same NIK, or the same folded name and birth date, in one village."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from desmigratif.people.models import Resident
from desmigratif.people.rules.names import fold_name
from desmigratif.people.sealing import nik_index

MOST = 5


def alike(village_code: str, *, name: str, birth_date: date | None, nik: str | None) -> list[Resident]:
    """At most five residents of a village who may be this person, with their households."""
    condition = Q(pk__in=[])
    if nik:
        condition |= Q(nik_index=nik_index(nik))
    if birth_date and name:
        condition |= Q(name_key=fold_name(name)[:120], birth_date=birth_date)
    rows = Resident.objects.in_village(village_code).filter(condition).exclude(life_status="invalid")
    return list(rows.select_related("household")[:MOST])
