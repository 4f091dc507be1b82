"""What a pillar gives of its records for a de-identified extract: values of a fixed safe list, and whose they are.

`Record.unit` says whom a row speaks of (a person, a group), so that one who has five rows is not taken for five. It
never leaves the program. A column whose kind is `TOLD` is what somebody would want to learn of a person; by the
others a person could be recognised, so they are written as coarsely as it takes.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

UNKNOWN = "tidak diketahui"


class Kind(StrEnum):
    """How a column's values are written: finest first, see extracts/rules/ladders.py."""

    PLACE = "place"  # code of a village
    MONTH = "month"  # a day
    AGE = "age"  # full years
    PLAIN = "plain"  # a word
    TOLD = "told"  # a word or a band


@dataclass(frozen=True, slots=True)
class Column:
    """One column that may be asked for: `code` heads it in the file, `means` stands in the dictionary."""

    code: str
    label: str
    kind: Kind
    means: str


@dataclass(frozen=True, slots=True)
class Record:
    """One row before it is made coarser: column code -> value, None = unknown."""

    unit: Hashable
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Source:
    """One subject of a pillar. `records`: of a region (by code), from a day to a day."""

    code: str
    label: str
    unit_label: str
    means: str
    columns: tuple[Column, ...]
    records: Callable[[str, date, date], Iterable[Record]]


def band(amount: int | None, limits: Sequence[int], say: Callable[[int], str] = str) -> str | None:
    """The band in which an amount lies: "di bawah 5", "5 sampai di bawah 10", "10 atau lebih"."""
    if amount is None:
        return None
    above = [limit for limit in limits if limit <= amount]
    if not above:
        return f"di bawah {say(limits[0])}"
    if len(above) == len(limits):
        return f"{say(limits[-1])} atau lebih"
    return f"{say(above[-1])} sampai di bawah {say(limits[len(above)])}"
