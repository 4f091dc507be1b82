"""Payloads that wait for review too long are dropped; the receipts stay."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from desmigratif.audit.models import Outcome, Receipt, ReviewPayload
from desmigratif.audit.tasks import purge_expired_reviews
from desmigratif.shared.ids import new_id


@pytest.mark.django_db
def test_only_payloads_whose_time_is_over_go(now: datetime) -> None:
    for ends in (now, now + timedelta(seconds=1)):
        receipt = Receipt.objects.create(
            act_id=new_id(), actor_id="x", action="test.knock", version=1, digest="d", outcome=Outcome.NEEDS_REVIEW,
            village_code="33.07.10.2004", via="test", at=now,
        )  # fmt: skip
        ReviewPayload.objects.create(receipt=receipt, sealed=b"x", expires_at=ends)

    assert purge_expired_reviews(now) == 1
    assert ReviewPayload.objects.get().expires_at > now
    assert Receipt.objects.count() == 2
