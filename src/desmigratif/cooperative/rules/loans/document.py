"""A loan's terms as a JSON document, and its schedule as one. The shape is a promise to other programs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from desmigratif.cooperative.rules.days import DayCount, DaysOff, Every, Unit
from desmigratif.cooperative.rules.loans.effective_rate import (
    check_loan_cap,
    declining_equivalent_percent,
    effective_annual_percent,
)
from desmigratif.cooperative.rules.loans.schedule import Row, Schedule
from desmigratif.cooperative.rules.loans.terms import (
    MOST_INSTALMENTS,
    Disbursement,
    Fee,
    Grace,
    LoanTerms,
    Method,
    Move,
)
from desmigratif.cooperative.rules.rounding import Mode, Rounding
from desmigratif.shared.inputs import Input
from desmigratif.shared.reasons import InvalidInput, Reason

MANY = 10**15  # rupiah; sums stay exact in every database


def _nothing_is_empty(value: Any) -> Any:
    return {} if value is None else value


def _nothing_is_no_rows(value: Any) -> Any:
    return () if value is None else value


def _number_as_text(value: Any) -> Any:
    """24, 24.5 and "24" are rates; true is not."""
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


Amount = Annotated[int, Field(ge=0, le=MANY)]
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2199, 12, 31))]
Percent = Annotated[Decimal, BeforeValidator(_number_as_text), Field(ge=0, le=1000, max_digits=12, decimal_places=8)]
Group = BeforeValidator(_nothing_is_empty)
Rows = BeforeValidator(_nothing_is_no_rows)


class EveryInput(Input):
    count: Annotated[int, Field(ge=1, le=366)] = 1
    unit: Unit = "month"


class GraceInput(Input):
    principal: Annotated[int, Field(ge=0, le=MOST_INSTALMENTS)] = 0
    interest: Annotated[int, Field(ge=0, le=MOST_INSTALMENTS)] = 0
    interest_free: Annotated[int, Field(ge=0, le=MOST_INSTALMENTS)] = 0


class RoundingInput(Input):
    minor_units: Annotated[int, Field(ge=0, le=2)] = 0
    mode: Mode = "half_up"
    instalment_multiple: Annotated[int, Field(ge=0, le=10**9)] | None = None
    instalment_mode: Mode = "up"


class DisbursementInput(Input):
    on: Day
    amount: Amount


class FeeInput(Input):
    on: Literal["disbursement", "each"]
    amount: Amount
    counts_to_cap: bool = True


class MoveInput(Input):
    n: Annotated[int, Field(ge=1, le=MOST_INSTALMENTS)]
    to: Day


class DaysOffInput(Input):
    """Days without work: dates, and days of the week from 1 (Monday) to 7."""

    shift: Literal["none", "next", "previous"] = "next"
    dates: tuple[Day, ...] = ()
    weekdays: tuple[Annotated[int, Field(ge=1, le=7)], ...] = ()


class LoanScheduleInput(Input):
    """What `loan-schedule` reads. `null` is the same as left out."""

    principal: Amount | None = None
    annual_rate_percent: Percent
    method: Method
    instalments: Annotated[int, Field(ge=1, le=MOST_INSTALMENTS)] | None = None
    every: Annotated[EveryInput, Group] = EveryInput()
    disbursed_on: Day | None = None
    first_due_on: Day | None = None
    due_dates: Annotated[tuple[Day, ...], Rows] = ()
    day_count: DayCount = "30/360"
    grace: Annotated[GraceInput, Group] = GraceInput()
    rounding: Annotated[RoundingInput, Group] = RoundingInput()
    disbursements: Annotated[tuple[DisbursementInput, ...], Rows] = ()
    fees: Annotated[tuple[FeeInput, ...], Rows] = ()
    days_off: Annotated[DaysOffInput, Group] = DaysOffInput(shift="none")
    moves: Annotated[tuple[MoveInput, ...], Rows] = ()
    instalment: Amount | None = None
    down_payment_percent: Percent = Decimal(0)

    def terms(self) -> LoanTerms:
        """Raises `InvalidInput` when what only may be left out sometimes is missing."""
        if reasons := self._missing():
            raise InvalidInput(reasons)
        parts = tuple(Disbursement(part.on, part.amount) for part in self.disbursements)
        return LoanTerms(
            principal=self.principal if self.principal is not None else sum(part.amount for part in parts),
            annual_rate_percent=self.annual_rate_percent,
            method=self.method,
            instalments=self.instalments or len(self.due_dates),
            disbursed_on=self.disbursed_on or min(part.on for part in parts),
            every=Every(self.every.count, self.every.unit),
            first_due_on=self.first_due_on,
            due_dates=self.due_dates,
            day_count=self.day_count,
            grace=Grace(self.grace.principal, self.grace.interest, self.grace.interest_free),
            rounding=self._rounding(),
            disbursements=parts,
            fees=tuple(Fee(fee.on, fee.amount, fee.counts_to_cap) for fee in self.fees),
            days_off=DaysOff(
                frozenset(self.days_off.dates),
                frozenset(number - 1 for number in self.days_off.weekdays),
                self.days_off.shift,
            ),
            moves=tuple(Move(move.n, move.to) for move in self.moves),
            instalment=self.instalment,
            down_payment_percent=self.down_payment_percent,
        )

    def _missing(self) -> list[Reason]:
        needed = {
            "principal": self.principal is None and not self.disbursements,
            "disbursed_on": self.disbursed_on is None and not self.disbursements,
            "instalments": not (self.instalments or self.due_dates or self.instalment),
        }
        return [
            Reason("missing", "Bagian ini wajib diisi.", field=field)
            for field, is_missing in needed.items()
            if is_missing
        ]

    def _rounding(self) -> Rounding:
        """Whole rupiah come in steps of 100 when nothing else is said; hundredths in no steps."""
        given = self.rounding
        multiple = given.instalment_multiple
        if multiple is None:
            multiple = 0 if given.minor_units else 100
        return Rounding(given.minor_units, given.mode, multiple, given.instalment_mode)


def read_terms(document: Any) -> LoanTerms:
    """The terms in a document (as JSON gives it). Raises `InvalidInput` with Indonesian reasons by field path."""
    return LoanScheduleInput.read(document).terms()


def schedule_as_dict(schedule: Schedule) -> dict[str, Any]:
    """The document that other programs read."""
    cap = check_loan_cap(schedule)
    return {
        "rows": [_row(row) for row in schedule.rows],
        "totals": {
            "principal": schedule.principal,
            "interest": schedule.interest,
            "fees": schedule.fees,
            "total": schedule.total,
            "fees_at_disbursement": schedule.terms.fees_on("disbursement"),
        },
        "effective_annual_percent": _text(effective_annual_percent(schedule)),
        "declining_equivalent_percent": _text(declining_equivalent_percent(schedule)),
        "within_cap": cap.within,
        "cap_citation": cap.citation,
    }


def _row(row: Row) -> dict[str, Any]:
    return {
        "n": row.n,
        "from": row.from_on.isoformat(),
        "due_on": row.due_on.isoformat(),
        "principal": row.principal,
        "interest": row.interest,
        "fees": row.fees,
        "total": row.total,
        "balance_after": row.balance_after,
    }


def _text(percent: Decimal | None) -> str | None:
    return None if percent is None else str(percent)
