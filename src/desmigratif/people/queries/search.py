"""Finding a person as one types: part of a name in any spelling, NIK, KK, the last four of a NIK, phone, hamlet.

Names are compared folded (`rules.names`). Inside one village misspellings are found too; over a wider scope only
the plain match is asked. Looking writes nothing: the
full page of results notes one event, the answers while typing none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models.functions import Coalesce

from desmigratif.access.actor import Actor
from desmigratif.access.permissions import Permission
from desmigratif.people import sealing
from desmigratif.people.models import Household, LifeStatus, Phone, Resident
from desmigratif.people.queries.village_names import VillageNames, names_of
from desmigratif.people.queries.village_names import pool as _pool
from desmigratif.people.rules import phones
from desmigratif.people.rules.finding import rank_names
from desmigratif.people.rules.names import fold_name, is_no_name
from desmigratif.shared.dates import age_on

MOST = 50
SHORTEST, LONGEST = 2, 100  # signs of a search text
_POOL = 3_000
_SIGNS = re.compile(r"[\s.\-()]")
_PLACE = re.compile(r"^(?:dusun|dukuh|dsn)?\.?\s*(?P<hamlet>[^\d]*?)\s*(?:rt\.?\s*0*(?P<rt>\d{1,3}))?$", re.IGNORECASE)
_SHOWN = (
    "id", "household_id", "village_code", "name", "sex", "birth_date", "life_status", "household__hamlet",
    "household__rw", "household__rt", "nik_sealed",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """One answer: who, where, how old, and the end of the NIK; empty or None where unknown."""

    id: UUID
    household_id: UUID
    village_code: str
    name: str
    sex: str
    age: int | None
    hamlet: str
    rw: str
    rt: str
    nik_end: str
    life_status: str

    @property
    def is_here(self) -> bool:
        return self.life_status in (LifeStatus.ALIVE, LifeStatus.AWAY)


def search_residents(by: Actor, text: str, *, today: date, limit: int = 20) -> list[Found]:
    """At most `limit` residents whom this person may see, best first. Short or empty text finds nobody."""
    text = " ".join(text.split())[:LONGEST]
    limit = min(limit, MOST)
    if len(text) < SHORTEST or not by.may_anywhere(Permission.RESIDENT_SEE):
        return []
    number = _SIGNS.sub("", text)
    if number.lstrip("+").isdigit() and number.isascii():
        ids = _by_number(by, number, limit)
    else:
        village = village_of(by)
        names = names_of(village) if village else None
        ids = _by_name(by, text, limit, names)
        if len(ids) < limit:
            ids += [one for one in _by_place(by, text, limit, names) if one not in set(ids)]
    return _shown(by, ids[:limit], today)


def village_of(by: Actor, permission: Permission = Permission.RESIDENT_SEE) -> str | None:
    """The one village in which this person holds the permission; None when it is wider or several."""
    regions = by.regions_for(permission)
    return regions[0] if len(regions) == 1 and regions[0].count(".") == 3 else None


# --- by number ---


def _by_number(by: Actor, number: str, limit: int) -> list[UUID]:
    residents = Resident.objects.visible_to(by)
    village = village_of(by)
    if len(number) == 4 and village:
        rows = residents.filter(village_code=village, nik_last4_index=sealing.last4_index(number, village))
    elif len(number) == 16:
        rows = residents.filter(nik_index=sealing.nik_index(number))
        standing = rows.order_by("merged_into_id", "id").values_list(Coalesce("merged_into_id", "id"), flat=True)
        found = list(dict.fromkeys(standing[:limit]))
        if found:
            return found
        homes = Household.objects.visible_to(by).filter(kk_index=sealing.kk_index(number))
        rows = residents.filter(household__in=homes)
    else:
        return _by_phone(by, number, limit)
    rows = rows.filter(merged_into__isnull=True)
    return list(rows.order_by("household_id", "id").values_list("id", flat=True)[:limit])


def _by_phone(by: Actor, number: str, limit: int) -> list[UUID]:
    try:
        index = sealing.phone_index(phones.normalise(number))
    except ValueError:
        return []
    rows = Phone.objects.visible_to(by).filter(number_index=index)
    whose = Coalesce("resident__merged_into_id", "resident_id")
    return list(dict.fromkeys(rows.values_list(whose, flat=True)[:limit]))


# --- by name ---


def _by_name(by: Actor, text: str, limit: int, names: VillageNames | None) -> list[UUID]:
    if len(fold_name(text)) < SHORTEST or is_no_name(text):  # "zz" folds to one letter, which would find everybody
        return []
    if names:
        return [UUID(one) for one in names.people.rank(text, limit)]
    rows = Resident.objects.visible_to(by).exclude(life_status=LifeStatus.INVALID)
    for word in fold_name(text).split():
        rows = rows.filter(name_key__contains=word)
    return [UUID(one) for one in rank_names(text, _pool(rows[:_POOL]), limit)]


# --- by place ---


def _by_place(by: Actor, text: str, limit: int, names: VillageNames | None) -> list[UUID]:
    """Heads of the families in a hamlet whose name begins so ("krajan", "dusun krajan rt 2")."""
    place = _PLACE.match(text)
    if place is None or not (place["hamlet"] or place["rt"]):
        return []
    opening = place["hamlet"].lower()
    if names and not any(hamlet.startswith(opening) for hamlet in names.hamlets):
        return []
    homes = Household.objects.visible_to(by).filter(hamlet__istartswith=place["hamlet"])
    if place["rt"]:
        homes = homes.filter(rt__in=[place["rt"], place["rt"].zfill(2), place["rt"].zfill(3)])
    rows = Resident.objects.visible_to(by).filter(household__in=homes, relation="head")
    return list(rows.order_by("name_key", "id").values_list("id", flat=True)[:limit])


# --- what is shown ---


def _shown(by: Actor, ids: Sequence[UUID], today: date) -> list[Found]:
    if not ids:
        return []
    rows = Resident.objects.visible_to(by).filter(id__in=ids).values_list(*_SHOWN)
    found = {row[0]: row for row in rows}
    ends = sealing.nik_ends_of((row[0], row[-1]) for row in found.values())
    return [_found(found[one][:-1], ends.get(one, ""), today) for one in ids if one in found]


def _found(row: tuple[Any, ...], nik_end: str, today: date) -> Found:
    resident_id, household_id, village_code, name, sex, birth_date, life_status, hamlet, rw, rt = row
    return Found(
        id=resident_id,
        household_id=household_id,
        village_code=village_code,
        name=name,
        sex=sex,
        age=age_on(birth_date, today) if birth_date else None,
        hamlet=hamlet,
        rw=rw,
        rt=rt,
        nik_end=nik_end,
        life_status=life_status,
    )
