"""What runs by itself: each minute the facts that came in are added to the figures."""

from __future__ import annotations

from datetime import datetime

from desmigratif.indicators import folding


def fold_facts(now: datetime) -> int:
    """Add what was appended since the last time; returns how many facts."""
    return folding.fold(now)
