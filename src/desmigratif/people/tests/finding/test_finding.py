"""Finding a person by half a name, as one types it."""

import time

import pytest

from desmigratif.people.rules.finding import NameIndex, rank_names
from desmigratif.people.rules.names import fold_name

VILLAGE = [
    (number, fold_name(name))
    for number, name in enumerate(
        ["Siti Aminah", "Siti Rahayu", "Muhammad Ali", "Sulastri", "Nur Aini", "Rahayu Siti", "Aliyah", "Moh. Nur Ali"]
    )
]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("siti", [0, 1, 5]),
        ("rahayu si", [5, 1]),
        ("M. Ali", [2, 7]),
        ("mohammad", [2, 7]),
        ("lastri", [3]),
        ("nuraini", [4]),
        ("nur", [4, 7]),
        ("sulastry", [3]),
        ("sulatsri", [3]),
        ("sitti rahayoe", [1, 5]),
        ("amina", [0]),
        ("xqzzk", []),
        ("", []),
        ("...", []),
    ],
)
def test_a_person_is_found_by_half_a_name_in_any_spelling(query, expected):
    assert rank_names(query, VILLAGE, 10) == expected


def test_an_equal_name_comes_first_and_the_limit_holds():
    candidates = [("long", "ali akbar"), ("inside", "muhamad ali"), ("equal", "ali")]

    assert rank_names("ali", candidates, 2) == ["equal", "long"]


def test_a_village_of_four_thousand_is_searched_in_eight_milliseconds():
    words = [a + b + c for a in ("su", "ka", "wi", "ra", "to") for b in ("mi", "na", "ri", "lu") for c in ("yat", "di")]
    candidates = [
        (n, f"{words[n % 40]} {words[n * 7 % 40]} {'abcdefghij'[n % 10]}{words[n // 40 % 40]}") for n in range(4000)
    ]

    index = NameIndex(candidates)

    def milliseconds(query):
        start = time.thread_time()
        index.rank(query, 20)
        return (time.thread_time() - start) * 1000

    best = {query: min(milliseconds(query) for _ in range(7)) for query in ("s", "sumiyat", "sumyati wineri", "zzzz")}

    assert max(best.values()) < 8, best
