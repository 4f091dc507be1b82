"""One part of the first page of an office."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Block:
    """One part of the page. A cell is text, or {state, label} for a badge; the first cell of a row names it."""

    title: str
    icon: str
    sentence: str
    head: tuple[str, ...] = ()
    rows: list[list[Any]] = field(default_factory=list)
    note: str = ""
    links: list[dict[str, str]] = field(default_factory=list)
