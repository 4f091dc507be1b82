"""Patches of `indicators`: figures that speak of single people, facts that count twice, months that are published."""

from __future__ import annotations

from .parts import Patch, tests

FIGURES: tuple[Patch, ...] = (
    Patch(
        "a small figure is hidden alone", "a regency minus its other districts has it again",
        "indicators/rules/suppression.py", "(len(hidden) > 1 and sum(", "(len(hidden) > 0 or sum(",
        tests("indicators", "suppression"),
    ),
    Patch(
        "two folds share a moment", "what came late would count twice, and a month be told to have said less",
        "indicators/roll_ups/folding.py", "state.last_at + _TICK", "state.last_at", tests("indicators", "late_stocks"),
    ),
    Patch(
        "what a publication knew counts as late", "a month would be told to have been published with a smaller figure",
        "indicators/roll_ups/late_stocks.py", "and order[published] >= order[month]", "and order",
        tests("indicators", "late_stocks"),
    ),
    Patch(
        "a month is published while it runs", "its figures would change under its readers",
        "indicators/rules/aims.py", "    if month.last >= today:", "    if False:", tests("indicators", "aims"),
    ),
    Patch(
        "figures read before a fold are given again", "a page would go on saying what is no longer so",
        "indicators/queries/remembered.py", "if stamp != self._stamp or asked", "if asked",
        tests("indicators", "remembered"),
    ),
)  # fmt: skip
