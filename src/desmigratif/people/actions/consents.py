"""A resident's yes or no per purpose; taking it back is as easy as giving it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, cast

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.audit import memory, unit
from desmigratif.audit.unit import Subject
from desmigratif.people.actions.common import checked_day, refuse_taken_ids, resident_to_change
from desmigratif.people.inputs import RecordConsent, WithdrawConsent
from desmigratif.people.models import Consent
from desmigratif.people.rules.consent import purposes_on, reasons_not_to_consent
from desmigratif.shared.reasons import Reason, Refusal


class CannotConsent(Refusal):
    code = "cannot_consent"


@action("people.record_consent", Permission.CONSENT_RECORD)
def record_consent(*, by: Actor, given: RecordConsent, now: datetime) -> Consent:
    """Record a yes or no to one purpose; a newer answer to the same purpose takes the place of the older."""
    resident = resident_to_change(by, given.resident_id, given.village_code, Permission.CONSENT_RECORD)
    checked_day(given.on, given.village_code, now)
    refuse_taken_ids(Consent, [given.consent_id])
    reasons = reasons_not_to_consent(
        given.purpose, given.text_version, given.given_by, birth_date=resident.birth_date, on=given.on
    )
    if reasons:
        raise CannotConsent(reasons)
    Consent.objects.filter(resident=resident, purpose=given.purpose, given=True, withdrawn_on__isnull=True).update(
        withdrawn_on=given.on
    )
    consent = Consent.objects.create(
        id=given.consent_id,
        village_code=given.village_code,
        resident=resident,
        purpose=given.purpose,
        basis=purposes_on(given.on)[given.purpose].basis,
        text_version=given.text_version,
        given=given.given,
        given_by=given.given_by,
        recorded_on=given.on,
    )
    _note(consent, "consent.recorded", given.on, given=given.given)
    return consent


@action("people.withdraw_consent", Permission.CONSENT_RECORD)
def withdraw_consent(*, by: Actor, given: WithdrawConsent, now: datetime) -> Consent:
    """Take a consent back, without a reason."""
    require(by, Permission.CONSENT_RECORD, given.village_code)
    checked_day(given.on, given.village_code, now)
    rows = Consent.objects.select_for_update(of=("self",)).select_related("resident")
    consent = get_or_refuse(rows.filter(village_code=given.village_code), "consent_id", id=given.consent_id)
    if not consent.given or consent.withdrawn_on is not None:
        raise CannotConsent(Reason("not_standing", "Persetujuan ini sudah tidak berlaku."))
    consent.withdrawn_on = max(given.on, consent.recorded_on)
    consent.save(update_fields=["withdrawn_on"])
    _note(consent, "consent.withdrawn", given.on)
    return consent


def _note(consent: Consent, event: str, on: date, **details: bool) -> None:
    unit.changed("people.consent", consent.village_code, consent.id)
    unit.record(
        event,
        village_code=consent.village_code,
        subjects=[Subject("resident", consent.resident_id)],
        purpose=consent.purpose,
        **details,
    )
    memory.add_timeline(
        village_code=consent.village_code,
        household_id=consent.resident.household_id,
        resident_id=consent.resident_id,
        kind=event,
        on=on,
        purpose=consent.purpose,
        **cast("dict[str, Any]", details),
    )
