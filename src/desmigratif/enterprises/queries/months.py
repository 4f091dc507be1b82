"""A group's money as it was written down, and how like groups do."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from uuid import UUID

from desmigratif.enterprises.models import Group, GroupEnd, GroupMonth, GroupMonthQuerySet
from desmigratif.enterprises.rules import capital
from desmigratif.enterprises.rules.months import (
    Benchmark,
    Month,
    benchmark_months_on,
    benchmark_of,
    mean_profit,
    month_of,
    months_back,
)


def months_of(group: Group) -> GroupMonthQuerySet:
    """Every month of a group that was asked for, the newest first."""
    return GroupMonth.objects.in_village(group.village_code).filter(group=group).order_by("-month")


def as_months(rows: list[GroupMonth]) -> list[Month]:
    """Rows as the rules read them, the oldest first."""
    found = [Month(row.month, row.sales_rupiah, row.cost_rupiah, row.workers) for row in rows]
    return sorted(found, key=lambda one: one.month)


def standing_of(group: Group) -> capital.Standing:
    """What counts when a group asks for money."""
    ended = GroupEnd.objects.in_village(group.village_code).filter(group=group).exists()
    return capital.Standing(group.formed_on, as_months(list(months_of(group))), ended)


def like_groups(group: Group, today: date) -> Benchmark:
    """The middle of the mean monthly profit of other groups of the same trade in the same regency.

    No group can be read out of it: fewer than the least are not shown, and the asking group is not among them.
    """
    regency = ".".join(group.village_code.split(".")[:2])
    first = months_back(month_of(today), benchmark_months_on(today))
    rows = GroupMonth.objects.everywhere().filter(
        village_code__startswith=f"{regency}.", group__trade=group.trade, group__ending=None, month__gte=first
    )
    of_group: dict[UUID, list[Month]] = defaultdict(list)
    for row in rows.exclude(group=group).order_by("group_id"):
        of_group[row.group_id].append(Month(row.month, row.sales_rupiah, row.cost_rupiah, row.workers))
    means = [mean for months in of_group.values() if (mean := mean_profit(months)) is not None]
    return benchmark_of(means, today)
