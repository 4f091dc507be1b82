"""A cooperative and its units side by side: what they owe and hand one another taken out, and the sum.

Every statement is made once for each body by its own books, and once for all of them together without the accounts
between them. What is taken out is the difference, so that each line reads across: bodies + taken out = the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desmigratif.cooperative.rules.year.cash_flow import CashFlow, CashMove, cash_flow
from desmigratif.cooperative.rules.year.layout import AccountSum
from desmigratif.cooperative.rules.year.statements import Row

BETWEEN = frozenset({"unit_receivable", "unit_payable"})
Sums = Sequence[AccountSum]
Make = Callable[[Sums, Sums | None], list[Row]]


@dataclass(frozen=True, slots=True)
class CombinedRow:
    """One line: a value for each body, what is taken out, the sum; `before` is the prior year's sum, None without."""

    kind: str
    label: str
    code: str = ""
    values: tuple[int, ...] = ()
    before: int | None = None

    @property
    def is_empty(self) -> bool:
        return self.kind == "line" and not any(self.values) and not self.before


@dataclass(frozen=True, slots=True)
class CashBook:
    """What moved the cash of one body, what stood before, and the codes of its accounts between units."""

    moves: Sequence[CashMove]
    opening: int
    between: frozenset[str]


def owed_between(each: Sequence[Sums]) -> tuple[int, int]:
    """What bodies say they are owed by one another, and what they say they owe; equal when the books agree."""
    every = [one for sums in each for one in sums]
    owed = sum(one.closing for one in every if one.use == "unit_receivable")
    owing = -sum(one.closing for one in every if one.use == "unit_payable")
    return owed, owing


def side_by_side(make: Make, now: Sequence[Sums], before: Sequence[Sums] | None) -> tuple[CombinedRow, ...]:
    """The lines of one statement, for each body and for all; `before` are the sums of the prior year."""
    each = [make(sums, None) for sums in now]
    whole = make(_without_between(now), None if before is None else _without_between(before))
    return tuple(
        _row(row.kind, row.label, row.code, [one[place].amount for one in each], row.amount, row.before)
        for place, row in enumerate(whole)
    )


def _without_between(each: Sequence[Sums]) -> list[AccountSum]:
    return [one for sums in each for one in sums if one.use not in BETWEEN]


def _row(kind: str, label: str, code: str, each: Sequence[int], whole: int, before: int | None) -> CombinedRow:
    return CombinedRow(kind, label, code, (*each, whole - sum(each), whole), before)


def combined_cash(
    shape: Sequence[Mapping[str, Any]], now: Sequence[CashBook], before: Sequence[CashBook] | None
) -> tuple[CombinedRow, ...]:
    """The cash flow of each body and of all; money handed from one to the other is no cash that came or went."""
    each = [cash_flow(shape, one.moves, one.opening) for one in now]
    whole, older = _whole_cash(shape, now), None if before is None else _whole_cash(shape, before)
    rows: list[CombinedRow] = []
    for place, activity in enumerate(shape):
        title = activity["title"]
        rows.append(CombinedRow("head", title, f"head_{activity['code']}"))
        for line in activity["lines"]:
            for side in ("in", "out"):
                code = f"{line['code']}_{side}"
                rows.append(_cash_row("line", line[side], code, each, whole, older, _told(place, line[side])))
        net = f"Kas neto dari {title[:1].lower()}{title[1:]}"
        rows.append(_cash_row("total", net, activity["code"], each, whole, older, _net(place)))
    rows += [_cash_row("total", label, name, each, whole, older, _end(name)) for name, label in _ENDS]
    return tuple(rows)


_ENDS = (("change", "Kenaikan (penurunan) kas"), ("opening", "Kas awal"), ("closing", "Kas akhir"))
Pick = Callable[[CashFlow], int]


def _whole_cash(shape: Sequence[Mapping[str, Any]], books: Sequence[CashBook]) -> CashFlow:
    moves = [move for one in books for move in one.moves if move.code not in one.between]
    between = [move for one in books for move in one.moves if move.code in one.between]
    came, went = sum(move.came_in for move in between), sum(move.went_out for move in between)
    if came != went:  # one of them did not write it down: what is left must be seen, or cash would not add up
        mutual = min(came, went)
        moves.append(CashMove(between[0].code, came - mutual, went - mutual))
    return cash_flow(shape, moves, sum(one.opening for one in books))


def _told(place: int, label: str) -> Pick:
    return lambda flow: sum(line.amount for line in flow.activities[place].lines if line.label == label)


def _net(place: int) -> Pick:
    return lambda flow: flow.activities[place].total


def _end(name: str) -> Pick:
    return lambda flow: int(getattr(flow, name))


def _cash_row(
    kind: str, label: str, code: str, each: Sequence[CashFlow], whole: CashFlow, older: CashFlow | None, pick: Pick
) -> CombinedRow:
    return _row(kind, label, code, [pick(one) for one in each], pick(whole), None if older is None else pick(older))
