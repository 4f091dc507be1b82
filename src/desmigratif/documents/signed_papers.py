"""A signed QR for a paper that a pillar prints for somebody: its facts are the QR, no register holds the paper.

The same facts on the same day give the same QR, so that a paper can be printed again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings

from desmigratif.documents.register import BeforeTheKey, OfficeNotSetUp, signing_key
from desmigratif.documents.rules.qr import qr_picture
from desmigratif.documents.rules.statement import (
    SAYS_LIMIT,
    VILLAGE_STAGE,
    LetterStatement,
    qr_text,
    sign_statement,
)
from desmigratif.documents.rules.wording import printable, short_holder, shorten


@dataclass(frozen=True, slots=True)
class SignedPaper:
    """What a village signs for one paper; `name` goes out as first word and initials."""

    village_code: str
    kind: str
    number: str
    issued_on: date
    name: str
    birth_year: int | None
    says: str


def signed_address(paper: SignedPaper) -> str:
    """The address behind the QR; empty for a village that could not sign on that day."""
    try:
        key = signing_key(paper.village_code, paper.issued_on)
    except (OfficeNotSetUp, BeforeTheKey):
        return ""
    statement = LetterStatement(
        village_code=paper.village_code, number=printable(paper.number), kind=paper.kind, stage=VILLAGE_STAGE,
        issued_on=paper.issued_on, holder=short_holder(paper.name), birth_year=paper.birth_year,
        says=shorten(paper.says, SAYS_LIMIT),
    )  # fmt: skip
    return qr_text(settings.PUBLIC_URL, sign_statement(statement, key))


def signed_qr(paper: SignedPaper) -> list[int]:
    """The QR as the bytes of a small picture; empty where nothing could be signed."""
    address = signed_address(paper)
    return list(qr_picture(address)) if address else []
