"""One resident's file: what is known with its source, how they can be reached, what they agreed to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.keys.subject_keys import load_keys
from desmigratif.access.scope import get_or_refuse
from desmigratif.people import sealing
from desmigratif.people.fields import DETAIL_FIELDS, KK, LABELS, MASKED_FIELDS, NIK, SPECIFIC_FIELDS, shown
from desmigratif.people.models import Consent, ContactWish, Fact, Phone, Resident
from desmigratif.people.queries.values import household_values, resident_values
from desmigratif.people.rules import phones as phone_rules
from desmigratif.people.rules.consent import Purpose, purposes_on
from desmigratif.shared.dates import age_on, format_date

PERSONAL_FIRST = (
    "passport_name", "sex", "birth_place", "birth_date", "marital_status", "relation", "occupation", "education",
    "life_status", "current_address",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """A fact as a page shows it: None = unknown. `masked` values are only an end of a number."""

    field: str
    label: str
    value: str | None
    source: str = ""
    masked: bool = False


@dataclass(frozen=True, slots=True)
class Reachable:
    """A phone number, masked, with whether it is safe to call (None = not asked)."""

    id: UUID
    masked: str
    safe: bool | None


@dataclass(frozen=True, slots=True)
class Answer:
    """A purpose and the answer that stands: yes, no, withdrawn or not asked."""

    purpose: Purpose
    consent: Consent | None

    @property
    def stands(self) -> bool:
        return self.consent is not None and self.consent.given and self.consent.withdrawn_on is None


@dataclass(frozen=True, slots=True)
class OtherFact:
    """What another source states about a field."""

    id: UUID
    label: str
    value: str
    source: str
    as_of: date | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class ResidentFile:
    resident: Resident
    age: int | None
    numbers: tuple[Shown, ...]
    facts: tuple[Shown, ...]
    details: tuple[Shown, ...]
    phones: tuple[Reachable, ...]
    wish: str | None
    answers: tuple[Answer, ...]
    others: tuple[OtherFact, ...]


def resident_of(by: Actor, resident_id: UUID) -> Resident:
    """A resident that this person may see, with their household. Raises `NotFoundOrNotYours`."""
    return get_or_refuse(Resident.objects.visible_to(by).select_related("household"), id=resident_id)


def resident_file(by: Actor, resident: Resident, *, today: date, with_specific: bool) -> ResidentFile:
    """Everything the resident page shows; numbers masked, specific facts only when they may be seen."""
    keys = load_keys([resident.id, resident.household_id])
    key = keys.get(resident.id)
    kk_number = (
        sealing.open_kk(resident.household, keys[resident.household_id]) if resident.household_id in keys else None
    )
    opened = sealing.open_resident(resident, key)
    values = {**household_values(resident.household, kk_number), **resident_values(resident, opened)}
    facts = list(Fact.objects.filter(resident=resident).order_by("field", "-as_of", "-id"))
    sources = {fact.field: _source(fact.source, fact.as_of) for fact in facts if fact.chosen}
    hidden = frozenset() if with_specific else SPECIFIC_FIELDS
    return ResidentFile(
        resident=resident,
        age=age_on(resident.birth_date, today) if resident.birth_date else None,
        numbers=tuple(_masked(name, values[name]) for name in (NIK, KK)),
        facts=tuple(_shown(name, values, sources, resident) for name in PERSONAL_FIRST),
        details=tuple(_details(values, sources, resident, hidden)),
        phones=tuple(_phones(by, resident, key)),
        wish=_wish(resident, key) if with_specific else None,
        answers=tuple(_answers(resident, today)),
        others=tuple(_others(facts, key, hidden)),
    )


def _source(source: str, on: date | None) -> str:
    if not source:
        return ""
    return f"{source}, {format_date(on)}" if on else source


def _masked(name: str, number: str | None) -> Shown:
    return Shown(name, LABELS[name], number[-4:] if number else None, masked=True)


def _shown(name: str, values: Mapping[str, Any], sources: Mapping[str, str], resident: Resident) -> Shown:
    value = values.get(name)
    if name in MASKED_FIELDS and value:
        return Shown(name, LABELS[name], str(value)[-4:], sources.get(name, ""), masked=True)
    text = shown(name, value)
    source = sources.get(name) or (_source(resident.source, resident.source_on) if text else "")
    return Shown(name, LABELS[name], text or None, source)


def _details(
    values: Mapping[str, Any], sources: Mapping[str, str], resident: Resident, hidden: frozenset[str]
) -> list[Shown]:
    rest = [name for name in DETAIL_FIELDS if name not in (*PERSONAL_FIRST, *hidden)]
    return [_shown(name, values, sources, resident) for name in rest if values.get(name) is not None]


def _phones(by: Actor, resident: Resident, key: bytes | None) -> list[Reachable]:
    rows = Phone.objects.visible_to(by).filter(resident=resident).order_by("-id")
    numbers = ((phone, sealing.open_phone(phone, key)) for phone in rows)
    return [Reachable(phone.id, phone_rules.mask(number) if number else "", phone.safe) for phone, number in numbers]


def _wish(resident: Resident, key: bytes | None) -> str | None:
    wish = ContactWish.objects.filter(resident=resident).first()
    return sealing.open_text(key, wish.wish_sealed, sealing.wish_place(wish.id)) if wish else None


def _answers(resident: Resident, today: date) -> list[Answer]:
    latest: dict[str, Consent] = {}
    for consent in Consent.objects.filter(resident=resident).order_by("recorded_on", "id"):
        latest[consent.purpose] = consent
    return [Answer(purpose, latest.get(code)) for code, purpose in purposes_on(today).items()]


def _others(facts: Sequence[Fact], key: bytes | None, hidden: frozenset[str]) -> list[OtherFact]:
    """Fields about which more than one source said something."""
    by_field: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.field not in hidden:
            by_field[fact.field].append(fact)
    return [_other(fact, key) for told in by_field.values() if len(told) > 1 for fact in told]


def _other(fact: Fact, key: bytes | None) -> OtherFact:
    text = sealing.open_text(key, fact.value_sealed, sealing.fact_place(fact.id))
    value = sealing.read_values(text).get(fact.field) if text else None
    said = f"berakhir {str(value)[-4:]}" if value and fact.field in MASKED_FIELDS else shown(fact.field, value)
    return OtherFact(
        fact.id, LABELS.get(fact.field, fact.field), said or "tidak diketahui", fact.source, fact.as_of, fact.chosen
    )


def full_number(resident: Resident, what: str) -> str | None:
    """The whole NIK, KK, or a phone (by its id); the caller has noted the event. None when unknown."""
    if what == NIK:
        return sealing.open_nik(resident)
    if what == KK:
        return sealing.open_kk(resident.household)
    phone = resident.phones.in_village(resident.village_code).filter(id=what).first()
    number = sealing.open_phone(phone, load_keys([resident.id]).get(resident.id)) if phone else None
    return phone_rules.display(number) if number else None
