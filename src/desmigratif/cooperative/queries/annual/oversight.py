"""Cooperatives as the office above them sees them: sums, meetings and health, and nobody's name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Sum

from desmigratif.access.actor import Actor
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse, region_filter
from desmigratif.cooperative.models import Cooperative, Holding, Meeting, MeetingKind, Member, MemberStatus
from desmigratif.cooperative.queries.sharia.quality import FINANCING
from desmigratif.cooperative.rules.annual.meeting import due_on
from desmigratif.cooperative.rules.year.handing_up import OWED, OWING

OWN = ("savings_principal", "savings_compulsory", "reserve_general", "reserve_risk", "grants")
LENT = ("loans", *FINANCING)


@dataclass(frozen=True, slots=True)
class Body:
    """One of the books of a cooperative: its own, or a unit's."""

    books: Cooperative
    assets_rupiah: int
    own_capital_rupiah: int
    loans_rupiah: int


@dataclass(frozen=True, slots=True)
class Overseen:
    """One cooperative with its units: `bodies` are each of the books, its own first, and `between_rupiah` what one owes
    another, which is no asset of the whole. `last_annual` is the book year of the latest annual meeting that was held;
    `is_late`: the one after it should have been."""

    cooperative: Cooperative
    members: int
    bodies: tuple[Body, ...]
    between_rupiah: int
    last_annual: Meeting | None
    is_late: bool

    @property
    def assets_rupiah(self) -> int:
        return sum(one.assets_rupiah for one in self.bodies) - self.between_rupiah

    @property
    def own_capital_rupiah(self) -> int:
        return sum(one.own_capital_rupiah for one in self.bodies)

    @property
    def loans_rupiah(self) -> int:
        return sum(one.loans_rupiah for one in self.bodies)


def overseen_by(by: Actor) -> QuerySet[Cooperative]:
    """Those whose sums this person may see. A unit holds no meeting of its own: its cooperative stands for it."""
    regions = by.regions_for(Permission.COOPERATIVE_FIGURES)
    rows = Cooperative.objects.everywhere().filter(region_filter(regions), parent__isnull=True)
    return rows.order_by("village_code", "name")


def overseen_one(by: Actor, cooperative_id: UUID) -> Cooperative:
    """Raises `NotFoundOrNotYours`."""
    return get_or_refuse(overseen_by(by), "cooperative_id", id=cooperative_id)


def figures_for(found: list[Cooperative], today: date) -> list[Overseen]:
    """Four queries for any number of cooperatives and units."""
    heads = {one.id: one for one in found}
    counted = dict(
        Member.objects.everywhere().filter(cooperative_id__in=heads, status=MemberStatus.MEMBER)
        .values_list("cooperative_id").annotate(Count("id")).order_by()
    )  # fmt: skip
    bodies: dict[UUID, list[Cooperative]] = {id: [one] for id, one in heads.items()}
    units = Cooperative.objects.everywhere().filter(parent_id__in=heads).order_by("opened_on", "name", "id")
    for unit in units:
        if unit.parent_id is not None:
            bodies[unit.parent_id].append(unit)
    sums = _sums([one.id for each in bodies.values() for one in each])
    held: dict[UUID, Meeting] = {}
    meetings = Meeting.objects.everywhere().filter(cooperative_id__in=heads, kind=MeetingKind.ANNUAL, status="held")
    for meeting in meetings.order_by("book_year"):
        held[meeting.cooperative_id] = meeting
    return [_one(bodies[id], counted.get(id, 0), sums, held.get(id), today) for id in heads]


_NIL = dict.fromkeys(("assets", "own", "loans", "owed", "owing"), 0)


def _sums(ids: list[UUID]) -> dict[UUID, dict[str, int]]:
    """What stands in each of these books today."""
    asked = {
        "assets": Q(account__kind="asset"), "own": Q(account__use__in=OWN), "loans": Q(account__use__in=LENT),
        "owed": Q(account__use=OWED), "owing": Q(account__use=OWING),
    }  # fmt: skip
    totals = {name: Sum(F("balance_rupiah"), filter=which, default=0) for name, which in asked.items()}
    rows = Holding.objects.filter(account__cooperative_id__in=ids).values_list("account__cooperative_id")
    return {id: dict(zip(asked, map(int, amounts), strict=True)) for id, *amounts in rows.annotate(**totals).order_by()}


def _one(
    bodies: list[Cooperative], members: int, sums: dict[UUID, dict[str, int]], last: Meeting | None, today: date
) -> Overseen:
    head = bodies[0]
    following = last.book_year + 1 if last and last.book_year else head.opened_on.year
    is_late = following < today.year and today > due_on(following)
    each = [(one, sums.get(one.id, _NIL)) for one in bodies]
    between = min(sum(held["owed"] for _body, held in each), -sum(held["owing"] for _body, held in each))
    told = tuple(Body(one, held["assets"], -held["own"], held["loans"]) for one, held in each)
    return Overseen(head, members, told, between, last, is_late)
