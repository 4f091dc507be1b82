"""What a household's signals propose to do next. Proposals say why; a person decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any
from uuid import UUID

import yaml

from desmigratif.shared.dates import format_date


@dataclass(frozen=True, slots=True)
class LiveSignal:
    """A state that stands now: its kind, since when, and of whom (None = the whole household)."""

    kind: str
    since: date
    resident_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """One thing to do, why, and under which name of an address it is done; `kind` is the signal behind it."""

    kind: str
    title: str
    why: str
    act: str
    act_label: str
    with_resident: str
    resident_id: UUID | None


@cache
def _told() -> dict[str, Any]:
    text = files("desmigratif.regulations").joinpath("proposals.yaml").read_text(encoding="utf-8")
    told: dict[str, Any] = yaml.safe_load(text)
    return told


def signal_in_words(kind: str) -> tuple[str, str] | None:
    """(state, label) of a signal; None for a kind that is not meant for the screen."""
    said = _told()["signals"].get(kind)
    return (said["state"], said["label"]) if said else None


def proposals_for(
    signals: Sequence[LiveSignal], *, names: Mapping[UUID, str], child_at_home: bool, grown_up_at_home: bool = False
) -> list[Proposal]:
    """What these signals propose, weightiest first; the same rule once per resident."""
    found = []
    at_home = {"child_at_home": child_at_home, "grown_up_at_home": grown_up_at_home}
    for rule in _told()["proposals"]:
        if "needs" in rule and not at_home[rule["needs"]]:
            continue
        for signal in signals:
            if signal.kind == rule["signal"] and not _answered(rule, signal, signals):
                found.append(_proposal(rule, signal, names))
    return found


def _answered(rule: Mapping[str, Any], signal: LiveSignal, signals: Sequence[LiveSignal]) -> bool:
    whose = (None, signal.resident_id)
    return any(other.kind in rule.get("unless", ()) and other.resident_id in whose for other in signals)


def _proposal(rule: Mapping[str, Any], signal: LiveSignal, names: Mapping[UUID, str]) -> Proposal:
    name = names.get(signal.resident_id, "keluarga ini") if signal.resident_id else "keluarga ini"
    words = {"name": name, "since": format_date(signal.since)}
    return Proposal(
        kind=signal.kind,
        title=rule["title"].format(**words),
        why=rule["why"].format(**words),
        act=rule["act"],
        act_label=rule["act_label"].format(**words),
        with_resident=rule["with_resident"],
        resident_id=signal.resident_id,
    )
