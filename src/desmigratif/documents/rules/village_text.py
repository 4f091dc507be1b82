"""The words of the village's own letters: statements and covers, whose kinds are data.

A letter keeps its page as it was printed, so that it can be printed again, years later, whatever the regulations say
by then.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from desmigratif.documents.rules.letter_page import Fact, LetterPage, Paragraph, Signature
from desmigratif.documents.rules.letter_text import (
    Office,
    Person,
    check_strip,
    letterhead,
    office_from,
    person_from,
    plain_value,
    watermark,
)
from desmigratif.documents.rules.statement import SAYS_LIMIT, VILLAGE_STAGE, LetterStatement
from desmigratif.documents.rules.village_kinds import Block, Kind
from desmigratif.documents.rules.wording import printable, short_holder, shorten
from desmigratif.shared.dates import format_date

VALID_UNTIL = "Surat berlaku sampai"
Rows = tuple[Paragraph | tuple[Fact, ...], ...]


@dataclass(frozen=True, slots=True)
class VillageLetterContent:
    """Everything that one letter says. `says` is the fact that the village signs for, as it stands in a row.

    `asked` is what the officer was told, so that a corrected letter asks nothing twice. `replaces` is the number of the
    letter in whose place this one was written; `voided_on` prints DICABUT.
    """

    kind: str
    title: str
    office: Office
    number: str
    issued_on: date
    holder: Person
    blocks: Rows
    holder_signs: bool
    says: str = ""
    valid_until: date | None = None
    asked: Mapping[str, str] = field(default_factory=dict)
    asked_by: str = ""
    replaces: str = ""
    qr: str = ""
    short_code: str = ""
    check_address: str = ""
    voided_on: date | None = None

    @property
    def holder_name(self) -> str:
        return self.holder.name

    def statement(self, *, village_code: str) -> LetterStatement:
        """What the village signs for this letter, in the words in which the letter prints it."""
        return LetterStatement(
            village_code=village_code,
            number=printable(self.number),
            kind=self.kind,
            stage=VILLAGE_STAGE,
            issued_on=self.issued_on,
            holder=short_holder(self.holder.name),
            birth_year=self.holder.birth_date.year if self.holder.birth_date else None,
            valid_until=self.valid_until,
            says=shorten(self.says, SAYS_LIMIT) if self.says else None,
        )

    def page(self) -> LetterPage:
        """The page of the letter."""
        compare = "dan isi pokok" if self.says else "dan jenis surat"
        return LetterPage(
            letterhead=letterhead(self.office),
            title=self.title,
            number=self.number,
            issued_on=self.issued_on,
            blocks=(*self.blocks, *self._closing()),
            signatures=self._signatures(),
            check=check_strip(self.qr, self.short_code, self.check_address, self.number, compare=compare),
            watermark=watermark(self.voided_on),
        )

    def _closing(self) -> Rows:
        parts: list[Paragraph | tuple[Fact, ...]] = []
        if self.valid_until:
            parts.append((Fact(VALID_UNTIL, format_date(self.valid_until)),))
        if self.replaces:
            parts.append(Paragraph(f"Surat ini menggantikan surat nomor {self.replaces}, yang sudah dicabut.", True))
        parts.append(Paragraph("Demikian surat ini dibuat dengan sebenarnya.", indent=True))
        return tuple(parts)

    def _signatures(self) -> tuple[Signature, ...]:
        office = self.office
        head = Signature(
            above=(
                f"{office.village}, {format_date(self.issued_on)}",
                *([office.acting_for] if office.acting_for else []),
                office.head,
            ),
            name=office.head_name,
        )
        holder = Signature(above=("", "Yang bersangkutan,"), name=self.holder.name)
        return (holder, head) if self.holder_signs else (Signature(above=("",), name=""), head)

    def to_json(self) -> str:
        """For keeping the letter as it was printed."""
        return json.dumps(asdict(self), default=plain_value, ensure_ascii=False)

    @staticmethod
    def from_row(row: Mapping[str, Any]) -> VillageLetterContent:
        """Read what `to_json` wrote. Raises `ValueError`, `KeyError` or `TypeError` for anything else."""
        days = {
            name: date.fromisoformat(row[name]) if row[name] else None
            for name in ("issued_on", "valid_until", "voided_on")
        }
        read = {"office": office_from(row["office"]), "holder": person_from(row["holder"])}
        blocks = tuple(
            tuple(Fact(**fact) for fact in block) if isinstance(block, list) else Paragraph(**block)
            for block in row["blocks"]
        )
        return VillageLetterContent(**{**row, **read, **days, "blocks": blocks})


def body_of(kind: Kind, facts: Mapping[str, str], office: Office) -> Rows:
    """The body of a letter of a kind. A row whose fact is unknown is left out, and what would say nothing then."""
    known = {code: text for code, text in facts.items() if text}
    parts = [_part(block, kind, known, office) for block in kind.body]
    return tuple(part for part in parts if part)


def _part(block: Block, kind: Kind, known: Mapping[str, str], office: Office) -> Paragraph | tuple[Fact, ...]:
    if block.rows:
        strong = {"name", kind.attests}
        return tuple(Fact(kind.labels[code], known[code], code in strong) for code in block.rows if code in known)
    words = {
        "office.head": office.head,
        "office.district": office.district,
        "office.regency": f"{office.regency_kind} {office.regency}",
        "office.village": f"{office.kind} {office.village}",
    }
    text = block.text
    for name, value in words.items():
        text = text.replace("{" + name + "}", value)
    if "{" in text:
        raise KeyError(text)
    return Paragraph(text, block.indent)


def village_letter(
    kind: Kind,
    *,
    holder: Person,
    known: Mapping[str, str],
    asked: Mapping[str, str],
    office: Office,
    number: str,
    issued_on: date,
) -> VillageLetterContent:
    """A letter of a kind, not yet signed: `known` by the register, `asked` of whoever came for it (a day as ISO)."""
    facts = {**known, **{code: _in_words(kind, code, text) for code, text in asked.items()}}
    return VillageLetterContent(
        kind=kind.code,
        title=kind.title,
        office=office,
        number=number,
        issued_on=issued_on,
        holder=holder,
        blocks=body_of(kind, facts, office),
        holder_signs=kind.holder_signs,
        asked=dict(asked),
        says=facts.get(kind.attests, "") if kind.attests else "",
        valid_until=last_day(issued_on, kind.valid_months),
    )


def _in_words(kind: Kind, code: str, text: str) -> str:
    named = kind.asked(code)
    return format_date(date.fromisoformat(text)) if text and named is not None and named.is_day else text


def last_day(issued_on: date, months: int | None) -> date | None:
    """The last day of a letter that is good for some months: the same day of the month, or that month's last."""
    if months is None:
        return None
    year, month = divmod(issued_on.year * 12 + issued_on.month - 1 + months, 12)
    for day in range(issued_on.day, 27, -1):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    return date(year, month + 1, min(issued_on.day, 28))
