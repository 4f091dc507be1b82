"""One paper as PDF/A by Typst. Fonts come with the library: every machine sets the same page."""

from __future__ import annotations

from dataclasses import dataclass

from desmigratif.cooperative.papers.parts import Paper
from desmigratif.documents.typesetting import typeset


@dataclass(frozen=True, slots=True)
class Printed:
    """A file to send."""

    file_name: str
    content: bytes


def printed(paper: Paper) -> bytes:
    return typeset("desmigratif.cooperative", "papers", "paper.typ", archived_on=paper.on, paper=paper.as_dict())
