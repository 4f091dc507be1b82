"""The village's register of letters: its signing key, the next number, and writing a letter into it.

`write_letter` and `write_village_letter` are no actions of their own: a pillar calls them from an action that has
checked what must stand before such a letter (for a family permission: a checked offer and a talk with the family).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from desmigratif.access.actor import Actor
from desmigratif.access.keys.subject_keys import key_of
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import require
from desmigratif.audit import memory, unit
from desmigratif.audit.unit import Subject
from desmigratif.documents.models import Letter, LetterCounter, VillageKey, VillageOffice
from desmigratif.documents.rules import cose
from desmigratif.documents.rules.contents import Content
from desmigratif.documents.rules.letter_text import (
    FAMILY_PERMISSION,
    LetterContent,
    Office,
    Person,
    letter_number,
)
from desmigratif.documents.rules.short_code import short_code
from desmigratif.documents.rules.statement import qr_text, sign_statement
from desmigratif.documents.rules.village_kinds import Kind
from desmigratif.documents.rules.village_text import VillageLetterContent, village_letter
from desmigratif.documents.rules.wording import printable
from desmigratif.regions.queries import trail_of
from desmigratif.shared import crypto
from desmigratif.shared.dates import format_date
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Reason, Refusal

LETTER_STANDS = "permission_letter_stands"
FAMILY_CLASSIFICATION = "474"


class OfficeNotSetUp(Refusal):
    code = "office_not_set_up"

    def __init__(self) -> None:
        super().__init__(
            Reason(
                "office_not_set_up",
                "Kop surat desa belum diisi.",
                way_out="Minta pengelola mengisi alamat kantor dan nama kepala desa di menu Kantor desa.",
            )
        )


class BeforeTheKey(Refusal):
    code = "before_key"

    def __init__(self, since: date) -> None:
        super().__init__(
            Reason(
                "before_key",
                f"Desa ini baru bisa menandatangani surat sejak {format_date(since)}.",
                field="on",
                way_out="Pakai tanggal itu atau sesudahnya.",
            )
        )


@dataclass(frozen=True, slots=True)
class LetterDraft:
    """What a pillar knows of a family permission before it has a number."""

    letter_id: UUID
    village_code: str
    kind: str
    issued_on: date
    resident_id: UUID
    household_id: UUID
    giver: Person
    capacity: str
    relation: str
    receiver: Person
    country: str
    job: str
    agency: str | None
    employer_type: str | None
    contract_months: int | None
    giver_id: UUID | None = None  # the giver's record, where the village has one
    replaces: Letter | None = None


@dataclass(frozen=True, slots=True)
class VillageDraft:
    """What a pillar knows of a letter of the village before it has a number; the kind is data."""

    letter_id: UUID
    village_code: str
    kind: Kind
    issued_on: date
    resident_id: UUID
    household_id: UUID
    holder: Person
    known: Mapping[str, str]
    asked: Mapping[str, str]
    asked_by: str
    replaces: Letter | None = None


def subjects_of(letter: Letter) -> list[Subject]:
    """The letter, whom it is for and who gives the permission: both may ask who looked at it."""
    named = [letter.resident_id, *([letter.giver_id] if letter.giver_id else [])]
    return [Subject("letter", letter.id), *(Subject("resident", one) for one in named)]


def letter_place(letter_id: UUID) -> str:
    """Where a letter's sealed text belongs."""
    return f"documents.letter.content:{letter_id}"


def make_village_key(village_code: str, *, key_id: UUID, on: date) -> VillageKey:
    """A fresh Ed25519 key for a village; the private half sealed by the installation's master key."""
    private = Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    kid = cose.key_id(public).hex()
    return VillageKey.objects.create(
        id=key_id,
        village_code=village_code,
        kid=kid,
        public_key=public,
        private_sealed=crypto.seal(
            crypto.keyring().signing, private.private_bytes_raw(), place=f"documents.villagekey:{kid}"
        ),
        valid_from=on,
    )


def signing_key(village_code: str, on: date) -> Ed25519PrivateKey:
    """The village's private key that may sign on a day. Raises `OfficeNotSetUp` when there is none and
    `BeforeTheKey` when there was none yet."""
    keys = VillageKey.objects.filter(village_code=village_code, valid_until__isnull=True).order_by("-valid_from", "-id")
    row = keys.filter(valid_from__lte=on).first()
    if row is None:
        later = keys.last()
        raise BeforeTheKey(later.valid_from) if later else OfficeNotSetUp
    sealed = crypto.unseal(crypto.keyring().signing, row.private_sealed, place=f"documents.villagekey:{row.kid}")
    return Ed25519PrivateKey.from_private_bytes(sealed)


def office_of(village_code: str, row: VillageOffice | None = None) -> Office:
    """The letterhead of a village; its row is read unless it is given. Raises `OfficeNotSetUp`."""
    row = row or VillageOffice.objects.filter(village_code=village_code).first()
    if row is None:
        raise OfficeNotSetUp
    _, regency, district, here = trail_of(village_code)
    return Office(
        regency=regency.name,
        regency_kind=regency.kind,
        district=district.name,
        village=here.name,
        kind=here.kind,
        address=row.address,
        contact=row.phone,
        head_name=row.head_name,
        head_title=row.head_title,
    )


def next_sequence(village_code: str, year: int) -> int:
    """The next number of a village and year; the counter row stays locked until the letter stands."""
    LetterCounter.objects.bulk_create(
        [LetterCounter(id=new_id(), village_code=village_code, year=year)], ignore_conflicts=True
    )
    counter = LetterCounter.objects.select_for_update().get(village_code=village_code, year=year)
    counter.last_number += 1
    counter.save(update_fields=["last_number"])
    return counter.last_number


def write_letter(*, by: Actor, draft: LetterDraft) -> Letter:
    """Number, sign and keep a family permission, inside the calling action's unit. Raises `OfficeNotSetUp`."""

    def content(office: Office, number: str) -> LetterContent:
        return LetterContent(
            office=office,
            number=number,
            issued_on=draft.issued_on,
            giver=draft.giver,
            capacity=draft.capacity,
            relation=draft.relation,
            receiver=draft.receiver,
            country=draft.country,
            job=draft.job,
            agency=draft.agency,
            employer_type=draft.employer_type,
            contract_months=draft.contract_months,
            replaces=draft.replaces.number if draft.replaces else "",
        )

    letter = _enter(by, draft, FAMILY_CLASSIFICATION, content)
    memory.set_signal(
        LETTER_STANDS,
        village_code=letter.village_code,
        household_id=letter.household_id,
        resident_id=letter.resident_id,
        since=letter.issued_on,
    )
    return letter


def write_village_letter(*, by: Actor, draft: VillageDraft) -> Letter:
    """The same for a letter of the village. Raises `OfficeNotSetUp` and `BeforeTheKey`."""

    def content(office: Office, number: str) -> VillageLetterContent:
        letter = village_letter(
            draft.kind,
            holder=draft.holder,
            known=draft.known,
            asked=draft.asked,
            office=office,
            number=number,
            issued_on=draft.issued_on,
        )
        return replace(letter, asked_by=draft.asked_by, replaces=draft.replaces.number if draft.replaces else "")

    return _enter(by, draft, draft.kind.classification, content)


def _enter(
    by: Actor, draft: LetterDraft | VillageDraft, classification: str, content_of: Callable[[Office, str], Content]
) -> Letter:
    """Give a letter its number and signature and write it into the register."""
    require(by, Permission.LETTER_ISSUE, draft.village_code)
    office = office_of(draft.village_code)
    row = VillageOffice.objects.get(village_code=draft.village_code)
    key = signing_key(draft.village_code, draft.issued_on)
    sequence = next_sequence(draft.village_code, draft.issued_on.year)
    number = letter_number(
        sequence=sequence, classification=classification, village_short=row.letter_code, issued_on=draft.issued_on
    )
    content = _with_code(content_of(office, number), draft.village_code)
    statement = content.statement(village_code=draft.village_code)
    cwt = sign_statement(statement, key)
    content = replace(content, qr=qr_text(settings.PUBLIC_URL, cwt))
    letter = Letter(
        id=draft.letter_id,
        village_code=draft.village_code,
        kind=content.kind,
        year=draft.issued_on.year,
        sequence=sequence,
        number=printable(number),
        issued_on=draft.issued_on,
        resident_id=draft.resident_id,
        household_id=draft.household_id,
        giver_id=draft.giver_id if isinstance(draft, LetterDraft) else None,
        stage=statement.stage,
        statement=cwt,
        short_code=content.short_code,
        valid_until=content.valid_until,
        replaces=draft.replaces,
    )
    letter.content_sealed = crypto.seal(
        key_of(draft.resident_id, make=True) or b"", content.to_json().encode(), place=letter_place(letter.id)
    )
    letter.save(force_insert=True)
    _remember(letter)
    return letter


def _remember(letter: Letter) -> None:
    unit.record(
        "letter.issued" if letter.kind == FAMILY_PERMISSION else "village_letter.issued",
        village_code=letter.village_code,
        subjects=subjects_of(letter),
        kind=letter.kind,
        sequence=letter.sequence,
        year=letter.year,
    )
    unit.changed("documents.letter", letter.village_code, letter.id)


def _with_code(content: Content, village_code: str) -> Content:
    code = short_code(crypto.keyring().short_codes, village_code=village_code, number=printable(content.number))
    return replace(content, short_code=code, check_address=settings.PUBLIC_URL.split("//")[-1] + "/v/")
