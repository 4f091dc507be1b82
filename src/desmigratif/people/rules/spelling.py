"""Which known words of names may be meant by a word that was heard, read off wet paper, or typed by somebody far away.

Folding (`rules.names`) has made one of most spellings; here a letter is missing, added, wrong, or two stand exchanged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

_LONG = 8  # letters from which two mistakes are allowed
_SHORTEST = 3  # letters of a word that may be misspelt
MOST_NEAR = 4


def mistakes_allowed(word: str) -> int:
    return 0 if len(word) < _SHORTEST else 2 if len(word) >= _LONG else 1


class KnownWords:
    """The words of all names with how many people carry each, asked for what one of them may have been."""

    def __init__(self, people: Mapping[str, int]) -> None:
        self._people = people
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for word in people:
            self._by_length[len(word)].append(word)

    def carried_by(self, word: str) -> int:
        """How many people carry it; 0 for a word that nobody has counted yet."""
        return self._people.get(word, 0)

    def near(self, word: str) -> list[str]:
        """Other known words at the least distance that is allowed, the commonest first."""
        most = mistakes_allowed(word)
        found = [
            (distance, -self._people[known], known)
            for length in range(len(word) - most, len(word) + most + 1)
            for known, distance, _ in process.extract(
                word, self._by_length.get(length, ()), scorer=OSA.distance, score_cutoff=most, limit=MOST_NEAR * 2
            )
            if known != word
        ]
        return [known for _, _, known in sorted(found)[:MOST_NEAR]] if most else []


@dataclass(frozen=True, slots=True)
class Likeness:
    """How a name fits what was sought: less is better, in this order."""

    missing: int
    mistakes: int
    years_apart: int
    words_more: int

    def as_key(self) -> tuple[int, int, int, int]:
        return (self.missing, self.mistakes, self.years_apart, self.words_more)


def likeness(sought: Sequence[str], name: Sequence[str], *, years_apart: int) -> Likeness | None:
    """How well a name fits, word by word; None when too little of it does.

    Of three words or more one may be missing; the last one may be only begun.
    """
    missing = mistakes = 0
    for place, word in enumerate(sought):
        best = _nearest(word, name, may_be_begun=place == len(sought) - 1)
        if best is None:
            missing += 1
        else:
            mistakes += best
    if missing > (len(sought) >= 3):
        return None
    return Likeness(missing, mistakes, years_apart, max(0, len(name) - len(sought)))


def _nearest(word: str, name: Sequence[str], *, may_be_begun: bool) -> int | None:
    most = mistakes_allowed(word)
    distances = [0 if may_be_begun and known.startswith(word) else OSA.distance(word, known) for known in name]
    best = min(distances, default=most + 1)
    return best if best <= most else None
