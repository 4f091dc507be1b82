"""Whether the year's facts come to what its records say, once the night after it has passed."""

from __future__ import annotations

from datetime import UTC, date, datetime

from desmigratif.audit.models import FactDelta
from desmigratif.cases.tasks import review_stays
from desmigratif.indicators.recounts.agreeing import disagreements
from desmigratif.indicators.tasks import reckon_villages


def that_differ(until: date) -> str:
    """What the jobs of the night of this day leave different, a line each; empty when nothing is."""
    night = datetime(until.year, until.month, until.day, 16, tzinfo=UTC)
    review_stays(night)
    reckon_villages(night)
    return "\n".join(disagreements(sorted(set(FactDelta.objects.values_list("village_code", flat=True))), until))
