"""Reading what a workbook of opening balances is held against."""

from __future__ import annotations

from datetime import date

from desmigratif.cooperative import sealing
from desmigratif.cooperative.inputs.loans import LoanOffer
from desmigratif.cooperative.models import (
    Account,
    Book,
    Cooperative,
    Member,
    MemberStatus,
    OpeningImport,
    SavingsProduct,
    SavingsRate,
)
from desmigratif.cooperative.queries.loans.standing import loans_offered
from desmigratif.cooperative.queries.members.register import terms_on
from desmigratif.cooperative.rules.days import Every
from desmigratif.cooperative.rules.opening_sheet.check import Known, KnownAccount, KnownLoan, KnownSavings


def opening_of(cooperative: Cooperative) -> OpeningImport | None:
    """The workbook that was brought in, if one was."""
    return OpeningImport.objects.of(cooperative).first()


def has_entries(cooperative: Cooperative) -> bool:
    """Whether anything stands in the books."""
    return Book.objects.filter(cooperative=cooperative, last_number__gt=0).exists()


def known_on(cooperative: Cooperative, on: date) -> Known:
    """What the cooperative had decided by a day, and who is written down now. Six queries."""
    terms = terms_on(cooperative, on)
    rows = Member.objects.of(cooperative).values_list("number", "nik_index", "status")
    members = list(rows)
    standing = frozenset(index for _number, index, status in members if status != MemberStatus.LEFT)
    return Known(
        on=on,
        accounts={one.code: _account(one) for one in Account.objects.of(cooperative)},
        savings=_savings(cooperative, on),
        loans={one.name.casefold(): one for one in _loans(cooperative, on)},
        principal_rupiah=terms.principal_rupiah if terms else None,
        numbers_taken=frozenset(number for number, _index, _status in members if number is not None),
        nik_taken=lambda nik: bool(standing) and sealing.nik_index(nik) in standing,
    )


def _account(one: Account) -> KnownAccount:
    return KnownAccount(
        one.id, one.name, one.side, one.use, one.has_holders, one.may_overdraw, one.closed_on is None
    )  # fmt: skip


def _savings(cooperative: Cooperative, on: date) -> dict[str, KnownSavings]:
    rates = dict(
        SavingsRate.objects.of(cooperative)
        .filter(since__lte=on)
        .order_by("since")
        .values_list("product_id", "annual_percent")
    )
    return {
        one.name.casefold(): KnownSavings(one.id, one.name, one.kind, one.term_months, rates.get(one.id))
        for one in SavingsProduct.objects.of(cooperative)
        if one.closed_on is None or one.closed_on > on
    }


def _loans(cooperative: Cooperative, on: date) -> list[KnownLoan]:
    found = []
    for terms in loans_offered(cooperative, on):
        offer = LoanOffer.read(terms.offer)
        every = Every(offer.every_count, offer.every_unit)
        found.append(
            KnownLoan(terms.product_id, terms.id, terms.product.name, offer.method, offer.annual_percent, every)
        )
    return found
