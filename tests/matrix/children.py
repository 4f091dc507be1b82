"""A quarter of the child of the learning centre, and a worry for two people of whom none knocks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from desmigratif.access.actor import Actor, person
from desmigratif.shared.ids import new_id

KURIPAN = "33.07.10.2004"


def make_child(ids: dict[str, Any], officer: Actor, act: Callable[..., Any]) -> None:
    """The officer and a tutor may read the worry, and their own doors are not tried here."""
    ids |= {"worry_id": new_id(), "year": "2026", "quarter": "4"}
    act(
        officer, "parenting.record_quarter", quarter_id=new_id(), child_id=ids["child_id"], year=2026, quarter=4,
        reading="words", words="Ibu, aku rindu.",
    )  # fmt: skip
    tutor = person(new_id(), "Pengasuh", ("tutor", KURIPAN))
    act(
        tutor, "parenting.write_worry", worry_id=ids["worry_id"], child_id=ids["child_id"], text="Sering lapar.",
        readers=[officer.id],
    )  # fmt: skip
