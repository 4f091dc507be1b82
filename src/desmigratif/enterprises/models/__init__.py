"""Tables of productive enterprise, by noun."""

from desmigratif.enterprises.models.aid import Asset, AssetCheck, FaultTicket, NeedsSheet
from desmigratif.enterprises.models.groups import Group, GroupMemberQuerySet, GroupQuerySet, Member, Post, Tie
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
from desmigratif.enterprises.models.will import (
    Participant,
    Potential,
    PotentialQuerySet,
    Presence,
    Training,
    TrainingDay,
)

__all__ = [
    "Asset",
    "AssetCheck",
    "Baseline",
    "CapitalNeed",
    "FaultTicket",
    "Group",
    "GroupEnd",
    "GroupMemberQuerySet",
    "GroupMonth",
    "GroupMonthQuerySet",
    "GroupQuerySet",
    "Member",
    "MentorVisit",
    "MonthLink",
    "NeedsSheet",
    "Participant",
    "Photo",
    "Post",
    "Potential",
    "PotentialQuerySet",
    "Presence",
    "RemittanceAnswer",
    "Tie",
    "Training",
    "TrainingDay",
    "VisitTask",
    "Way",
]
