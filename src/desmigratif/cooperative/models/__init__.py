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
from desmigratif.cooperative.models.savings import (
    InterestBasis,
    RollOver,
    SavingsAccount,
    SavingsKind,
    SavingsProduct,
    SavingsRate,
)
from desmigratif.cooperative.models.till import MoneyLimit, MoneySlip, PayoutApproval, TillDay

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
    "InterestBasis",
    "Leg",
    "Member",
    "MemberSide",
    "MemberStatus",
    "MembershipTerms",
    "MoneyLimit",
    "MoneySlip",
    "MonthlyTotal",
    "PayoutApproval",
    "Period",
    "RollOver",
    "SavingsAccount",
    "SavingsKind",
    "SavingsProduct",
    "SavingsRate",
    "Seal",
    "TillDay",
]
