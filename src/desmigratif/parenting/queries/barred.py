"""Who may not be with children: asked by blind index, in the whole country, and answered with yes or no."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from desmigratif.parenting.models import BarredPerson, Volunteer
from desmigratif.parenting.sealing import person_index
from desmigratif.people.models import Resident


def is_barred(*, name_index: str, nik_index: str, on: date) -> bool:
    """Whether a list names this person on a day. Tells nothing else of it."""
    return bool(_barred({name_index}, {nik_index}, on))


def is_barred_resident(resident: Resident, on: date) -> bool:
    """The same of somebody in a register: a caregiver, say."""
    index = person_index(resident.name, resident.birth_date)
    return is_barred(name_index=index, nik_index=resident.nik_index, on=on)


def barred_volunteers(volunteers: Iterable[Volunteer], on: date) -> set[object]:
    """Ids of those whom a list names today: somebody may have been put on it since. One query."""
    rows = list(volunteers)
    found = _barred({one.name_index for one in rows}, {one.nik_index for one in rows}, on)
    return {one.id for one in rows if {one.name_index, one.nik_index} - {""} & found}


def _barred(names: set[str], niks: set[str], on: date) -> set[str]:
    """Of these indexes those that a list holds on a day."""
    asked = Q(name_index__in=names - {""}) | Q(nik_index__in=niks - {""})
    live = Q(recorded_on__lte=on) & (Q(ended_on=None) | Q(ended_on__gt=on))
    rows = BarredPerson.objects.everywhere().filter(asked, live).values_list("name_index", "nik_index")
    return {index for row in rows for index in row if index}
