"""Who sees which figures: one rule for the cockpit and its papers, for reports and for pivots.

A figure of fewer than five says something about single people. It is open to those whose task shows them these people
anyway: whoever opens the files of a region's residents sees all of its figures, a tutor those of the children, a mentor
those of the businesses, who works for the cooperative those of the cooperative. For everybody else all regions from
the nation down are read, for whole years, and `rules.closing` says which are closed; what is closed does not depend on
what a page happens to show beside it.

A year that still runs would tell by tomorrow who came since today: others see it as it was when its last month ended,
and closed as its months are.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db.models import Q

from desmigratif.access.actor import NATION, Actor, covers
from desmigratif.access.permissions import Permission as P
from desmigratif.indicators.models import RollUp
from desmigratif.indicators.queries.grid import whole_grid
from desmigratif.indicators.queries.reading import Reading, definition_of
from desmigratif.indicators.queries.remembered import Grid
from desmigratif.indicators.queries.rows import level_of
from desmigratif.indicators.rules.closing import closed_in_year, without_own
from desmigratif.indicators.rules.definitions import PILLARS, Indicator
from desmigratif.indicators.rules.periods import EVER, Month, Period, periods_between
from desmigratif.regions.rules import path_of

Closed = Mapping[tuple[str, int], set[str]]  # (indicator, year) -> regions that are closed in it
OPENED_BY: Mapping[str, tuple[P, ...]] = {
    "C": (P.ENTERPRISE_SEE,), "D": (P.CHILD_SEE,), "E": (P.COOPERATIVE_SEE, P.COOPERATIVE_FIGURES),
}  # fmt: skip
_OF_A_PILLAR = re.compile(r"[A-F]\d")  # AMAN and CEPAT are measures of single cases


def permissions_for(code: str) -> tuple[P, ...]:
    """Any one of these shows the people behind an indicator, so that nothing of it is closed."""
    return (P.RESIDENT_SEE, *(OPENED_BY.get(code[0], ()) if _OF_A_PILLAR.match(code) else ()))


def is_behind(by: Actor, region: str, period: Period, today: date) -> bool:
    """Whether somebody sees a period there only as it was when its last month ended; a page says so."""
    return not period.is_over(today) and not by.may(P.RESIDENT_SEE, region)


class Sight:
    """Some indicators in some periods of one length, as one person may see them. `today`: None when all are over."""

    def __init__(self, by: Actor, codes: Sequence[str], periods: Sequence[Period], today: date | None) -> None:
        self.by, self.periods, self.today = by, list(periods), today
        self.known = {code: definition_of(code) for code in codes}

    def is_open(self, code: str, region: str) -> bool:
        """Whether nothing of an indicator is closed there; villages and money of the programme are nobody's secret."""
        return self.known[code].small == 1 or any(self.by.may(one, region) for one in permissions_for(code))

    def is_closed_to(self, region: str) -> bool:
        """Whether anything there may be closed."""
        return not all(self.is_open(code, region) for code in self.known)

    def grid(self, regions: Sequence[str]) -> Grid:
        """The figures, those that are closed without a number."""
        if not self.is_closed_to(NATION):
            return whole_grid(regions, list(self.known), self.periods)
        foreign = [one for one in regions if self.is_closed_to(one)]
        around = self.around(foreign, max(map(level_of, foreign))) if foreign else []
        found, closed = self.read(regions, around)
        seen: dict[tuple[str, str], tuple[Reading, ...]] = {}
        for region in regions:
            for code in self.known:
                line = _asked(found[region, code], self.periods)
                if not self.is_open(code, region):
                    line = tuple(_seen(one, closed) for one in line)
                seen[region, code] = line
        return seen

    def read(self, regions: Iterable[str], around: Sequence[str]) -> tuple[Grid, Closed]:
        """Figures of all these, and which are closed; where nothing lies around nothing is."""
        places = list(dict.fromkeys([*regions, *around]))
        if not around:
            return whole_grid(places, list(self.known), self.periods), {}
        first, last = Month(self.periods[0].first.year, 1), Month(self.periods[-1].last.year, 12)
        found = dict(whole_grid(places, list(self.known), periods_between(first, last, self.periods[0].every)))
        months = self._months(places)
        for (region, code), line in found.items():
            if months and not self.is_open(code, region):
                here = months[region, code]
                found[region, code] = tuple(one if self._is_over(one.period) else _so_far(one, here) for one in line)
        return found, self._closed(found, months, around)

    def around(self, regions: Sequence[str], depth: int) -> list[str]:
        """The nation, all that lies beside the way down to these regions, and all in them down to a level, as far as
        it keeps any register; and what the reader sees anyway. One statement."""
        narrowest = _common(regions)
        way = ["", *(() if narrowest == NATION else path_of(narrowest))]
        wanted = Q(level=0)
        for level in range(1, depth + 1):
            wanted |= Q(level=level, region_code__startswith=f"{way[min(level, len(way)) - 1]}")
        rows = RollUp.objects.filter(wanted, period=EVER, code__in=PILLARS)
        own = [region for code in self.known for region in self._own(code)]
        return list(dict.fromkeys([NATION, *sorted(set(rows.values_list("region_code", flat=True))), *own]))

    def _own(self, code: str) -> list[str]:
        """The regions in which an indicator is open to the reader, none inside another."""
        codes = {region for one in permissions_for(code) for region in self.by.regions_for(one)}
        return sorted(one for one in codes if not any(covers(wide, one) for wide in codes if wide != one))

    def _is_over(self, period: Period) -> bool:
        return self.today is None or period.is_over(self.today)

    def _months(self, places: Sequence[str]) -> Grid:
        """Of a year that still runs, the months that are over; nothing where no such year was asked for."""
        if self.today is None or all(map(self._is_over, self.periods)):
            return {}
        months = periods_between(Month(self.today.year, 1), Month(self.today.year, 12))
        found = whole_grid(places, list(self.known), months)
        return {key: tuple(one for one in line if self._is_over(one.period)) for key, line in found.items()}

    def _closed(self, found: Grid, months: Grid, around: Sequence[str]) -> Closed:
        tree: dict[str, list[str]] = defaultdict(list)
        for region in around:
            if region != NATION:
                tree[region.rpartition(".")[0] or NATION].append(region)
        closed = {}
        for year in range(self.periods[0].first.year, self.periods[-1].last.year + 1):
            runs = bool(months) and self.today is not None and year == self.today.year
            for code, one in self.known.items():
                sizes = {
                    region: _months_of(one, months[region, code]) if runs
                    else [reading.size for reading in found[region, code] if reading.period.first.year == year]
                    for region in around
                }  # fmt: skip
                own = {region: sizes[region] for region in self._own(code)}
                closed[code, year] = closed_in_year(
                    tree, without_own(sizes, own, covers) if own else sizes, small=one.small, top=NATION,
                    stands=_stands(one),
                )  # fmt: skip
        return closed


def _stands(one: Indicator) -> bool:
    return one.parts[-1][2] == "stock"


def _asked(line: Sequence[Reading], periods: Sequence[Period]) -> tuple[Reading, ...]:
    by_period = {one.period: one for one in line}
    return tuple(by_period[period] for period in periods)


def _seen(one: Reading, closed: Closed) -> Reading:
    is_closed = one.region_code in closed.get((one.code, one.period.first.year), ())
    return one.without_figures() if is_closed else one


def _months_of(one: Indicator, line: Sequence[Reading]) -> list[int]:
    """For how many each month stands; of those that are not over nothing, or what stood before them."""
    sizes = [reading.size for reading in line]
    rest = sizes[-1] if sizes and _stands(one) else 0
    return sizes + [rest] * (12 - len(sizes))


def _so_far(one: Reading, months: Sequence[Reading]) -> Reading:
    """A period that still runs, as it was when its last month ended; closed while none has."""
    over = [month for month in months if one.period.first <= month.period.first <= one.period.last]
    if not over:
        return one.without_figures()
    parts = one.definition.parts
    above = _added([month.numerator for month in over], parts[0][2])
    below = _added([month.denominator for month in over], parts[-1][2]) if len(parts) > 1 else None
    return one._replace(
        numerator=above, denominator=below, as_of=max((month.as_of for month in over if month.as_of), default=None),
        restated=any(month.restated for month in over), published=None, facts=sum(month.facts for month in over),
    )  # fmt: skip


def _added(numbers: Sequence[int | None], kind: str) -> int | None:
    """What flows adds up, of what stands the last is true."""
    if kind == "stock":
        return numbers[-1]
    known = [one for one in numbers if one is not None]
    return sum(known) if known else None


def _common(regions: Sequence[str]) -> str:
    """The narrowest region that all of these lie in."""
    paths = [() if one == NATION else path_of(one) for one in regions]
    shared = [steps[0] for steps in zip(*paths, strict=False) if len(set(steps)) == 1]
    return shared[-1] if shared else NATION
