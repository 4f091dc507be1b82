"""Inputs of the learning centre's actions, by noun."""

from desmigratif.parenting.inputs.children import ChangeChild, EnrolChild, FinishPlan, LeaveCentre, MakePlan
from desmigratif.parenting.inputs.growing import RecordQuarter
from desmigratif.parenting.inputs.worries import AskForReferral, CloseWorry, WriteWorry

__all__ = [
    "AskForReferral",
    "ChangeChild",
    "CloseWorry",
    "EnrolChild",
    "FinishPlan",
    "LeaveCentre",
    "MakePlan",
    "RecordQuarter",
    "WriteWorry",
]
