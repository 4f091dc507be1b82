"""Finding a region by what somebody types: part of a name, in any spelling, with or without its parents' names.

"kuripan" finds every Kuripan, "Kuripan, Watumalang" the one in Watumalang, "desa kuripan wonosobo" both in
Wonosobo, "Kuripen wonosbo" still something near. Never more than 20 at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When

from desmigratif.regions import rules
from desmigratif.regions.models import Level, Region
from desmigratif.regions.queries import RegionChoice, labelled

MOST = 20
_NEAR_ENOUGH = 0.9  # Jaro-Winkler of two keys that may be one name misspelt
_LONGEST_TEXT = 100


def search_regions(
    text: str, level: int | None = None, within: str | None = None, limit: int = MOST
) -> list[RegionChoice]:
    """Regions that fit a text, best first, at most `limit` (never more than 20).

    level: only this level; within: only inside this region's code. Fewer than two letters find nothing.
    """
    limit = max(0, min(limit, MOST))
    text = text.strip()[:_LONGEST_TEXT]
    rows = _of_level(level, within)
    if code := rules.typed_code(text):
        return labelled(rows.filter(code__startswith=code).order_by("level", "code")[:limit])
    words = rules.words_of(text)
    if len("".join(words)) < 2:
        return []
    for way in (_beginning_with, _containing, _sounding_like):
        if found := way(rows, words, limit):
            return labelled(found)
    return []


def _of_level(level: int | None, within: str | None) -> QuerySet[Region]:
    rows = Region.objects.filter(valid_until__isnull=True)
    if level is not None:
        rows = rows.filter(level=level)
    if within and within != rules.NATION:
        rows = rows.filter(code__startswith=within + ".")
    return rows


def _beginning_with(rows: QuerySet[Region], words: list[str], limit: int) -> list[Region]:
    """The name begins with some of the words; the others must stand in the names of its parents."""
    for named, rest in _partings(words):
        key = "".join(named)
        if len(key) < 2:
            continue
        fitting = _best_first(rows.filter(search_key__startswith=key), key)
        if found := list(fitting[:limit]) if not rest else _inside(fitting, rest, limit):
            return found
    return []


def _partings(words: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    """(words of the name, words of its parents), the name first and then the name last, longest name first."""
    yield words, []
    for length in range(len(words) - 1, 0, -1):
        yield words[:length], words[length:]
        yield words[-length:], words[:-length]


def _containing(rows: QuerySet[Region], words: list[str], limit: int) -> list[Region]:
    key = "".join(words)
    return list(_best_first(rows.filter(search_key__contains=key), key)[:limit]) if len(key) > 2 else []


def _best_first(rows: QuerySet[Region], key: str) -> QuerySet[Region]:
    exact = Case(When(search_key=key, then=Value(0)), default=Value(1), output_field=IntegerField())
    return rows.order_by(exact, "level", "search_key", "code")


def _inside(rows: QuerySet[Region], rest: list[str], limit: int) -> list[Region]:
    """Those of the rows whose parents carry every one of these words."""
    places = [_places_named(word) for word in rest]
    if not all(places):
        return []
    codes = [
        code
        for code in rows.values_list("code", flat=True)
        if all(any(above in named for above in rules.path_of(code)[:-1]) for named in places)
    ]
    found = Region.objects.in_bulk(codes[:limit])
    return [found[code] for code in codes[:limit]]


def _places_named(word: str) -> set[str]:
    """Codes of provinces, regencies and districts that carry a word; misspelt ones when none does."""
    rows = Region.objects.filter(level__lt=Level.VILLAGE)
    named = set(rows.filter(search_key__contains=word).values_list("code", flat=True))
    return named or {code for code, _ in _near(rows, word)}


def _sounding_like(rows: QuerySet[Region], words: list[str], limit: int) -> list[Region]:
    """The name is near some of the words, misspelt; begins with the same letter."""
    for named, rest in _partings(words):
        key = "".join(named)
        if len(key) < 4:
            continue
        codes = [code for code, _ in _near(rows, key)]
        kept = rows.filter(code__in=codes[: 10 * MOST])
        found = _inside(kept.order_by("level", "code"), rest, limit) if rest else _in_order(codes[:limit])
        if found:
            return found
    return []


def _in_order(codes: list[str]) -> list[Region]:
    found = Region.objects.in_bulk(codes)
    return [found[code] for code in codes]


def _near(rows: QuerySet[Region], key: str) -> list[tuple[str, float]]:
    """(code, likeness) of the rows whose key is near this one, nearest first."""
    from rapidfuzz.distance import JaroWinkler  # only who looks for a misspelt place carries it

    candidates: Any = rows.filter(search_key__startswith=key[0]).values_list("code", "search_key")
    scored = ((code, JaroWinkler.similarity(key, other, score_cutoff=_NEAR_ENOUGH)) for code, other in candidates)
    return sorted(((code, score) for code, score in scored if score), key=lambda pair: (-pair[1], pair[0]))
