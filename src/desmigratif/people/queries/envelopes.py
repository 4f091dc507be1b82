"""Envelopes for a regency's coordinator: how many lie there, and what the full ones say to whoever holds the key."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Max, Min

from desmigratif.access.actor import Actor
from desmigratif.access.keys import age, recovery
from desmigratif.access.permissions import Permission
from desmigratif.audit.models import Event
from desmigratif.people.models import Envelope, ProtectiveKey
from desmigratif.people.rules.envelopes import Note, note_from
from desmigratif.shared import crypto
from desmigratif.shared.reasons import Reason, Refusal

OPENED = "protective.notes_opened"
OLD_OPENED = "protective.old_notes_opened"  # with the sheet of an earlier key: what is new stays unopened
OVERLAP = timedelta(days=1)  # shown again: what was under way while somebody looked, or never reached the screen


class WrongPassphrase(Refusal):
    code = "wrong_passphrase"

    def __init__(self) -> None:
        super().__init__(
            Reason(
                "wrong_passphrase",
                "Kalimat sandi atau kode lembar ini tidak membuka kunci titipan.",
                field="secret",
                way_out="Periksa hurufnya, atau pakai kode dari lembar kunci.",
            )
        )


@dataclass(frozen=True, slots=True)
class Waiting:
    """Envelopes of one regency: how many, full and empty together, since when, and when they were opened last."""

    region_code: str
    key: ProtectiveKey | None
    count: int
    first_on: date | None
    last_on: date | None
    opened_at: datetime | None
    since_opened: int


@dataclass(frozen=True, slots=True)
class Opened:
    """The notes of the full envelopes, newest first; how many were empty, how many no key at hand opens."""

    notes: tuple[Note, ...]
    empty: int
    closed: int


def regencies_of(by: Actor) -> list[str]:
    """Regencies whose protective notes this person may open: wholly theirs, not only a village of them."""
    regions = by.regions_for(Permission.PROTECTIVE_SEE)
    own = {code for code in regions if code.count(".") == 1}
    made = ProtectiveKey.objects.values_list("region_code", flat=True).distinct()
    return sorted(own | {code for code in made if by.may(Permission.PROTECTIVE_SEE, code)})


def waiting_in(region_code: str) -> Waiting:
    """Counts only; nothing is opened."""
    rows = Envelope.objects.filter(key__region_code=region_code)
    said = rows.aggregate(count=Count("id"), first=Min("on"), last=Max("on"))
    last = Event.objects.filter(village_code=region_code, event=OPENED).order_by("-audit_no").first()
    since = said["count"] - (last.details.get("envelopes", 0) if last else 0)  # none is ever taken away
    key = ProtectiveKey.objects.filter(region_code=region_code, ended_on__isnull=True).first()
    return Waiting(region_code, key, said["count"], said["first"], said["last"], last.at if last else None, since)


def identities_from(region_code: str, secret: str) -> list[age.Identity]:
    """The identities that a passphrase unlocks, or the one that stands on a sheet. Raises `WrongPassphrase`."""
    keys = list(ProtectiveKey.objects.filter(region_code=region_code).order_by("-made_on", "-id"))
    if on_sheet := _from_sheet(secret, {key.recipient for key in keys}):
        return [on_sheet]
    for key in keys:
        try:
            return [age.read_identity(one) for one in json.loads(crypto.unlock(key.secret_locked, secret))]
        except crypto.CannotOpen:
            continue
    raise WrongPassphrase


def _from_sheet(secret: str, recipients: set[str]) -> age.Identity | None:
    try:
        read = recovery.identity_from(secret)
    except Refusal:
        return None
    return read if read.recipient in recipients else None


def opened_with(region_code: str, identities: Iterable[age.Identity], *, since: datetime | None = None) -> Opened:
    """Open every envelope of a regency, or those since shortly before `since`. The caller recorded the look."""
    by_recipient = {one.recipient: one for one in identities}
    notes: list[Note] = []
    empty = closed = 0
    rows = Envelope.objects.filter(key__region_code=region_code).select_related("key").order_by("-on", "-id")
    if since is not None:
        rows = rows.filter(id__gte=first_id_at(since - OVERLAP))
    for row in rows.iterator(chunk_size=200):
        identity = by_recipient.get(row.key.recipient)
        try:
            note = _note_in(row, identity) if identity else None
        except (age.CannotDecrypt, age.NotForThisIdentity, ValueError):
            identity, note = None, None
        if identity is None:
            closed += 1
        elif note is None:
            empty += 1
        else:
            notes.append(note)
    return Opened(tuple(notes), empty, closed)


def first_id_at(moment: datetime) -> UUID:
    """The smallest id (UUIDv7) that can be made at a moment: it begins with the milliseconds."""
    return UUID(int=(int(moment.timestamp() * 1000) << 80) | (7 << 76) | (2 << 62))


def _note_in(row: Envelope, identity: age.Identity) -> Note | None:
    target = io.BytesIO()
    age.decrypt(io.BytesIO(bytes(row.sealed)), target, identity)
    return note_from(target.getvalue())
