"""Groups as their mentor sees them."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, Q

from desmigratif.access.actor import Actor
from desmigratif.access.scope import get_or_refuse
from desmigratif.enterprises.models import Group, GroupMemberQuerySet, GroupQuerySet, Member, Post

_IN_ORDER = {post: place for place, post in enumerate(Post.values)}


def groups_seen(by: Actor) -> GroupQuerySet:
    """Groups of this person's villages with `member_count`, by village and name."""
    standing = Count("members", filter=Q(members__until=None))
    return Group.objects.visible_to(by).annotate(member_count=standing).order_by("village_code", "name", "id")


def group_of(by: Actor, group_id: UUID) -> Group:
    """One group. Raises `NotFoundOrNotYours`."""
    return get_or_refuse(Group.objects.visible_to(by), "group_id", id=group_id)


def members_of(group: Group) -> GroupMemberQuerySet:
    """Everybody who ever belonged to a group that was asked for, with their family."""
    return Member.objects.in_village(group.village_code).filter(group=group).select_related("resident__household")


def in_order(members: GroupMemberQuerySet) -> list[Member]:
    """The officers first, then by name; who left comes last."""
    return sorted(members, key=lambda one: (one.until is not None, _IN_ORDER[one.post], one.resident.name, one.id))


def standing_members(group: Group) -> list[Member]:
    """Who belongs to a group now, by name."""
    return list(members_of(group).standing().order_by("resident__name", "id"))


def member_of(by: Actor, member_id: UUID) -> Member:
    """One member with group and resident. Raises `NotFoundOrNotYours`."""
    rows = Member.objects.visible_to(by).select_related("group", "resident__household")
    return get_or_refuse(rows, "member_id", id=member_id)
