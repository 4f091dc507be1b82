"""Two records of one person become one, and two again.

Nothing that points to a record moves: visits, cases, letters and history stay with the record they were written
about, and pages follow `merged_into`. The kept record learns what only the other knew; where they disagree both
are kept as facts with their source. So taking it back is exact.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.keys.subject_keys import key_of
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.audit import memory, unit
from desmigratif.audit.unit import Subject
from desmigratif.people import sealing
from desmigratif.people.actions.common import checked_day, refuse_taken_ids
from desmigratif.people.actions.records import CHANGEABLE, UNKNOWN_SOURCE, change_resident, new_fact
from desmigratif.people.fields import RESIDENT_FIELDS
from desmigratif.people.inputs import MergeResidents, UnmergeResidents
from desmigratif.people.models import Fact, LifeStatus, Merge, Resident
from desmigratif.people.queries.doubles import standing_decision
from desmigratif.people.queries.values import resident_values
from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import NotFoundOrNotYours, Reason, Refusal

_CLOSED = {LifeStatus.MOVED: "pindah", LifeStatus.INVALID: "tidak valid"}


class CannotMerge(Refusal):
    code = "cannot_merge"


@dataclass(frozen=True, slots=True)
class _Compared:
    """What each record says: what only the other knows, and what both say differently (own value, other value)."""

    gaps: Mapping[str, Any]
    conflicts: Mapping[str, tuple[Any, Any]]


@action("people.merge_residents", Permission.RESIDENT_REGISTER)
def merge_residents(*, by: Actor, given: MergeResidents, now: datetime) -> dict[str, Any]:
    """Make two records of one person one: the kept one stands, the other closes and points to it."""
    require(by, Permission.RESIDENT_REGISTER, given.village_code)
    checked_day(given.on, given.village_code, now)
    refuse_taken_ids(Merge, [given.merge_id])
    found = _locked(given.village_code, {given.kept_id, given.merged_id})
    kept, merged = found[given.kept_id], found[given.merged_id]
    _refuse(kept, merged, given)
    key = key_of(kept.id, make=True)
    assert key is not None  # noqa: S101  made just now if it was missing
    compared = _compare(kept, key, merged)
    before = _take_over(kept, key, merged, compared)
    merge = Merge(
        id=given.merge_id,
        village_code=given.village_code,
        kept=kept,
        merged=merged,
        merged_on=given.on,
        version_after=kept.version,
        merged_status=merged.life_status,
        before_sealed=sealing.seal_text(key, sealing.write_values(before), _before_place(given.merge_id)),
        reason_sealed=sealing.seal_text(key, given.reason, _reason_place(given.merge_id)),
    )
    merge.save(force_insert=True)
    _set_pointer(merged, kept.id, LifeStatus.INVALID)
    _note(
        "resident.merged", merge, kept, merged, given, filled=sorted(compared.gaps), differ=sorted(compared.conflicts)
    )
    return {"id": str(merge.id), "filled": sorted(compared.gaps), "differ": sorted(compared.conflicts)}


def _before_place(merge_id: UUID) -> str:
    return f"people.merge.before:{merge_id}"


def _reason_place(merge_id: UUID) -> str:
    return f"people.merge.reason:{merge_id}"


def _locked(village_code: str, ids: Collection[UUID]) -> dict[UUID, Resident]:
    """The residents of this village with these ids, locked in one order. Raises `NotFoundOrNotYours`."""
    rows = Resident.objects.in_village(village_code).select_for_update(of=("self",)).filter(id__in=ids).order_by("id")
    found = {row.id: row for row in rows}
    if len(found) < len(ids):
        raise NotFoundOrNotYours("merged_id")
    return found


def _refuse(kept: Resident, merged: Resident, given: MergeResidents) -> None:
    """Raises `CannotMerge` with what stands against it."""
    if kept.id == merged.id:
        raise CannotMerge(Reason("same_record", "Ini berkas yang sama. Pilih dua berkas yang berbeda."))
    for row, field in ((kept, "kept_id"), (merged, "merged_id")):
        _refuse_what_is_over(row, field)
    if merged.merged_records.in_village(merged.village_code).exists():
        text = "Berkas yang akan ditutup sudah menampung berkas lain."
        way_out = "Tukar: jadikan berkas itu yang utama."
        raise CannotMerge(Reason("holds_others", text, field="merged_id", way_out=way_out))
    decision = standing_decision(kept.id, merged.id)
    if decision is not None:
        text = f"Pada {format_date(decision.decided_on)} dicatat bahwa ini bukan orang yang sama."
        raise CannotMerge(Reason("told_apart", text, way_out="Batalkan dulu keputusan itu bila keliru."))
    if (kept.version, merged.version) != (given.seen_kept, given.seen_merged):
        text = "Salah satu berkas sudah diubah sejak halaman ini dibuka."
        raise CannotMerge(Reason("changed_meanwhile", text, way_out="Bandingkan sekali lagi, lalu gabungkan."))


def _refuse_what_is_over(row: Resident, field: str) -> None:
    """Raises `CannotMerge` for a record that points to another, or of somebody who moved away."""
    if row.merged_into_id is not None:
        text = "Salah satu berkas ini sudah digabung dengan berkas lain."
        way_out = "Buka berkas utamanya, atau pisahkan dulu."
        raise CannotMerge(Reason("already_merged", text, field=field, way_out=way_out))
    if row.life_status in _CLOSED:
        text = f"Salah satu berkas ini sudah ditutup ({_CLOSED[LifeStatus(row.life_status)]})."
        raise CannotMerge(Reason("record_closed", text, field=field, way_out="Perbaiki dulu status warganya."))


def _compare(kept: Resident, key: bytes, merged: Resident) -> _Compared:
    mine = resident_values(kept, sealing.open_resident(kept, key))
    theirs = resident_values(merged, sealing.open_resident(merged, key_of(merged.id)))
    left_out = {"life_status"} if kept.household_id == merged.household_id else {"life_status", "relation"}
    names = [name for name in RESIDENT_FIELDS if name not in left_out and theirs[name] is not None]
    return _Compared(
        gaps={name: theirs[name] for name in names if mine[name] is None},
        conflicts={name: (mine[name], theirs[name]) for name in names if mine[name] not in (None, theirs[name])},
    )


def _take_over(kept: Resident, key: bytes, merged: Resident, compared: _Compared) -> dict[str, Any]:
    """Fill gaps, keep both sides of conflicts as facts. Returns what taking it back needs to know."""
    standing = Fact.objects.filter(resident=kept, field__in=[*compared.gaps, *compared.conflicts], chosen=True)
    chosen = dict(standing.values_list("id", "field"))
    facts = [_told_by(merged, kept, key, name, value, chosen=True) for name, value in compared.gaps.items()]
    for name, (own, other) in compared.conflicts.items():
        if name not in chosen.values():
            facts.append(_told_by(kept, kept, key, name, own, chosen=True))
        facts.append(_told_by(merged, kept, key, name, other, chosen=False))
    unchosen = {str(one): name for one, name in chosen.items() if name in compared.gaps}
    Fact.objects.filter(id__in=unchosen).update(chosen=False)
    Fact.objects.bulk_create(facts)
    if compared.gaps:
        _change(kept, key, compared.gaps)
    return {"gaps": list(compared.gaps), "facts": {str(f.id): f.field for f in facts}, "unchosen": unchosen}


def _told_by(source: Resident, about: Resident, key: bytes, name: str, value: Any, *, chosen: bool) -> Fact:
    return new_fact(
        about, key, name, value, source=source.source or UNKNOWN_SOURCE, as_of=source.source_on, chosen=chosen
    )


def _change(kept: Resident, key: bytes, changes: Mapping[str, Any]) -> None:
    """Fields of the kept record, whose own source stays what it was."""
    change_resident(kept, key, changes, source=kept.source, on=kept.source_on)
    kept.save(update_fields=CHANGEABLE)


def _set_pointer(merged: Resident, kept_id: UUID | None, status: str) -> None:
    merged.merged_into_id = kept_id
    merged.life_status = status
    merged.version += 1
    merged.field_versions = {**merged.field_versions, "life_status": merged.version}
    merged.save(update_fields=["merged_into", "life_status", "version", "field_versions"])


def _note(
    event: str,
    merge: Merge,
    kept: Resident,
    merged: Resident,
    given: MergeResidents | UnmergeResidents,
    **details: Any,
) -> None:
    for row in (kept, merged):
        unit.changed("people.resident", row.village_code, row.id)
    unit.changed("people.merge", merge.village_code, merge.id)
    subjects = [Subject("resident", kept.id), Subject("resident", merged.id)]
    unit.record(event, village_code=merge.village_code, subjects=subjects, merge=str(merge.id), **details)
    told = {kept.household_id: kept.id}
    told.setdefault(merged.household_id, merged.id)
    for household_id, resident_id in told.items():
        memory.add_timeline(
            village_code=merge.village_code,
            household_id=household_id,
            resident_id=resident_id,
            kind=event,
            on=given.on,
        )


@action("people.unmerge_residents", Permission.RESIDENT_REGISTER)
def unmerge_residents(*, by: Actor, given: UnmergeResidents, now: datetime) -> dict[str, Any]:
    """Take a merge back: the other record stands again as it was, and the kept one forgets what it took over,
    except what somebody has changed since (`stays` names those fields)."""
    require(by, Permission.RESIDENT_REGISTER, given.village_code)
    checked_day(given.on, given.village_code, now)
    merges = Merge.objects.select_for_update().filter(village_code=given.village_code)
    merge = get_or_refuse(merges, "merge_id", id=given.merge_id)
    if merge.undone_on is not None:
        text = f"Kedua berkas ini sudah dipisahkan pada {format_date(merge.undone_on)}."
        raise CannotMerge(Reason("already_unmerged", text, field="merge_id"))
    found = _locked(given.village_code, {merge.kept_id, merge.merged_id})
    kept, merged = found[merge.kept_id], found[merge.merged_id]
    stays = _give_back(merge, kept)
    _set_pointer(merged, None, merge.merged_status)
    merge.undone_on = max(given.on, merge.merged_on)
    merge.save(update_fields=["undone_on"])
    _note("resident.unmerged", merge, kept, merged, given, stays=stays)
    return {"id": str(merge.id), "stays": stays}


def _give_back(merge: Merge, kept: Resident) -> list[str]:
    """What the kept record took over goes; returns the fields that were changed since and stay."""
    key = key_of(kept.id)
    text = sealing.open_text(key, merge.before_sealed, _before_place(merge.id))
    if key is None or text is None:  # erased meanwhile: nothing of it can be read any more
        return []
    before = sealing.read_values(text)
    touched = {*before["gaps"], *before["facts"].values()}
    stays = {name for name in touched if kept.field_versions.get(name, 1) > merge.version_after}
    Fact.objects.filter(id__in=[one for one, name in before["facts"].items() if name not in stays]).delete()
    again = [one for one, name in before["unchosen"].items() if name not in stays]
    Fact.objects.filter(id__in=again).update(chosen=True)
    gaps = [name for name in before["gaps"] if name not in stays]
    if gaps:
        _change(kept, key, dict.fromkeys(gaps))
    return sorted(stays)
