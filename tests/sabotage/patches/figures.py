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
        "two folds share a moment", "what both added up would count twice",
        "indicators/folding.py", "state.last_at + _TICK", "state.last_at", tests("indicators", "folding"),
    ),
    Patch(
        "a month is published while it runs", "its figures would change under its readers",
        "indicators/rules/aims.py", "    if month.last >= today:", "    if False:", tests("indicators", "aims"),
    ),
)  # fmt: skip
