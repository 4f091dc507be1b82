"""Reading the groups of members that send delegates to a meeting."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.scope import get_or_refuse
from desmigratif.cooperative.models import Delegate, DelegateGroup, Meeting
from desmigratif.cooperative.queries.annual.meeting import voters_on
from desmigratif.cooperative.rules.annual.delegates import as_written, inside, seats_for


@dataclass(frozen=True, slots=True)
class GroupStanding:
    """One group, the numbers of its members on the day of the meeting, and whom it sends."""

    group: DelegateGroup
    numbers: frozenset[int]
    delegates: tuple[Delegate, ...]
    seats: int

    @property
    def members(self) -> int:
        return len(self.numbers)

    @property
    def is_chosen(self) -> bool:
        return bool(self.delegates)

    @property
    def is_thin(self) -> bool:
        """No more than half of them came: the articles may ask for more."""
        return self.group.present is not None and self.group.present * 2 <= self.members

    @property
    def written(self) -> str:
        return as_written(self.group.numbers)

    @property
    def names(self) -> list[str]:
        return [one.member.name for one in self.delegates]


def group_of(by: Actor, group_id: UUID) -> DelegateGroup:
    """One group with its meeting. Raises `NotFoundOrNotYours`."""
    rows = DelegateGroup.objects.visible_to(by).select_related("meeting__cooperative")
    return get_or_refuse(rows, "group_id", id=group_id)


def groups_of(meeting: Meeting) -> list[GroupStanding]:
    """By name. Three queries."""
    numbers = numbers_on(meeting)
    sent: dict[UUID, list[Delegate]] = defaultdict(list)
    rows = Delegate.objects.of(meeting.cooperative_id).filter(meeting=meeting).select_related("member")
    for one in rows.order_by("member__number"):
        sent[one.group_id].append(one)
    groups = DelegateGroup.objects.of(meeting.cooperative_id).filter(meeting=meeting).order_by("name", "id")
    return [_standing(one, numbers, sent[one.id], meeting.delegates_each or 1) for one in groups]


def _standing(group: DelegateGroup, numbers: list[int], sent: list[Delegate], each: int) -> GroupStanding:
    here = inside(group.numbers, numbers)
    return GroupStanding(group, here, tuple(sent), seats_for(len(here), each))


def numbers_on(meeting: Meeting) -> list[int]:
    """The numbers of all who are members on the day of the meeting."""
    return [number for number in voters_on(meeting.cooperative, meeting.on).values_list("number", flat=True) if number]


def left_out(meeting: Meeting, groups: list[GroupStanding]) -> list[int]:
    """Whom no group takes in."""
    spoken_for = {number for one in groups for number in one.numbers}
    return [number for number in numbers_on(meeting) if number not in spoken_for]
