"""Where somebody in hiding can be reached: for who holds `PROTECTIVE_SEE` there, and for nobody else a trace of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q

from desmigratif.access.actor import Actor
from desmigratif.access.keys.subject_keys import load_keys
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import region_filter
from desmigratif.people import safety, sealing
from desmigratif.people.models import Resident, SafeAddress
from desmigratif.shared.crypto import CannotOpen


@dataclass(frozen=True, slots=True)
class Kept:
    """A safe address with what was taken out of the register for it.

    `homes` is household id -> address fields, `people` resident id -> fields of the person's own whereabouts,
    `facts` what other sources said of those.
    """

    row: SafeAddress
    address: str = ""
    contact: str = ""
    note: str = ""
    homes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    people: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    facts: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """Whose address no sheet may put back: persons and households, by id."""

    persons: frozenset[UUID] = frozenset()
    homes: frozenset[UUID] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.persons or self.homes)


def records_of_human(by: Actor, resident: Resident) -> list[Resident]:
    """All records of one human being that this person may see: moved, merged, and the one that stands."""
    rows = Resident.objects.visible_to(by)
    kept = resident.merged_into_id or resident.id
    merged = rows.filter(Q(id=kept) | Q(merged_into=kept)).values("person_id")
    return list(rows.filter(person__in=merged).select_related("household").order_by("id"))


def safe_address_of(by: Actor, records: Iterable[Resident]) -> Kept | None:
    """The safe address kept on one of these records of one person; None when there is none to be seen."""
    records = list(records)
    indexes = [safety.person_index(row.person_id) for row in records]
    mine = region_filter(by.regions_for(Permission.PROTECTIVE_SEE))
    keys = load_keys(row.id for row in records)
    for found in SafeAddress.objects.filter(mine, subject_index__in=indexes).order_by("id"):
        said = _opened(found, keys.values())
        if said is not None:
            return Kept(row=found, **{**said, "facts": tuple(said["facts"])})
    return None


def _opened(found: SafeAddress, keys: Iterable[bytes]) -> dict[str, Any] | None:
    place = safety.safe_address_place(found.id)
    for key in keys:
        try:
            text = sealing.open_text(key, found.sealed, place)
        except CannotOpen:  # sealed with the key of another of their records
            continue
        return sealing.read_values(text) if text else None
    return None


def held_in(village_code: str, persons: Iterable[UUID], homes: Iterable[UUID]) -> Held:
    """Which of these have a safe address. For writing, never to be shown; usually one query that finds nothing."""
    rows = SafeAddress.objects.filter(village_code=village_code).values_list("subject_index", "home_index")
    known = {index for row in rows for index in row if index}
    if not known:
        return Held()
    return Held(
        frozenset(one for one in persons if safety.person_index(one) in known),
        frozenset(one for one in homes if safety.home_index(one) in known),
    )
