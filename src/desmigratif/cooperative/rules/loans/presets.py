"""Kinds of loans as people know them: what a treasurer starts from, and the harvests after which one is paid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desmigratif.shared.dated import dated_on


@dataclass(frozen=True, slots=True)
class Season:
    """A harvest, and how many months after the money it is sold."""

    code: str
    label: str
    months: int


SEASONAL = "musiman"
METHOD_OF = {"menurun": "declining", "tetap": "flat", "anuitas": "annuity", SEASONAL: "bullet"}
USUAL_PRESET = "menurun"


def preset_named(word: str) -> str:
    """The kind that a word of an address names; else the usual one."""
    return word if word in METHOD_OF else USUAL_PRESET


def seasons_on(on: date) -> list[Season]:
    """The harvests of the dated data, in its order."""
    found: Mapping[str, Mapping[str, object]] = dated_on("cooperative_lending.seasons", on).value
    return [Season(code, str(one["label"]), int(str(one["months"]))) for code, one in found.items()]
