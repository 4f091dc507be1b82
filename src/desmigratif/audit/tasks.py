"""What time does to the memory: payloads that waited for review too long are dropped."""

from __future__ import annotations

from datetime import datetime

from desmigratif.audit.models import ReviewPayload


def purge_expired_reviews(now: datetime) -> int:
    """Delete sealed payloads whose time is over; returns how many. The receipts stay and say what was asked."""
    deleted, _ = ReviewPayload.objects.filter(expires_at__lte=now).delete()
    return deleted
