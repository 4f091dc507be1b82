"""Patches of `portal`: the doors that stand open to everybody."""

from __future__ import annotations

from .parts import PUBLIC_DOOR, Patch

PORTAL: tuple[Patch, ...] = (
    Patch(
        "public door: a code may be guessed for ever", "somebody would try birth dates until one fits",
        "portal/views_door.py", "    if not (by_address and by_code):\n", "    if not by_address:\n", PUBLIC_DOOR,
    ),
    Patch(
        "public door: a report is lost when the database is", "what somebody wrote in fear would be gone",
        "portal/views_door.py", "    except DatabaseError:\n", "    except ZeroDivisionError:\n", PUBLIC_DOOR,
    ),
)  # fmt: skip
