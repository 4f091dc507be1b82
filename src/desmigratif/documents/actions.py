"""What people do with the village office and its letters."""

from __future__ import annotations

from datetime import datetime

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.audit import memory, unit
from desmigratif.documents.inputs import RevokeLetter, SetUpOffice
from desmigratif.documents.models import Letter, VillageKey, VillageOffice
from desmigratif.documents.register import LETTER_STANDS, make_village_key, subjects_of
from desmigratif.documents.rules.letter_text import FAMILY_PERMISSION
from desmigratif.regions.queries import UnknownRegion, today_in, village
from desmigratif.shared.reasons import Reason, Refusal


class CannotSetUp(Refusal):
    code = "cannot_set_up"


class CannotRevoke(Refusal):
    code = "cannot_revoke"


@action("documents.set_up_office", Permission.VILLAGE_SET_UP)
def set_up_office(*, by: Actor, given: SetUpOffice, now: datetime) -> VillageOffice:
    """Fill in (or correct) the letterhead; the first time also make the village's signing key."""
    require(by, Permission.VILLAGE_SET_UP, given.village_code)
    _refuse_unknown_village(given.village_code)
    values = given.model_dump(exclude={"office_id", "key_id", "village_code"})
    office, is_new = VillageOffice.objects.update_or_create(
        village_code=given.village_code, defaults=values, create_defaults={"id": given.office_id, **values}
    )
    if not VillageKey.objects.filter(village_code=given.village_code, valid_until__isnull=True).exists():
        key = make_village_key(given.village_code, key_id=given.key_id, on=today_in(given.village_code, now))
        unit.record("village.key_made", village_code=given.village_code, kid=key.kid)
    unit.record("office.set_up" if is_new else "office.changed", village_code=given.village_code)
    return office


def _refuse_unknown_village(code: str) -> None:
    try:
        village(code)
    except UnknownRegion:
        text = "Kode ini tidak ada di daftar desa dan kelurahan."
        raise CannotSetUp(Reason("unknown_village", text, field="village_code")) from None


@action("documents.revoke_letter", Permission.LETTER_REVOKE)
def revoke_letter(*, by: Actor, given: RevokeLetter, now: datetime) -> Letter:
    """Take a letter back: from this day every check says so."""
    require(by, Permission.LETTER_REVOKE, given.village_code)
    letters = Letter.objects.in_village(given.village_code).select_for_update()
    letter = get_or_refuse(letters, "letter_id", id=given.letter_id)
    if letter.revoked_on is not None:
        raise CannotRevoke(Reason("already_revoked", "Surat ini sudah dicabut sebelumnya.", field="letter_id"))
    if not letter.issued_on <= given.on <= today_in(given.village_code, now):
        raise CannotRevoke(
            Reason("date_out_of_range", "Tanggal pencabutan harus antara tanggal surat dan hari ini.", field="on")
        )
    letter.revoked_on, letter.revoked_reason = given.on, given.reason
    letter.save(update_fields=["revoked_on", "revoked_reason"])
    unit.record(
        "letter.revoked",
        village_code=letter.village_code,
        subjects=subjects_of(letter),
        reason=given.reason,
    )
    unit.changed("documents.letter", letter.village_code, letter.id)
    if letter.kind == FAMILY_PERMISSION:
        memory.end_signal(LETTER_STANDS, household_id=letter.household_id, resident_id=letter.resident_id, on=given.on)
    memory.add_timeline(
        village_code=letter.village_code,
        household_id=letter.household_id,
        resident_id=letter.resident_id,
        kind="letter.revoked",
        on=given.on,
        link=f"documents:letter:{letter.id}",
        number=letter.number,
        reason=given.reason,
    )
    return letter
