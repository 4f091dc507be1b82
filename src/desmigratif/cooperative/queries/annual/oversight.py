"""Cooperatives as the office above them sees them: sums, meetings and health, and nobody's name."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Sum

from desmigratif.access.actor import Actor
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse, region_filter
from desmigratif.cooperative.models import Cooperative, Holding, Meeting, MeetingKind, Member, MemberStatus
from desmigratif.cooperative.rules.annual.meeting import due_on

OWN = ("savings_principal", "savings_compulsory", "reserve_general", "reserve_risk", "grants")


@dataclass(frozen=True, slots=True)
class Overseen:
    """One cooperative. `last_annual` is the book year of the latest annual meeting that was held; `is_late`: the one
    after it should have been."""

    cooperative: Cooperative
    members: int
    assets_rupiah: int
    own_capital_rupiah: int
    loans_rupiah: int
    last_annual: Meeting | None
    is_late: bool


def overseen_by(by: Actor) -> QuerySet[Cooperative]:
    """Those whose sums this person may see. A unit holds no meeting of its own: its cooperative stands for it."""
    regions = by.regions_for(Permission.COOPERATIVE_FIGURES)
    rows = Cooperative.objects.everywhere().filter(region_filter(regions), parent__isnull=True)
    return rows.order_by("village_code", "name")


def overseen_one(by: Actor, cooperative_id: UUID) -> Cooperative:
    """Raises `NotFoundOrNotYours`."""
    return get_or_refuse(overseen_by(by), "cooperative_id", id=cooperative_id)


def figures_for(found: list[Cooperative], today: date) -> list[Overseen]:
    """Three queries for any number of cooperatives."""
    ids = [one.id for one in found]
    heads = dict(
        Member.objects.everywhere().filter(cooperative_id__in=ids, status=MemberStatus.MEMBER)
        .values_list("cooperative_id").annotate(Count("id")).order_by()
    )  # fmt: skip
    sums: dict[UUID, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    rows = Holding.objects.filter(account__cooperative_id__in=ids).values_list("account__cooperative_id")
    asked = {"assets": Q(account__kind="asset"), "own": Q(account__use__in=OWN), "loans": Q(account__use="loans")}
    totals = {name: Sum(F("balance_rupiah"), filter=which, default=0) for name, which in asked.items()}
    for id, *amounts in rows.annotate(**totals).order_by():
        sums[id] = dict(zip(asked, map(int, amounts), strict=True))
    held: dict[UUID, Meeting] = {}
    meetings = Meeting.objects.everywhere().filter(cooperative_id__in=ids, kind=MeetingKind.ANNUAL, status="held")
    for meeting in meetings.order_by("book_year"):
        held[meeting.cooperative_id] = meeting
    return [_one(one, heads.get(one.id, 0), sums[one.id], held.get(one.id), today) for one in found]


def _one(one: Cooperative, members: int, sums: dict[str, int], last: Meeting | None, today: date) -> Overseen:
    following = last.book_year + 1 if last and last.book_year else one.opened_on.year
    is_late = following < today.year and today > due_on(following)
    return Overseen(
        one, members, sums.get("assets", 0), -sums.get("own", 0), sums.get("loans", 0), last, is_late
    )  # fmt: skip
