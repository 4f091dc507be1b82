"""Tables of productive enterprise, by noun."""

from desmigratif.enterprises.models.groups import Group, GroupQuerySet, Member, MemberQuerySet, Post, Tie

__all__ = ["Group", "GroupQuerySet", "Member", "MemberQuerySet", "Post", "Tie"]
