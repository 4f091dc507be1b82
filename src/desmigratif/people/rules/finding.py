"""Finding a person by half a name, misspellings included, among the folded names of a village.

A village of 4,000 has some hundred different words in its names, so questions are asked of the words: which of them
hold what was typed, which sound like it, and who carries them.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from desmigratif.people.rules.names import fold_name

Key = TypeVar("Key")
_SURE_ENOUGH = 0.88  # Jaro-Winkler of two words that may be one name misspelt
_SHORTEST_MISSPELT = 3  # letters of a word that may be misspelt


def rank_names(query: str, candidates: Iterable[tuple[Key, str]], limit: int) -> list[Key]:
    """`NameIndex.rank` for candidates that are asked about once."""
    return NameIndex(candidates).rank(query, limit)


class NameIndex(Generic[Key]):
    """Candidates (key, folded name) by the words of their names; built once and asked often."""

    def __init__(self, candidates: Iterable[tuple[Key, str]]) -> None:
        pool = list(candidates)
        self._keys = [key for key, _ in pool]
        self._names = [name for _, name in pool]
        self._joined = [name.replace(" ", "") for name in self._names]
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, name in enumerate(self._names):
            for word in name.split():
                self._places[word].append(place)
        self._words = list(self._places)

    def rank(self, query: str, limit: int) -> list[Key]:
        """Keys of the candidates that fit half a name, best first.

        Every word of the query must begin or stand inside the name; only when that leaves room are misspellings
        added (Jaro-Winkler by word). An empty query finds nobody.
        """
        folded = fold_name(query)
        words = folded.split()
        if not words or limit < 1:
            return []
        holding = self._that_hold(words)
        ranked = [(self._rank_of(place, folded, words), self._names[place], place) for place in holding]
        if len(ranked) < limit:
            ranked += [one for one in self._that_sound_like(words) if one[2] not in holding]
        return [self._keys[place] for _, _, place in heapq.nsmallest(limit, ranked)]

    def _that_hold(self, words: Sequence[str]) -> set[int]:
        """Places of the names in which every word of the query stands, or all of them written as one word."""
        joined = "".join(words)
        found = {place for place, name in enumerate(self._joined) if joined in name}
        apart: set[int] | None = None
        for word in words:
            places = {place for known in self._words if word in known for place in self._places[known]}
            apart = places if apart is None else apart & places
        return found | (apart or set())

    def _rank_of(self, place: int, folded: str, words: Sequence[str]) -> int:
        """0 equal, 1 begins so, 2 every word begins a word, 3 stands inside."""
        name = self._names[place]
        if name == folded:
            return 0
        if name.startswith(folded):
            return 1
        spaced = f" {name}"
        return 2 if all(f" {word}" in spaced for word in words) else 3

    def _that_sound_like(self, words: Sequence[str]) -> list[tuple[int, str, int]]:
        """Candidates in which every word of the query has a likely misspelling; rank falls with likeness."""
        totals: dict[int, float] = {}
        for number, word in enumerate(words):
            best = self._likeness_of_places(word)
            totals = best if number == 0 else {place: totals[place] + best[place] for place in best.keys() & totals}
            if not totals:
                return []
        return [(1000 - int(total / len(words) * 900), self._names[place], place) for place, total in totals.items()]

    def _likeness_of_places(self, word: str) -> dict[int, float]:
        """How much the likest word of each name is like this word; names without a likely one are left out."""
        best: dict[int, float] = {}
        for known, score in sorted(self._likeness(word).items(), key=lambda pair: pair[1]):
            best.update(dict.fromkeys(self._places[known], score))
        return best

    def _likeness(self, word: str) -> dict[str, float]:
        """Which known words may be meant by a word, with their likeness (0..1)."""
        close = {known: 1.0 for known in self._words if known.startswith(word)}
        if len(word) < _SHORTEST_MISSPELT:
            return close
        from rapidfuzz import process  # only who looks for a misspelt name carries it
        from rapidfuzz.distance import JaroWinkler

        openings = [known[: len(word) + 1] for known in self._words]  # half a name may be misspelt too
        for _, score, place in process.extract(
            word, openings, scorer=JaroWinkler.similarity, score_cutoff=_SURE_ENOUGH, limit=None
        ):
            close.setdefault(self._words[place], score)
        return close
