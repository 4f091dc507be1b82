"""Tables of productive enterprise, by noun."""

from desmigratif.enterprises.models.aid import Asset, AssetCheck, FaultTicket, NeedsSheet
from desmigratif.enterprises.models.groups import Group, GroupQuerySet, Member, MemberQuerySet, Post, Tie
from desmigratif.enterprises.models.mentoring import GroupEnd, MentorVisit, VisitTask
from desmigratif.enterprises.models.months import (
    Baseline,
    CapitalNeed,
    GroupMonth,
    GroupMonthQuerySet,
    MonthLink,
    RemittanceAnswer,
    Way,
)
from desmigratif.enterprises.models.photos import Photo

__all__ = [
    "Asset",
    "AssetCheck",
    "Baseline",
    "CapitalNeed",
    "FaultTicket",
    "Group",
    "GroupEnd",
    "GroupMonth",
    "GroupMonthQuerySet",
    "GroupQuerySet",
    "Member",
    "MemberQuerySet",
    "MentorVisit",
    "MonthLink",
    "NeedsSheet",
    "Photo",
    "Post",
    "RemittanceAnswer",
    "Tie",
    "VisitTask",
    "Way",
]
