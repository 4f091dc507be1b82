"""A regency's key for protective notes: made, and renewed, by its coordinator."""

from __future__ import annotations

from datetime import datetime

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.keys import age
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import require
from desmigratif.audit import unit
from desmigratif.people.actions.common import refuse_taken_ids
from desmigratif.people.inputs_protection import MakeProtectiveKey
from desmigratif.people.models import ProtectiveKey
from desmigratif.shared import crypto
from desmigratif.shared.reasons import Reason, Refusal


class CannotMakeKey(Refusal):
    code = "cannot_make_key"


@action("people.make_protective_key", Permission.PROTECTIVE_RECORD)
def make_protective_key(*, by: Actor, given: MakeProtectiveKey, now: datetime) -> ProtectiveKey:
    """From now on the villages of this regency seal to this key; an earlier one opens only what was sealed to it.

    The secret half comes locked: neither it nor the passphrase ever passes through the door.
    """
    require(by, Permission.PROTECTIVE_RECORD, given.region_code)
    refuse_taken_ids(ProtectiveKey, [given.key_id])
    if not age.is_recipient(given.recipient) or not given.secret_locked.startswith(crypto.LOCKED):
        raise CannotMakeKey(Reason("no_key", "Kunci ini tidak terbaca. Buat sekali lagi.", field="recipient"))
    standing = ProtectiveKey.objects.select_for_update().filter(region_code=given.region_code, ended_on__isnull=True)
    standing.update(ended_on=given.on)
    key = ProtectiveKey.objects.create(
        id=given.key_id,
        region_code=given.region_code,
        recipient=given.recipient,
        secret_locked=given.secret_locked,
        made_on=given.on,
    )
    unit.record("protective.key_made", village_code=given.region_code, recipient=given.recipient)
    return key
