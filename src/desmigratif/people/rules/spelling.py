"""Which known words of names may be meant by a word that was heard, read off wet paper, or typed by somebody far away.

Folding (`rules.names`) has made one of most spellings; here a letter is missing, added, wrong, or two stand exchanged.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

_LONG = 8  # letters from which two mistakes are allowed
_SHORTEST = 3  # letters of a word that may be misspelt
MOST_NEAR = 4
_FAR = (99, 1)
_WITHOUT_VOWELS = str.maketrans("", "", "aeiou")


def mistakes_allowed(word: str) -> int:
    return 0 if len(word) < _SHORTEST else 2 if len(word) >= _LONG else 1


@dataclass(frozen=True, slots=True)
class Likeness:
    """How a name fits what was sought: less is better, in this order."""

    missing: int
    mistakes: int
    wrong_letters: int  # of the mistakes: likelier is one left out, exchanged, or another vowel
    words_more: int

    def as_key(self) -> tuple[int, int, int, int]:
        return (self.missing, self.mistakes, self.wrong_letters, self.words_more)


class KnownWords:
    """The words of all names with how many people carry each, asked for what one of them may have been.

    A slip leaves the first letter or the last two as they were, so only words that share these are compared.
    """

    def __init__(self, people: Mapping[str, int]) -> None:
        self._people = people
        self._sorted = sorted(people)
        self._by_ends: dict[tuple[str, int], list[str]] = defaultdict(list)
        for word in people:
            self._by_ends[word[:1], len(word)].append(word)
            self._by_ends[f"-{word[-2:]}", len(word)].append(word)

    def carried_by(self, word: str) -> int:
        """How many people carry it; 0 for a word that nobody has counted yet."""
        return self._people.get(word, 0)

    def near(self, *heard: str, most_words: int = MOST_NEAR) -> list[str]:
        """Other known words that one of these may have been, the nearest and then the commonest first."""
        alike: dict[str, int] = {}
        for word in heard:
            for one, distance in self._alike(word):
                alike[one] = min(distance, alike.get(one, distance))
        alike.pop(heard[0], None)
        return heapq.nsmallest(most_words, alike, key=lambda one: (alike[one], -self._people[one], one))

    def _alike(self, word: str) -> Iterator[tuple[str, int]]:
        """Known words at a distance that is allowed."""
        from rapidfuzz import process  # only who looks for a misspelt name carries it
        from rapidfuzz.distance import OSA

        most = mistakes_allowed(word)
        for length in range(len(word) - most, len(word) + most + 1) if most else ():
            for end in (word[:1], f"-{word[-2:]}"):
                known = self._by_ends.get((end, length), ())
                near = process.extract(word, known, scorer=OSA.distance, score_cutoff=most, limit=None)
                yield from ((one, distance) for one, distance, _ in near)

    def begun_by(self, beginning: str, most_words: int = MOST_NEAR) -> list[str]:
        """Longer known words that begin so, the commonest first."""
        place = bisect_right(self._sorted, beginning)
        until = bisect_left(self._sorted, beginning + "{", lo=place)
        return heapq.nsmallest(most_words, self._sorted[place:until], key=lambda one: (-self._people[one], one))


class Fit:
    """How names fit what was sought; remembers how far apart two words lie, as many names share theirs."""

    def __init__(self, sought: Sequence[tuple[str, ...]]) -> None:
        """`sought`: each word, with what else it may be."""
        self._sought = sought
        self._apart: list[dict[str, tuple[int, int]]] = [{} for _ in sought]

    def of(self, name: Sequence[str]) -> Likeness | None:
        """How well a name fits, word by word; None when too little of it does.

        Of three words or more one may be missing; the last one may be only begun.
        """
        missing = mistakes = wrong = 0
        for place in range(len(self._sought)):
            best = min((self._distance(place, known) for known in name), default=_FAR)
            if best == _FAR:
                missing += 1
            else:
                mistakes, wrong = mistakes + best[0], wrong + best[1]
        if missing > (len(self._sought) >= 3):
            return None
        return Likeness(missing, mistakes, wrong, max(0, len(name) - len(self._sought)))

    def _distance(self, place: int, known: str) -> tuple[int, int]:
        seen = self._apart[place]
        if known not in seen:
            is_last = place == len(self._sought) - 1
            seen[known] = min(_mistakes(word, known, may_be_begun=is_last) for word in self._sought[place])
        return seen[known]


def _mistakes(word: str, known: str, *, may_be_begun: bool) -> tuple[int, int]:
    """(mistakes, whether a letter is wrong) that make one word of the other; `_FAR` when more than are allowed."""
    if word == known or (may_be_begun and known.startswith(word)):
        return (0, 0)
    from rapidfuzz.distance import OSA

    most = mistakes_allowed(word)
    distance = OSA.distance(word, known, score_cutoff=most)
    if distance > most:
        return _FAR
    ours, theirs = (sorted(one.translate(_WITHOUT_VOWELS)) for one in (word, known))
    return (distance, int(len(word) == len(known) and ours != theirs))
