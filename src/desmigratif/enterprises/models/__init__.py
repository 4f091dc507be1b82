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
from desmigratif.enterprises.models.offers import Deliberation, Permit, Plan, Product
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
    "Deliberation",
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
    "Permit",
    "Photo",
    "Plan",
    "Post",
    "Potential",
    "PotentialQuerySet",
    "Presence",
    "Product",
    "RemittanceAnswer",
    "Tie",
    "Training",
    "TrainingDay",
    "VisitTask",
    "Way",
]
