"""Reading what a month earned: interest of each savings account, and the tax of each member."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from desmigratif.cooperative.models import (
    Cooperative,
    Leg,
    Member,
    MoneySlip,
    SavingsAccount,
    SavingsKind,
    SavingsProduct,
    SavingsRate,
)
from desmigratif.cooperative.queries.savings.accounts import USE_OF_KIND
from desmigratif.cooperative.rules.ledger import month_end
from desmigratif.cooperative.rules.savings.interest import Movement, SavingsTerms, savings_interest

INTEREST, MATURED, TAX, BONUS = "savings.interest", "term.matured", "savings.tax", "savings.bonus"
SHARE = "savings.profit_share"
PAID_AS_INTEREST = (INTEREST, MATURED, BONUS, SHARE)  # all of them are taxed alike
WEIGHING = Decimal(100)  # any rate: only how the accounts of one product compare


@dataclass(frozen=True, slots=True)
class Earned:
    """Interest of one account in one month, before tax."""

    account: SavingsAccount
    rupiah: int


def is_interest_paid(cooperative: Cooperative, on: date) -> bool:
    """Whether the interest of the month of `on` was paid."""
    slips = MoneySlip.objects.of(cooperative).filter(kind=INTEREST, on__gte=on.replace(day=1), on__lte=month_end(on))
    return slips.exists()


def interest_of_month(cooperative: Cooperative, last_on: date) -> list[Earned]:
    """What every open account that is no term earned from the first day of a month to its last.

    The rate and the basis are those of the last day. Four queries at any number of accounts.
    """
    accounts = _open_in(cooperative, last_on).exclude(product__kind=SavingsKind.TERM)
    return _earned(cooperative, list(accounts), _rates_on(cooperative, last_on), last_on)


def weights_of_month(cooperative: Cooperative, product: SavingsProduct, last_on: date) -> list[Earned]:
    """How a bonus for the savers of one product falls: by what stood there, on the product's basis."""
    accounts = _open_in(cooperative, last_on).filter(product=product)
    return _earned(cooperative, list(accounts), {product.id: WEIGHING}, last_on)


def _open_in(cooperative: Cooperative, last_on: date) -> QuerySet[SavingsAccount]:
    rows = SavingsAccount.objects.of(cooperative).filter(
        Q(closed_on__isnull=True) | Q(closed_on__gt=last_on), opened_on__lte=last_on
    )
    return rows.select_related("product", "member").order_by("member_id", "id")


def _earned(
    cooperative: Cooperative, accounts: list[SavingsAccount], rates: Mapping[UUID, Decimal], last_on: date
) -> list[Earned]:
    first = last_on.replace(day=1)
    legs = _legs(cooperative).filter(entry__on__lte=last_on)
    openings = dict(legs.filter(entry__on__lt=first).values_list("holder_id").annotate(Sum("amount_rupiah")))
    moves: dict[UUID, list[Movement]] = defaultdict(list)
    for holder, on, amount in legs.filter(entry__on__gte=first).values_list("holder_id", "entry__on", "amount_rupiah"):
        if holder is not None:
            moves[holder].append(Movement(on, -amount))
    found = []
    for account in accounts:
        terms = _terms(account.product, rates)
        opening = -openings.get(account.id, 0)
        earned = savings_interest(terms, opening, moves[account.id], first, last_on) if terms else 0
        if earned > 0:
            found.append(Earned(account, earned))
    return found


def _legs(cooperative: Cooperative) -> QuerySet[Leg]:
    uses = (USE_OF_KIND[SavingsKind.VOLUNTARY], USE_OF_KIND[SavingsKind.PURPOSE])
    return Leg.objects.filter(
        entry__seal__sealed=True, entry__cooperative_id=cooperative.id, account__cooperative_id=cooperative.id,
        account__use__in=uses,
    ).order_by()  # fmt: skip


def _rates_on(cooperative: Cooperative, on: date) -> dict[UUID, Decimal]:
    rows = SavingsRate.objects.of(cooperative).filter(since__lte=on).order_by("since")
    return dict(rows.values_list("product_id", "annual_percent"))  # the last one stands


def _terms(product: SavingsProduct, rates: Mapping[UUID, Decimal]) -> SavingsTerms | None:
    rate = rates.get(product.id)
    if not rate:
        return None
    return SavingsTerms(rate, product.basis, product.minimum_balance_rupiah)  # type: ignore[arg-type]


def interest_and_tax(
    cooperative: Cooperative, on: date, members: list[UUID] | None = None
) -> dict[UUID, tuple[int, int]]:
    """Per member what was paid as interest in the month of `on`, and what tax was withheld of it. One query."""
    slips = MoneySlip.objects.of(cooperative).filter(on__gte=on.replace(day=1), on__lte=month_end(on))
    slips = slips.filter(kind__in=(*PAID_AS_INTEREST, TAX))
    if members is not None:
        slips = slips.filter(member_id__in=members)
    rows = slips.order_by().values_list("member_id").annotate(
        paid=Sum("amount_rupiah", filter=Q(kind__in=PAID_AS_INTEREST), default=0),
        withheld=Sum("amount_rupiah", filter=Q(kind=TAX), default=0),
    )  # fmt: skip
    # what was given in an earlier month and taken back in this one is no tax that was withheld too little
    return {member: (max(0, paid), max(0, -withheld)) for member, paid, withheld in rows}


def terms_ended(cooperative: Cooperative, on: date) -> list[SavingsAccount]:
    """Term accounts whose end has come and was not dealt with, by day. Those paid out at the end wait untouched, and
    those that end without interest are free by themselves."""
    settled = MoneySlip.objects.of(cooperative).filter(
        kind=MATURED, holder_id=OuterRef("id"), on__gte=OuterRef("matures_on")
    )
    rows = SavingsAccount.objects.of(cooperative).open().filter(~Exists(settled), matures_on__lte=on)
    rows = rows.exclude(annual_percent=0, roll_over="none")
    return list(rows.select_related("product", "member").order_by("matures_on", "id"))


def is_term_settled(account: SavingsAccount) -> bool:
    """Whether the interest of a term that has ended was paid."""
    slips = MoneySlip.objects.of(account.cooperative_id).filter(kind=MATURED, holder_id=account.id)
    return slips.filter(on__gte=account.matures_on).exists()


def members_taxed(cooperative: Cooperative, on: date) -> list[Member]:
    """Who was paid interest in the month of `on`, by number: each gets a slip, also when the tax is nought."""
    paid = interest_and_tax(cooperative, on)
    return list(Member.objects.of(cooperative).filter(id__in=paid).order_by("number", "id"))
