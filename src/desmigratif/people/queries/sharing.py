"""What of a household's situation may be told outside the hall, by the resident's own yes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from desmigratif.audit.models import Signal
from desmigratif.people.models import Consent, Resident
from desmigratif.people.rules.consent import purposes_on
from desmigratif.people.rules.proposals import signal_in_words
from desmigratif.shared.privacy import PrivacyClass

COOPERATIVE = "share_cooperative"


def shared_situation(
    residents: Iterable[Resident], on: date, purpose: str = COOPERATIVE
) -> dict[UUID, list[tuple[str, str]]]:
    """(state, label) of the signals of each resident's household that the purpose names, where they said yes to it.

    What is protective is never among them. Two queries, however many residents.
    """
    households = {one.id: one.household_id for one in residents}
    said_yes = Consent.objects.filter(
        resident_id__in=households, purpose=purpose, given=True, withdrawn_on__isnull=True
    ).values_list("resident_id", flat=True)
    open_to = {id: households[id] for id in said_yes}
    if not open_to:
        return {}
    live = Signal.objects.filter(
        household_id__in=set(open_to.values()), until__isnull=True, kind__in=purposes_on(on)[purpose].signals
    ).exclude(privacy=PrivacyClass.PROTECTIVE)
    told: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    for household_id, kind in live.order_by("since").values_list("household_id", "kind"):
        words = signal_in_words(kind)
        if words is not None and words not in told[household_id]:
            told[household_id].append(words)
    return {id: told[household_id] for id, household_id in open_to.items() if told.get(household_id)}
