"""A loan reckoned a second time, from the story alone: its table, what is paid of it, what lateness costs.

Nothing here comes from the program; only what the story needs is here, and anything else is an error.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor
from typing import Any

BANDS = {"week": ((1, 2), (1, 3)), "month": ((3, 6), (3, 6)), "bullet": ((0, 3), (3, 6))}  # principal, interest
ORDER = ("late", "interest", "principal")


def half_up(exact: Fraction) -> int:
    return floor(exact + Fraction(1, 2))


def hundred_up(exact: Fraction) -> int:
    return ceil(exact / 100) * 100


def months_on(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass
class Part:
    """One instalment: what it asks, what was paid of it, and its exact late fee so far."""

    start: date
    due: date
    principal: int
    interest: int
    late: int = 0
    paid: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ORDER, 0))
    exact_late: Fraction = Fraction(0)
    late_to: date | None = None
    fixed_done: bool = False

    def left(self, what: str) -> int:
        return int(getattr(self, what)) - self.paid[what]

    @property
    def overdue(self) -> int:
        return self.left("principal") + self.left("interest")


class SecondLoan:
    """One loan. `happened` are (day, kind, rupiah) in the order in which they count."""

    def __init__(self, offer: Mapping[str, Any], principal: int, count: int, lent_on: date) -> None:
        self.offer, self.principal, self.count, self.lent_on = offer, principal, count, lent_on
        self.happened: list[tuple[date, str, int]] = []
        self.fee = half_up(Fraction(principal) * Fraction(offer.get("fee_percent", "0")) / 100)
        self.fee += offer.get("fee_fixed_rupiah", 0)

    # --- the table ---

    @property
    def rate(self) -> Fraction:
        """For one period: a month is a twelfth of a year, a week seven days of 360."""
        year = Fraction(self.offer["annual_percent"]) / 100
        return year * 7 / 360 if self.weekly else year / 12

    @property
    def weekly(self) -> bool:
        return self.offer.get("every_unit") == "week"

    def due(self, n: int) -> date:
        return self.lent_on + timedelta(days=7 * n) if self.weekly else months_on(self.lent_on, n)

    def table(self) -> list[Part]:
        rows = {"declining": self._declining, "flat": self._flat, "annuity": self._annuity, "bullet": self._bullet}
        made = rows[self.offer["method"]](self.principal, self.count)
        return [Part(self.due(n), self.due(n + 1), *row) for n, row in enumerate(made)]

    def _declining(self, balance: int, count: int) -> list[tuple[int, int]]:
        equal, rows = hundred_up(Fraction(balance, count)), []
        while balance:
            principal = balance if len(rows) == count - 1 else min(equal, balance)
            rows.append((principal, half_up(balance * self.rate)))
            balance -= principal
        return rows

    def _flat(self, balance: int, count: int) -> list[tuple[int, int]]:
        each, equal = half_up(balance * self.rate), hundred_up(Fraction(balance, count) + balance * self.rate)
        rows = [(equal - each, each)] * (count - 1)
        last = (
            balance - sum(principal for principal, _ in rows),
            half_up(balance * self.rate * count) - each * len(rows),
        )
        return [*rows, last]

    def _annuity(self, balance: int, count: int) -> list[tuple[int, int]]:
        equal, rows = hundred_up(balance * self.rate / (1 - 1 / (1 + self.rate) ** count)), []
        for n in range(count):
            interest = half_up(balance * self.rate)
            principal = balance if n == count - 1 else min(equal - interest, balance)
            rows.append((principal, interest))
            balance -= principal
        return rows

    def _bullet(self, balance: int, count: int) -> list[tuple[int, int]]:
        each = half_up(balance * self.rate)
        return [(0, each)] * (count - 1) + [(balance, each)]

    # --- what happened ---

    def stand(self, on: date) -> Stand:
        """Everything that counts up to a day, walked through again from the beginning."""
        stand = Stand(self, self.table())
        for day, kind, amount in sorted(self.happened, key=lambda one: one[0]):
            if day <= on:
                stand.grow_late(day)
                getattr(stand, kind)(day, amount)
        stand.grow_late(on)
        return stand


@dataclass
class Stand:
    """A loan on its way through what happened to it."""

    loan: SecondLoan
    parts: list[Part]
    got: dict[str, int] = field(default_factory=lambda: dict.fromkeys((*ORDER, "recovered"), 0))
    lost: int = 0
    gone: bool = False

    @property
    def open_principal(self) -> int:
        return 0 if self.gone else sum(part.left("principal") for part in self.parts)

    @property
    def is_paid(self) -> bool:
        return not self.gone and not any(part.overdue + part.left("late") for part in self.parts)

    def grow_late(self, day: date) -> None:
        offer = self.loan.offer
        percent, fixed = Fraction(offer.get("late_percent_per_day", "0")), offer.get("late_fixed_rupiah", 0)
        for part in self.parts if not self.gone else []:
            first = part.due + timedelta(days=offer.get("late_grace_days", 0))
            since = max(first, part.late_to or first)
            if day <= since:
                continue
            part.late_to = day
            if part.overdue <= 0:
                continue
            part.exact_late += 0 if part.fixed_done else fixed
            part.fixed_done = True
            part.exact_late += part.overdue * percent * (day - since).days / 100
            part.late = max(half_up(part.exact_late), part.paid["late"])

    def _lay_out(self, parts: list[Part], amount: int) -> int:
        for part in parts:
            for what in ORDER:
                taken = min(amount, part.left(what))
                part.paid[what] += taken
                self.got[what] += taken
                amount -= taken
        return amount

    def _due(self, day: date) -> list[Part]:
        return [part for part in self.parts if part.due <= day]

    def _ahead(self, day: date) -> list[Part]:
        return [part for part in self.parts if part.due > day]

    def pay(self, day: date, amount: int) -> None:
        if self.gone:
            self.got["recovered"] += amount
            return
        left = self._lay_out(self._ahead(day), self._lay_out(self._due(day), amount))
        assert left == 0, "more than is owed"

    def prepay_shorter(self, day: date, amount: int) -> None:
        """Only on a due date and of a declining loan: the story has no other."""
        left = self._lay_out(self._due(day), amount)
        ahead = self._ahead(day)
        assert self.loan.offer["method"] == "declining"
        assert ahead[0].start == day
        balance = sum(part.principal for part in ahead) - left
        self.got["principal"] += left
        rows = self.loan._declining(balance, ceil(Fraction(balance, ahead[0].principal)))
        kept = [Part(part.start, part.due, *row) for part, row in zip(ahead, rows, strict=False)]
        self.parts = [*self._due(day), *kept]

    def sum_to_end(self, day: date) -> int:
        """All that is due, all principal, and the interest of the running period by its days."""
        due = sum(part.overdue + part.left("late") for part in self._due(day))
        return due + sum(part.left("principal") for part in self._ahead(day)) + self._running_interest(day)

    def _running_interest(self, day: date) -> int:
        running = self._ahead(day)[0]
        assert running.paid["interest"] == 0, "the story ends no loan that was paid in advance"
        days, length = (day - running.start).days, (running.due - running.start).days
        return half_up(Fraction(running.interest * days, length))

    def pay_off(self, day: date, amount: int) -> None:
        ahead, interest = self._ahead(day), self._running_interest(day)
        principal = sum(part.left("principal") for part in ahead)
        left = self._lay_out(self._due(day), amount)
        assert left == principal + interest, f"the sum is {principal + interest}, not {left}"
        self.got["principal"] += principal
        self.got["interest"] += interest
        self.parts = self._due(day)

    def write_off(self, day: date, amount: int) -> None:
        self.lost, self.gone = self.open_principal, True

    # --- its class ---

    def provision(self, on: date, collateral: int) -> int:
        """What must be set aside at the end of a month."""
        if self.gone or self.is_paid:
            return 0
        kind = "bullet" if self.loan.offer["method"] == "bullet" else "week" if self.loan.weekly else "month"
        grade = max(self._grade("principal", BANDS[kind][0], on), self._grade("interest", BANDS[kind][1], on))
        if grade == 0:
            return half_up(Fraction(self.open_principal, 200))
        assert grade == 1, "the story has no doubtful loan at the end of a month"
        return half_up(Fraction(max(0, self.open_principal - collateral // 2), 10))

    def _grade(self, what: str, limits: tuple[int, int], on: date) -> int:
        late = [part.due for part in self.parts if part.due < on and part.left(what)]
        return sum(on > months_on(min(late), limit) for limit in limits) if late else 0
