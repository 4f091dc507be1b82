"""A household's file: who belongs to it and where they are, what happened, what is proposed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from desmigratif.access.actor import Actor
from desmigratif.access.keys.subject_keys import load_keys
from desmigratif.access.models import User
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse
from desmigratif.audit import memory
from desmigratif.audit.models import Signal, TimelineEntry
from desmigratif.people import sealing
from desmigratif.people.fields import LABELS
from desmigratif.people.models import Household, LifeStatus, Phone, Resident
from desmigratif.people.rules.codes import label
from desmigratif.people.rules.names import given_name
from desmigratif.people.rules.proposals import LiveSignal, Proposal, proposals_for, signal_in_words
from desmigratif.people.rules.timeline import Line, line_of
from desmigratif.shared.dates import age_on
from desmigratif.shared.privacy import PrivacyClass

ABROAD = "worker_abroad"
GROWN_UP = 18  # years
_LEFT = (LifeStatus.MOVED, LifeStatus.INVALID)
_LINES = 100  # of a history
_RELATIONS = (
    "head", "husband", "wife", "child", "child_in_law", "grandchild", "parent", "parent_in_law", "other_family",
    "domestic_helper", "other", "",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Member:
    """One member as the household page shows them; None = unknown."""

    id: UUID
    name: str
    relation: str | None
    sex: str
    age: int | None
    life_status: str
    nik_end: str | None
    phone_end: str | None
    is_abroad: bool
    is_away: bool
    since: date | None
    states: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the history with its entry and who wrote it."""

    entry: TimelineEntry
    line: Line
    who: str

    @property
    def is_restricted(self) -> bool:
        return self.entry.privacy != PrivacyClass.PERSONAL


@dataclass(frozen=True, slots=True)
class HouseholdFile:
    household: Household
    head_name: str
    kk_end: str | None
    members: tuple[Member, ...]
    moments: tuple[Moment, ...]
    proposals: tuple[Proposal, ...]
    states: tuple[tuple[str, str], ...]

    @property
    def head(self) -> Member | None:
        return self.members[0] if self.members else None


def classes_for(by: Actor, village_code: str) -> tuple[PrivacyClass, ...]:
    """The privacy classes of timeline and signals that this person may see in a village."""
    seen = [PrivacyClass.PUBLIC, PrivacyClass.INTERNAL, PrivacyClass.PERSONAL]
    if by.may(Permission.RESIDENT_SPECIFIC_SEE, village_code):
        seen.append(PrivacyClass.SPECIFIC)
    return tuple(seen)


def household_of(by: Actor, household_id: UUID) -> Household:
    """A household that this person may see. Raises `NotFoundOrNotYours`."""
    return get_or_refuse(Household.objects.visible_to(by), id=household_id)


def household_file(by: Actor, household: Household, *, today: date) -> HouseholdFile:
    """Everything the household page shows."""
    classes = classes_for(by, household.village_code)
    residents = _in_family_order(
        household.members.visible_to(by).exclude(life_status=LifeStatus.INVALID).defer("details_sealed")
    )
    phones = _first_phones(by, residents)
    keys = load_keys([household.id, *(resident.id for resident in residents)])
    niks = sealing.niks_of(residents, keys)
    others = _elsewhere(household, residents)
    signals = _live_signals(household.id, others, classes)
    members = tuple(
        _member(
            row,
            niks.get(row.id),
            _phone_number(phones.get(row.id), keys.get(row.id)),
            [signal for signal in signals if signal.resident_id == row.id],
            today,
        )
        for row in residents
    )
    kk_number = sealing.open_kk(household, keys.get(household.id)) if household.id in keys else None
    names = {row.id: given_name(row.name) for row in residents}
    return HouseholdFile(
        household=household,
        head_name=residents[0].name if residents else "",
        kk_end=kk_number[-4:] if kk_number else None,
        members=members,
        moments=tuple(_moments(household.id, others.earlier, classes, names)),
        proposals=tuple(_proposals(signals, names, members)),
        states=_states([s for s in signals if s.resident_id is None]),
    )


@dataclass(frozen=True, slots=True)
class _Elsewhere:
    """Other records of a family's people in the village: earlier ones by whom they stand for now, and whose file
    goes on in another family."""

    earlier: tuple[Resident, ...]
    stands_for: Mapping[UUID, UUID]
    moved_on: frozenset[UUID]


def _elsewhere(household: Household, residents: Sequence[Resident]) -> _Elsewhere:
    """Merged records and those left behind by a move inside the village speak of the member who stands for them."""
    here = {row.id for row in residents}
    member_of = {row.person_id: row for row in residents}
    condition = Q(merged_into__in=here) | Q(person__in=member_of.keys())
    rows = Resident.objects.in_village(household.village_code).filter(condition).exclude(id__in=here)
    stands_for: dict[UUID, UUID] = {}
    moved_on: set[UUID] = set()
    earlier = []
    for row in rows.only("id", "household_id", "merged_into_id", "name", "person_id", "life_status"):
        member = member_of.get(row.person_id)
        if row.merged_into_id in here:
            stands_for[row.id] = row.merged_into_id
        elif member is not None and row.life_status == LifeStatus.MOVED and member.life_status != LifeStatus.MOVED:
            stands_for[row.id] = member.id
        elif member is not None and member.life_status == LifeStatus.MOVED and row.life_status not in _LEFT:
            moved_on.add(member.id)
            continue
        else:
            continue
        earlier.append(row)
    return _Elsewhere(tuple(earlier), stands_for, frozenset(moved_on))


def _live_signals(household_id: UUID, others: _Elsewhere, classes: Sequence[PrivacyClass]) -> list[Signal]:
    """What stands of the household; what stands of an earlier record speaks of the member who stands for it, and
    what stands of somebody who lives in another family now is said there."""
    found = memory.live_signals(household_id, classes)
    for home in {row.household_id for row in others.earlier} - {household_id}:
        found += [signal for signal in memory.live_signals(home, classes) if signal.resident_id in others.stands_for]
    for signal in found:
        if signal.resident_id is not None:
            signal.resident_id = others.stands_for.get(signal.resident_id, signal.resident_id)
    told: dict[tuple[str, UUID | None], Signal] = {}
    for signal in found:
        if signal.resident_id not in others.moved_on:
            told.setdefault((signal.kind, signal.resident_id), signal)
    return list(told.values())


def _in_family_order(rows: Iterable[Resident]) -> list[Resident]:
    """Head, spouse, children by age, then the others: the order of the family card."""

    def place(resident: Resident) -> tuple[bool, int, date, str]:
        gone = resident.life_status in (LifeStatus.DEAD, LifeStatus.MOVED)
        known = resident.relation if resident.relation in _RELATIONS else ""
        return gone, _RELATIONS.index(known), resident.birth_date or date.max, resident.name

    return sorted(rows, key=place)


def _first_phones(by: Actor, residents: Sequence[Resident]) -> dict[UUID, Phone]:
    found: dict[UUID, Phone] = {}
    for phone in Phone.objects.visible_to(by).filter(resident__in=[row.id for row in residents]).order_by("id"):
        found.setdefault(phone.resident_id, phone)
    return found


def _phone_number(phone: Phone | None, key: bytes | None) -> str | None:
    return sealing.open_phone(phone, key) if phone else None


def _states(signals: Sequence[Signal]) -> tuple[tuple[str, str], ...]:
    said = (signal_in_words(signal.kind) for signal in signals)
    return tuple(dict.fromkeys(words for words in said if words))


def _member(row: Resident, nik: str | None, phone: str | None, signals: Sequence[Signal], today: date) -> Member:
    abroad = next((signal for signal in signals if signal.kind == ABROAD), None)
    states = list(_states(signals))
    if row.life_status not in (LifeStatus.ALIVE, LifeStatus.AWAY):
        states.insert(0, ("tidaktahu", label("life_status", row.life_status)))
    return Member(
        id=row.id,
        name=row.name,
        relation=label("relation", row.relation) if row.relation else None,
        sex=row.sex,
        age=age_on(row.birth_date, today) if row.birth_date else None,
        life_status=row.life_status,
        nik_end=nik[-4:] if nik else None,
        phone_end=phone[-3:] if phone else None,
        is_abroad=abroad is not None,
        is_away=abroad is not None or row.life_status == LifeStatus.AWAY,
        since=abroad.since if abroad else None,
        states=tuple(states),
    )


def _history(household_id: UUID, merged: Sequence[Resident], classes: Sequence[PrivacyClass]) -> list[TimelineEntry]:
    """The household's lines, and those that earlier records of its people left in other families."""
    entries = memory.timeline_of(household_id, classes, limit=_LINES)
    elsewhere = [row for row in merged if row.household_id != household_id]
    if elsewhere:
        ids = {row.id for row in elsewhere}
        for home in {row.household_id for row in elsewhere}:
            entries += [one for one in memory.timeline_of(home, classes, limit=_LINES) if one.resident_id in ids]
        entries.sort(key=lambda one: (one.on, one.at), reverse=True)
    return entries[:_LINES]


def _moments(
    household_id: UUID, merged: Sequence[Resident], classes: Sequence[PrivacyClass], names: Mapping[UUID, str]
) -> list[Moment]:
    entries = _history(household_id, merged, classes)
    names = {**names, **{row.id: given_name(row.name) for row in merged}}
    strangers = {entry.resident_id for entry in entries if entry.resident_id and entry.resident_id not in names}
    village_code = entries[0].village_code if entries else ""
    former = Resident.objects.in_village(village_code).filter(id__in=strangers) if strangers else ()
    known = {**names, **{row.id: given_name(row.name) for row in former}}
    writers = dict(User.objects.filter(id__in={e.actor_id for e in entries}).values_list("id", "name"))
    writers_by_text = {str(writer): name for writer, name in writers.items()}
    return [
        Moment(
            entry=entry,
            line=line_of(entry.kind, entry.params, name=_name_in(entry, known), labels=LABELS),
            who=writers_by_text.get(entry.actor_id, ""),
        )
        for entry in entries
    ]


def _name_in(entry: TimelineEntry, names: Mapping[UUID, str]) -> str:
    return names.get(entry.resident_id, "warga") if entry.resident_id else "keluarga ini"


def _proposals(signals: Sequence[Signal], names: Mapping[UUID, str], members: Sequence[Member]) -> list[Proposal]:
    here = [m.age for m in members if m.age is not None and not m.is_away and m.life_status == LifeStatus.ALIVE]
    child, grown_up = any(age < GROWN_UP for age in here), any(age >= GROWN_UP for age in here)
    live = [LiveSignal(s.kind, s.since, s.resident_id) for s in signals]
    return proposals_for(live, names=names, child_at_home=child, grown_up_at_home=grown_up)
