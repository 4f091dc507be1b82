"""Tables of the learning centre, by noun."""

from desmigratif.parenting.models.calls import CallSlot, ParentCall
from desmigratif.parenting.models.centres import BarredPerson, Centre, OwnTheme, Thing, Volunteer
from desmigratif.parenting.models.children import Child
from desmigratif.parenting.models.sessions import CarerScore, RollMark, Session, SessionState, TimetableSlot

__all__ = [
    "BarredPerson",
    "CallSlot",
    "CarerScore",
    "Centre",
    "Child",
    "OwnTheme",
    "ParentCall",
    "RollMark",
    "Session",
    "SessionState",
    "Thing",
    "TimetableSlot",
    "Volunteer",
]
