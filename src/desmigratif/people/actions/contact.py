"""How somebody can be reached, and how they wish to be."""

from __future__ import annotations

from datetime import datetime

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.keys.subject_keys import key_of
from desmigratif.access.permissions import Permission
from desmigratif.audit import memory, unit
from desmigratif.audit.unit import Subject
from desmigratif.people import sealing
from desmigratif.people.actions.common import checked_day, refuse_taken_ids, resident_to_change
from desmigratif.people.inputs import AddPhone, RecordContactWish
from desmigratif.people.models import ContactWish, Phone, Resident
from desmigratif.shared.privacy import PrivacyClass
from desmigratif.shared.reasons import Reason, Refusal


class PhoneKnown(Refusal):
    code = "phone_known"


def _key(resident: Resident) -> bytes:
    key = key_of(resident.id, make=True)
    assert key is not None  # noqa: S101  made just now if it was missing
    return key


@action("people.add_phone", Permission.RESIDENT_REGISTER)
def add_phone(*, by: Actor, given: AddPhone, now: datetime) -> Phone:
    """Add a number at which a resident can be reached."""
    resident = resident_to_change(by, given.resident_id, given.village_code)
    checked_day(given.on, given.village_code, now)
    refuse_taken_ids(Phone, [given.phone_id])
    index = sealing.phone_index(given.number)
    if resident.phones.in_village(given.village_code).filter(number_index=index).exists():
        raise PhoneKnown(Reason("phone_known", "Nomor ini sudah tercatat pada warga ini.", field="number"))
    key = _key(resident)
    note = given.note
    phone = Phone.objects.create(
        id=given.phone_id,
        village_code=given.village_code,
        resident=resident,
        number_sealed=sealing.seal_text(key, given.number, sealing.phone_place(given.phone_id)),
        number_index=index,
        safe=given.safe,
        note_sealed=sealing.seal_text(key, note, sealing.phone_note_place(given.phone_id)) if note else None,
    )
    unit.changed("people.phone", given.village_code, phone.id)
    unit.record("phone.added", village_code=given.village_code, subjects=[Subject("resident", resident.id)])
    return phone


@action("people.record_contact_wish", Permission.RESIDENT_REGISTER)
def record_contact_wish(*, by: Actor, given: RecordContactWish, now: datetime) -> ContactWish:
    """Record how a resident wants to be reached; the newest wish counts."""
    resident = resident_to_change(by, given.resident_id, given.village_code)
    checked_day(given.on, given.village_code, now)
    wish = ContactWish.objects.filter(resident=resident).first()
    if wish is None:
        refuse_taken_ids(ContactWish, [given.wish_id])
        wish = ContactWish(id=given.wish_id, village_code=given.village_code, resident=resident)
    wish.wish_sealed = sealing.seal_text(_key(resident), given.wish, sealing.wish_place(wish.id))
    wish.recorded_on = given.on
    wish.save()
    unit.changed("people.contactwish", given.village_code, wish.id)
    unit.record("contact_wish.recorded", village_code=given.village_code, subjects=[Subject("resident", resident.id)])
    memory.add_timeline(
        village_code=given.village_code,
        household_id=resident.household_id,
        resident_id=resident.id,
        kind="contact_wish.recorded",
        on=given.on,
        privacy=PrivacyClass.SPECIFIC,
    )
    return wish
