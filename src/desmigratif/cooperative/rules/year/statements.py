"""Position, result and changes in equity out of the accounts of a book year. Plain arithmetic: nothing is rounded.

Income and expense of the year are its SHU, whether or not the year is closed: the entry that closes it is left out of
the sums that come in. What older years earned and nobody closed stands under "SHU belum dibagi".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from desmigratif.cooperative.rules.year.layout import (
    GROWS_BY_DEBIT,
    OF_THE_RESULT,
    AccountSum,
    LineShape,
    SectionShape,
    by_line,
)

EARNED, UNDIVIDED = "shu_current", "shu_undivided"
SYIRKAH = "temporary_syirkah"  # neither owed nor owned; stands between, in books that have any (PSAK 401, to confirm)
OF_THE_BALANCE = ("asset", "liability", "equity")


@dataclass(frozen=True, slots=True)
class RowAccount:
    id: UUID
    code: str
    name: str
    amount: int
    before: int | None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a statement. `kind`: head, line or total. `before` is the prior year's, None where there was none."""

    kind: str
    label: str
    amount: int = 0
    before: int | None = None
    code: str = ""
    accounts: tuple[RowAccount, ...] = ()

    @property
    def is_empty(self) -> bool:
        return self.kind == "line" and not self.amount and not self.before


@dataclass(frozen=True, slots=True)
class Change:
    """One part of equity through the year."""

    label: str
    opening: int
    earned: int
    added: int
    taken: int

    @property
    def closing(self) -> int:
        return self.opening + self.earned + self.added - self.taken


Pick = Callable[[AccountSum], int]
Sums = Sequence[AccountSum]
Both = tuple[Sums, Sums | None]


def result_of(accounts: Iterable[AccountSum]) -> int:
    """The SHU of the year, below zero for a loss."""
    return -sum(account.moved for account in accounts if account.kind in OF_THE_RESULT)


def left_of_before(accounts: Iterable[AccountSum]) -> int:
    """What older years earned and no closing has moved yet."""
    return -sum(account.opening for account in accounts if account.kind in OF_THE_RESULT)


def position(
    sections: Sequence[SectionShape], now: Sequence[AccountSum], before: Sequence[AccountSum] | None
) -> list[Row]:
    """What is owned, owed and left, at the end of the year and of the one before."""
    lines = _lines(sections, (_of(now, OF_THE_BALANCE), _of_some(before)), lambda one: one.closing)
    lines[EARNED] = _with(lines[EARNED], result_of(now), None if before is None else result_of(before))
    lines[UNDIVIDED] = _with(lines[UNDIVIDED], left_of_before(now), None if before is None else left_of_before(before))
    rows: list[Row] = []
    for section in sections:
        part = [lines[line.code] for line in section.lines]
        rows += [Row("head", section.title), *part, _total(f"Jumlah {_lower(section.title)}", part, section.code)]
    return [*_with_grand_totals(rows)]


def _with_grand_totals(rows: list[Row]) -> Iterable[Row]:
    """All that is owned after the assets; all that is owed or left at the end."""
    sums = {row.code: row for row in rows if row.kind == "total"}
    for row in rows:
        yield row
        if row is sums["fixed_assets"]:
            yield _total("Jumlah aset", [sums["current_assets"], row], "assets")
        if row is sums["equity"]:
            parts = [sums["current_liabilities"], sums["long_liabilities"], sums[SYIRKAH], row]
            between = ", dana syirkah temporer," if sums[SYIRKAH].amount or sums[SYIRKAH].before else ""
            yield _total(f"Jumlah liabilitas{between} dan ekuitas", parts, "liabilities_and_equity")


def result(
    sections: Sequence[SectionShape], now: Sequence[AccountSum], before: Sequence[AccountSum] | None
) -> list[Row]:
    """What was earned with members and with others, what it cost, and the SHU that is left."""
    old = None if before is None else _of(before, tuple(OF_THE_RESULT))
    lines = _lines(sections, (_of(now, tuple(OF_THE_RESULT)), old), lambda one: one.moved)
    rows: list[Row] = []
    sum_now, sum_before = 0, None if before is None else 0
    for section in sections:
        part, sign = [lines[line.code] for line in section.lines], -1 if section.kind == "expense" else 1
        sum_now += sign * sum(row.amount for row in part)
        if sum_before is not None:
            sum_before += sign * sum(row.before or 0 for row in part)
        total = _total(f"Jumlah {_lower(section.title)}", part, section.code)
        rows += [Row("head", section.title), *part, total]
        if section.total:
            rows.append(Row("total", section.total, sum_now, sum_before, f"after_{section.code}"))
    return rows


def changes_in_equity(sections: Sequence[SectionShape], now: Sums) -> list[Change]:
    """Each part of equity: what stood, what the year earned, what came and what went. The SHU is one part."""
    equity = [section for section in sections if section.kind == "equity"]
    found = by_line(equity, _of(now, ("equity",)))
    shu = [*found.pop(UNDIVIDED, []), *found.pop(EARNED, [])]
    changes = [_change(line, found[line.code]) for line in equity[0].lines if found.get(line.code)]
    earned = _change(LineShape("shu", "SHU", ()), shu)
    opening = earned.opening + left_of_before(now)
    return [*changes, Change("SHU", opening, result_of(now), earned.added, earned.taken)]


def _change(line: LineShape, accounts: Iterable[AccountSum]) -> Change:
    rows = list(accounts)
    return Change(
        line.label, -sum(one.opening for one in rows), 0, sum(one.credit for one in rows),
        sum(one.debit for one in rows),
    )  # fmt: skip


# --- lines ---


def _of(accounts: Iterable[AccountSum], kinds: Sequence[str]) -> list[AccountSum]:
    return [account for account in accounts if account.kind in kinds]


def _of_some(accounts: Sums | None) -> list[AccountSum] | None:
    return None if accounts is None else _of(accounts, OF_THE_BALANCE)


def _lines(sections: Sequence[SectionShape], both: Both, pick: Pick) -> dict[str, Row]:
    """Every line by its code, each on the side on which its section grows."""
    now, before = both
    placed, old = by_line(sections, now), {one.id: pick(one) for one in before or ()}
    rows = {}
    for section in sections:
        sign = 1 if section.kind in GROWS_BY_DEBIT else -1
        for line in section.lines:
            parts = tuple(
                RowAccount(
                    one.id, one.code, one.name, sign * pick(one), None if before is None else sign * old.get(one.id, 0)
                )
                for one in placed.get(line.code, ())
            )
            rows[line.code] = _line(line, parts, has_before=before is not None)
    return rows


def _line(line: LineShape, parts: tuple[RowAccount, ...], *, has_before: bool) -> Row:
    before = sum(part.before or 0 for part in parts) if has_before else None
    return Row("line", line.label, sum(part.amount for part in parts), before, line.code, parts)


def _with(row: Row, amount: int, before: int | None) -> Row:
    """A line with what no account of it holds."""
    old = None if row.before is None else row.before + (before or 0)
    return Row(row.kind, row.label, row.amount + amount, old, row.code, row.accounts)


def _total(label: str, rows: Sequence[Row], code: str) -> Row:
    before = None if any(row.before is None for row in rows) else sum(row.before or 0 for row in rows)
    return Row("total", label, sum(row.amount for row in rows), before, code)


def _lower(title: str) -> str:
    return title[:1].lower() + title[1:]
