"""Tables of people, by noun."""

from desmigratif.people.models.envelopes import Envelope, ProtectiveKey
from desmigratif.people.models.families import (
    ContactWish,
    Household,
    HouseholdChange,
    HouseholdQuerySet,
    LifeStatus,
    MaritalStatus,
    Person,
    Phone,
    Resident,
    ResidentQuerySet,
    SafeAddress,
    Sex,
)
from desmigratif.people.models.hand_overs import HandOver
from desmigratif.people.models.moves import Merge, Move, MoveState, ToldApart
from desmigratif.people.models.records import Consent, Fact, ImportBatch, ImportedRow
from desmigratif.people.models.words import NameWord

__all__ = [
    "Consent",
    "ContactWish",
    "Envelope",
    "Fact",
    "HandOver",
    "Household",
    "HouseholdChange",
    "HouseholdQuerySet",
    "ImportBatch",
    "ImportedRow",
    "LifeStatus",
    "MaritalStatus",
    "Merge",
    "Move",
    "MoveState",
    "NameWord",
    "Person",
    "Phone",
    "ProtectiveKey",
    "Resident",
    "ResidentQuerySet",
    "SafeAddress",
    "Sex",
    "ToldApart",
]
