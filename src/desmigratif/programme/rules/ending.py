"""What an assessment before support ends looks at: whether a village can go on by itself. Plain Python."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from desmigratif.programme.rules.steps import Step
from desmigratif.shared.dates import add_months

ASSESSMENT = "exit_assessment"
PAPERS = ("village_regulation", "budget_line")  # what keeps the programme alive when nobody pays from outside


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that is looked at: so many of so many."""

    label: str
    have: int
    due: int

    @property
    def holds(self) -> bool:
        return self.have >= self.due


def is_ripe(steps: Sequence[Step], since: date, today: date) -> bool:
    """Whether the time of the assessment has come."""
    months = next((one.from_month for one in steps if one.code == ASSESSMENT), None)
    return months is not None and add_months(since, months) <= today


def signs(
    steps: Sequence[Step], taken: Collection[str], *, officers: tuple[int, int], reviews: tuple[int, int]
) -> list[Sign]:
    """Pillars at work, regulation and own money, officers in post, reviews of past years: (have, due).

    >>> [one.holds for one in signs([], [], officers=(2, 2), reviews=(0, 1))]
    [True, True, False]
    """
    pillars = [one.code for one in steps if one.is_pillar]
    papers = [Sign(one.label, int(one.code in taken), 1) for one in steps if one.code in PAPERS]
    return [
        Sign("Pilar yang berjalan", sum(code in taken for code in pillars), len(pillars)), *papers,
        Sign("Petugas yang punya akun", *officers), Sign("Penilaian tahunan", *reviews),
    ]  # fmt: skip
