"""Moving: one record closes, another opens; the history stays where it was written.

Inside a village, and to another village where the mover may register too, the new record opens at once. To any
other village the chosen fields are shared until it accepts; it reads no more than those.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import Any

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.keys.subject_keys import key_of, make_keys
from desmigratif.access.models import Share
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.audit import memory, unit
from desmigratif.audit.unit import Subject
from desmigratif.people import sealing
from desmigratif.people.actions.common import checked_day, refuse_taken_ids, resident_to_change
from desmigratif.people.actions.records import CHANGEABLE, change_resident, new_household, new_resident
from desmigratif.people.fields import MOVABLE_FIELDS, PHONES, RESIDENT_FIELDS, SPECIFIC_FIELDS
from desmigratif.people.inputs import AcceptResident, Arrival, TransferResident
from desmigratif.people.models import ContactWish, Household, LifeStatus, Move, MoveState, Phone, Resident
from desmigratif.people.queries.alike import alike
from desmigratif.people.queries.values import resident_values
from desmigratif.regions.queries import UnknownRegion, village
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Reason, Refusal

WAITING = "moved_in_waiting"
SHARED_FOR = timedelta(days=90)
PURPOSE = "Pindah desa"
_GONE = {LifeStatus.MOVED: "pindah", LifeStatus.DEAD: "meninggal", LifeStatus.INVALID: "tidak valid"}


class CannotTransfer(Refusal):
    code = "cannot_transfer"


class CannotAccept(Refusal):
    code = "cannot_accept"


@action("people.transfer_resident", Permission.RESIDENT_REGISTER)
def transfer_resident(*, by: Actor, given: TransferResident, now: datetime) -> dict[str, Any]:
    """Close a resident's record here and open one where they move to, or hand the chosen fields over."""
    resident = resident_to_change(by, given.resident_id, given.village_code)
    checked_day(given.on, given.village_code, now)
    _refuse(by, resident, given)
    to_village = _label_of(given.to_village_code)
    inside = given.to_village_code == given.village_code
    opens_now = given.arrival is not None and by.may(Permission.RESIDENT_REGISTER, given.to_village_code)
    _forget_waiting(resident, given.on)
    result: dict[str, Any] = {"id": str(resident.id), "arrived_as": None, "move": None}
    if opens_now and given.arrival is not None:
        require(by, Permission.RESIDENT_REGISTER, given.to_village_code)
        fields = MOVABLE_FIELDS if inside else given.fields
        new = _open(resident, given.arrival, given.to_village_code, fields, given.on)
        _note_arrival(resident, new, given.on)
        result["arrived_as"] = str(new.id)
    elif inside:
        way_out = "Isi nomor KK keluarganya, atau dusun dan RT rumah barunya."
        text = "Tulis dulu di keluarga mana ia tinggal."
        raise CannotTransfer(Reason("arrival_missing", text, field="arrival", way_out=way_out))
    else:
        result["move"] = str(_hand_over(resident, given).id)
    _close(resident, given.on, "" if inside else to_village)
    unit.record(
        "resident.transferred",
        village_code=given.village_code,
        subjects=[Subject("resident", resident.id)],
        to_village_code=given.to_village_code,
        fields=len(given.fields),
        waits=result["move"] is not None,
    )
    return result


def _refuse(by: Actor, resident: Resident, given: TransferResident) -> None:
    """Raises `CannotTransfer`, or `NotFoundOrNotYours` for specific facts of which this person may know nothing."""
    if resident.life_status in _GONE:
        text = f"Warga ini sudah tercatat {_GONE[LifeStatus(resident.life_status)]}."
        raise CannotTransfer(Reason("already_gone", text, way_out="Perbaiki dulu status warganya bila keliru."))
    if resident.version != given.seen_version:
        text = "Berkas ini sudah diubah sejak halaman ini dibuka."
        raise CannotTransfer(Reason("changed_meanwhile", text, way_out="Buka sekali lagi, lalu pindahkan."))
    if unknown := set(given.fields) - set(MOVABLE_FIELDS):
        raise CannotTransfer(Reason("field_unknown", f"Keterangan {sorted(unknown)[0]} tidak dikenal.", field="fields"))
    if set(given.fields) & SPECIFIC_FIELDS:
        require(by, Permission.RESIDENT_SPECIFIC_SEE, given.village_code)
    if given.arrival is not None and given.arrival.household_id == resident.household_id:
        raise CannotTransfer(
            Reason("same_household", "Ia sudah tinggal di keluarga ini.", field="arrival.household_id")
        )


def _label_of(code: str) -> str:
    try:
        return village(code).label
    except UnknownRegion:
        text = "Desa dengan kode ini tidak ada."
        raise CannotTransfer(Reason("village_unknown", text, field="to_village_code")) from None


def _forget_waiting(resident: Resident, on: date) -> None:
    """An earlier move that nobody accepted no longer counts."""
    for move in Move.objects.filter(resident=resident, state=MoveState.WAITING):
        _end_share(move, on)
        unit.changed("people.move", move.village_code, move.id, gone=True)
        move.delete()


def _end_share(move: Move, on: date) -> None:
    for share in Share.objects.filter(id=move.share_id):
        share.valid_until = max(on, share.valid_from)
        share.save(update_fields=["valid_until"])


def _hand_over(resident: Resident, given: TransferResident) -> Move:
    """Share the chosen fields with the receiving village, and wait."""
    refuse_taken_ids(Move, [given.move_id])
    share = Share.objects.create(
        village_code=given.village_code,
        record_type=Resident._meta.label_lower,
        record_id=resident.id,
        region_code=given.to_village_code,
        fields=sorted({"name", *given.fields}),
        purpose=PURPOSE,
        valid_from=given.on,
        valid_until=given.on + SHARED_FOR,
    )
    move = Move.objects.create(
        id=given.move_id,
        village_code=given.village_code,
        resident=resident,
        to_village_code=given.to_village_code,
        share_id=share.id,
        moved_on=given.on,
    )
    memory.set_signal(
        WAITING,
        village_code=given.village_code,
        household_id=resident.household_id,
        resident_id=resident.id,
        since=given.on,
    )
    unit.changed("people.move", given.village_code, move.id)
    unit.record(
        "resident.hand_over_waits",
        village_code=given.to_village_code,
        subjects=[Subject("move", move.id)],
        from_village_code=given.village_code,
    )
    return move


def _close(resident: Resident, on: date, to_village: str) -> None:
    key = key_of(resident.id, make=True)
    assert key is not None  # noqa: S101  made just now if it was missing
    changes = {"life_status": LifeStatus.MOVED.value}
    change_resident(resident, key, changes, source=resident.source, on=resident.source_on)
    resident.save(update_fields=CHANGEABLE)
    for doubt in ("nik_doubt", "two_heads"):
        memory.end_signal(doubt, household_id=resident.household_id, resident_id=resident.id, on=on)
    unit.changed("people.resident", resident.village_code, resident.id)
    memory.add_timeline(
        village_code=resident.village_code,
        household_id=resident.household_id,
        resident_id=resident.id,
        kind="resident.moved_away",
        on=on,
        to_village=to_village or "keluarga lain di desa ini",
    )


# --- opening ---


def _open(old: Resident, arrival: Arrival, village_code: str, fields: Collection[str], on: date) -> Resident:
    """A new record with keys of its own, sealed anew, of the same person."""
    refuse_taken_ids(Resident, [arrival.resident_id])
    household = _home(arrival, village_code)
    known = resident_values(old, sealing.open_resident(old, key_of(old.id)))
    values = {name: known[name] for name in RESIDENT_FIELDS if name in {"name", *fields}}
    key = make_keys([arrival.resident_id])[arrival.resident_id]
    new = new_resident(
        {**values, "relation": arrival.relation, "life_status": LifeStatus.ALIVE.value},
        ids=(arrival.resident_id, old.person_id, household.id),
        village_code=village_code,
        key=key,
        source=PURPOSE if village_code != old.village_code else old.source,
        on=on,
    )
    new.save(force_insert=True)
    if PHONES in fields:
        _copy_contact(old, new, key)
    unit.changed("people.resident", village_code, new.id)
    return new


def _home(arrival: Arrival, village_code: str) -> Household:
    """The family named, locked, or a new one. Raises `IdTaken` for another village's, `CannotTransfer` for its KK."""
    rows = Household.objects.in_village(village_code).select_for_update()
    known = rows.filter(id=arrival.household_id).first()
    if known is not None:
        return known
    refuse_taken_ids(Household, [arrival.household_id])
    kk_number = arrival.kk_number
    if kk_number and rows.filter(kk_index=sealing.kk_index(kk_number)).exists():
        raise CannotTransfer(
            Reason(
                "kk_in_village",
                "Nomor KK ini sudah dipakai keluarga lain di desa ini.",
                field="arrival.kk_number",
                way_out="Pilih keluarga itu.",
            )
        )
    key = make_keys([arrival.household_id])[arrival.household_id] if kk_number else None
    home = new_household(arrival.model_dump(), household_id=arrival.household_id, village_code=village_code, key=key)
    home.save(force_insert=True)
    unit.changed("people.household", village_code, home.id)
    return home


def _copy_contact(old: Resident, new: Resident, key: bytes) -> None:
    """Numbers with whether they are safe, and the wish how to be reached: sealed with the new record's key."""
    old_key = key_of(old.id)
    for phone in old.phones.in_village(old.village_code).order_by("id"):
        number = sealing.open_phone(phone, old_key)
        if number is None:
            continue
        note = sealing.open_text(old_key, phone.note_sealed, sealing.phone_note_place(phone.id))
        phone_id = new_id()
        Phone.objects.create(
            id=phone_id,
            village_code=new.village_code,
            resident=new,
            number_sealed=sealing.seal_text(key, number, sealing.phone_place(phone_id)),
            number_index=sealing.phone_index(number),
            safe=phone.safe,
            note_sealed=sealing.seal_text(key, note, sealing.phone_note_place(phone_id)) if note else None,
        )
        unit.changed("people.phone", new.village_code, phone_id)
    for wish in ContactWish.objects.filter(resident=old):
        said = sealing.open_text(old_key, wish.wish_sealed, sealing.wish_place(wish.id))
        if said is not None:
            wish_id = new_id()
            ContactWish.objects.create(
                id=wish_id,
                village_code=new.village_code,
                resident=new,
                wish_sealed=sealing.seal_text(key, said, sealing.wish_place(wish_id)),
                recorded_on=wish.recorded_on,
            )
            unit.changed("people.contactwish", new.village_code, wish_id)


def _note_arrival(old: Resident, new: Resident, on: date) -> None:
    unit.record(
        "resident.moved_in",
        village_code=new.village_code,
        subjects=[Subject("resident", new.id)],
        from_village_code=old.village_code,
    )
    inside = old.village_code == new.village_code
    memory.add_timeline(
        village_code=new.village_code,
        household_id=new.household_id,
        resident_id=new.id,
        kind="resident.moved_in",
        on=on,
        from_village="keluarga lain di desa ini" if inside else village(old.village_code).label,
    )


# --- the receiving village ---


@action("people.accept_resident", Permission.RESIDENT_REGISTER)
def accept_resident(*, by: Actor, given: AcceptResident, now: datetime) -> dict[str, Any]:
    """Open the record of somebody whom another village handed over, from the fields that it shares."""
    require(by, Permission.RESIDENT_REGISTER, given.village_code)
    today = checked_day(given.on, given.village_code, now)
    waiting = Move.objects.select_for_update(of=("self",)).filter(to_village_code=given.village_code)
    move = get_or_refuse(waiting, "move_id", id=given.move_id)
    if move.state != MoveState.WAITING:
        raise CannotAccept(Reason("already_accepted", "Warga ini sudah diterima.", field="move_id"))
    share = Share.objects.filter(id=move.share_id, valid_from__lte=today, valid_until__gt=today).first()
    if share is None:
        raise CannotAccept(
            Reason(
                "share_over",
                "Waktu untuk menerima sudah lewat.",
                field="move_id",
                way_out="Minta desa asal memindahkannya sekali lagi.",
            )
        )
    old = get_or_refuse(Resident.objects.visible_to(by, on=today), "move_id", id=move.resident_id)
    if old.life_status != LifeStatus.MOVED:
        raise CannotAccept(Reason("taken_back", "Desa asal sudah membatalkan kepindahan ini.", field="move_id"))
    _refuse_known(old, share.fields, given)
    new = _open(old, given.arrival, given.village_code, share.fields, given.on)
    move.state, move.arrived_as, move.arrived_on = MoveState.ARRIVED, new, given.on
    move.save(update_fields=["state", "arrived_as", "arrived_on"])
    _end_share(move, today)
    _note_arrival(old, new, given.on)
    _tell_origin(old, move, given.on)
    return {"id": str(new.id)}


def _refuse_known(old: Resident, fields: Iterable[str], given: AcceptResident) -> None:
    """Somebody alike lives here already, and it is not this person's own earlier record."""
    if given.known_to_differ:
        return
    known = resident_values(old, sealing.open_resident(old, key_of(old.id)))
    told = {name: known[name] for name in ("name", "birth_date", "nik") if name in {"name", *fields}}
    found = alike(given.village_code, name=told["name"], birth_date=told.get("birth_date"), nik=told.get("nik"))
    if any(row.person_id != old.person_id for row in found):
        raise CannotAccept(
            Reason(
                "looks_known",
                "Warga yang mirip sudah tercatat di desa ini.",
                way_out="Buka berkas yang sudah ada, atau tandai bahwa ini memang orang lain.",
            )
        )


def _tell_origin(old: Resident, move: Move, on: date) -> None:
    on = max(on, move.moved_on)
    memory.end_signal(WAITING, household_id=old.household_id, resident_id=old.id, on=on)
    unit.changed("people.move", move.village_code, move.id)
    unit.record("resident.arrived", village_code=old.village_code, subjects=[Subject("resident", old.id)])
    memory.add_timeline(
        village_code=old.village_code,
        household_id=old.household_id,
        resident_id=old.id,
        kind="resident.arrived",
        on=on,
        to_village=village(move.to_village_code).label,
    )
