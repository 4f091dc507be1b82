"""Law as data: dated values from `regulations/*.yaml`. Never guesses.

A file holds, under each name, a list of versions::

    minimum_age:
      - from: 2017-11-22          # first day it holds
        until: 2020-01-01         # optional, first day it no longer holds
        value: 18                 # anything YAML can say
        citation: "UU 18/2017 Pasal 5 huruf a"
        status: read              # read | press | to_confirm
        source: "..."             # where we read it
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

try:  # eight times as fast as the one in Python; a machine without the C library reads the same
    from yaml import CSafeLoader as SafeLoader
except ImportError:
    from yaml import SafeLoader  # type: ignore[assignment]


def read_yaml(text: str) -> Any:
    """What a file of ours says; nothing but plain values is made of it."""
    return yaml.load(text, Loader=SafeLoader)


class NoValueOnDate(LookupError):
    """The regulations hold no value for that name on that day. An error of the data, never guessed over."""


@dataclass(frozen=True, slots=True)
class Dated:
    """One version of a value: what, since when, by which article, and how sure we are of the text."""

    value: Any
    since: date
    until: date | None
    citation: str
    status: str
    source: str

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


@cache
def subject(name: str) -> dict[str, tuple[Dated, ...]]:
    """Every dated value of one file, `subject("offer_safety")` for `regulations/offer_safety.yaml`."""
    text = files("desmigratif.regulations").joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    return {key: tuple(_version(row) for row in rows) for key, rows in read_yaml(text).items()}


def _version(row: dict[str, Any]) -> Dated:
    return Dated(
        value=row["value"],
        since=row["from"],
        until=row.get("until"),
        citation=row["citation"],
        status=row["status"],
        source=row.get("source", ""),
    )


def dated_on(path: str, on: date) -> Dated:
    """The version of "subject.name" that holds on a day. Raises `NoValueOnDate`."""
    file, _, name = path.partition(".")
    for version in subject(file).get(name, ()):
        if version.holds_on(on):
            return version
    raise NoValueOnDate(f"no value for {path} on {on.isoformat()}")


def value_on(path: str, on: date) -> Any:
    """The value of "subject.name" on a day. Raises `NoValueOnDate`."""
    return dated_on(path, on).value
