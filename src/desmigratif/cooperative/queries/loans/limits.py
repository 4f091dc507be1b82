"""What the lending limits are reckoned from: a cooperative with all its units, loans and sharia contracts alike.

The law speaks of one body. A unit has books of its own and lends from them, so they are read together, and a person is
the same person in each (by the keyed digest of the NIK).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, Sum

from desmigratif.cooperative.inputs.loans import LoanOffer
from desmigratif.cooperative.models import (
    BusinessMove,
    ContractStatus,
    Cooperative,
    Holding,
    Loan,
    LoanStatus,
    Member,
    MoneySource,
    ShariaContract,
)
from desmigratif.cooperative.queries.annual.meeting import roles_in_office
from desmigratif.cooperative.queries.loans.standing import OWN_CAPITAL, loans_offered
from desmigratif.cooperative.rules.loans.limits import LendingFigures

# What members have of the cooperative's own money. A qardh of the benevolent fund is the fund's.
LENT = (
    "loans", "murabahah_receivable", "murabahah_deferred", "murabahah_goods", "wakalah_advance",
    "mudharabah_financing", "musyarakah_financing", "qardh_loans", "ijarah_assets", "ijarah_depreciation",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Lent:
    """One loan or contract: whose, what it counts for, and whether it was said to be a related party's."""

    nik_index: str
    rupiah: int
    is_related: bool


def body_of(cooperative: Cooperative) -> list[Cooperative]:
    """A cooperative and its units, whichever of them is asked for. One query."""
    head = cooperative.parent_id or cooperative.id
    return list(Cooperative.objects.everywhere().filter(Q(id=head) | Q(parent_id=head)).order_by("opened_on", "id"))


def officers_by_nik(cooperative: Cooperative, on: date) -> dict[str, set[str]]:
    """Which bodies each person in office belongs to on a day; offices are given by the cooperative's own meeting."""
    head = cooperative.parent_id or cooperative.id
    roles = roles_in_office(head, on)
    rows = Member.objects.of(head).filter(id__in=roles).values_list("id", "nik_index")
    return {nik: roles[id] for id, nik in rows} if roles else {}


def related_roles_of(cooperative: Cooperative, member: Member, said: Iterable[str], on: date) -> list[str]:
    """What makes a borrower a related party: what was said, and the offices that the members' meeting gave."""
    return sorted({*said, *officers_by_nik(cooperative, on).get(member.nik_index, ())})


def lending_figures(cooperative: Cooperative, member: Member, on: date, *, but: UUID) -> LendingFigures:
    """Own capital and what is lent already, from the books, with what was promised; `but` is what is being decided.
    Whoever holds an office on that day is related, also for what was lent before the election."""
    body = body_of(cooperative)
    officers = officers_by_nik(cooperative, on)
    lent = [one for books in body for one in _lent(books, but)]
    of_all = Holding.objects.filter(account__cooperative_id__in=[books.id for books in body])
    capital: int | None = of_all.filter(account__use__in=OWN_CAPITAL).aggregate(sum=Sum("balance_rupiah"))["sum"]
    return LendingFigures(
        own_capital=-(capital or 0),
        related_lent=sum(one.rupiah for one in lent if one.is_related or one.nik_index in officers),
        borrower_lent=sum(one.rupiah for one in lent if one.nik_index == member.nik_index),
        one_borrower_percent=_one_borrower_percent(body, on),
    )


def _lent(books: Cooperative, but: UUID) -> list[_Lent]:
    """What is with members of one book, and what was agreed and waits to be handed out. Four queries."""
    held: Counter[UUID] = Counter()
    of_this = Holding.objects.filter(account__cooperative_id=books.id, account__use__in=LENT)
    for holder, rupiah in of_this.exclude(balance_rupiah=0).values_list("holder_id", "balance_rupiah"):
        if holder is not None:
            held[holder] += rupiah
    promised = Q(status=LoanStatus.APPROVED)
    loans = Loan.objects.of(books).filter(promised | Q(id__in=held)).exclude(id=but)
    begun = BusinessMove.objects.of(books).values("subject_id")
    agreed = Q(status=ContractStatus.AGREED, source=MoneySource.OWN) & ~Q(id__in=begun)
    contracts = ShariaContract.objects.of(books).filter(agreed | Q(id__in=held)).exclude(id=but)
    found = []
    for rows in (loans, contracts):
        for id, nik, amount, roles in rows.values_list("id", "member__nik_index", "amount_rupiah", "related_roles"):
            found.append(_Lent(nik, held.get(id, amount), bool(roles)))
    return found


def _one_borrower_percent(body: list[Cooperative], on: date) -> Decimal | None:
    """The most for one borrower, as the articles say; the strictest where ways to borrow say different ones."""
    offers = (LoanOffer.read(one.offer) for books in body for one in loans_offered(books, on))
    return min((one.one_borrower_percent for one in offers if one.one_borrower_percent is not None), default=None)
