"""A paper of the village office about no resident, such as its monthly report: what it says and how it is signed.

Whoever prepared it takes the place that the holder has in a letter, so that the same check reads both. It is kept as it
was printed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from desmigratif.documents.rules.letter_page import Fact, LetterPage, Paragraph, Signature, Table
from desmigratif.documents.rules.letter_text import (
    Office,
    check_strip,
    letterhead,
    office_from,
    plain_value,
    watermark,
)
from desmigratif.documents.rules.statement import SAYS_LIMIT, VILLAGE_STAGE, LetterStatement
from desmigratif.documents.rules.wording import printable, short_holder, shorten
from desmigratif.shared.dates import format_date

PREPARED_BY, SAYS = "Disusun oleh", "Isi pokok"
Blocks = tuple[Paragraph | Table | tuple[Fact, ...], ...]


@dataclass(frozen=True, slots=True)
class OfficePaperContent:
    """Everything on the paper. `says` is the fact that the village signs for beside number, day and who prepared it."""

    kind: str
    title: str
    office: Office
    number: str
    issued_on: date
    prepared_by: str
    prepared_as: str
    says: str
    blocks: Blocks
    replaces: str = ""
    qr: str = ""
    short_code: str = ""
    check_address: str = ""
    voided_on: date | None = None

    def statement(self, *, village_code: str) -> LetterStatement:
        """What the village signs for, in the words in which the paper prints it."""
        return LetterStatement(
            village_code=village_code,
            number=printable(self.number),
            kind=self.kind,
            stage=VILLAGE_STAGE,
            issued_on=self.issued_on,
            holder=short_holder(self.prepared_by),
            says=shorten(self.says, SAYS_LIMIT),
        )

    def page(self) -> LetterPage:
        """The page of the paper."""
        opening = (Fact(PREPARED_BY, self.prepared_by), Fact(SAYS, self.says, strong=True))
        closing = (Paragraph(f"Menggantikan nomor {self.replaces}, yang tidak berlaku lagi."),) if self.replaces else ()
        return LetterPage(
            letterhead=letterhead(self.office),
            title=self.title,
            number=self.number,
            issued_on=self.issued_on,
            blocks=(opening, *self.blocks, *closing),
            signatures=(
                Signature(above=("Disusun oleh,", self.prepared_as), name=self.prepared_by),
                Signature(
                    above=(f"{self.office.village}, {format_date(self.issued_on)}", self.office.head),
                    name=self.office.head_name,
                ),
            ),
            check=check_strip(self.qr, self.short_code, self.check_address, self.number, compare="dan isi pokok"),
            watermark=watermark(self.voided_on),
        )

    def to_json(self) -> str:
        """For keeping the paper as it was printed."""
        return json.dumps(asdict(self), default=plain_value, ensure_ascii=False)

    @staticmethod
    def from_json(text: str) -> OfficePaperContent:
        """Read what `to_json` wrote. Raises `ValueError`, `KeyError` or `TypeError` for anything else."""
        row: dict[str, Any] = json.loads(text)
        days = {name: date.fromisoformat(row[name]) if row[name] else None for name in ("issued_on", "voided_on")}
        blocks = tuple(_block(block) for block in row["blocks"])
        return OfficePaperContent(**{**row, **days, "office": office_from(row["office"]), "blocks": blocks})


def _block(row: Mapping[str, Any] | list[dict[str, Any]]) -> Paragraph | Table | tuple[Fact, ...]:
    if isinstance(row, list):
        return tuple(Fact(**fact) for fact in row)
    if "head" in row:
        return Table(tuple(row["head"]), tuple(tuple(one) for one in row["rows"]))
    return Paragraph(**row)
