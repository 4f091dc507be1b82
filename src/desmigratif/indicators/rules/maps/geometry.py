"""The map of the country as plain numbers: where a point lies, how a shape is made simple, how a path is written.

Degrees become units of a view box, evenly (the country lies on the equator, so nothing is stretched that anybody would
notice). Plain Python.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import hypot, sqrt

Point = tuple[float, float]
WEST, NORTH, SCALE = 94.7, 6.3, 40  # one unit is a fortieth of a degree, under three kilometres
WIDE, HIGH = 1860, 700
FINE = 4  # shapes that an operator brings are kept four times as fine
LEAST_BUBBLE, MOST_BUBBLE = 8, 28


def placed(lat: float, lng: float) -> Point:
    """A point of the earth in units of the view box `WIDE` x `HIGH`.

    >>> placed(6.3, 94.7)
    (0.0, 0.0)
    """
    return (lng - WEST) * SCALE, (NORTH - lat) * SCALE


def radius(count: int, highest: int) -> int:
    """A bubble's radius: its area grows with the count, and the smallest can still be hit with a finger.

    >>> radius(9, 9), radius(0, 9)
    (28, 8)
    """
    return max(LEAST_BUBBLE, round(MOST_BUBBLE * sqrt(count / max(highest, 1))))


def simplified(line: Sequence[Point], tolerance: float) -> list[Point]:
    """Douglas and Peucker: the points without which the line would be off by more than the tolerance.

    >>> simplified([(0, 0), (1, 0.1), (2, 0)], 0.5)
    [(0, 0), (2, 0)]
    """
    if len(line) < 3:
        return list(line)
    kept = {0, len(line) - 1}
    parts = [(0, len(line) - 1)]
    while parts:
        first, last = parts.pop()
        far, at = tolerance, None
        for place in range(first + 1, last):
            distance = _distance(line[place], line[first], line[last])
            if distance > far:
                far, at = distance, place
        if at is not None:
            kept.add(at)
            parts += [(first, at), (at, last)]
    return [line[place] for place in sorted(kept)]


def _distance(point: Point, first: Point, last: Point) -> float:
    """How far a point is from the line through two others; from the first where they are one."""
    (x, y), (ax, ay), (bx, by) = point, first, last
    long = hypot(bx - ax, by - ay)
    if long == 0:
        return hypot(x - ax, y - ay)
    return abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / long


def area(ring: Sequence[Point]) -> float:
    """The area inside a ring, whatever its direction."""
    ends = zip(ring, [*ring[1:], *ring[:1]], strict=True)
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in ends)) / 2


def path_of(rings: Iterable[Sequence[Point]], *, tolerance: float = 0.7, least: float = 3) -> str:
    """The `d` of a path in whole units, every step from the one before. Islands smaller than `least` are left out.

    >>> path_of([[(0, 0), (10, 0), (10, 10), (0, 10), (0, 0)]])
    'M0 0l10 0 0 10-10 0z'
    """
    return "".join(_drawn(simplified(ring, tolerance)) for ring in rings if area(ring) >= least)


def _drawn(ring: Sequence[Point]) -> str:
    whole = [(round(x), round(y)) for x, y in ring]
    steps = [
        (x - before_x, y - before_y)
        for (before_x, before_y), (x, y) in pairwise(whole)
        if (x, y) != (before_x, before_y)
    ]
    if whole[0] == whole[-1]:
        steps = steps[:-1]
    if len(steps) < 2:
        return ""
    written = "".join(_number(dx) + _number(dy) for dx, dy in steps).lstrip()
    return f"M{whole[0][0]} {whole[0][1]}l{written}z"


def _number(step: int) -> str:
    """A minus parts two numbers by itself."""
    return str(step) if step < 0 else f" {step}"
