"""The parts of a paper, plain values that Typst sets one below the other. Words are data there, never markup."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

Part = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Paper:
    """Whose paper, of which day, what it is called, its parts; `foot` stands at the foot of every page."""

    body: str
    body_lines: tuple[str, ...]
    title: str
    on: date
    foot: str
    parts: tuple[Part, ...]

    def as_dict(self) -> dict[str, Any]:
        return {
            "body": self.body, "body_lines": list(self.body_lines), "title": self.title, "foot": self.foot,
            "parts": list(self.parts),
        }  # fmt: skip


def title(text: str, under: str = "") -> Part:
    return {"type": "title", "text": text, "under": under}


def heading(text: str, level: int = 1) -> Part:
    return {"type": "heading", "text": text, "level": level}


def words(text: str) -> list[Part]:
    """One part for each paragraph; an empty line parts them."""
    return [{"type": "text", "text": " ".join(part.split())} for part in text.split("\n\n") if part.strip()]


def facts(*rows: tuple[str, str]) -> Part:
    return {"type": "facts", "rows": [list(row) for row in rows]}


def numbered(items: Sequence[str]) -> Part:
    return {"type": "list", "items": list(items)}


def table(
    columns: Sequence[str], rows: Sequence[Sequence[str]], *, align: str, widths: Sequence[int], total: bool = False,
    tall: int = 3, strong: Sequence[int] = (),
) -> Part:  # fmt: skip
    """`align`: a letter a column (l, r, c); `widths`: shares of the page, 0 = as needed; `strong`: rows in bold."""
    bold = [*strong, *([len(rows) - 1] if total and rows else [])]
    return {
        "type": "table", "columns": list(columns), "rows": [list(row) for row in rows], "align": list(align),
        "widths": list(widths), "strong": bold, "tall": tall,
    }  # fmt: skip


def statement(columns: Sequence[str], lines: Sequence[tuple[str, str, Sequence[str]]]) -> Part:
    """A table of sums as accountants set it: (head, line or total; label; values)."""
    return {
        "type": "statement", "columns": list(columns),
        "lines": [{"kind": kind, "label": label, "values": list(values)} for kind, label, values in lines],
    }  # fmt: skip


def signatures(*people: tuple[str, str]) -> Part:
    """(above, name); an empty name leaves a line to write on."""
    return {"type": "signatures", "people": [list(one) for one in people]}


def wall(*items: tuple[str, str, str]) -> Part:
    """Big figures: label, value, and what is to be said of it."""
    return {"type": "wall", "items": [{"label": label, "value": value, "note": note} for label, value, note in items]}


def bars(rows: Sequence[tuple[str, int, str]]) -> Part:
    """(label, amount, the amount in words): a bar as long as its share of the longest."""
    longest = max((amount for _label, amount, _value in rows), default=0) or 1
    return {
        "type": "bars",
        "rows": [
            {"label": label, "share": max(amount, 0) * 100 / longest, "value": value} for label, amount, value in rows
        ],
    }


BREAK: Part = {"type": "break"}
CONTENTS: Part = {"type": "contents"}  # the headings of the first level with their pages
