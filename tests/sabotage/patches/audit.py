"""Patches of `audit`: what was done stays written down."""

from __future__ import annotations

from .parts import DOOR, MEMORY, Patch, tests

AUDIT: tuple[Patch, ...] = (
    Patch(
        "a refused act changes something", "half of a refused act would stay",
        "audit/unit.py", "        with transaction.atomic(durable=True):\n", "        if transaction:\n", DOOR,
    ),
    Patch(
        "a deleted receipt goes unnoticed", "the same act could be done a second time",
        "audit/verify.py", "    for event in memory.lone_events():\n", "    for event in ():\n", MEMORY,
    ),
    Patch(
        "the end of a chain may be cut", "the newest events could vanish unnoticed",
        "audit/verify.py", "    if (clock.audit_no, clock.audit_head) != (number, head):", "    if False:", MEMORY,
    ),
    Patch(
        "an event's details are not in its digest", "what was done could be rewritten",
        "audit/unit.py", '        "details": event.details,\n', "", tests("audit", "forging"),
    ),
)  # fmt: skip
