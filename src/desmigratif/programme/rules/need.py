"""How much a region needs the programme: an index from published figures, what is not known kept apart.

A figure scores its value against the highest of its kind (100 = the highest). The index is the mean of the scores that
are known, by the weights of regulations/programme.yaml: what is missing is missing and never zero, so how many of the
figures are known is said with each index. Of contradicting values the middle one counts; the index from the lowest and
from the highest are its bounds. Own construction, no official formula was found. Plain Python.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from statistics import median
from typing import Protocol

from desmigratif.shared.dated import value_on


class Reported(Protocol):
    """A value of one source."""

    @property
    def metric(self) -> str: ...
    @property
    def region(self) -> str: ...
    @property
    def period(self) -> str: ...
    @property
    def year(self) -> int: ...
    @property
    def what(self) -> str: ...
    @property
    def value(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Part:
    """One known figure of a region: its values of the latest year, and what they score."""

    metric: str
    year: int
    values: tuple[int, ...]  # sorted; more than one: the sources contradict each other
    score: float  # 0 to 100
    low: float
    high: float
    is_rank: bool  # a place in the province instead of a number
    among: int = 1  # regions of the level of which this figure is known; alone it is the highest, whatever it says


@dataclass(frozen=True, slots=True)
class Need:
    region: str
    score: float  # 0 to 100
    low: float
    high: float
    parts: tuple[Part, ...]
    of: int  # how many figures could be known

    @property
    def known(self) -> int:
        return len(self.parts)


def weights_on(day: date) -> Mapping[str, int]:
    """Metric -> its weight, in hundredths."""
    weights: Mapping[str, int] = value_on("programme.need_weights", day)
    return weights


def threshold_on(day: date) -> int:
    """From this index on a region is one that needs the programme."""
    threshold: int = value_on("programme.need_threshold", day)
    return threshold


def needs(figures: Iterable[Reported], level: int, on: date) -> list[Need]:
    """Regions of one level (1 province, 2 regency) of which anything is known, the neediest first."""
    weights = weights_on(on)
    latest = _latest([figure for figure in figures if _level(figure.region) == level and not figure.what])
    highest = {
        metric: max(median(values) for (kind, _), (_, values) in latest.items() if kind == metric)
        for metric in {kind for kind, _ in latest}
    }
    regions = sorted({region for metric, region in latest if metric.removesuffix("_rank") in weights})
    found = [_need(region, latest, highest, weights) for region in regions]
    return sorted(found, key=lambda one: (-one.score, -one.known, one.region))


def _level(region: str) -> int:
    return 0 if region == "ID" else region.count(".") + 1


def _latest(figures: Sequence[Reported]) -> dict[tuple[str, str], tuple[int, tuple[int, ...]]]:
    """(metric, region) -> the latest year and its values. A whole year is better than a later part of one."""
    best: dict[tuple[str, str], tuple[bool, int]] = {}
    for one in figures:
        key = (one.metric, one.region)
        best[key] = max(best.get(key, (False, 0)), (_is_whole(one), one.year))
    found: dict[tuple[str, str], tuple[int, tuple[int, ...]]] = {}
    for one in figures:
        key = (one.metric, one.region)
        if (_is_whole(one), one.year) == best[key]:
            _, values = found.get(key, (0, ()))
            found[key] = (one.year, tuple(sorted((*values, one.value))))
    return found


def _is_whole(figure: Reported) -> bool:
    return figure.period.isdigit()


def _need(
    region: str,
    latest: Mapping[tuple[str, str], tuple[int, tuple[int, ...]]],
    highest: Mapping[str, float],
    weights: Mapping[str, int],
) -> Need:
    parts = []
    for metric in weights:
        for kind in (metric, f"{metric}_rank"):
            if (kind, region) in latest:
                part = _part(metric, kind, *latest[kind, region], highest[kind])
                parts.append(replace(part, among=sum(one == kind for one, _ in latest)))
                break
    total = sum(weights[part.metric] for part in parts)

    def mean(of: str) -> float:
        return round(sum(float(getattr(part, of)) * weights[part.metric] for part in parts) / total, 1)

    return Need(region, mean("score"), mean("low"), mean("high"), tuple(parts), len(weights))


def _part(metric: str, kind: str, year: int, values: tuple[int, ...], highest: float) -> Part:
    if kind != metric:
        place = 100 / values[0]
        return Part(metric, year, values, place, place, place, is_rank=True)
    middle, low, high = (min(100 * value / highest, 100) for value in (median(values), values[0], values[-1]))
    return Part(metric, year, values, middle, low, high, is_rank=False)
