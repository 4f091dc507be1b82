"""Who is on the way to a village: the fields that the village they left shares, and no more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.keys.subject_keys import load_keys
from desmigratif.access.models import Share
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse, region_filter
from desmigratif.people import sealing
from desmigratif.people.fields import LABELS, MASKED_FIELDS, MOVABLE_FIELDS, PHONES, SPECIFIC_FIELDS, shown
from desmigratif.people.models import LifeStatus, Move, MoveState, Resident
from desmigratif.people.queries.values import resident_values
from desmigratif.shared.reasons import NotFoundOrNotYours

MOST = 100


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who moved and waits to be accepted; `facts` are (label, value in words; None = unknown)."""

    move_id: UUID
    resident_id: UUID
    name: str
    from_village_code: str
    to_village_code: str
    moved_on: date
    until: date
    facts: tuple[tuple[str, str | None], ...]


def newcomers(by: Actor, *, today: date) -> list[Newcomer]:
    """At most a hundred people whom other villages handed over to this person's, the oldest first."""
    mine = region_filter(by.regions_for(Permission.RESIDENT_REGISTER), "to_village_code")
    moves = list(Move.objects.filter(mine, state=MoveState.WAITING).order_by("moved_on", "id")[:MOST])
    live = Share.objects.filter(id__in=[move.share_id for move in moves], valid_from__lte=today, valid_until__gt=today)
    shares = {share.id: share for share in live}
    wanted = [move.resident_id for move in moves if move.share_id in shares]
    rows = Resident.objects.visible_to(by, on=today).filter(id__in=wanted, life_status=LifeStatus.MOVED)
    residents = {row.id: row for row in rows}
    keys = load_keys(residents)
    return [
        _newcomer(move, residents[move.resident_id], shares[move.share_id], keys.get(move.resident_id))
        for move in moves
        if move.resident_id in residents and move.share_id in shares
    ]


def newcomer(by: Actor, move_id: UUID, *, today: date) -> Newcomer:
    """One of them. Raises `NotFoundOrNotYours`."""
    mine = region_filter(by.regions_for(Permission.RESIDENT_REGISTER), "to_village_code")
    move = get_or_refuse(Move.objects.filter(mine, state=MoveState.WAITING), id=move_id)
    share = Share.objects.filter(id=move.share_id, valid_from__lte=today, valid_until__gt=today).first()
    row = Resident.objects.visible_to(by, on=today).filter(id=move.resident_id, life_status=LifeStatus.MOVED).first()
    if share is None or row is None:
        raise NotFoundOrNotYours("move_id")
    return _newcomer(move, row, share, load_keys([row.id]).get(row.id))


def _newcomer(move: Move, row: Resident, share: Share, key: bytes | None) -> Newcomer:
    values = resident_values(row, sealing.open_resident(row, key))
    told = [name for name in MOVABLE_FIELDS if name in {*share.fields} - {"name", PHONES} - SPECIFIC_FIELDS]
    facts = [(LABELS[name], _said(name, values[name])) for name in told if values[name] is not None]
    if PHONES in share.fields:
        facts.append(("Nomor HP", "ikut dipindahkan"))
    if SPECIFIC_FIELDS & set(share.fields):
        facts.append(("Data khusus", "ikut dipindahkan"))
    return Newcomer(
        move_id=move.id,
        resident_id=row.id,
        name=row.name,
        from_village_code=row.village_code,
        to_village_code=move.to_village_code,
        moved_on=move.moved_on,
        until=share.valid_until,
        facts=tuple(facts),
    )


def records_here(resident: Resident) -> list[Resident]:
    """All records of one person in the resident's village, the one that stands now first; the caller may see it.

    What was written about an earlier record goes on with the first: pages follow it by this link.
    """
    rows = Resident.objects.in_village(resident.village_code).filter(person=resident.person_id)
    gone = (LifeStatus.INVALID, LifeStatus.MOVED)
    return sorted(rows, key=lambda row: (row.life_status in gone, row.merged_into_id is not None, row.id.int * -1))


def _said(name: str, value: object) -> str | None:
    return f"berakhir {str(value)[-4:]}" if name in MASKED_FIELDS else shown(name, value) or None
