"""What a patch is, and short names for the tests that patches of several apps name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Patch:
    """One way to break a promise."""

    name: str
    why: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]
    times: int = 1


def tests(app: str, *names: str) -> tuple[str, ...]:
    """Paths of an app's tests: `name`, or `room/name` for one that lies in a room."""
    return tuple(f"src/desmigratif/{app}/tests/{Path(name).with_name(f'test_{Path(name).name}')}.py" for name in names)


DOOR = tests("access", "door")
SIGN_IN = tests("access", "signin")
MEMORY = tests("audit", "memory")
JOURNEY = tests("cases", "before/journey")
PUSH = tests("sync", "push")
PULL = tests("sync", "pull")
MATRIX = "tests/matrix/test_matrix.py"
TABLE = (f"{MATRIX}::test_the_table_and_the_addresses_say_the_same_of_roles_and_methods",)
BOOKS = tests("cooperative", "ledger/guards")
PAPERS = tests("cases", "papers/papers")
PROTECTIVE = tests("cases", "offer/protective")
PUBLIC_DOOR = tests("portal", "door")


def cells(address: str) -> tuple[str, ...]:
    return (f"{MATRIX}::test_who_should_find_nothing_finds_nothing_and_leaves_nothing[{address}]",)


def pages(address: str) -> tuple[str, ...]:
    name = "test_who_may_come_gets_an_answer_and_reading_writes_nothing_but_its_trace"
    return (f"{MATRIX}::{name}[{address}]",)


def canary(address: str) -> tuple[str, ...]:
    return (f"tests/canary/test_sealed_note.py::test_no_page_tells_where_she_is_or_what_was_sealed[{address}]",)


def village_letters(name: str) -> tuple[str, ...]:
    return (f"src/desmigratif/cases/tests/letters/test_village.py::test_{name}",)
