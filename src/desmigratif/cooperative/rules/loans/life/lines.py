"""The working copy of a loan's instalments while its events are replayed; nobody else uses it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from desmigratif.cooperative.rules.loans.life.state import Amounts, DueLine
from desmigratif.cooperative.rules.loans.policy import COMPONENTS, Component, LateFee
from desmigratif.cooperative.rules.loans.schedule import Row
from desmigratif.cooperative.rules.rounding import whole


@dataclass(slots=True)
class Line:
    """One instalment at work. `late` is exact until somebody asks; a day counts once, however often it is asked.

    `carried` is the part of `asked` that an older table left unpaid: whatever ends or changes this one, it is owed.
    """

    n: int
    from_on: date
    due_on: date
    start: date
    end: date
    reckoned: int
    asked: dict[Component, int]
    paid: dict[Component, int] = field(default_factory=lambda: dict.fromkeys(COMPONENTS, 0))
    late: Decimal = Decimal(0)
    late_until: date | None = None
    late_waived: int = 0
    late_stopped: bool = False
    fixed_asked: bool = False
    deferred: int = 0
    carried: dict[Component, int] = field(default_factory=lambda: dict.fromkeys(COMPONENTS, 0))

    @classmethod
    def of_row(cls, row: Row, n: int, deferred: int) -> Line:
        """A line of the table. `deferred` is interest reckoned up to and with it that a later line asks."""
        asked: dict[Component, int] = {
            "principal": row.principal, "interest": row.interest, "fees": row.fees, "late_fee": 0,
        }  # fmt: skip
        return cls(n, row.from_on, row.due_on, row.start, row.end, row.reckoned, asked, deferred=deferred)

    @classmethod
    def for_charge(cls, on: date, amount: int) -> Line:
        """A fee asked at once, beside the table; its number is 0."""
        asked: dict[Component, int] = {"principal": 0, "interest": 0, "fees": amount, "late_fee": 0}
        return cls(0, on, on, on, on, 0, asked, late_stopped=True)

    def open(self, component: Component) -> int:
        return self.asked[component] - self.paid[component]

    @property
    def open_total(self) -> int:
        return sum(self.open(component) for component in COMPONENTS)

    @property
    def instalment(self) -> int:
        """What the table asks, without late fees."""
        return self.asked["principal"] + self.asked["interest"] + self.asked["fees"]

    def pay(self, component: Component, at_most: int) -> int:
        """Take what is open, and say how much it was."""
        amount = min(at_most, self.open(component))
        self.paid[component] += amount
        return amount

    def carry(self, component: Component, amount: int) -> None:
        """Ask on this line what an older table left unpaid."""
        self.asked[component] += amount
        self.carried[component] += amount

    def carried_open(self, component: Component) -> int:
        """What an older table left and is unpaid still; money pays it first."""
        return max(0, self.carried[component] - self.paid[component])

    def drop_table(self) -> None:
        """Ask nothing more of this line than what an older table left."""
        self.asked = {name: max(self.paid[name], self.carried[name]) for name in COMPONENTS}

    def drop_open(self) -> dict[Component, int]:
        """Ask nothing more of this line (it moves elsewhere) and say what was open."""
        was_open = {component: self.open(component) for component in COMPONENTS}
        self.asked = dict(self.paid)
        self.late_stopped = True
        return was_open

    def grow_late(self, until: date, rule: LateFee, still: list[tuple[date, date]]) -> None:
        """Add the late fee of the days since the last time, up to and with the day `until`."""
        if self.late_stopped:
            return
        first = self.due_on + timedelta(days=rule.grace_days)
        since = max(first, self.late_until or first)
        if until <= since:
            return
        self.late_until = until
        overdue = sum(self.open(component) for component in ("principal", "interest", "fees"))
        days = (until - since).days - sum(_overlap(since, until, *pause) for pause in still)
        if overdue <= 0 or days <= 0:
            return
        if not self.fixed_asked:
            self.fixed_asked = True
            self.late += rule.fixed
        self.late += overdue * rule.percent_per_day * days / 100
        if rule.cap_percent is not None:
            self.late = min(self.late, self.instalment * rule.cap_percent / 100)
        self.asked["late_fee"] = max(whole(self.late) - self.late_waived, self.paid["late_fee"])

    def frozen(self) -> DueLine:
        return DueLine(self.n, self.from_on, self.due_on, Amounts(**self.asked), Amounts(**self.paid))


def lines_of(rows: Iterable[Row], after: int = 0) -> list[Line]:
    """Lines for a table's rows, numbered on from `after`."""
    lines, deferred = [], 0
    for number, row in enumerate(rows, start=after + 1):
        deferred += row.reckoned - row.interest
        lines.append(Line.of_row(row, number, deferred))
    return lines


def _overlap(since: date, until: date, start: date, end: date) -> int:
    """Days after `since` up to `until` that lie within a pause."""
    return max(0, (min(until, end) - max(since, start)).days)
