"""Finding a person among everybody in this installation by name or passport, when nobody knows where they are from.

Only for an emergency (`Permission.EMERGENCY_SEARCH`): the caller asks for the right and leaves the trace. Three
columns, each with an index, hold the folded name from its first, second and third word on, so that a name is found by
any of these without reading the others. What is misspelt is looked up among the words that names are made of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product
from uuid import UUID

from django.db import connection

from desmigratif.people import sealing
from desmigratif.people.models import LifeStatus, NameWord, Resident
from desmigratif.people.rules.names import fold_name, is_no_name
from desmigratif.people.rules.spelling import KnownWords, likeness

SHORTEST = 3  # letters of a folded name; less would find everybody
MOST_WORDS = 6
YEARS_OFF = 2  # a birth year told in an emergency may be a little wrong
_EACH = 100  # rows read of one part
_RARE = 2_000  # a word carried by fewer is looked for wherever it stands
_SPELLINGS = 12
_NAME_FROM = ("name_key", "name_key_2", "name_key_3")


@dataclass(frozen=True, slots=True)
class Sought:
    """What is known of somebody: a name as it was heard or read, perhaps a birth year and a sex."""

    name: str
    birth_year: int | None = None
    sex: str = ""


Row = tuple[UUID, str, date | None]


def people_named(sought: Sought, *, limit: int) -> list[UUID]:
    """The likeliest people, best first; too short or no name finds nobody."""
    folded = fold_name(sought.name)
    words = folded.split()[:MOST_WORDS]
    if len(folded) < SHORTEST or is_no_name(sought.name):
        return []
    known = known_words()
    rows: dict[UUID, Row] = {}
    ranked: list[UUID] = []
    for wanted in _rounds(words, known):
        rows |= {row[0]: row for row in _read(wanted, sought)}
        ranked = _ranked(rows.values(), words, sought)
        if ranked:
            break
    return ranked[:limit]


def person_with_passport(number: str) -> list[UUID]:
    """Residents on whose file this passport stands."""
    index = sealing.passport_index(number)
    rows = Resident.objects.everywhere().filter(passport_index=index) if index else Resident.objects.none()
    return list(rows.order_by("id").values_list("id", flat=True)[:10]) if index else []


# --- what is read ---


@dataclass(frozen=True, slots=True)
class Part:
    """Names that begin so from their first (0), second or third word on; `whole`: that are nothing else."""

    place: int
    beginning: str
    whole: bool = False
    any_of: tuple[str, ...] = ()  # one of these stands in the name
    all_of: tuple[str, ...] = ()


def _rounds(words: list[str], known: KnownWords) -> Iterator[list[Part]]:
    """Ever wider questions; the first two cost little and are asked together.

    As written and misspelt; by the rarest word wherever it stands beside another one; by the next rarest; at last all
    names that begin with the first word and hold the others.
    """
    whole = " ".join(words)
    spelled = [[word, *known.near(word)] for word in words]
    likely = [" ".join(one) for one in product(*spelled)][1 : _SPELLINGS + 1]
    yield [
        Part(0, whole, whole=True),
        *(Part(place, whole) for place in range(3)),
        *(Part(place, name) for name in likely for place in range(2)),
    ]
    if len(words) == 1:
        return
    rarest = sorted(range(len(words)), key=lambda place: sum(map(known.carried_by, spelled[place])))
    for place in rarest[:2]:
        others = tuple(word for one in spelled[:place] + spelled[place + 1 :] for word in one[:2])
        rare = [word for word in spelled[place] if 0 < known.carried_by(word) <= _RARE]
        if rare:
            yield [Part(start, word, any_of=others) for word in rare for start in range(3)]
    yield [Part(0, f"{words[0]} ", all_of=tuple(words[1:]))]


def _read(wanted: Iterable[Part], sought: Sought) -> list[Row]:
    """One statement for all of them, each part by its own index."""
    parts: list[str] = []
    values: list[str] = []
    for one in wanted:
        where, given = _condition(one, sought)
        parts.append(
            "SELECT * FROM (SELECT id, name_key, birth_date FROM people_resident"  # noqa: S608  our own words
            f" WHERE {where} AND life_status <> '{LifeStatus.INVALID.value}' LIMIT {_EACH}) AS part"
        )
        values += given
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        return [(_uuid(id), name, _day(born)) for id, name, born in cursor.fetchall()]


def _condition(one: Part, sought: Sought) -> tuple[str, list[str]]:
    where, given = _begins(one)
    if one.any_of:
        where += f" AND ({' OR '.join(['name_key LIKE %s'] * len(one.any_of))})"
        given += [f"%{word}%" for word in one.any_of]
    for word in one.all_of:
        where += " AND name_key LIKE %s"
        given.append(f"%{word}%")
    if sought.birth_year is not None:
        where += " AND (birth_date IS NULL OR birth_date BETWEEN %s AND %s)"
        first, last = sought.birth_year - YEARS_OFF, sought.birth_year + YEARS_OFF
        given += [date(first, 1, 1).isoformat(), date(last, 12, 31).isoformat()]
    if sought.sex:
        where += " AND sex IN ('', %s)"
        given.append(sought.sex)
    return where, given


def _begins(one: Part) -> tuple[str, list[str]]:
    """A condition that the index of that place answers. Folded names hold small letters and spaces only."""
    of = _NAME_FROM[one.place]
    if one.whole:
        return f"{of} = %s", [one.beginning]
    if connection.vendor == "postgresql":
        return f"{of} LIKE %s", [f"{one.beginning}%"]
    return f"{of} >= %s AND {of} < %s", [one.beginning, one.beginning + "{"]


def _uuid(value: UUID | str) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)


def _day(value: date | str | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


# --- how well it fits ---


def _ranked(rows: Iterable[Row], words: list[str], sought: Sought) -> list[UUID]:
    fits = []
    for id, name, born in rows:
        apart = abs(born.year - sought.birth_year) if born and sought.birth_year is not None else 1
        like = likeness(words, name.split(), years_apart=apart)
        if like is not None:
            fits.append((like.as_key(), name, id))
    return [id for _, _, id in sorted(fits)]


# --- the words that names are made of ---

_kept: tuple[UUID | None, KnownWords] | None = None


def known_words() -> KnownWords:
    """Read once by a process, and again when the job has counted anew."""
    global _kept
    last = NameWord.objects.order_by("-id").values_list("id", flat=True).first()
    if _kept is None or _kept[0] != last:
        _kept = (last, KnownWords(dict(NameWord.objects.values_list("word", "people"))))
    return _kept[1]
