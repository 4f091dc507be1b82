"""Lists: the families of a village by hamlet, and the imports of its register."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet

from desmigratif.access.actor import Actor
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import region_filter
from desmigratif.people.models import Household, ImportBatch, LifeStatus, Resident

PER_PAGE = 50
_LISTED = ("id", "household_id", "name", "relation", "birth_date", "life_status")


@dataclass(frozen=True, slots=True)
class Hamlet:
    """A hamlet with how many families live in it; the empty name is "not known"."""

    name: str
    families: int


def families(by: Actor, *, hamlet: str | None, page: str) -> tuple[list[Hamlet], Page[Household]]:
    """Hamlets with their counts, and one page of families with `.listed` members: three queries at any size."""
    lived_in = Resident.objects.visible_to(by).filter(household=OuterRef("pk")).exclude(life_status=LifeStatus.INVALID)
    homes = Household.objects.visible_to(by).filter(Exists(lived_in))
    counted = homes.values("hamlet").annotate(families=Count("id")).order_by("hamlet")
    hamlets = [Hamlet(row["hamlet"], row["families"]) for row in counted]
    if hamlet is not None:
        homes = homes.filter(hamlet=hamlet)
    wanted = sum(h.families for h in hamlets if hamlet is None or h.name == hamlet)
    members = Resident.objects.visible_to(by).exclude(life_status=LifeStatus.INVALID).only(*_LISTED)
    rows = homes.order_by("village_code", "hamlet", "rw", "rt", "id").prefetch_related(
        Prefetch("members", queryset=members, to_attr="listed")
    )
    pages = Paginator(rows, PER_PAGE)
    pages.count = wanted  # known already: no second count
    return hamlets, pages.get_page(page)


def head_of(members: Sequence[Resident]) -> Resident | None:
    """The head of the family, else its eldest known member."""
    heads = [member for member in members if member.relation == "head"]
    by_age = sorted(members, key=lambda member: (member.birth_date is None, member.birth_date, member.name))
    return next(iter([*heads, *by_age]), None)


def batches(by: Actor) -> QuerySet[ImportBatch]:
    """Imports that this person may see, newest first."""
    return ImportBatch.objects.filter(region_filter(by.regions_for(Permission.RESIDENT_IMPORT))).order_by("-id")
