"""Reading loans: how one stands on a day, what is due, who is behind, and what the limits are reckoned from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import cast
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.scope import get_or_refuse
from desmigratif.cooperative.inputs.loans import LoanOffer
from desmigratif.cooperative.models import (
    Account,
    Cooperative,
    Holding,
    Loan,
    LoanCollateral,
    LoanEvent,
    LoanProduct,
    LoanProductTerms,
    LoanStatus,
    MoneySlip,
    Outlook,
    ProvisionMonth,
)
from desmigratif.cooperative.queries.ledger.books import balance_now, closed_until
from desmigratif.cooperative.queries.sharia.quality import graded_contracts
from desmigratif.cooperative.rules.days import Every
from desmigratif.cooperative.rules.loans.collectibility import (
    Class,
    Collateral,
    Collectibility,
    Standing,
    classify,
    required_provision,
)
from desmigratif.cooperative.rules.loans.life.contract import as_brought_over, event_of, policy_of, terms_of
from desmigratif.cooperative.rules.loans.life.events import Event
from desmigratif.cooperative.rules.loans.life.replay import Loan as Agreed
from desmigratif.cooperative.rules.loans.life.replay import payoff_sum, replay
from desmigratif.cooperative.rules.loans.life.state import Amounts, LoanState
from desmigratif.cooperative.rules.loans.terms import LoanTerms

OWN_CAPITAL = ("savings_principal", "savings_compulsory", "reserve_general", "reserve_risk", "grants")


@dataclass(frozen=True, slots=True)
class StandingLoan:
    """A running loan as it stands on a day."""

    loan: Loan
    state: LoanState
    grade: Collectibility


def loan_of(by: Actor, loan_id: UUID) -> Loan:
    """One loan with its member and cooperative, or the refusal that does not tell whether there is one."""
    rows = Loan.objects.visible_to(by).select_related(
        "cooperative", "member__resident", "product", "terms", "payer", "group"
    )
    return get_or_refuse(rows, "loan_id", id=loan_id)


def offer_on(cooperative: Cooperative, product: LoanProduct, on: date) -> LoanProductTerms | None:
    """The conditions of a product that hold on a day; None when it is not offered then."""
    if product.closed_on is not None and product.closed_on <= on:
        return None
    terms = LoanProductTerms.objects.of(cooperative).filter(product=product, since__lte=on)
    return terms.order_by("-since").first()


def loans_offered(cooperative: Cooperative, on: date) -> list[LoanProductTerms]:
    """What may be applied for on a day, by name; each with its product."""
    latest: dict[UUID, LoanProductTerms] = {}
    rows = LoanProductTerms.objects.of(cooperative).filter(since__lte=on).select_related("product")
    for one in rows.order_by("since"):
        if one.product.closed_on is None or one.product.closed_on > on:
            latest[one.product_id] = one
    return sorted(latest.values(), key=lambda one: one.product.name)


def agreed(loan: Loan) -> Agreed:
    """The contract as it was made. The loan must have been handed out."""
    contract = loan.contract or {}
    offer = LoanOffer.read(contract["offer"])
    first = contract["first_due_on"]
    terms = terms_of(
        offer, contract["amount"], contract["instalments"], date.fromisoformat(contract["disbursed_on"]),
        date.fromisoformat(first) if first else None, due_dates=_days(contract.get("due_dates")),
        holidays=frozenset(_days(contract.get("holidays"))),
    )  # fmt: skip
    if "annual_percent" in contract:
        terms = as_brought_over(terms, Decimal(contract["annual_percent"]))
    return Agreed(terms, policy_of(offer))


def _days(texts: list[str] | None) -> tuple[date, ...]:
    return tuple(date.fromisoformat(text) for text in texts or ())


def asked_terms(loan: Loan, on: date) -> LoanTerms:
    """The terms of a loan that is not handed out yet, as if it were on a day."""
    offer = LoanOffer.read(loan.terms.offer)
    return terms_of(offer, loan.amount_rupiah, loan.instalments, on, loan.first_due_on, due_dates=_days(loan.due_dates))


def contract_for(loan: Loan, on: date) -> dict[str, object]:
    """What is kept as the contract when the money goes out on a day; the holidays too, as they are known then."""
    return {
        "due_dates": loan.due_dates,
        "holidays": sorted(day.isoformat() for day in asked_terms(loan, on).days_off.holidays),
        "offer": loan.terms.offer,
        "amount": loan.amount_rupiah,
        "instalments": loan.instalments,
        "disbursed_on": on.isoformat(),
        "first_due_on": loan.first_due_on.isoformat() if loan.first_due_on else None,
    }


def as_event(row: LoanEvent) -> Event:
    return event_of(str(row.id), row.on, row.kind, row.payload)


def events_of(loans: Iterable[Loan]) -> dict[UUID, list[Event]]:
    """All that happened to these loans, by loan. One query."""
    found: dict[UUID, list[Event]] = defaultdict(list)
    loans = list(loans)
    if loans:
        for row in LoanEvent.objects.of(loans[0].cooperative_id).filter(loan__in=loans):
            found[row.loan_id].append(as_event(row))
    return found


def state_of(loan: Loan, on: date) -> LoanState:
    """How a loan that was handed out stands at the end of a day."""
    return replay(agreed(loan), events_of([loan])[loan.id], on)


def payoff_of(loan: Loan, on: date) -> Amounts:
    """What it takes to end the loan on a day."""
    return payoff_sum(agreed(loan), events_of([loan])[loan.id], on)


def grade_of(loan: Loan, state: LoanState, collateral: Iterable[Collateral]) -> Collectibility:
    """The class of a running loan on the day of its state."""
    late = [line for line in state.lines if line.due_on < state.on]
    offer = LoanOffer.read((loan.contract or {})["offer"])
    said_by_then = loan.outlook_on is not None and loan.outlook_on <= state.on
    outlook = loan.outlook if said_by_then else Outlook.RESCUABLE
    standing = Standing(
        every=Every(offer.every_count, offer.every_unit),
        is_bullet=offer.method == "bullet",
        principal_since=min((line.due_on for line in late if line.open.principal > 0), default=None),
        interest_since=min((line.due_on for line in late if line.open.interest > 0), default=None),
        debt=state.principal_outstanding + state.due.interest,
        collateral=sum(item.value for item in collateral),
        doubtful_since=loan.doubtful_since,
        rescuable=outlook != Outlook.NOT_RESCUABLE,
        handed_over=outlook == Outlook.HANDED_OVER,
        class_before=cast(Class, state.class_before),
        paid_since=state.paid_in_a_row,
    )
    return classify(standing, state.on)


def grade_now(loan: Loan, on: date) -> Collectibility:
    """The class of one running loan on a day, with all that secures it."""
    return grade_of(loan, state_of(loan, on), collateral_of([loan])[loan.id])


def collateral_of(loans: Iterable[Loan]) -> dict[UUID, list[Collateral]]:
    """What secures these loans, by loan. One query."""
    found: dict[UUID, list[Collateral]] = defaultdict(list)
    loans = list(loans)
    if loans:
        for row in LoanCollateral.objects.of(loans[0].cooperative_id).filter(loan__in=loans):
            found[row.loan_id].append(Collateral(row.kind, row.value_rupiah))
    return found


def standing_loans(loans: Iterable[Loan], on: date) -> list[StandingLoan]:
    """Loans that were handed out, replayed to a day. Two queries, however many."""
    loans = list(loans)
    events, collateral = events_of(loans), collateral_of(loans)
    found = []
    for loan in loans:
        state = replay(agreed(loan), events[loan.id], on)
        found.append(StandingLoan(loan, state, grade_of(loan, state, collateral[loan.id])))
    return found


def due_until(cooperative: Cooperative, on: date) -> list[StandingLoan]:
    """Running loans of which something is due by a day, the oldest first."""
    rows = (
        Loan.objects.of(cooperative).running().filter(next_due_on__lte=on).select_related("member__resident", "payer")
    )
    return standing_loans(rows.order_by("next_due_on", "member__name", "id"), on)


def loans_of_member(cooperative: Cooperative, member_id: UUID, on: date) -> tuple[list[StandingLoan], list[Loan]]:
    """A member's running loans as they stand on a day, and those that wait for a decision or for their money. One
    query; two more where a loan runs."""
    open_ones = (LoanStatus.APPLIED, LoanStatus.APPROVED, LoanStatus.ACTIVE)
    rows = list(
        Loan.objects.of(cooperative)
        .filter(member_id=member_id, status__in=open_ones)
        .select_related("product")
        .order_by("applied_on", "id")
    )
    running = [one for one in rows if one.status == LoanStatus.ACTIVE]
    return standing_loans(running, on), [one for one in rows if one.status != LoanStatus.ACTIVE]


def provisions_now(cooperative: Cooperative, on: date) -> tuple[int, int]:
    """(set aside in the books, what the classes of a day ask for)."""
    standing = standing_loans(Loan.objects.of(cooperative).running().select_related("member"), on)
    collateral = collateral_of([one.loan for one in standing])
    required = sum(
        required_provision(one.grade.code, one.state.principal_outstanding, collateral[one.loan.id], on)
        for one in standing
    )
    required += sum(one.provision(on) for one in graded_contracts(cooperative, on))
    return balance_now(Account.objects.of(cooperative).get(use="loan_provision")), required


def is_provision_missing(cooperative: Cooperative, last_on: date) -> bool:
    """Whether money is lent, or with members by contracts, and the month that ends then was not provided for."""
    lent = Loan.objects.of(cooperative).running().filter(disbursed_on__lte=last_on)
    if not lent.exists() and not graded_contracts(cooperative, last_on):
        return False
    return not ProvisionMonth.objects.of(cooperative).filter(month__gte=last_on.replace(day=1)).exists()


def first_open_day(cooperative: Cooperative) -> date:
    """The first day that money may still count for: after the last closed month."""
    closed = closed_until(cooperative)
    return max(cooperative.opened_on, date.fromordinal(closed.toordinal() + 1)) if closed else cooperative.opened_on


def principal_left(cooperative: Cooperative) -> dict[UUID, int]:
    """What is still lent, by loan, from the books."""
    lent = Holding.objects.filter(account__cooperative_id=cooperative.id, account__use="loans")
    return dict(lent.exclude(balance_rupiah=0).values_list("holder_id", "balance_rupiah"))


def disbursement_of(loan: Loan) -> MoneySlip | None:
    """What the borrower signed for when the money was handed out; none for a loan of the paper books."""
    return MoneySlip.objects.of(loan.cooperative_id).filter(holder_id=loan.id, kind="loan.disbursed").first()
