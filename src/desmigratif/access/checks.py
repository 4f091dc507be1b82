"""What actions of every app begin with: a day that has come, ids that are new."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, datetime

from django.db import models

from desmigratif.regions.queries import today_in
from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import Reason, Refusal


class DayNotPossible(Refusal):
    code = "day_not_possible"


class IdTaken(Refusal):
    """A new record came with an id that exists already."""

    code = "id_taken"


def checked_day(on: date, village_code: str, now: datetime, *, field: str = "on") -> date:
    """Today in the village; refuses an act dated in its future."""
    today = today_in(village_code, now)
    if on > today:
        raise DayNotPossible(
            Reason("day_in_future", f"Tanggal ini masih di depan; hari ini {format_date(today)}.", field=field)
        )
    return today


def refuse_taken_ids(model: type[models.Model], ids: Iterable[uuid.UUID]) -> None:
    """Refuse ids of new records that exist already, in any village. Raises `IdTaken`."""
    wanted = list(ids)
    if len(set(wanted)) < len(wanted) or model._base_manager.filter(pk__in=wanted).values("pk")[:1]:
        raise IdTaken(Reason("id_taken", "Formulir ini sudah pernah disimpan. Buka formulir baru."))
