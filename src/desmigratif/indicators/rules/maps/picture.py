"""The map and the tiles as shapes to draw: bubbles on the points of regencies, squares of provinces. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt

from desmigratif.indicators.rules.maps.geometry import HIGH, WIDE, Point, radius

MARGIN, LEAST_WIDE = 24, 160  # around the points of a province


@dataclass(frozen=True, slots=True)
class Bubble:
    """A regency: the ring is as large as its villages are many, the disc as those with all four pillars."""

    code: str
    x: int
    y: int
    ring: int
    disc: int
    villages: int
    whole: int


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of the map that a picture shows."""

    x: int
    y: int
    wide: int
    high: int

    @property
    def zoom(self) -> float:
        """How much larger things are drawn than on the whole map."""
        return max(self.wide / WIDE, self.high / HIGH)


WHOLE = Frame(0, 0, WIDE, HIGH)


def frame_of(points: Iterable[Point]) -> Frame:
    """A frame around points; the whole country where there are none.

    >>> frame_of([(100, 100), (400, 200)])
    Frame(x=76, y=76, wide=348, high=148)
    """
    known = list(points)
    if not known:
        return WHOLE
    left, right = min(x for x, _ in known) - MARGIN, max(x for x, _ in known) + MARGIN
    top, foot = min(y for _, y in known) - MARGIN, max(y for _, y in known) + MARGIN
    wide = max(right - left, LEAST_WIDE)
    return Frame(round((left + right - wide) / 2), round(top), round(wide), round(max(foot - top, wide * 0.4)))


def bubbles(
    counts: Mapping[str, tuple[int, int]], points: Mapping[str, Point], zoom: float = 1, highest: int = 0
) -> list[Bubble]:
    """Regency -> (villages, those with four pillars) as bubbles, the largest first so that none hides a smaller one."""
    top = highest or max((villages for villages, _ in counts.values()), default=0)
    found = []
    for code, (villages, whole) in counts.items():
        if villages and code in points:
            ring = radius(villages, top) * zoom
            x, y = (round(part) for part in points[code])
            disc = round(ring * sqrt(whole / villages))
            found.append(Bubble(code, x, y, max(round(ring), 1), disc, villages, whole))
    return sorted(found, key=lambda one: (-one.ring, one.code))
