"""Inputs of the actions on loans, and the conditions of a loan product."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from desmigratif.shared.inputs import Input

Rupiah = Annotated[int, Field(gt=0, le=10**12)]
Sum = Annotated[int, Field(ge=0, le=10**12)]
Percent = Annotated[Decimal, Field(ge=0, le=100, max_digits=5, decimal_places=2)]
Order = Literal["fees", "late_fee", "interest", "principal"]


class LoanOffer(Input):
    """The conditions of a loan product; kept with each loan as JSON.

    interest_free        so many instalments at the start earn no interest at all
    fee_percent, fee_fixed_rupiah  cut from the money when it is handed out
    late_percent_per_day           of what is overdue of an instalment, after `late_grace_days`
    fee_each_rupiah                asked with every instalment
    insurance_rupiah               cut when it is handed out and passed on in full: not part of the cost under the cap
    shift, weekdays_off            where a due date goes that falls on a public holiday or a day nobody collects
    payoff_interest                interest asked at an early end: by days, of the whole period, or all
    basis                          when interest is income: when it is paid, or (accrual) when it is earned
    one_borrower_percent           most for one borrower in percent of own capital, as the articles say; None = not set
    """

    method: Literal["flat", "declining", "annuity", "bullet"]
    annual_percent: Percent
    most_rupiah: Rupiah
    most_instalments: Annotated[int, Field(ge=1, le=240)]
    every_count: Annotated[int, Field(ge=1, le=60)] = 1
    every_unit: Literal["month", "week", "day"] = "month"
    grace_principal: Annotated[int, Field(ge=0, le=60)] = 0
    grace_interest: Annotated[int, Field(ge=0, le=60)] = 0
    interest_free: Annotated[int, Field(ge=0, le=60)] = 0
    multiple_rupiah: Annotated[int, Field(ge=0, le=100_000)] = 100
    fee_percent: Percent = Decimal(0)
    fee_fixed_rupiah: Sum = 0
    fee_each_rupiah: Sum = 0
    insurance_rupiah: Sum = 0
    day_count: Literal["30/360", "act/365", "act/act", "act/360", "act/364"] = "30/360"
    shift: Literal["none", "next", "previous"] = "none"
    weekdays_off: Annotated[tuple[Annotated[int, Field(ge=0, le=6)], ...], Field(max_length=6)] = ()
    late_percent_per_day: Percent = Decimal(0)
    late_fixed_rupiah: Sum = 0
    late_grace_days: Annotated[int, Field(ge=0, le=90)] = 0
    late_cap_percent: Percent | None = None
    order: tuple[Order, Order, Order, Order] = ("fees", "late_fee", "interest", "principal")
    surplus: Literal["advance", "shorter", "lower"] = "advance"
    payoff_interest: Literal["days", "period", "all"] = "days"
    payoff_penalty_percent: Percent = Decimal(0)
    one_borrower_percent: Percent | None = None
    basis: Literal["cash", "accrual"] = "cash"


class AddLoanProduct(Input):
    """A way to borrow, with its first conditions."""

    product_id: UUID
    cooperative_id: UUID
    name: str = Field(min_length=3, max_length=60)
    since: date
    offer: LoanOffer


class ChangeLoanTerms(Input):
    """Other conditions from a day on; loans that were applied for keep theirs."""

    terms_id: UUID
    cooperative_id: UUID
    product_id: UUID
    since: date
    offer: LoanOffer


class Guarantor(Input):
    """Another member by id, or a person by name."""

    name: str = Field(min_length=2, max_length=100)
    relation: str = Field(min_length=2, max_length=40)
    member_id: UUID | None = None


class Collateral(Input):
    """What secures a loan, and its worth."""

    kind: Literal["liquid", "gold", "mortgage", "certified_land", "girik_land", "bonded_vehicle"]
    value_rupiah: Rupiah
    description: str = Field(min_length=2, max_length=120)


class ApplyForLoan(Input):
    """What a member asks for. `payer_id`: the connected person, perhaps abroad, who will pay. `due_dates`: every due
    date by hand, after harvests or pay days. `group_id`: the group whose members stand in for one another.
    `hand_over_id`: the hand-over of the member's family that this answers."""

    loan_id: UUID
    cooperative_id: UUID
    member_id: UUID
    product_id: UUID
    on: date
    amount_rupiah: Rupiah
    instalments: Annotated[int, Field(ge=1, le=240)]
    purpose: str = Field(min_length=3, max_length=120)
    first_due_on: date | None = None
    due_dates: Annotated[tuple[date, ...], Field(max_length=60)] = ()
    group_id: UUID | None = None
    payer_id: UUID | None = None
    hand_over_id: UUID | None = None
    related_roles: tuple[Literal["board", "supervisors", "related_cooperative"], ...] = ()
    guarantors: Annotated[tuple[Guarantor, ...], Field(max_length=5)] = ()
    collateral: Annotated[tuple[Collateral, ...], Field(max_length=5)] = ()


class _OfLoan(Input):
    cooperative_id: UUID
    loan_id: UUID
    on: date


class RecordSurvey(_OfLoan):
    """What was found on a visit to the borrower."""

    survey: str = Field(min_length=10, max_length=400)


class ApproveLoan(_OfLoan):
    """One person's yes. `has_interest`: the money is for them or their family, so their yes does not count."""

    approval_id: UUID
    has_interest: bool = False


class AgreeToRelatedLoan(_OfLoan):
    """The supervisors' yes to a loan for a related party."""

    approval_id: UUID


class DeclineLoan(_OfLoan):
    """A no, with the reason that the member is told."""

    reason: str = Field(min_length=5, max_length=160)


class DisburseLoan(_OfLoan):
    """Hand the money out, less the fees. `approval_id` where a second person had to agree to the payout."""

    entry_id: UUID
    approval_id: UUID | None = None


class TakeInstalment(_OfLoan):
    """Money for a loan. `on` is the day it was received: it may lie before today, in a month that is still open.
    `carried_by_id`: another member of the group who pays for the borrower."""

    entry_id: UUID
    amount_rupiah: Rupiah
    carried_by_id: UUID | None = None


class Prepay(TakeInstalment):
    """Money that lowers the principal at once: fewer instalments after it, or smaller ones."""

    effect: Literal["shorter", "lower"] = "shorter"


class PayOffLoan(TakeInstalment):
    """All that is owed today; `amount_rupiah` is the sum the borrower was told."""


class ProposeReschedule(_OfLoan):
    """A new table for what is still owed, for another to decide. `interest_free`: so many of its first instalments earn
    no interest."""

    proposal_id: UUID
    instalments: Annotated[int, Field(ge=1, le=240)]
    first_due_on: date
    capitalise: bool = False
    interest_free: Annotated[int, Field(ge=0, le=60)] = 0
    reason: str = Field(min_length=5, max_length=160)


class DecideReschedule(Input):
    """Yes or no to a proposal. With yes the new table holds from the same day; `entry_id` is that event."""

    entry_id: UUID
    cooperative_id: UUID
    proposal_id: UUID
    on: date
    answer: Literal["yes", "no"]
    decision: str = Field(min_length=3, max_length=160)


class JudgeLoan(_OfLoan):
    """What people who know the borrower see ahead; it decides between *diragukan* and *macet*."""

    outlook: Literal["rescuable", "not_rescuable", "handed_over"]
    reason: str = Field(min_length=5, max_length=160)


class ReverseLoanEvent(_OfLoan):
    """Take back what was entered by mistake."""

    entry_id: UUID
    event_id: UUID
    reason: str = Field(min_length=5, max_length=160)


class PostProvisions(Input):
    """Class every loan at the end of a month and set aside what that asks for. `month` is any day of it."""

    entry_id: UUID
    cooperative_id: UUID
    month: date


class Collected(Input):
    """One line of a collection sheet."""

    entry_id: UUID
    loan_id: UUID
    amount_rupiah: Rupiah


class CollectedCompulsory(Input):
    """Simpanan wajib of one member on a collection sheet."""

    entry_id: UUID
    member_id: UUID
    amount_rupiah: Rupiah


class CollectedSaving(Input):
    """A deposit into one savings account on a collection sheet."""

    entry_id: UUID
    account_id: UUID
    amount_rupiah: Rupiah


class TakeCollection(Input):
    """What a meeting brought, entered together, all or none: instalments (`lines`), simpanan wajib, deposits.

    `counted_rupiah` is the money on the table, counted before the sheet is entered; None where nobody counts.
    A sheet that was filled in without a signal has a `seen_version`, the number that the book's next seal had when it
    was taken along, and the cooperative's `village_code`, so that it can wait there for a person.
    """

    cooperative_id: UUID
    on: date
    lines: Annotated[tuple[Collected, ...], Field(max_length=200)] = ()
    compulsory: Annotated[tuple[CollectedCompulsory, ...], Field(max_length=400)] = ()
    savings: Annotated[tuple[CollectedSaving, ...], Field(max_length=400)] = ()
    counted_rupiah: Rupiah | None = None
    village_code: str = Field(default="", max_length=13)
    seen_version: Annotated[int, Field(ge=1)] | None = None

    @property
    def written_rupiah(self) -> int:
        """The sum of all lines."""
        found = sum(line.amount_rupiah for line in self.lines)
        found += sum(line.amount_rupiah for line in self.compulsory)
        return found + sum(line.amount_rupiah for line in self.savings)
