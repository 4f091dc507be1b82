"""Four measures of a migration: aman, cepat, mudah, murah. Plain Python; always a numerator and a denominator.

- aman: safeguards that stand, of those that belong to how far it is;
- cepat: finished steps that were in time, of those with a clock;
- mudah: finished steps in one trip with no paper asked again, of those whose trips are known;
- murah: finished steps without a fee where none may be asked, of those whose payment is known.
What is not known counts in neither.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

SAFE, FAST, EASY, CHEAP = "AMAN", "CEPAT", "MUDAH", "MURAH"
LABELS = {SAFE: "Aman", FAST: "Cepat", EASY: "Mudah", CHEAP: "Murah"}
EXPLAINS = {
    SAFE: "pengaman yang sudah ada",
    FAST: "langkah selesai tepat waktu",
    EASY: "langkah selesai sekali jalan",
    CHEAP: "langkah gratis tanpa pungutan",
}


@dataclass(frozen=True, slots=True)
class Measure:
    """How many of how many; no ratio is made of less than one."""

    code: str
    numerator: int
    denominator: int

    @property
    def label(self) -> str:
        return LABELS[self.code]

    @property
    def explains(self) -> str:
        return EXPLAINS[self.code]


@dataclass(frozen=True, slots=True)
class Finished:
    """How a finished step went; None = not known. `paid` in whole rupiah."""

    due_on: date | None
    done_on: date
    trips: int | None
    asked_again: int
    paid: int | None
    free: bool
    elsewhere: bool


@dataclass(frozen=True, slots=True)
class Safeguards:
    """What protects a candidate; None = not yet asked for at this point of the journey."""

    informed: bool | None
    offer_checked: bool | None
    own_choice: bool | None
    family_permission: bool | None
    checked_at_departure: bool | None


def of_step(how: Finished) -> dict[str, bool]:
    """Measure -> whether the step met it, for the measures that it says something about."""
    if how.elsewhere:
        return {}
    met = {}
    if how.due_on is not None:
        met[FAST] = how.done_on <= how.due_on
    if how.trips is not None:
        met[EASY] = how.trips <= 1 and how.asked_again == 0
    if how.free and how.paid is not None:
        met[CHEAP] = how.paid == 0
    return met


def of_safeguards(safeguards: Safeguards) -> Measure:
    due = [
        stands
        for stands in (
            safeguards.informed,
            safeguards.offer_checked,
            safeguards.own_choice,
            safeguards.family_permission,
            safeguards.checked_at_departure,
        )
        if stands is not None
    ]
    return Measure(SAFE, sum(due), len(due))


def of_case(steps: Iterable[Finished], safeguards: Safeguards) -> tuple[Measure, ...]:
    """The four measures of one case."""
    met = [of_step(how) for how in steps]
    sums = [
        Measure(code, sum(row[code] for row in met if code in row), sum(code in row for row in met))
        for code in (FAST, EASY, CHEAP)
    ]
    return (of_safeguards(safeguards), *sums)


SMALL = 5  # of fewer than so many, somebody could be recognised


def hidden_cells(denominators: Iterable[int]) -> set[int]:
    """Which cells of one column are not shown to those who see figures only, by their place.

    The small ones; and when that is one alone, the smallest of the others too, as the total would tell it.
    """
    known = [(count, place) for place, count in enumerate(denominators) if count > 0]
    hidden = {place for count, place in known if count < SMALL}
    others = sorted(cell for cell in known if cell[1] not in hidden)
    if len(hidden) == 1 and others:
        hidden.add(others[0][1])
    return hidden
