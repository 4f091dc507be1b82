"""A loan while its events are replayed: the lines at work, the money held, and how a payment is laid out over them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from desmigratif.cooperative.rules.loans.life.lines import Line
from desmigratif.cooperative.rules.loans.life.state import Allocation, Amounts, LoanState, Status
from desmigratif.cooperative.rules.loans.policy import COMPONENTS, Component, LoanPolicy
from desmigratif.cooperative.rules.loans.terms import LoanTerms
from desmigratif.cooperative.rules.rounding import percent_of, whole


@dataclass(slots=True)
class Work:
    terms: LoanTerms
    policy: LoanPolicy
    lines: list[Line]
    allocations: list[Allocation] = field(default_factory=list)
    held: list[tuple[str, int]] = field(default_factory=list)  # (event, rupiah) that wait for a due date
    pauses: list[tuple[date, date]] = field(default_factory=list)
    capitalised: int = 0
    waived: dict[Component, int] = field(default_factory=lambda: dict.fromkeys(COMPONENTS, 0))
    written_off: Amounts | None = None
    recovered: int = 0
    rescheduled_count: int = 0
    class_before: str = "current"  # collectibility when the last new table was made
    new_table_after: int = 0  # its lines have higher numbers

    # --- time ---

    def advance(self, day: date) -> None:
        """Bring the loan to a day: held money pays what fell due, late fees grow."""
        for line in self.in_order():
            if self.held and line.due_on <= day and line.open_total:
                self._late_until(line.due_on)
                self._pay_from_held(line)
        self._late_until(day)

    def _late_until(self, day: date) -> None:
        for line in self.lines:
            if line.due_on < day:
                line.grow_late(day, self.policy.late_fee, self.pauses)

    def _pay_from_held(self, line: Line) -> None:
        waiting, self.held = self.held, []
        for event_id, amount in waiting:
            left = self.lay_out(event_id, line.due_on, amount, [line])
            if left:
                self.held.append((event_id, left))

    # --- lines ---

    def in_order(self) -> list[Line]:
        return sorted(self.lines, key=lambda line: (line.due_on, line.n))

    def due(self, on: date) -> list[Line]:
        return [line for line in self.in_order() if line.due_on <= on]

    def ahead(self, on: date) -> list[Line]:
        """Instalments that are not due yet and not paid in advance; those of a grace that ask nothing too."""
        later = [line for line in self.in_order() if line.due_on > on]
        return [line for line in later if line.open_total or not any(line.paid.values())]

    def forget(self, lines: Iterable[Line]) -> dict[Component, int]:
        """Ask nothing more of these lines; those on which nothing was paid vanish. Says what was open."""
        was_open: dict[Component, int] = dict.fromkeys(COMPONENTS, 0)
        for line in list(lines):
            for component, amount in line.drop_open().items():
                was_open[component] += amount
            if not any(line.paid.values()):
                self.lines.remove(line)
        return was_open

    def deferred_before(self, line: Line) -> int:
        """Interest reckoned before a line in a grace and not asked yet."""
        before = [other for other in self.in_order() if other.n and other.n < line.n]
        return before[-1].deferred if before else 0

    def interest_up_to(self, on: date) -> int:
        """Interest of the period that a day is in, by days, what a grace has put off and an older table left; less what
        was paid of it."""
        ahead = self.ahead(on)
        if not ahead:
            return 0
        line = ahead[0]
        days, length = (on - line.start).days, (line.end - line.start).days
        share = Decimal(line.reckoned) * max(0, min(days, length)) / length if length else Decimal(0)
        before = self.deferred_before(line) + line.carried["interest"]
        return max(0, whole(share, self.terms.rounding.mode) + before - line.paid["interest"])

    def carried_ahead(self, component: Component, on: date) -> int:
        """What an older table left and is asked only with an instalment to come."""
        return sum(line.carried_open(component) for line in self.ahead(on))

    # --- money ---

    def lay_out(self, event_id: str, on: date, amount: int, lines: list[Line]) -> int:
        """Pay lines in the product's order; returns what is left."""
        order = self.policy.order
        if self.policy.by == "instalment":
            pairs = [(line, component) for line in lines for component in order]
        else:
            pairs = [(line, component) for component in order for line in lines]
        for line, component in pairs:
            if taken := line.pay(component, amount):
                amount -= taken
                self.allocations.append(Allocation(event_id, on, line.n, component, taken))
        return amount

    def payoff(self, on: date) -> Amounts:
        """What it takes to end the loan on a day."""
        rule, ahead = self.policy.payoff, self.ahead(on)
        due = [line for line in self.lines if line.due_on <= on]
        principal = sum(line.open("principal") for line in ahead)
        interest = self.interest_up_to(on)
        if rule.interest == "period" and ahead:
            interest = max(interest, ahead[0].open("interest"))
        elif rule.interest == "all":
            interest = sum(line.open("interest") for line in ahead)
        overdue = Amounts(**{name: sum(line.open(name) for line in due) for name in COMPONENTS})
        fees = percent_of(principal, rule.penalty_percent) + self.carried_ahead("fees", on)
        return overdue + Amounts(principal, interest, fees, self.carried_ahead("late_fee", on))

    # --- the answer ---

    def state(self, on: date) -> LoanState:
        lines = self.in_order()
        return LoanState(
            on=on,
            status=self._status(),
            lines=tuple(line.frozen() for line in lines),
            allocations=tuple(self.allocations),
            credit=sum(amount for _, amount in self.held),
            capitalised=self.capitalised,
            waived=Amounts(**self.waived),
            written_off=self.written_off or Amounts(),
            recovered=self.recovered,
            rescheduled_count=self.rescheduled_count,
            class_before=self.class_before,
            new_table_after=self.new_table_after,
        )

    def _status(self) -> Status:
        if self.written_off is not None:
            return "written_off"
        return "active" if any(line.open_total for line in self.lines) else "paid"
