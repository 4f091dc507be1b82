"""A letter in the place of another: the old one is taken back in the same act, and both name each other."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.documents.actions import revoke_letter
from desmigratif.documents.inputs import RevocationReason, RevokeLetter
from desmigratif.documents.models import Letter
from desmigratif.shared.reasons import Reason


def reasons_not_to_replace(old: Letter, *, kind: str, resident_id: UUID, on: date) -> list[Reason]:
    """Only a letter that holds, of the same person and kind, and not before its own day."""
    reasons = []
    if (old.kind, old.resident_id) != (kind, resident_id):
        text = "Surat pengganti harus sejenis dan untuk orang yang sama."
        reasons.append(Reason("not_the_same", text, field="replaces", way_out="Buat surat baru saja."))
    if old.revoked_on is not None:
        text = f"Surat nomor {old.number} sudah dicabut, jadi tidak perlu diganti."
        reasons.append(Reason("already_revoked", text, field="replaces", way_out="Buat surat baru saja."))
    if on < old.issued_on:
        text = "Tanggal surat pengganti tidak boleh sebelum surat yang diganti."
        reasons.append(Reason("before_replaced", text, field="on"))
    return reasons


def take_back(old: Letter, *, by: Actor, on: date, reason: RevocationReason, now: datetime) -> None:
    """Take the old letter back; asks for the permission to do so."""
    given = RevokeLetter(letter_id=old.id, village_code=old.village_code, on=on, reason=reason)
    revoke_letter(by=by, given=given, now=now)
    old.refresh_from_db()
