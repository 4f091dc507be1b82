"""Bars of a small drawing, in the units of its view box. Plain Python; the words are in the table beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDE, HIGH, TOP, FOOT = 360, 170, 18, 20


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar with its label below, its value above, and the line of what was asked (None: nothing was)."""

    x: int
    y: int
    width: int
    height: int
    middle: int
    label: str
    value: int
    mark: int | None


def bars(rows: Sequence[tuple[str, int, int | None]]) -> list[Bar]:
    """(label, value, target) -> bars that fill the view box `WIDE` x `HIGH` from left to right.

    >>> [bar.height for bar in bars([("2016", 66, None), ("2017", 132, 132)])]
    [66, 132]
    """
    highest = max((max(value, target or 0) for _, value, target in rows), default=0) or 1
    room = HIGH - TOP - FOOT
    step = WIDE // max(len(rows), 1)

    def up(value: int) -> int:
        return round(room * value / highest)

    return [
        Bar(
            x=place * step + 4, y=HIGH - FOOT - up(value), width=step - 8, height=up(value),
            middle=place * step + step // 2, label=label, value=value,
            mark=HIGH - FOOT - up(target) if target is not None else None,
        )
        for place, (label, value, target) in enumerate(rows)
    ]  # fmt: skip
