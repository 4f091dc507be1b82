"""Patches of the cockpit: what may be seen of whom in figures."""

from __future__ import annotations

from .parts import Patch, tests

_COCKPIT = tests("indicators", "cockpit")

COCKPIT: tuple[Patch, ...] = (
    Patch(
        "any village can be looked into", "the silence of a village is shown to those who do not work for it",
        "indicators/cockpit/board.py", "(level_of(code) > REGENCY and not own)", "(level_of(code) > VILLAGE)", _COCKPIT,
    ),
)  # fmt: skip
