"""Tables of the cooperative, by noun."""

from desmigratif.cooperative.models.ledger import (
    Account,
    AccountKind,
    Book,
    Cooperative,
    CooperativeKind,
    CooperativeOwnedQuerySet,
    Entry,
    Holding,
    Leg,
    MemberSide,
    MonthlyTotal,
    Period,
    Seal,
)
from desmigratif.cooperative.models.members import (
    ConnectedPerson,
    ConnectionKind,
    Member,
    MembershipTerms,
    MemberStatus,
)

__all__ = [
    "Account",
    "AccountKind",
    "Book",
    "ConnectedPerson",
    "ConnectionKind",
    "Cooperative",
    "CooperativeKind",
    "CooperativeOwnedQuerySet",
    "Entry",
    "Holding",
    "Leg",
    "Member",
    "MemberSide",
    "MemberStatus",
    "MembershipTerms",
    "MonthlyTotal",
    "Period",
    "Seal",
]
