"""What time does to uploads: a sheet that was tried and never written is forgotten."""

from __future__ import annotations

from datetime import datetime

from desmigratif.people import uploads


def forget_old_uploads(now: datetime) -> int:
    """Delete sheets whose hour is over, whether or not anybody uploads another; returns how many."""
    return uploads.forget_old(now)
