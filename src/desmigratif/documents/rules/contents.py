"""Any letter that the register keeps: the family's permission or one of the village's own, read back and printed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from desmigratif.documents.rules.letter_page import LetterPage, LetterPress, shared_press
from desmigratif.documents.rules.letter_text import LetterContent, letter_page
from desmigratif.documents.rules.office_paper import OfficePaperContent
from desmigratif.documents.rules.village_text import VillageLetterContent

Content = LetterContent | VillageLetterContent


def read_content(text: str) -> Content:
    """What `to_json` wrote. Raises `ValueError`, `KeyError` or `TypeError` for anything else."""
    row = json.loads(text)
    return VillageLetterContent.from_row(row) if "kind" in row else LetterContent.from_row(row)


def page_of(content: Content | OfficePaperContent) -> LetterPage:
    return letter_page(content) if isinstance(content, LetterContent) else content.page()


def print_letters(
    contents: Sequence[Content | OfficePaperContent],
    *,
    voided_on: Sequence[date | None] = (),
    press: LetterPress | None = None,
) -> bytes:
    """Letters of any kinds as one PDF, a page each, in their order. Raises `CannotPrint`.

    `voided_on`: for each the day from which it no longer holds; it carries DICABUT then.
    """
    days = voided_on or [content.voided_on for content in contents]
    pages = [page_of(replace(content, voided_on=day)) for content, day in zip(contents, days, strict=True)]
    return (press or shared_press()).print(pages)
