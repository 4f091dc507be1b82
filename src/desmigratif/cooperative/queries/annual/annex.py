"""What each member has at the end of a year, for the annex of the annual meeting; as few queries for thousands."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Sum

from desmigratif.cooperative.models import Account, Cooperative, Leg, Loan, SavingsAccount
from desmigratif.cooperative.queries.annual.meeting import voters_on

OWN = ("savings_principal", "savings_compulsory", "shu_payable")
SAVED = ("savings_voluntary", "savings_term", "savings_purpose", "savings_mudharabah")


@dataclass(slots=True)
class AnnexLine:
    """One member, rupiah at the end of a day: `saved` are the other savings together, `lent` what is owed."""

    member_id: UUID
    number: int
    name: str
    sums: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def saved(self) -> int:
        return sum(self.sums[use] for use in SAVED)


def annex_on(cooperative: Cooperative, on: date) -> list[AnnexLine]:
    """Everybody who was a member on a day, by number. Five queries."""
    lines = {one.id: AnnexLine(one.id, one.number or 0, one.name) for one in voters_on(cooperative, on)}
    owner: dict[UUID, UUID] = {id: id for id in lines}
    owner |= dict(SavingsAccount.objects.of(cooperative).values_list("id", "member_id"))
    owner |= dict(Loan.objects.of(cooperative).values_list("id", "member_id"))
    accounts = dict(Account.objects.of(cooperative).filter(use__in=(*OWN, *SAVED, "loans")).values_list("id", "use"))
    legs = Leg.objects.filter(
        account_id__in=accounts, entry__cooperative_id=cooperative.id, entry__on__lte=on, entry__seal__sealed=True
    )
    for account, holder, total in legs.values_list("account_id", "holder_id").annotate(Sum("amount_rupiah")).order_by():
        line = lines.get(owner.get(holder, holder))
        if line is not None:
            use = accounts[account]
            line.sums[use] += int(total) if use == "loans" else -int(total)
    return list(lines.values())
