"""The kinds of village letters as the regulations of a day describe them (regulations/village_letters.yaml)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from desmigratif.shared.dated import NoValueOnDate, value_on

CHILD_IS_ASKED_FOR_BY = ("parent", "guardian")


@dataclass(frozen=True, slots=True)
class Named:
    """A fact of a letter: how it is called, how it is asked, and the sentence when it is missing."""

    code: str
    label: str
    missing: str
    hint: str = ""
    most: int = 0
    is_day: bool = False
    required: bool = True


@dataclass(frozen=True, slots=True)
class Block:
    """One part of the body: a text with {facts}, or rows by the names of their facts."""

    text: str = ""
    rows: tuple[str, ...] = ()
    indent: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of letter; the fields are explained in regulations/village_letters.yaml."""

    code: str
    label: str
    title: str
    use: str
    classification: str
    register: tuple[Named, ...]
    asks: tuple[Named, ...]
    asked_by: Mapping[str, str]
    minimum_age: int
    alone_from: int
    needs_plan: bool
    once: bool
    together: bool
    valid_months: int | None
    attests: str
    holder_signs: bool
    privacy: str
    citation: str
    status: str
    body: tuple[Block, ...]
    labels: Mapping[str, str] = field(repr=False)

    def asked(self, code: str) -> Named | None:
        return next((one for one in self.asks if one.code == code), None)

    def askers_for(self, age: int | None) -> dict[str, str]:
        """Who may ask for the letter of a holder of that age; of unknown age: whoever may for anybody."""
        if age is None:
            return dict(self.asked_by)
        child = age < self.alone_from
        return {code: label for code, label in self.asked_by.items() if (code in CHILD_IS_ASKED_FOR_BY) == child}


def kinds_on(day: date) -> tuple[Kind, ...]:
    """Every kind that villages write on a day, in the order of the list. None before the rules we hold."""
    try:
        rows = value_on("village_letters.kinds", day)
    except NoValueOnDate:
        return ()
    asked, register = value_on("village_letters.asked", day), value_on("village_letters.register", day)
    askers = value_on("village_letters.askers", day)
    labels = {code: row["label"] for code, row in {**register, **asked}.items()}
    return tuple(_kind(row, asked, register, askers, labels) for row in rows)


def kind_on(code: str, day: date) -> Kind | None:
    return next((kind for kind in kinds_on(day) if kind.code == code), None)


def _kind(
    row: Mapping[str, Any],
    asked: Mapping[str, Any],
    register: Mapping[str, Any],
    askers: Mapping[str, str],
    labels: Mapping[str, str],
) -> Kind:
    plain = (
        "code", "label", "title", "use", "classification", "minimum_age", "alone_from", "once", "together",
        "valid_months", "attests", "holder_signs", "privacy", "citation", "status",
    )  # fmt: skip
    return Kind(
        **{name: row[name] for name in plain},
        register=tuple(Named(code, **register[code]) for code in row["register"]),
        asks=tuple(_asked(code, asked) for code in row["asks"]),
        asked_by={code: askers[code] for code in row["asked_by"]},
        needs_plan={"needed": True, "no": False}[row["plan"]],
        body=tuple(_block(block) for block in row["body"]),
        labels=labels,
    )


def _asked(name: str, asked: Mapping[str, Any]) -> Named:
    code, required = name.removesuffix("?"), not name.endswith("?")
    row = asked[code]
    return Named(
        code, row["label"], row["missing"], hint=row["hint"], most=row["most"],
        is_day={"day": True, "text": False}[row["as"]], required=required,
    )  # fmt: skip


def _block(row: Mapping[str, Any]) -> Block:
    if not set(row) <= {"text", "rows", "indent"}:
        raise KeyError("a block has text or rows")
    return Block(row.get("text", ""), tuple(row.get("rows", ())), row.get("indent", False))
