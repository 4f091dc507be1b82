"""One paper as PDF/A by Typst. Fonts come with the library: every machine sets the same page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import as_file, files

from desmigratif.cooperative.papers.parts import Paper


@dataclass(frozen=True, slots=True)
class Printed:
    """A file to send."""

    file_name: str
    content: bytes


def printed(paper: Paper) -> bytes:
    import typst  # seven megabytes that only who prints carries

    with as_file(files("desmigratif.cooperative").joinpath("papers", "paper.typ")) as template:
        pdf = typst.compile(
            str(template), format="pdf", ignore_system_fonts=True, pdf_standards=["a-2b"],
            timestamp=int(datetime(paper.on.year, paper.on.month, paper.on.day, 12, tzinfo=UTC).timestamp()),
            sys_inputs={"paper": json.dumps(paper.as_dict(), ensure_ascii=False)},
        )  # fmt: skip
    if not isinstance(pdf, bytes):
        raise TypeError("Typst gave no single PDF")
    return pdf
