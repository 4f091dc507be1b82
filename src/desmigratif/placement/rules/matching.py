"""Which company is meant by what somebody wrote: same sound, small slips, and never a guess between two. Plain Python.

A forger takes a name that lies near a licensed one: "Karya Mandiri Abadi" is not "Karya Mandiri". So every word must
find its own, and what fits two companies fits none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_FORMS = frozenset({"pt", "cv", "tbk", "p3mi", "pptkis", "persero", "perseroan", "terbatas"})
_SOUNDS = (("tj", "c"), ("dj", "j"), ("oe", "u"), ("ph", "f"), ("v", "f"), ("y", "i"), ("kh", "k"), ("sy", "s"))
_DOUBLED = re.compile(r"(.)\1+")
_NEAR_ENOUGH = 80  # percent; what is less alike is not even looked at
_SUGGESTED = 3
_SLIPS = ((8, 2), (4, 1))  # so long a word may differ in so many letters


@dataclass(frozen=True, slots=True)
class Match:
    """The key that is meant ("" when none or several), whether it is spelt otherwise, and what lies near."""

    key: str = ""
    near: bool = False
    others: tuple[str, ...] = ()


@lru_cache(maxsize=4096)
def company_key(name: str) -> str:
    """One key for the spellings of a company: "P.T. Tjahaja  Oetama, Tbk." and "Cahaya Utama" are one."""
    words = re.sub(r"[^a-z0-9]+", " ", re.sub(r"\bp\.\s?t\b\.?", "pt ", name.casefold())).split()
    kept = [word for word in words if word not in _FORMS] or words
    return " ".join(_sound(word) for word in kept)


def _sound(word: str) -> str:
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    return _DOUBLED.sub(r"\1", word)


def match_company(name: str, keys: Sequence[str]) -> Match:
    """Find the company among the keys of a list."""
    wanted = company_key(name)
    if not wanted:
        return Match()
    if wanted in keys:
        return Match(wanted)
    from rapidfuzz import fuzz, process  # only who looks for a company carries it

    near = process.extract(wanted, keys, scorer=fuzz.ratio, score_cutoff=_NEAR_ENOUGH, limit=10)
    found = [key for key, _score, _place in near]
    same = [key for key in found if _is_a_slip(wanted, key)]
    if len(same) == 1:
        return Match(same[0], near=True, others=tuple(key for key in found if key != same[0])[:_SUGGESTED])
    return Match(others=tuple(same or found)[:_SUGGESTED])


def _is_a_slip(wanted: str, key: str) -> bool:
    """The same words, each but for a letter or two; or the same letters with other spaces."""
    from rapidfuzz.distance import OSA

    if wanted.replace(" ", "") == key.replace(" ", ""):
        return True
    these, those = wanted.split(), key.split()
    return len(these) == len(those) and all(
        OSA.distance(one, other) <= _slips(min(len(one), len(other))) for one, other in zip(these, those, strict=True)
    )


def _slips(length: int) -> int:
    return next((slips for least, slips in _SLIPS if length >= least), 0)
