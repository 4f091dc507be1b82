"""What returnees told of a company or a recruiter, and when a later offer may say so. Plain Python.

It is a story that several told, never a verdict: it raises no flag and stops nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from desmigratif.shared.dated import value_on

STORIES = ("promises_broken", "paid_more", "papers_held", "not_recommended")


def told_alike(counts: Mapping[str, int], day: date) -> tuple[str, ...]:
    """Which bad experiences enough returnees told of; how many they are is never said."""
    enough: int = value_on("returns.experience_shown_from", day)
    return tuple(story for story in STORIES if counts.get(story, 0) >= enough)
