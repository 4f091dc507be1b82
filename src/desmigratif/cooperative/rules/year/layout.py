"""Which account stands on which line of a statement. The lines themselves are data of the regulations.

An account is looked for among lines of its own kind; the longest beginning of its code wins, and a line with the
empty beginning takes whatever people opened themselves. So every account stands on exactly one line.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

GROWS_BY_DEBIT = frozenset({"asset", "expense"})
OF_THE_RESULT = frozenset({"income", "expense"})


class NoLine(LookupError):
    """No line takes this account: a mistake of the data, not of a person."""


@dataclass(frozen=True, slots=True)
class AccountSum:
    """One account in a book year, debit above zero: what stood before it, and what went in on each side during it."""

    id: UUID
    code: str
    name: str
    kind: str
    member_side: str = ""
    use: str = ""
    opening: int = 0
    debit: int = 0
    credit: int = 0

    @property
    def moved(self) -> int:
        return self.debit - self.credit

    @property
    def closing(self) -> int:
        return self.opening + self.moved


@dataclass(frozen=True, slots=True)
class LineShape:
    code: str
    label: str
    accounts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SectionShape:
    """`member` parts income by with whom it was earned; `total` names the running sum after the section."""

    code: str
    title: str
    kind: str
    lines: tuple[LineShape, ...]
    member: str = ""
    total: str = ""

    def takes(self, account: AccountSum) -> bool:
        side = account.member_side or "non_member"
        return account.kind == self.kind and self.member in ("", side)


def sections_of(rows: Sequence[Mapping[str, Any]]) -> tuple[SectionShape, ...]:
    """The sections of a statement as the regulations write them."""
    return tuple(
        SectionShape(
            code=row["code"],
            title=row["title"],
            kind=row["kind"],
            member=row.get("member", ""),
            total=row.get("total", ""),
            lines=tuple(LineShape(one["code"], one["label"], tuple(one["accounts"])) for one in row["lines"]),
        )
        for row in rows
    )


def by_line(sections: Sequence[SectionShape], accounts: Iterable[AccountSum]) -> dict[str, list[AccountSum]]:
    """The accounts of each line, under its code, in the order given. Raises `NoLine`."""
    found: dict[str, list[AccountSum]] = defaultdict(list)
    for account in accounts:
        choices = [(line, section) for section in sections if section.takes(account) for line in section.lines]
        found[best_line([line for line, _ in choices], account.code).code].append(account)
    return found


def best_line(lines: Sequence[LineShape], code: str) -> LineShape:
    """The line whose beginning fits this code best. Raises `NoLine`."""
    fits = [(len(start), line) for line in lines for start in line.accounts if code.startswith(start)]
    if not fits:
        raise NoLine(code)
    return max(fits, key=lambda fit: fit[0])[1]
