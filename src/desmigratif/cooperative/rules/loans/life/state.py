"""How a loan stands on a day: what was asked, paid, is due, is late. Read-only; made by `life.replay.replay`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from typing import Literal

from desmigratif.cooperative.rules.loans.policy import COMPONENTS, Component

Status = Literal["active", "paid", "written_off"]


@dataclass(frozen=True, slots=True)
class Amounts:
    """Rupiah by component."""

    principal: int = 0
    interest: int = 0
    fees: int = 0
    late_fee: int = 0

    @property
    def total(self) -> int:
        return self.principal + self.interest + self.fees + self.late_fee

    def __add__(self, other: Amounts) -> Amounts:
        return Amounts(*(self.of(name) + other.of(name) for name in Amounts.__slots__))

    def __sub__(self, other: Amounts) -> Amounts:
        return Amounts(*(self.of(name) - other.of(name) for name in Amounts.__slots__))

    def of(self, component: str) -> int:
        amount: int = getattr(self, component)
        return amount


def total_of(amounts: list[Amounts]) -> Amounts:
    return Amounts(*(sum(one.of(name) for one in amounts) for name in Amounts.__slots__))


@dataclass(frozen=True, slots=True)
class DueLine:
    """One instalment as it stands: `asked` counts late fees up to the day and leaves out what was forgiven."""

    n: int
    from_on: date
    due_on: date
    asked: Amounts
    paid: Amounts

    @property
    def open(self) -> Amounts:
        return self.asked - self.paid


@dataclass(frozen=True, slots=True)
class Allocation:
    """Which part of an event's money paid what; what the ledger posts. `n` is the instalment."""

    event_id: str
    on: date
    n: int
    component: Component
    amount: int


@dataclass(frozen=True, slots=True)
class LoanState:
    """A loan on the day `on`.

    credit       money beyond all that is owed, or held for the next due date: it belongs to the member
    capitalised  interest that became principal when the loan was rescheduled
    waived       what was forgiven
    written_off  what left the books, 0 when nothing did; `recovered` came in afterwards
    class_before the collectibility when the loan last got a new table, whose lines come after `new_table_after`
    """

    on: date
    status: Status
    lines: tuple[DueLine, ...]
    allocations: tuple[Allocation, ...]
    credit: int
    capitalised: int
    waived: Amounts
    written_off: Amounts
    recovered: int
    rescheduled_count: int
    class_before: str = "current"
    new_table_after: int = 0

    @property
    def due(self) -> Amounts:
        """All that is asked up to today and not paid: overdue and due today."""
        return total_of([line.open for line in self.lines if line.due_on <= self.on])

    @property
    def due_today(self) -> Amounts:
        return total_of([line.open for line in self.lines if line.due_on == self.on])

    @property
    def overdue(self) -> Amounts:
        return total_of([line.open for line in self.lines if line.due_on < self.on])

    @property
    def principal_outstanding(self) -> int:
        """What the books show as lent; nothing after a write-off."""
        return 0 if self.status == "written_off" else sum(line.open.principal for line in self.lines)

    @property
    def claim(self) -> Amounts:
        """Everything that is asked and not paid, due or not, on the books or off."""
        return total_of([line.open for line in self.lines])

    @property
    def paid(self) -> Amounts:
        return total_of([line.paid for line in self.lines])

    @property
    def arrears_days(self) -> int:
        """Days since the oldest instalment of which principal or interest is open."""
        return max(self.principal_arrears_days, self.interest_arrears_days)

    @property
    def principal_arrears_days(self) -> int:
        return self._days_since_oldest("principal")

    @property
    def interest_arrears_days(self) -> int:
        return self._days_since_oldest("interest")

    @property
    def oldest_open_due_on(self) -> date | None:
        """The due date of the oldest instalment in arrears."""
        late = [line.due_on for line in self.lines if line.due_on < self.on and _is_open(line)]
        return min(late, default=None)

    @property
    def paid_in_a_row(self) -> int:
        """Instalments of the last new table that fell due and are paid, up to the first that is not."""
        by_number: dict[int, list[DueLine]] = {}
        for line in self.lines:
            if line.n > self.new_table_after and line.asked.principal + line.asked.interest:
                by_number.setdefault(line.n, []).append(line)
        done = (all(one.due_on <= self.on and not _is_open(one) for one in by_number[n]) for n in sorted(by_number))
        return sum(1 for _ in takewhile(bool, done))

    @property
    def next_line(self) -> DueLine | None:
        """The next instalment that is not due yet and not paid."""
        return next((line for line in self.lines if line.due_on > self.on and line.open.total > 0), None)

    def _days_since_oldest(self, component: Component) -> int:
        late = [line.due_on for line in self.lines if line.due_on < self.on and line.open.of(component) > 0]
        return (self.on - min(late)).days if late else 0


def _is_open(line: DueLine) -> bool:
    return line.open.principal > 0 or line.open.interest > 0


assert set(Amounts.__slots__) == set(COMPONENTS)  # noqa: S101  the four components, in whatever order
