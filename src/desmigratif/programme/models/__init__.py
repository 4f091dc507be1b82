"""Villages in a programme, who helps them, and with what money. Nothing here is about a person."""

from desmigratif.programme.models.budget import BudgetLine
from desmigratif.programme.models.candidates import CandidateQuerySet, CandidateVillage, VillageFigure, VillageQuota
from desmigratif.programme.models.partners import Outcome, Partner, PartnerSeat, Pledge
from desmigratif.programme.models.together import Minutes, SharedTask
from desmigratif.programme.models.villages import ProgrammeVillage, ProgrammeVillageQuerySet, VillageStep
from desmigratif.programme.models.villages import VillageStepQuerySet as VillageStepQuerySet

__all__ = [
    "BudgetLine", "CandidateQuerySet", "CandidateVillage", "Minutes", "Outcome", "Partner", "PartnerSeat", "Pledge",
    "ProgrammeVillage", "ProgrammeVillageQuerySet", "SharedTask", "VillageFigure", "VillageQuota", "VillageStep",
    "VillageStepQuerySet",
]  # fmt: skip
