"""Changes one thing at a time in dated values: what worked examples must notice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from desmigratif.shared import dated

Versions = tuple[dated.Dated, ...]


def changed(value: Any) -> Iterator[Any]:
    """The value with one thing changed, for each thing in it that could be written wrongly."""
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield from (value - 1, value + 1)
    elif isinstance(value, str):
        yield "ZZZ"
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield value[:number] + value[number + 1 :]
            yield from ([*value[:number], other, *value[number + 1 :]] for other in changed(item))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield {name: kept for name, kept in value.items() if name != key}
            yield from ({**value, key: other} for other in changed(item))


def wrong_versions(versions: Versions, *, first_day: bool = True) -> Iterator[Versions]:
    """Every version with one value changed, and every day between two versions (and the first) one day off."""
    for number, version in enumerate(versions):
        for value in changed(version.value):
            yield (*versions[:number], replace(version, value=value), *versions[number + 1 :])
    for days in (timedelta(days=-1), timedelta(days=1)):
        for earlier, later in pairwise(versions):
            day = later.since + days
            yield tuple(
                replace(version, until=day) if version is earlier
                else replace(version, since=day) if version is later
                else version
                for version in versions
            )  # fmt: skip
        if first_day:
            yield (replace(versions[0], since=versions[0].since + days), *versions[1:])


def unnoticed(
    monkeypatch: pytest.MonkeyPatch,
    file: str,
    all_true: Callable[[], bool],
    *,
    others: tuple[str, ...] = (),
    since_elsewhere: tuple[str, ...] = (),
) -> tuple[int, list[Any]]:
    """How many wrong laws were tried, and those under which `all_true` still held.

    `others`: files that the rule reads too. `since_elsewhere`: names whose first day another file decides.
    """
    real = dated.subject
    law = {name: real(name) for name in (file, *others)}
    tried, missed = 0, []
    for name, versions in real(file).items():
        for wrong in wrong_versions(versions, first_day=name not in since_elsewhere):
            broken = {**law, file: {**law[file], name: wrong}}
            with monkeypatch.context() as patched:
                patched.setattr(dated, "subject", broken.__getitem__)
                tried += 1
                if all_true():
                    missed.append((name, [(version.since, version.until, version.value) for version in wrong]))
    return tried, missed
