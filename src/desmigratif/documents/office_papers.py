"""Papers of the village office about no resident: signed with the village's key and kept as they were printed.

`write_office_paper` is no action of its own: an app above calls it from an action that has checked who may sign.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.conf import settings

from desmigratif.access.permissions import Permission
from desmigratif.audit import unit
from desmigratif.audit.unit import Subject
from desmigratif.documents.models import OfficePaper, VillageOffice
from desmigratif.documents.register import office_of, signing_key
from desmigratif.documents.rules.contents import print_letters
from desmigratif.documents.rules.office_paper import Blocks, OfficePaperContent
from desmigratif.documents.rules.short_code import short_code
from desmigratif.documents.rules.statement import qr_text, sign_statement
from desmigratif.documents.rules.wording import printable, roman_month
from desmigratif.shared import crypto


@dataclass(frozen=True, slots=True)
class PaperDraft:
    """What an app knows of a paper before it has a number. `series` tells it from all others of the village."""

    paper_id: UUID
    village_code: str
    kind: str
    title: str
    classification: str
    series: str
    issued_on: date
    prepared_by: str
    prepared_as: str
    says: str
    blocks: Blocks
    replaces: OfficePaper | None = None


def write_office_paper(draft: PaperDraft, *, permission: Permission) -> OfficePaper:
    """Number, sign and keep a paper, inside the calling action's unit, which has asked for `permission`.

    The paper that it replaces no longer holds from this day. Raises `OfficeNotSetUp` and `BeforeTheKey`.
    """
    if permission.value not in unit.current().permissions_asked:
        raise RuntimeError(f"nobody has asked for {permission}")
    content = _content(draft)
    cwt = sign_statement(
        content.statement(village_code=draft.village_code), signing_key(draft.village_code, draft.issued_on)
    )
    content = replace(content, qr=qr_text(settings.PUBLIC_URL, cwt))
    if draft.replaces is not None and draft.replaces.voided_on is None:
        draft.replaces.voided_on = draft.issued_on
        draft.replaces.save(update_fields=["voided_on"])
    paper = OfficePaper.objects.create(
        id=draft.paper_id, village_code=draft.village_code, kind=draft.kind, number=printable(content.number),
        issued_on=draft.issued_on, statement=cwt, short_code=content.short_code, content=content.to_json(),
        replaces=draft.replaces,
    )  # fmt: skip
    about = [Subject("office_paper", paper.id)]
    unit.record("office_paper.issued", village_code=paper.village_code, subjects=about, kind=paper.kind)
    unit.changed("documents.officepaper", paper.village_code, paper.id)
    return paper


def _content(draft: PaperDraft) -> OfficePaperContent:
    office = office_of(draft.village_code)
    short = VillageOffice.objects.get(village_code=draft.village_code).letter_code
    month = roman_month(draft.issued_on.month)
    number = f"{draft.classification}/{draft.series}/{short}/{month}/{draft.issued_on.year}"
    return OfficePaperContent(
        kind=draft.kind, title=draft.title, office=office, number=number, issued_on=draft.issued_on,
        prepared_by=draft.prepared_by, prepared_as=draft.prepared_as, says=draft.says, blocks=draft.blocks,
        replaces=draft.replaces.number if draft.replaces else "",
        short_code=short_code(
            crypto.keyring().short_codes, village_code=draft.village_code, number=printable(number)
        ),
        check_address=settings.PUBLIC_URL.split("//")[-1] + "/v/",
    )  # fmt: skip


def paper_content(paper: OfficePaper) -> OfficePaperContent:
    """What a paper says, as it was printed."""
    return OfficePaperContent.from_json(paper.content)


def paper_pdf(paper: OfficePaper) -> bytes:
    """The paper as it was printed; one that was replaced carries DICABUT."""
    return print_letters([paper_content(paper)], voided_on=[paper.voided_on])
