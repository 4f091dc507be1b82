"""What happens in the life of a loan after it was handed out, as a list of facts.

Each event has the day it counts for (`on`) and an id that never changes (UUIDv7 as text). The state of a loan is
reckoned from all its events in the order of their days, so a payment that is entered late lands where it belongs.
On one day, changes of the terms come before money; among equals the smaller id comes first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar, Literal

from desmigratif.cooperative.rules.days import Every
from desmigratif.cooperative.rules.loans.policy import Component, Effect
from desmigratif.cooperative.rules.loans.terms import MONTHLY, Method


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    rank: ClassVar[int] = 0
    id: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Moratorium(Event):
    """All that is not due yet falls due `months` later; late fees stand still. Interest goes on, or is free."""

    rank: ClassVar[int] = 1
    months: int
    interest: Literal["free", "charged"] = "free"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reschedule(Event):
    """What is still owed gets a new table. None keeps the old rate or method.

    Unpaid interest becomes principal (`capitalise`) or stays interest and is asked first; fees and late fees always
    are asked first. The first `interest_free` instalments of the new table earn no interest. `class_before` is the
    collectibility on the day of the new table.
    """

    rank: ClassVar[int] = 2
    instalments: int
    every: Every = MONTHLY
    first_due_on: date | None = None
    annual_rate_percent: Decimal | None = None
    method: Method | None = None
    capitalise: bool = False
    interest_free: int = 0
    class_before: str = "current"


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge(Event):
    """A fee that came up on the way (a letter, a stamp), asked at once."""

    rank: ClassVar[int] = 3
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver(Event):
    """The cooperative forgives up to so much of what is due of one component, oldest first."""

    rank: ClassVar[int] = 4
    component: Component
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment(Event):
    rank: ClassVar[int] = 5
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepayment(Event):
    """Pays what is due; the rest lowers the principal at once, with fewer or smaller instalments after it."""

    rank: ClassVar[int] = 6
    amount: int
    effect: Effect = "shorter"


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlyPayoff(Event):
    """Ends the loan when `amount` is at least the payoff sum of that day; otherwise it is a payment like others."""

    rank: ClassVar[int] = 7
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteOff(Event):
    """The loan leaves the books; the claim stays, and what is paid later is a recovery."""

    rank: ClassVar[int] = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Reversal(Event):
    """Takes another event back as if it had never been."""

    rank: ClassVar[int] = 9
    of: str


def in_order(events: Iterable[Event], until: date) -> list[Event]:
    """The events that count up to a day, whatever order they arrived in; those taken back are left out."""
    known = [event for event in events if event.on <= until]
    taken_back = {event.of for event in known if isinstance(event, Reversal)}
    standing = [event for event in known if event.id not in taken_back and not isinstance(event, Reversal)]
    return sorted(standing, key=lambda event: (event.on, event.rank, event.id))
