"""The year's cash by the direct method: every entry that moves cash, told by the accounts on its other side.

The other legs of such entries add up to what cash gained, so the statement meets the books to the rupiah.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from desmigratif.cooperative.rules.year.layout import LineShape, best_line


@dataclass(frozen=True, slots=True)
class CashMove:
    """What one account gave to cash (`came_in`) and took of it (`went_out`), both above zero."""

    code: str
    came_in: int
    went_out: int


@dataclass(frozen=True, slots=True)
class CashLine:
    label: str
    amount: int


@dataclass(slots=True)
class Activity:
    """Operating, investing or financing: what came above zero, what went below."""

    title: str
    lines: list[CashLine] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(line.amount for line in self.lines)


@dataclass(frozen=True, slots=True)
class CashFlow:
    activities: tuple[Activity, ...]
    opening: int

    @property
    def change(self) -> int:
        return sum(activity.total for activity in self.activities)

    @property
    def closing(self) -> int:
        return self.opening + self.change


def cash_flow(shape: Sequence[Mapping[str, Any]], moves: Sequence[CashMove], opening: int) -> CashFlow:
    """The statement: each line with what came in and, on a line of its own, what went out."""
    lines = [
        LineShape(f"{place}.{row['code']}", row["in"], tuple(row["accounts"]))
        for place, activity in enumerate(shape)
        for row in activity["lines"]
    ]
    sums: dict[str, list[int]] = {}
    for move in moves:
        found = sums.setdefault(best_line(lines, move.code).code, [0, 0])
        found[0], found[1] = found[0] + move.came_in, found[1] + move.went_out
    activities = []
    for place, told in enumerate(shape):
        activity = Activity(told["title"])
        for row in told["lines"]:
            came_in, went_out = sums.get(f"{place}.{row['code']}", (0, 0))
            activity.lines += [CashLine(row["in"], came_in)] if came_in else []
            activity.lines += [CashLine(row["out"], -went_out)] if went_out else []
        activities.append(activity)
    return CashFlow(tuple(activities), opening)
