"""The answer of an offer check: a level and the flags that led to it, each with its way out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

Level = Literal["clear", "advise", "hold", "stop"]
LEVELS: tuple[Level, ...] = ("clear", "advise", "hold", "stop")  # from harmless to grave


def worst(levels: Iterable[Level]) -> Level:
    """The gravest of some levels; `clear` when there are none."""
    return max(levels, key=LEVELS.index, default="clear")


@dataclass(frozen=True, slots=True)
class Finding:
    """One fact that a flag found wrong, as half a sentence; level and citation when not the flag's own."""

    text: str
    way_out: str
    citation: str | None = None
    level: Level | None = None


@dataclass(frozen=True, slots=True)
class Flag:
    """A red flag: why, by which rule, and the lawful way to go on. All for a person to read, in Indonesian."""

    code: str
    level: Level
    reason: str
    citation: str
    lawful_alternative: str


@dataclass(frozen=True, slots=True)
class OfferResult:
    """`level` is that of the gravest flag; `unknown` are dotted paths of what nobody has answered yet."""

    level: Level
    flags: tuple[Flag, ...]
    unknown: tuple[str, ...]
    rules_as_of: date

    def as_dict(self) -> dict[str, Any]:
        """The document that other programs read."""
        return {
            "level": self.level,
            "flags": [asdict(flag) for flag in self.flags],
            "unknown": list(self.unknown),
            "rules_as_of": self.rules_as_of.isoformat(),
        }
