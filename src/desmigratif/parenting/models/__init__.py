"""Tables of the learning centre, by noun."""

from desmigratif.parenting.models.calls import CallSlot, ParentCall
from desmigratif.parenting.models.centres import BarredPerson, Centre, OwnTheme, Thing, Volunteer
from desmigratif.parenting.models.children import Child
from desmigratif.parenting.models.growing import Quarter
from desmigratif.parenting.models.links import CaregiverLink
from desmigratif.parenting.models.plans import ChildPlan
from desmigratif.parenting.models.sessions import CaregiverScore, RollMark, Session, SessionState, TimetableSlot
from desmigratif.parenting.models.worries import Worry, WorryReader

__all__ = [
    "BarredPerson",
    "CallSlot",
    "CaregiverLink",
    "CaregiverScore",
    "Centre",
    "Child",
    "ChildPlan",
    "OwnTheme",
    "ParentCall",
    "Quarter",
    "RollMark",
    "Session",
    "SessionState",
    "Thing",
    "TimetableSlot",
    "Volunteer",
    "Worry",
    "WorryReader",
]
