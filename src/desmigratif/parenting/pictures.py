"""Small pictures of a trend: bars with their numbers, drawn by us. The table behind stands beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, FOOT, HEAD = 24, 60, 14, 12  # of one bar, of the tallest, of the words below and above


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: where it stands, how tall it is (as the drawing spells numbers), and what is written at it."""

    x: str
    y: str
    height: str
    middle: str
    word: str
    value: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Bars of percentages. `feet`: where the words below stand."""

    width: int
    height: int
    feet: int
    base: int
    bars: tuple[Bar, ...]


def bars(values: Sequence[tuple[str, int | None]]) -> Picture:
    """A bar for each (word, percent); what is unknown has no bar and a dash."""
    base = HEAD + HEIGHT
    drawn = []
    for place, (word, percent) in enumerate(values):
        tall = HEIGHT * (percent or 0) / 100
        x = place * (WIDTH + 6)
        drawn.append(Bar(str(x), f"{base - tall:.1f}", f"{tall:.1f}", str(x + WIDTH // 2), word, _said(percent)))
    return Picture(max(1, len(values) * (WIDTH + 6) - 6), base + FOOT, base + FOOT - 3, base, tuple(drawn))


def _said(percent: int | None) -> str:
    return "–" if percent is None else str(percent)
