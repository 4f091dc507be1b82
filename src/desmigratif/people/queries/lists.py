"""Lists: the families of a village by hamlet, and the imports of its register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, QuerySet

from desmigratif.access.actor import Actor, codes_in
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import region_filter
from desmigratif.people.models import Household, HouseholdQuerySet, ImportBatch, LifeStatus, Resident
from desmigratif.people.queries.village_memory import VillageMemory

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Hamlet:
    """A hamlet with how many families live in it; the empty name is "not known"."""

    name: str
    families: int


class Member(NamedTuple):
    """Who belongs to a family, as far as its line in the list says."""

    name: str
    relation: str
    birth_date: date | None


@dataclass(slots=True)
class Family:
    """One line of the list: where the family lives and who belongs to it, in the order of registration."""

    id: UUID
    hamlet: str
    rw: str
    rt: str
    village_code: str
    members: list[Member] = field(default_factory=list)


def families(by: Actor, *, hamlet: str | None, page: str) -> tuple[list[Hamlet], Page[Family]]:
    """Hamlets with their counts, and one page of families with their members: three queries at any size."""
    hamlets = _hamlets(by)
    homes = lived_in(Household.objects.visible_to(by))
    if hamlet is not None:
        homes = homes.filter(hamlet=hamlet)
    rows = homes.order_by("village_code", "hamlet", "rw", "rt", "id").values_list(
        "id", "hamlet", "rw", "rt", "village_code"
    )
    pages: Paginator[Any] = Paginator(rows, PER_PAGE)
    pages.count = sum(h.families for h in hamlets if hamlet is None or h.name == hamlet)  # known: no second count
    shown = pages.get_page(page)
    listed = {row[0]: Family(*row) for row in shown}
    _add_members(listed)
    return hamlets, Page(list(listed.values()), shown.number, pages)


def lived_in(homes: HouseholdQuerySet) -> HouseholdQuerySet:
    """Without the households in which nobody is left."""
    people = Resident.objects.everywhere().filter(household=OuterRef("pk")).exclude(life_status=LifeStatus.INVALID)
    return homes.filter(Exists(people))


def _hamlets(by: Actor) -> list[Hamlet]:
    """The hamlets this person sees; those of a single village are remembered."""
    regions = by.regions_for(Permission.RESIDENT_SEE)
    if len(regions) == 1 and codes_in(regions[0]) == regions and regions[0].count(".") == 3:
        return _hamlets_of_village.of(regions[0])
    return _counted(Household.objects.visible_to(by))


def _counted(homes: HouseholdQuerySet) -> list[Hamlet]:
    counted = lived_in(homes).values("hamlet").annotate(families=Count("id")).order_by("hamlet")
    return [Hamlet(row["hamlet"], row["families"]) for row in counted]


_hamlets_of_village = VillageMemory(lambda village_code: _counted(Household.objects.in_village(village_code)))


def _add_members(listed: Mapping[UUID, Family]) -> None:
    """The families are those that the person may see; asked for the village again, SQLite would read all of it."""
    members = Resident.objects.everywhere().filter(household__in=listed).exclude(life_status=LifeStatus.INVALID)
    for home, *member in members.order_by("id").values_list("household_id", *Member._fields):
        listed[home].members.append(Member(*member))


def head_of(members: Sequence[Member]) -> Member | None:
    """The head of the family, else its eldest known member."""
    heads = [member for member in members if member.relation == "head"]
    by_age = sorted(members, key=lambda member: (member.birth_date is None, member.birth_date, member.name))
    return next(iter([*heads, *by_age]), None)


def batches(by: Actor) -> QuerySet[ImportBatch]:
    """Imports that this person may see, newest first."""
    return ImportBatch.objects.filter(region_filter(by.regions_for(Permission.RESIDENT_IMPORT))).order_by("-id")
