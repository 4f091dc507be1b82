"""Pages of long lists by the last row that was shown: page one thousand costs what page two does.

The fields of the order end with a unique one. The cursor is what stands in the address: the values of the last row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet

M = TypeVar("M", bound=Model)
BETWEEN = "~"


@dataclass(frozen=True, slots=True)
class Slice(Generic[M]):
    """One page; `cursor` leads to the next one and is empty on the last, `is_first` says whether it is the first."""

    rows: list[M]
    cursor: str
    is_first: bool


def page_of(rows: QuerySet[M], order: Sequence[str], *, after: str, size: int) -> Slice[M]:
    """The rows after a cursor, in an order; a cursor that means nothing is read as none."""
    ordered = rows.order_by(*order)
    found, is_first = None, True
    if values := _read(after, len(order)):
        try:
            found, is_first = list(ordered.filter(_beyond(order, values))[: size + 1]), False
        except (ValueError, ValidationError):
            is_first = True
    if found is None:
        found = list(ordered[: size + 1])
    more = len(found) > size
    shown = found[:size]
    cursor = BETWEEN.join(str(getattr(shown[-1], name)) for name in order) if more else ""
    return Slice(shown, cursor, is_first)


def _read(after: str, parts: int) -> list[str]:
    values = after.split(BETWEEN)
    return values if len(values) == parts and all(values) else []


def _beyond(order: Sequence[str], values: Sequence[Any]) -> Q:
    """(a, b, c) > (x, y, z), told so that an index on (a, b, c) can begin at x."""
    name, value = order[0], values[0]
    if len(order) == 1:
        return Q(**{f"{name}__gt": value})
    rest = _beyond(order[1:], values[1:])
    return Q(**{f"{name}__gte": value}) & (Q(**{f"{name}__gt": value}) | rest)
