"""What an action leaves for others, in its own transaction: facts, timeline lines, signals."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from desmigratif.audit.models import FactDelta, Signal, TimelineEntry
from desmigratif.audit.unit import changed, current
from desmigratif.shared import bulk
from desmigratif.shared.ids import new_id
from desmigratif.shared.privacy import PrivacyClass


def add_fact(
    code: str, village_code: str, on: date, *, numerator: int = 1, denominator: int = 0, key: str = ""
) -> FactDelta:
    """Append an indicator's delta ("A1", one visit); folded into roll-ups outside the transaction."""
    current()
    return FactDelta.objects.create(
        code=code, village_code=village_code, on=on, numerator=numerator, denominator=denominator, key=key
    )


def add_facts(code: str, village_code: str, on: date, deltas: Mapping[str, tuple[int, int]]) -> None:
    """Append many deltas of one indicator and day: key -> (numerator, denominator)."""
    current()
    bulk.insert([
        FactDelta(code=code, village_code=village_code, on=on, numerator=numerator, denominator=denominator, key=key)
        for key, (numerator, denominator) in deltas.items()
    ])  # fmt: skip


def add_timeline(
    *,
    village_code: str,
    household_id: uuid.UUID,
    kind: str,
    on: date,
    resident_id: uuid.UUID | None = None,
    privacy: PrivacyClass = PrivacyClass.PERSONAL,
    link: str = "",
    **params: Any,
) -> TimelineEntry:
    """Add one line to a household's history. `kind` names the sentence, `params` fill it (JSON values)."""
    unit = current()
    entry = TimelineEntry.objects.create(
        village_code=village_code,
        household_id=household_id,
        resident_id=resident_id,
        kind=kind,
        on=on,
        at=unit.at,
        params=params,
        privacy=privacy,
        link=link,
        actor_id=unit.actor_id,
    )
    changed("audit.timelineentry", village_code, entry.id)
    return entry


def add_timelines(kind: str, *, village_code: str, on: date, params_of: Mapping[uuid.UUID, Mapping[str, Any]]) -> None:
    """Add one line of one kind to the history of many households of a village: household id -> its params."""
    unit = current()
    ids = [new_id() for _ in params_of]
    bulk.insert_columns(
        TimelineEntry,
        {"id": ids, "household_id": list(params_of), "params": [dict(params) for params in params_of.values()]},
        {
            "village_code": village_code,
            "kind": kind,
            "on": on,
            "at": unit.at,
            "privacy": PrivacyClass.PERSONAL,
            "actor_id": unit.actor_id,
        },
    )
    for entry_id in ids:
        changed("audit.timelineentry", village_code, entry_id)


def set_signal(
    kind: str,
    *,
    village_code: str,
    household_id: uuid.UUID,
    since: date,
    resident_id: uuid.UUID | None = None,
    privacy: PrivacyClass = PrivacyClass.PERSONAL,
) -> Signal:
    """Raise a signal; one that already stands stays as it is."""
    current()
    standing = Signal.objects.filter(
        household_id=household_id, resident_id=resident_id, kind=kind, until__isnull=True
    ).first()
    if standing:
        return standing
    return Signal.objects.create(
        kind=kind,
        village_code=village_code,
        household_id=household_id,
        resident_id=resident_id,
        since=since,
        privacy=privacy,
    )


def set_signals(kind: str, *, village_code: str, since: date, home_of: Mapping[uuid.UUID, uuid.UUID]) -> None:
    """Raise one signal about many residents of a village: resident id -> household id. Standing ones stay."""
    current()
    live = Signal.objects.filter(village_code=village_code, kind=kind, until__isnull=True)
    standing = set(live.values_list("resident_id", flat=True))
    bulk.insert(
        [
            Signal(
                kind=kind,
                village_code=village_code,
                household_id=home_of[resident_id],
                resident_id=resident_id,
                since=since,
                privacy=PrivacyClass.PERSONAL,
            )
            for resident_id in sorted(home_of.keys() - standing)
        ]
    )


def end_signal(kind: str, *, household_id: uuid.UUID, on: date, resident_id: uuid.UUID | None = None) -> int:
    """End a live signal on a day; returns how many ended."""
    current()
    return Signal.objects.filter(
        household_id=household_id, resident_id=resident_id, kind=kind, until__isnull=True, since__lte=on
    ).update(until=on)


def live_signals(household_id: uuid.UUID, classes: Iterable[PrivacyClass]) -> list[Signal]:
    return list(
        Signal.objects.filter(
            household_id=household_id, until__isnull=True, privacy__in=[c.value for c in classes]
        ).order_by("since")
    )


def timeline_of(household_id: uuid.UUID, classes: Iterable[PrivacyClass], *, limit: int = 200) -> list[TimelineEntry]:
    """A household's history, newest first, without the lines this person's classes do not reach."""
    return list(
        TimelineEntry.objects.filter(household_id=household_id, privacy__in=[c.value for c in classes]).order_by(
            "-on",
            "-at",
            "-id",  # what one act wrote bears one moment; ids grow in the order of writing
        )[:limit]
    )
