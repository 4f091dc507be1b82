"""What every action on people begins with."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, datetime

from django.db import models

from desmigratif.access.actor import Actor
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.people.models import Household, Resident
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


class MergedAway(Refusal):
    """The record is closed: everything about this person is written on the one it was merged into."""

    code = "merged_away"


def resident_to_change(
    by: Actor, resident_id: uuid.UUID, village_code: str, permission: Permission = Permission.RESIDENT_REGISTER
) -> Resident:
    """The resident, locked, whom this person may write about. Raises `NotFoundOrNotYours` and `MergedAway`."""
    require(by, permission, village_code)
    rows = Resident.objects.in_village(village_code).select_for_update(of=("self",)).select_related("household")
    resident = get_or_refuse(rows, "resident_id", id=resident_id)
    if resident.merged_into_id is not None:
        raise MergedAway(
            Reason(
                "merged_away",
                "Berkas ini sudah digabung dengan berkas lain dari orang yang sama.",
                way_out="Tulis di berkas utamanya, atau pisahkan dulu.",
            )
        )
    return resident


def household_to_change(by: Actor, household_id: uuid.UUID, village_code: str) -> Household:
    """The household, locked, that this person may write about. Raises `NotFoundOrNotYours`."""
    require(by, Permission.RESIDENT_REGISTER, village_code)
    return get_or_refuse(
        Household.objects.in_village(village_code).select_for_update(), "household_id", id=household_id
    )


def refuse_taken_ids(model: type[models.Model], ids: Iterable[uuid.UUID]) -> None:
    """Refuse ids of new records that exist already, in any village. Raises `IdTaken`."""
    wanted = list(ids)
    if len(set(wanted)) < len(wanted) or model._base_manager.filter(pk__in=wanted).values("pk")[:1]:
        raise IdTaken(Reason("id_taken", "Formulir ini sudah pernah disimpan. Buka formulir baru."))
