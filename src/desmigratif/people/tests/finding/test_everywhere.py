"""Somebody is found among everybody, however the name was heard, and by a passport however it was written."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from desmigratif.access.actor import Actor
from desmigratif.access.door import do
from desmigratif.people.models import NameWord, Resident
from desmigratif.people.queries.everywhere import Sought, people_named, person_with_passport
from desmigratif.people.rules.spelling import Fit, KnownWords
from desmigratif.people.tasks import count_name_words
from desmigratif.shared.ids import new_id

PLACES = ("33.07.10.2004", "32.12.16.2004")
PEOPLE = {
    "Siti Aminah": "1990-01-01", "Siti Nur Aminah": "1985-01-01", "Siti Aminatun": "1979-05-05",
    "Wahyuningsih Puji Lestari": "1992-02-02", "Slamet Riyadi": None, "Paijan": "1950-01-01",
}  # fmt: skip
NOW = datetime(2026, 11, 23, 3, 15, tzinfo=UTC)


@pytest.fixture
def everybody(places: None, operator_actor: Actor) -> dict[str, UUID]:
    """Six people in two villages far from one another."""
    found = {}
    for number, (name, born) in enumerate(PEOPLE.items()):
        member: dict[str, Any] = {"resident_id": new_id(), "person_id": new_id(), "name": name, "relation": "head"}
        if born:
            member["birth_date"] = born
        if name == "Paijan":
            member["passport_number"] = "C 123.4567"
        content = {
            "village_code": PLACES[number % 2],
            "on": "2026-11-23",
            "household_id": new_id(),
            "members": [member],
        }
        do(operator_actor, "people.register_household", content, now=NOW, act_id=new_id())
        found[name] = member["resident_id"]
    count_name_words(NOW)
    return found


def names(text: str, limit: int = 3, **more: Any) -> list[str]:
    ids = people_named(Sought(text, **more), limit=limit)
    known = dict(Resident.objects.everywhere().filter(id__in=ids).values_list("id", "name"))
    return [known[id] for id in ids]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("siti aminah", "Siti Aminah"),
        ("SITTI AMINNAH binti Salim", "Siti Aminah"),  # folded, and one word more than is known
        ("siti amniah", "Siti Aminah"),  # two letters exchanged
        ("siti amiinaah", "Siti Aminah"),
        ("waahyuningsih puji", "Wahyuningsih Puji Lestari"),
        ("siti aamnah", "Siti Aminah"),  # a letter is missing between two that are one
        ("wahyuningsih lestary", "Wahyuningsih Puji Lestari"),
        ("sita nur aminah", "Siti Nur Aminah"),
        ("Wahyunigsih Puji", "Wahyuningsih Puji Lestari"),
        ("puji lestari", "Wahyuningsih Puji Lestari"),  # without the first word
        ("lestari", "Wahyuningsih Puji Lestari"),
        ("wahyuningsih lestari", "Wahyuningsih Puji Lestari"),  # without the one in the middle
        ("selamet riadi", "Slamet Riyadi"),
        ("paijo", ""),
        ("zzzz", ""),
    ],
)
def test_a_name_is_found_however_it_was_heard(everybody: dict[str, UUID], typed: str, first: str) -> None:
    assert (names(typed) or [""])[0] == first


def test_a_birth_year_and_a_sex_narrow_what_is_found_and_unknown_ones_do_not_hide(everybody: dict[str, UUID]) -> None:
    assert names("siti aminah", birth_year=1986) == ["Siti Nur Aminah"]
    assert names("slamet riyadi", birth_year=1960, sex="M") == ["Slamet Riyadi"]


def test_a_passport_is_found_however_its_number_was_written(everybody: dict[str, UUID]) -> None:
    assert person_with_passport("c1234567") == [everybody["Paijan"]]
    assert person_with_passport("C 1234 568") == []
    assert person_with_passport(" - ") == []


def test_the_words_of_names_are_counted_anew_and_hold_nobodys_whole_name(everybody: dict[str, UUID]) -> None:
    assert count_name_words(NOW) == len(dict(NameWord.objects.values_list("word", "people")))
    assert NameWord.objects.get(word="siti").people == 3
    assert not NameWord.objects.filter(word__contains=" ").exists()


def test_a_word_is_near_to_those_that_a_slip_makes_of_it() -> None:
    known = KnownWords({"aminah": 9, "amina": 4, "aminatun": 2, "siti": 50, "sita": 1, "ali": 7, "fatimah": 3})

    assert known.near("amniah") == ["aminah"]
    assert known.near("patimah") == ["fatimah"]  # the first letter is wrong, the last two are not
    assert known.near("amina", "aminaah") == ["aminah"]
    assert known.begun_by("amin") == ["aminah", "amina", "aminatun"]
    assert known.near("siti") == ["sita"]
    assert known.near("al") == []
    assert known.carried_by("budi") == 0


@pytest.mark.parametrize(
    ("sought", "name", "fits"),
    [
        ("siti aminah", "siti nur aminah", (0, 0, 0, 1)),
        ("siti amniah", "siti aminah", (0, 1, 0, 0)),
        ("siti aminuh", "siti aminah", (0, 1, 0, 0)),  # another vowel
        ("siti amirah", "siti aminah", (0, 1, 1, 0)),  # another letter is less likely
        ("siti ami", "siti aminah", (0, 0, 0, 0)),
        ("siti nur aminah", "siti aminah", (1, 0, 0, 0)),
        ("siti aminah", "siti rahayu", None),
    ],
)
def test_of_two_words_both_must_fit_and_of_three_two(sought: str, name: str, fits: Any) -> None:
    found = Fit([(word,) for word in sought.split()]).of(name.split())
    assert (found.as_key() if found else None) == fits


def test_names_of_before_are_found_by_their_later_words(everybody: dict[str, UUID]) -> None:
    row = Resident.objects.everywhere().get(id=everybody["Wahyuningsih Puji Lestari"])
    assert (row.name_key_2, row.name_key_3, row.birth_date) == ("puyi lestari", "lestari", date(1992, 2, 2))
