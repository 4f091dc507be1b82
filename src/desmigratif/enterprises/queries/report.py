"""A group's year as its one-page report tells it; nobody is named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desmigratif.enterprises.models import Asset, Baseline, Group, Member, MentorVisit
from desmigratif.enterprises.queries.life import lives_of
from desmigratif.enterprises.queries.months import as_months, like_groups, months_of
from desmigratif.enterprises.rules.groups import trades_on
from desmigratif.enterprises.rules.life import Life, age_words
from desmigratif.enterprises.rules.months import Benchmark, Month, last_months, mean_profit

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Report:
    """What stands on the page. `months`: those written down of the last twelve; `before`: a month's profit before."""

    group: Group
    today: date
    trade: str
    age: str
    life: Life
    members: int
    of_migrants: int
    months: list[Month]
    before: int | None
    mean: int | None
    like: Benchmark
    assets: list[Asset]
    visits: int

    @property
    def sales(self) -> int:
        return sum(one.sales_rupiah for one in self.months)

    @property
    def profit(self) -> int:
        return sum(one.profit_rupiah for one in self.months)


def report_of(group: Group, today: date) -> Report:
    """The year of a group that was asked for, up to a day."""
    code = group.village_code
    months = last_months(as_months(list(months_of(group))), MONTHS, until=today)
    ties = list(Member.objects.in_village(code).standing().filter(group=group).values_list("tie", flat=True))
    before = Baseline.objects.in_village(code).filter(group=group).first()
    assets = Asset.objects.in_village(code).filter(group=group, handed_on__isnull=False).order_by("handed_on", "id")
    visits = MentorVisit.objects.in_village(code).filter(group=group, on__gt=date(today.year - 1, today.month, 1))
    return Report(
        group, today, trades_on(group.formed_on).get(group.trade, ""), age_words(group.formed_on, today),
        lives_of([group], today)[group.id], len(ties), sum(tie != "none" for tie in ties), months,
        before.monthly_rupiah if before else None, mean_profit(months), like_groups(group, today), list(assets[:8]),
        visits.count(),
    )  # fmt: skip
