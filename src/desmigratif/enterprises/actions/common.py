"""What the actions of productive enterprise share: whose village, which group, what is remembered."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from desmigratif.access.scope import get_or_refuse
from desmigratif.audit import memory, unit
from desmigratif.audit.unit import Subject
from desmigratif.enterprises.models import Group, GroupEnd
from desmigratif.people.models import LifeStatus, Resident
from desmigratif.shared.reasons import Reason, Refusal


class GroupHasEnded(Refusal):
    code = "group_has_ended"


ASKED = "business_asked"
HERE = (LifeStatus.ALIVE, LifeStatus.AWAY)


def locked_group(village_code: str, group_id: UUID) -> Group:
    """A group of the village, locked. The caller asked its permission. Raises `NotFoundOrNotYours`."""
    return get_or_refuse(Group.objects.in_village(village_code).select_for_update(), "group_id", id=group_id)


def standing_group(village_code: str, group_id: UUID) -> Group:
    """A locked group that did not end. Raises `NotFoundOrNotYours` and `GroupHasEnded`."""
    group = locked_group(village_code, group_id)
    if GroupEnd.objects.in_village(village_code).filter(group=group).exists():
        raise GroupHasEnded(Reason("group_ended", "Kelompok ini sudah berhenti.", way_out="Bentuk kelompok baru."))
    return group


def resident_here(village_code: str, resident_id: UUID, field: str = "resident_id") -> Resident:
    """A resident of the village; the record on which a merged one goes on. Raises `NotFoundOrNotYours`."""
    rows = Resident.objects.in_village(village_code).select_related("household", "merged_into__household")
    found = get_or_refuse(rows, field, id=resident_id)
    return found.merged_into or found


def note(event: str, group: Group, *subjects: Subject, **details: Any) -> None:
    """An event of a group and a change of it."""
    about = [Subject("enterprise_group", group.id), *subjects]
    unit.record(event, village_code=group.village_code, subjects=about, **details)
    unit.changed("enterprises.group", group.village_code, group.id)


def no_longer_proposed(resident: Resident, on: date) -> None:
    """The family was asked what it can and wants, or somebody of it joined: its page proposes no more to ask."""
    memory.set_signal(ASKED, village_code=resident.village_code, household_id=resident.household_id, since=on)


def tell(kind: str, resident: Resident, on: date, **params: Any) -> None:
    """A line in the history of a resident's family."""
    memory.add_timeline(
        village_code=resident.village_code, household_id=resident.household_id, resident_id=resident.id, kind=kind,
        on=on, **params,
    )  # fmt: skip
