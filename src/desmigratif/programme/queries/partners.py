"""Bodies that help, their pledges and tasks, and what is still without anybody."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Sum

from desmigratif.access.actor import NATION, Actor
from desmigratif.access.models import Grant, User
from desmigratif.access.permissions import Permission
from desmigratif.access.roles import PARTNER
from desmigratif.access.scope import region_filter
from desmigratif.programme.models import (
    BudgetLine,
    Outcome,
    Partner,
    PartnerSeat,
    Pledge,
    ProgrammeVillage,
    SharedTask,
    VillageStep,
)
from desmigratif.shared.reasons import NotFoundOrNotYours

FIGURES = Permission.FIGURES_SEE


def own_partner(by: Actor) -> Partner | None:
    """The body for which this account signs in today; None for everybody else."""
    seat = PartnerSeat.objects.filter(user_id=by.id, until=None).select_related("partner").first()
    return seat.partner if seat else None


def _above(code: str) -> list[str]:
    """A region and all around it: 33.07.10.2004 -> ID, 33, 33.07, 33.07.10, itself."""
    parts = [] if code == NATION else code.split(".")
    return [NATION, *(".".join(parts[:n]) for n in range(1, len(parts) + 1))]


def partners_for(regions: Iterable[str]) -> QuerySet[Partner]:
    """Bodies that work in any of these regions: theirs lies within, or around."""
    known = tuple(regions)
    around = {code for region in known for code in _above(region)}
    inside = region_filter(known, "region_code") if known else Q(pk__in=[])
    return Partner.objects.filter(inside | Q(region_code__in=around)).order_by("name")


def partner_of(by: Actor, partner_id: UUID) -> Partner:
    """One body that works in this person's regions. Raises `NotFoundOrNotYours`."""
    found = partners_for(by.regions_for(FIGURES)).filter(id=partner_id).first()
    if found is None:
        raise NotFoundOrNotYours
    return found


def works_in(partner: Partner, village_code: str) -> bool:
    return partner.region_code in _above(village_code)


def accounts_without_body(region_code: str, today: date) -> list[tuple[UUID, str]]:
    """Accounts that hold the role of a body in or around a region and speak for none yet: id and name."""
    held = Q(valid_until=None) | Q(valid_until__gt=today)
    seated = PartnerSeat.objects.filter(until=None).values("user_id")
    grants = Grant.objects.filter(held, region_filter((region_code,), "region_code"), role=PARTNER.code)
    users = User.objects.filter(id__in=grants.values("user_id"), is_active=True).exclude(id__in=seated)
    return list(users.order_by("name").values_list("id", "name"))


@dataclass(slots=True)
class Cell:
    """One pillar of one village in a year: whether it is at work, and what bodies pledged for it."""

    at_work: bool = False
    pledges: list[Pledge] = field(default_factory=list)

    @property
    def is_gap(self) -> bool:
        return not self.at_work and not self.pledges


def villages_in_programme(regions: Collection[str]) -> list[str]:
    """Codes of the villages of these regions that are in a programme now, once each."""
    rows = ProgrammeVillage.objects.everywhere().standing().filter(region_filter(tuple(regions)))
    return sorted(set(rows.values_list("village_code", flat=True)))


def cells_of(village_codes: Collection[str], pillars: Iterable[str], year: int) -> dict[str, dict[str, Cell]]:
    """Village -> pillar -> its cell. Two queries. The caller was shown these villages."""
    found = {code: {pillar: Cell() for pillar in pillars} for code in village_codes}
    standing = VillageStep.objects.everywhere().filter(village_code__in=village_codes, membership__left_on=None)
    for code, step in standing.values_list("village_code", "step"):
        if step in found[code]:
            found[code][step].at_work = True
    rows = Pledge.objects.everywhere().filter(village_code__in=village_codes, year=year).select_related("partner")
    for pledge in rows.order_by("pledged_on", "id"):
        if pledge.pillar in found[pledge.village_code]:
            found[pledge.village_code][pledge.pillar].pledges.append(pledge)
    return found


@dataclass(frozen=True, slots=True)
class Delivery:
    """F11 of one body: how many of its pledges the village has received."""

    partner: Partner
    pledged: int
    received: int


def deliveries(by: Actor, year: int) -> list[Delivery]:
    """Every body that works in this person's regions with what came of its pledges of a year; two queries."""
    counts = {
        partner: (pledged, received)
        for partner, pledged, received in Pledge.objects.visible_to(by).filter(year=year).order_by()
        .values_list("partner").annotate(of=Count("id"), done=Count("id", filter=Q(outcome=Outcome.RECEIVED)))
    }  # fmt: skip
    bodies = partners_for(by.regions_for(FIGURES))
    return [Delivery(one, *counts.get(one.id, (0, 0))) for one in bodies]


def tasks_late(by: Actor, today: date) -> QuerySet[SharedTask]:
    """Shared tasks of the villages whose steps this person writes down, that are past their day."""
    mine = region_filter(by.regions_for(Permission.PROGRAMME_RECORD))
    return SharedTask.objects.visible_to(by).filter(mine).waiting().filter(due_on__lt=today)


def owner_name(task: SharedTask) -> str:
    """Who holds it, in words."""
    return task.partner.name if task.partner else str(task.get_owner_display())


@dataclass(frozen=True, slots=True)
class Money:
    """One source (or all of them) in a year."""

    source: str
    allotted: int
    spent: int


def money_of(by: Actor, year: int, within: str = "") -> list[Money]:
    """Money by source over the villages of this person, or one of them; one query."""
    rows = BudgetLine.objects.visible_to(by).filter(year=year)
    if within:
        rows = rows.filter(village_code=within)
    sums = rows.order_by("source").values_list("source").annotate(Sum("allotted_rupiah"), Sum("spent_rupiah"))
    return [Money(source, allotted, spent) for source, allotted, spent in sums]


@dataclass(frozen=True, slots=True)
class InPost:
    """One officer's time in a village, without a name."""

    since: date
    until: date | None


def officers_over_time(village_code: str) -> list[InPost]:
    """Who was an officer from when until when, the newest first: how often they changed. No name is read."""
    grants = Grant.objects.filter(role="village_officer", region_code=village_code).order_by(
        F("valid_from").desc(), "id"
    )
    return [InPost(*row) for row in grants.values_list("valid_from", "valid_until")]
