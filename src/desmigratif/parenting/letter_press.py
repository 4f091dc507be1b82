"""A child's letter as one page to hang on the wall, by Typst."""

from __future__ import annotations

from dataclasses import asdict

from desmigratif.documents.rules.copies import read_copy
from desmigratif.documents.typesetting import typeset
from desmigratif.parenting.rules.letter import Letter

SIDE = 1000  # pixels of the longer side: a hand's breadth of paper shows no more


def pressed(letter: Letter) -> bytes:
    """One PDF. Fonts come with the library: every machine sets the same page."""
    shown = {**asdict(letter), "opening": letter.opening, "picture": None}
    if letter.picture is not None:
        shown["picture"] = list(read_copy(letter.picture, side=SIDE).content)
    return typeset("desmigratif.parenting", "letters", "child.typ", letter=shown)
