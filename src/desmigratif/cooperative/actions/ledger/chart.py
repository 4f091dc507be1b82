"""Accounts of a cooperative from the lines of a chart in the regulations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from desmigratif.cooperative.models import Account, Cooperative

_DEBIT_KINDS = frozenset({"asset", "expense"})


def account_of_chart(cooperative: Cooperative, row: dict[str, Any]) -> Account:
    """A line of the chart in the regulations as a row of this cooperative."""
    kind = str(row["kind"])
    return Account(
        village_code=cooperative.village_code, cooperative=cooperative, code=row["code"], name=row["name"], kind=kind,
        side=row.get("side", side_of(kind)), member_side=row.get("member", ""), use=row["use"],
        has_holders=row.get("holders", False), may_overdraw=row.get("overdraw", False),
    )  # fmt: skip


def side_of(kind: str) -> int:
    """The side on which an account of this kind grows: 1 is debit."""
    return 1 if kind in _DEBIT_KINDS else -1


def open_accounts(cooperative: Cooperative, rows: Iterable[dict[str, Any]]) -> None:
    """Those of these lines that the chart does not have yet, by their use. A code that people took gets a digit."""
    known = set(Account.objects.of(cooperative).exclude(use="").values_list("use", flat=True))
    taken = set(Account.objects.of(cooperative).values_list("code", flat=True))
    fresh = [row if row["code"] not in taken else {**row, "code": f"{row['code']}9"} for row in rows]
    Account.objects.bulk_create([account_of_chart(cooperative, row) for row in fresh if row["use"] not in known])
