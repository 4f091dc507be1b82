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

__all__ = [
    "Account",
    "AccountKind",
    "Book",
    "Cooperative",
    "CooperativeKind",
    "CooperativeOwnedQuerySet",
    "Entry",
    "Holding",
    "Leg",
    "MemberSide",
    "MonthlyTotal",
    "Period",
    "Seal",
]
