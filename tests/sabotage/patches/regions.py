"""Patches of `regions`: codes of regions."""

from __future__ import annotations

from .parts import Patch, tests

REGIONS: tuple[Patch, ...] = (
    Patch(
        "the day is the server's", "in Merauke a visit of today would be of tomorrow",
        "regions/queries.py", "return local_day(now, rules.utc_offset_of(code))", "return local_day(now, 7)",
        tests("regions", "queries"),
    ),
)  # fmt: skip
