"""Tables of productive enterprise, by noun."""

from desmigratif.enterprises.models.groups import Group, GroupQuerySet, Member, MemberQuerySet, Post, Tie
from desmigratif.enterprises.models.photos import Photo

__all__ = ["Group", "GroupQuerySet", "Member", "MemberQuerySet", "Photo", "Post", "Tie"]
