"""A year's budget beside what came of it, line by line of the result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desmigratif.cooperative.rules.year.layout import SectionShape
from desmigratif.cooperative.rules.year.statements import Row


@dataclass(frozen=True, slots=True)
class Planned:
    """One line or sum: planned, come to, and how much of the plan that is (None where nothing was planned)."""

    kind: str
    label: str
    plan: int
    actual: int

    @property
    def percent(self) -> int | None:
        return None if self.plan <= 0 else round(100 * self.actual / self.plan)


def codes_of(sections: Sequence[SectionShape]) -> dict[str, str]:
    """Code -> label of every line that can be planned."""
    return {line.code: line.label for section in sections for line in section.lines}


def against_plan(sections: Sequence[SectionShape], rows: Sequence[Row], lines: Mapping[str, int]) -> list[Planned]:
    """The rows of the result with the plan beside them; sums are those of the plan's own lines."""
    sums: dict[str, int] = {}
    running = 0
    for section in sections:
        part = sum(lines.get(line.code, 0) for line in section.lines)
        running += -part if section.kind == "expense" else part
        sums[section.code], sums[f"after_{section.code}"] = part, running
    return [
        Planned(row.kind, row.label, sums[row.code] if row.kind == "total" else lines.get(row.code, 0), row.amount)
        for row in rows
    ]
