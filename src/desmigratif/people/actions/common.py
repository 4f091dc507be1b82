"""What every action on people begins with."""

from __future__ import annotations

import uuid

from desmigratif.access.actor import Actor
from desmigratif.access.checks import DayNotPossible as DayNotPossible
from desmigratif.access.checks import IdTaken as IdTaken
from desmigratif.access.checks import checked_day as checked_day
from desmigratif.access.checks import refuse_taken_ids as refuse_taken_ids
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.people.models import Household, Resident
from desmigratif.shared.reasons import Reason, Refusal


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
