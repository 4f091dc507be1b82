"""Who may be one person twice in a village, and two records side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.keys.subject_keys import load_keys
from desmigratif.access.models import User
from desmigratif.people import sealing
from desmigratif.people.fields import LABELS, MASKED_FIELDS, RESIDENT_FIELDS, SPECIFIC_FIELDS, shown
from desmigratif.people.models import LifeStatus, Merge, Resident, ToldApart
from desmigratif.people.queries.values import resident_values

MOST = 100
SAME_NIK, SAME_BIRTH = "same_nik", "same_birth"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be one person, the older first, and what they have in common."""

    first: Resident
    second: Resident
    why: str


@dataclass(frozen=True, slots=True)
class Decided:
    """Two records that somebody told apart; `who` is empty for a command."""

    first: Resident
    second: Resident
    on: date
    who: str


@dataclass(frozen=True, slots=True)
class Compared:
    """One field of both records in words; `same` also tells numbers apart that end alike."""

    field: str
    label: str
    left: str
    right: str
    same: bool


def pairs_alike(by: Actor, village_code: str) -> tuple[list[Pair], int]:
    """At most a hundred pairs with the same NIK, or the same folded name and birth date, and how many there are."""
    rows = (
        Resident.objects.visible_to(by)
        .filter(village_code=village_code)
        .exclude(life_status__in=(LifeStatus.INVALID, LifeStatus.MOVED))
    )
    by_nik: dict[Hashable, list[UUID]] = defaultdict(list)
    by_birth: dict[Hashable, list[UUID]] = defaultdict(list)
    listed = rows.order_by("id").values_list("id", "nik_index", "name_key", "birth_date")
    for resident_id, nik, name, birth_date in listed:
        if nik:
            by_nik[nik].append(resident_id)
        if birth_date:
            by_birth[name, birth_date].append(resident_id)
    apart = _told_apart(village_code)
    found: dict[tuple[UUID, UUID], str] = {}
    for groups, why in ((by_nik, SAME_NIK), (by_birth, SAME_BIRTH)):
        for first, second in _pairs(groups.values(), apart):
            found.setdefault((first, second), why)
    wanted = list(found)[:MOST]
    people = {
        row.id: row for row in rows.filter(id__in={one for pair in wanted for one in pair}).select_related("household")
    }
    return [Pair(people[first], people[second], found[first, second]) for first, second in wanted], len(found)


def _told_apart(village_code: str) -> set[tuple[UUID, UUID]]:
    rows = ToldApart.objects.filter(village_code=village_code, taken_back_on__isnull=True)
    return set(rows.values_list("first_id", "second_id"))


def _pairs(groups: Iterable[list[UUID]], apart: Collection[tuple[UUID, UUID]]) -> Iterable[tuple[UUID, UUID]]:
    """Everybody of a group beside the oldest record that they were not told apart from."""
    for group in groups:
        for place, other in enumerate(group[1:], start=1):
            older = next((one for one in group[:place] if (one, other) not in apart), None)
            if older is not None:
                yield older, other


def standing_decision(one: UUID, other: UUID) -> ToldApart | None:
    """That these two records are of two people, if somebody said so and nobody took it back."""
    rows = ToldApart.objects.filter(first=min(one, other), second=max(one, other), taken_back_on__isnull=True)
    return rows.select_related(None).first()


def decided_pairs(by: Actor, village_code: str) -> list[Decided]:
    """The last hundred pairs that were told apart in a village, with who said so, the newest first."""
    rows = ToldApart.objects.filter(village_code=village_code, taken_back_on__isnull=True)
    decisions = list(rows.order_by("-decided_on", "-id")[:MOST])
    ids = {one for row in decisions for one in (row.first_id, row.second_id)}
    people = {row.id: row for row in Resident.objects.visible_to(by).filter(id__in=ids)}
    writers = dict(User.objects.filter(id__in={row.decided_by for row in decisions}).values_list("id", "name"))
    return [
        Decided(people[row.first_id], people[row.second_id], row.decided_on, writers.get(row.decided_by, ""))
        for row in decisions
        if row.first_id in people and row.second_id in people
    ]


def side_by_side(left: Resident, right: Resident, *, with_specific: bool) -> list[Compared]:
    """What either record knows, field by field; numbers masked, specific facts only when they may be seen."""
    keys = load_keys([left.id, right.id])
    mine = resident_values(left, sealing.open_resident(left, keys.get(left.id)))
    theirs = resident_values(right, sealing.open_resident(right, keys.get(right.id)))
    hidden = frozenset() if with_specific else SPECIFIC_FIELDS
    names = [name for name in RESIDENT_FIELDS if name not in hidden and (mine[name], theirs[name]) != (None, None)]
    return [
        Compared(name, LABELS[name], _said(name, mine[name]), _said(name, theirs[name]), mine[name] == theirs[name])
        for name in names
    ]


def _said(name: str, value: object) -> str:
    if value is None:
        return ""
    return f"berakhir {str(value)[-4:]}" if name in MASKED_FIELDS else shown(name, value)


def standing_merges(resident: Resident) -> list[Merge]:
    """Merges in force that this record is part of, as the one that stands or as the closed one."""
    if resident.merged_into_id is not None:
        rows = Merge.objects.filter(merged=resident)
    else:
        rows = Merge.objects.filter(kept=resident)
    return list(rows.filter(undone_on__isnull=True).select_related(None).order_by("merged_on", "id"))
