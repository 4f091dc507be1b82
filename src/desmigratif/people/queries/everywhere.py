"""Finding a person among everybody in this installation by name or passport, when nobody knows where they are from.

Only for an emergency (`Permission.EMERGENCY_SEARCH`): the caller asks for the right and leaves the trace. Three
columns, each with an index, hold the folded name from its first, second and third word on, so that a name is found by
any of these without reading the others. What is misspelt is looked up among the words that names are made of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice, product, zip_longest
from operator import itemgetter
from uuid import UUID

from django.db import connection

from desmigratif.people import sealing
from desmigratif.people.models import LifeStatus, NameWord, Resident
from desmigratif.people.rules.names import is_no_name, words_heard
from desmigratif.people.rules.spelling import MOST_NEAR, Fit, KnownWords, Likeness

SHORTEST = 3  # letters of a folded name; less would find everybody
MOST_WORDS = 6
YEARS_OFF = 2  # a birth year told in an emergency may be a little wrong
_EACH, _FEW = 100, 30  # rows read of one part
_RARE = 2_000  # a word carried by fewer is looked for wherever it stands
_NEAR = 30  # words that one may have been, looked for as whole names
_SPELLINGS = 150
_BEGINNINGS = 6
_NAME_FROM = ("name_key", "name_key_2", "name_key_3")


@dataclass(frozen=True, slots=True)
class Sought:
    """What is known of somebody: a name as it was heard or read, perhaps a birth year and a sex."""

    name: str
    birth_year: int | None = None
    sex: str = ""


Row = tuple[UUID | str, str, date | str | None]  # as the engine gives it: of a thousand rows ten are answered


def people_named(sought: Sought, *, limit: int) -> list[UUID]:
    """The likeliest people, best first; too short or no name finds nobody."""
    heard = words_heard(sought.name)[:MOST_WORDS]
    if sum(len(words[0]) for words in heard) < SHORTEST or is_no_name(sought.name):
        return []
    known = known_words()
    for wanted in _rounds(heard, known):
        ranked = _ranked(set(_read(wanted, sought)), heard, sought)
        if ranked:
            return [_uuid(id) for id in ranked[:limit]]
    return []


def person_with_passport(number: str) -> list[UUID]:
    """Residents on whose file this passport stands."""
    index = sealing.passport_index(number)
    rows = Resident.objects.everywhere().filter(passport_index=index) if index else Resident.objects.none()
    return list(rows.order_by("id").values_list("id", flat=True)[:10]) if index else []


# --- what is read ---


@dataclass(frozen=True, slots=True)
class Part:
    """Names that begin so from their first (0), second or third word on; `names`: that are one of these, whole."""

    place: int
    beginning: str = ""
    names: tuple[str, ...] = ()
    ends: str = ""  # the third word and what follows, beside the beginning of the first
    any_of: tuple[str, ...] = ()  # one of these stands in the name
    all_of: tuple[str, ...] = ()
    most: int = _EACH


def _rounds(heard: list[tuple[str, ...]], known: KnownWords) -> Iterator[list[Part]]:
    """Ever wider questions.

    As written and misspelt; by the rarest word wherever it stands beside another one; by the next rarest; at last all
    names that begin with the first word and hold the others.
    """
    words = [either[0] for either in heard]
    near = [known.near(*either, most_words=_NEAR) for either in heard]
    one_slip = _with_one_slip(words, near)
    begun = [" ".join([*words[:-1], word]) for word in known.begun_by(words[-1], _NEAR)]
    whole = " ".join(words)
    names = dict.fromkeys([whole, *begun, *one_slip, *_with_slips(words, near)])
    yield [
        Part(0, names=(whole,)),
        *(Part(place, names=tuple(islice(names, _SPELLINGS))) for place in range(3)),
        *(Part(place, whole) for place in range(3)),
        *(Part(0, name, most=_FEW) for name in one_slip[:_BEGINNINGS]),
        *(Part(0, f"{words[0]} ", ends=words[1]) for _ in words[1:2] if len(words) == 2),
    ]
    if len(words) == 1:
        return
    spelled = [[word, *others[:MOST_NEAR]] for word, others in zip(words, near, strict=True)]
    rarest = sorted(range(len(words)), key=lambda place: sum(map(known.carried_by, spelled[place])))
    for place in rarest[:2]:
        others = tuple(word for one in spelled[:place] + spelled[place + 1 :] for word in one[:2])
        rare = [word for word in spelled[place] if 0 < known.carried_by(word) <= _RARE]
        if rare:
            yield [Part(start, word, any_of=others) for word in rare for start in range(3)]
    yield [Part(0, f"{words[0]} ", all_of=tuple(words[1:]))]


def _with_one_slip(words: list[str], near: list[list[str]]) -> list[str]:
    """The name with one word as it may have been meant, the likeliest of each word first."""
    turns = zip_longest(*near)
    slips = [(place, word) for turn in turns for place, word in enumerate(turn) if word is not None]
    return [" ".join([*words[:place], word, *words[place + 1 :]]) for place, word in slips]


def _with_slips(words: list[str], near: list[list[str]]) -> Iterator[str]:
    """The name with several words as they may have been meant."""
    spelled = ([word, *others[:MOST_NEAR]] for word, others in zip(words, near, strict=True))
    return (" ".join(name) for name in islice(product(*spelled), _SPELLINGS))


def _read(wanted: Iterable[Part], sought: Sought) -> list[Row]:
    """One statement for all of them, each part by its own index."""
    parts: list[str] = []
    values: list[str] = []
    for one in wanted:
        where, given = _condition(one, sought)
        for born, days, most in _born(one, sought.birth_year):
            parts.append(
                "SELECT * FROM (SELECT id, name_key, birth_date FROM people_resident"  # noqa: S608  our own words
                f" WHERE {where}{born} AND life_status <> '{LifeStatus.INVALID.value}' LIMIT {most}) AS part"
            )
            values += [*given, *days]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        rows: list[Row] = cursor.fetchall()
        return rows


def _condition(one: Part, sought: Sought) -> tuple[str, list[str]]:
    where, given = _begins(one)
    if one.any_of:
        where += f" AND ({' OR '.join(['name_key LIKE %s'] * len(one.any_of))})"
        given += [f"%{word}%" for word in one.any_of]
    for word in one.all_of:
        where += " AND name_key LIKE %s"
        given.append(f"%{word}%")
    if sought.sex:
        where += " AND sex IN ('', %s)"
        given.append(sought.sex)
    return where, given


def _born(one: Part, year: int | None) -> list[tuple[str, list[str], int]]:
    """Conditions on the birth date, each with how many rows: who is known to fit, and some of whom nothing is known.

    Two questions and no OR, so that the index answers both.
    """
    if year is None:
        return [("", [], one.most)]
    days = [date(year - YEARS_OFF, 1, 1).isoformat(), date(year + YEARS_OFF, 12, 31).isoformat()]
    return [(" AND birth_date BETWEEN %s AND %s", days, one.most), (" AND birth_date IS NULL", [], _FEW)]


def _begins(one: Part) -> tuple[str, list[str]]:
    """A condition that the index of that place answers. Folded names hold small letters and spaces only."""
    of = _NAME_FROM[one.place]
    if one.names:
        return f"{of} IN ({', '.join(['%s'] * len(one.names))})", list(one.names)
    begins, given = _range(of, one.beginning)
    return (f"name_key_3 = %s AND {begins}", [one.ends, *given]) if one.ends else (begins, given)


def _range(of: str, beginning: str) -> tuple[str, list[str]]:
    if connection.vendor == "postgresql":
        return f"{of} ~>=~ %s AND {of} ~<~ %s", [beginning, beginning + "{"]
    return f"{of} >= %s AND {of} < %s", [beginning, beginning + "{"]


def _uuid(value: UUID | str) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)


# --- how well it fits ---


def _ranked(rows: Iterable[Row], heard: list[tuple[str, ...]], sought: Sought) -> list[UUID | str]:
    """Ids of those that fit, best first; each name is weighed once."""
    fit = Fit(heard)
    weighed: dict[str, Likeness | None] = {}
    fits = []
    for id, name, born in rows:
        if name not in weighed:
            weighed[name] = fit.of(name.split())
        if like := weighed[name]:
            fits.append((*like.as_key(), _years_apart(born, sought.birth_year), name, str(id), id))
    return [one[-1] for one in sorted(fits, key=itemgetter(slice(0, -1)))]


def _years_apart(born: date | str | None, year: int | None) -> int:
    """How far a birth year lies from the one that was told; one where something is not known."""
    return abs(int(str(born)[:4]) - year) if born and year is not None else 1


# --- the words that names are made of ---

_kept: tuple[UUID | None, KnownWords] | None = None


def known_words() -> KnownWords:
    """Read once by a process, and again when the job has counted anew."""
    global _kept
    last = NameWord.objects.order_by("-id").values_list("id", flat=True).first()
    if _kept is None or _kept[0] != last:
        _kept = (last, KnownWords(dict(NameWord.objects.values_list("word", "people"))))
    return _kept[1]
