"""A child's letter as one page to hang on the wall, by Typst."""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib.resources import as_file, files

from desmigratif.documents.rules.copies import read_copy
from desmigratif.parenting.rules.letter import Letter

SIDE = 1000  # pixels of the longer side: a hand's breadth of paper shows no more


def pressed(letter: Letter) -> bytes:
    """One PDF. Fonts come with the library: every machine sets the same page."""
    import typst  # only who prints carries it

    shown = {**asdict(letter), "opening": letter.opening, "picture": None}
    if letter.picture is not None:
        shown["picture"] = list(read_copy(letter.picture, side=SIDE).content)
    with as_file(files("desmigratif.parenting").joinpath("letters", "child.typ")) as template:
        pdf = typst.compile(
            str(template), format="pdf", ignore_system_fonts=True,
            sys_inputs={"letter": json.dumps(shown, ensure_ascii=False)},
        )  # fmt: skip
    if not isinstance(pdf, bytes):
        raise TypeError("Typst gave no single PDF")
    return pdf
