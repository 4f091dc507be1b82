"""Plays events through the one door, and gathers whatever went otherwise than they say."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from functools import cache
from typing import Any
from uuid import UUID

import yaml
from django.apps import apps
from django.db import connection

from desmigratif.access.actor import Actor, person
from desmigratif.access.door import REGISTRY, Act, perform
from desmigratif.cases.models import Bundle, Case, CaseStep, FollowUp, Paper, Referral, ReintegrationStep
from desmigratif.cases.rules.before.visits import topics_on
from desmigratif.cooperative.models import Account
from desmigratif.enterprises.models import Participant
from desmigratif.people.models import Household, Resident
from desmigratif.placement.models import Body, JobOrder
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import InvalidInput
from year import checks
from year.story import FOLDER, Deed, Event, people

VILLAGE = "33.07.10.2004"
WIB = timezone(timedelta(hours=7))
WRITTEN_TO = (
    "people",
    "placement",
    "cases",
    "documents",
    "cooperative",
    "parenting",
    "enterprises",
    "programme",
)  # whose tables a refused act leaves as they were


@dataclass
class Names:
    """Name -> id of everything that the story speaks of; a name is given its id when it is first heard."""

    known: dict[str, UUID] = field(default_factory=dict)

    def id(self, name: str) -> UUID:
        return self.known.setdefault(name, new_id())


def _keep_statistics() -> None:
    """What PostgreSQL does by itself for rows that are committed; here a whole year is one transaction."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE cooperative_account, cooperative_entry, cooperative_leg, cooperative_seal")


class Player:
    """One village and what was done in it so far.

    `deviations`: sentences about what went otherwise. `deaf`: questions that a wrong expectation passed as well.
    """

    def __init__(self) -> None:
        self.names = Names()
        self.actors = {name: _actor(name, told) for name, told in people().items()}
        self.deviations: list[str] = []
        self.deaf: list[str] = []
        self.acts = 0
        self.questions: dict[str, int] = {}
        self._serial = 0

    def play(self, events: list[Event]) -> None:
        month = 0
        for event in events:
            if event.on.month != month:
                month = event.on.month
                _keep_statistics()
            self._serial += 1
            for deed in event.deeds:
                self._act(event, deed)
            self._ask(event)

    # --- acting ---

    def _act(self, event: Event, deed: Deed) -> None:
        self.acts += 1
        by, payload = self.actors[event.who], self.payload_of(deed, event.on)
        before = _counts() if event.outcome != "done" else {}
        outcome, codes = self._outcome(by, deed, payload, self.moment(event))
        if (outcome, codes) != (event.outcome, event.codes):
            wanted = f"{event.outcome} {list(event.codes)}"
            self._note(event, f"{deed.action} {deed.number or ''}: {wanted}, tetapi {outcome} {list(codes)}")
        if outcome != "done" and before and before != _counts():
            self._note(event, f"{deed.action} tidak selesai, tetapi ada yang tertulis")

    def _outcome(self, by: Actor, deed: Deed, payload: dict[str, Any], now: datetime) -> tuple[str, tuple[str, ...]]:
        act = Act(deed.action, new_id(), payload, via="test")
        try:
            receipt = perform(by, act, now=now)
        except InvalidInput as wrong:
            return "invalid", tuple(reason.code for reason in wrong.reasons)
        return receipt.outcome, tuple(reason["code"] for reason in receipt.reasons)

    def moment(self, event: Event) -> datetime:
        """The hour of an event; those of one hour follow each other by a few seconds."""
        return datetime.combine(event.on, event.at, WIB) + timedelta(milliseconds=self._serial)

    def payload_of(self, deed: Deed, on: date) -> dict[str, Any]:
        """What the event says, with names as ids, and with what goes without saying."""
        fields = REGISTRY[deed.action].input.model_fields
        payload = {key: self._meaning(key, value, on) for key, value in deed.payload.items()}
        for name, told in sorted(fields.items(), key=lambda one: one[0].startswith("seen")):
            if name in payload or not (told.is_required() or name == "on"):
                continue
            if name == "on":
                payload[name] = on
            elif name == "village_code":
                payload[name] = VILLAGE
            elif name == "cooperative_id":
                payload[name] = self.names.id("koperasi")
            elif name in ("seen", "seen_version"):
                payload[name] = self._version_read(payload)
            elif told.annotation is UUID:
                payload[name] = new_id()
        return payload

    def _meaning(self, key: str, value: Any, on: date) -> Any:
        if (key.endswith(("_id", "_ids")) or key == "replaces") and isinstance(value, str):
            return self._kept_elsewhere(value) or self.names.id(value)
        if isinstance(value, Mapping):
            if "tawaran" in value:
                return offer(value["tawaran"], value.get("ubah", {}))
            meant = {inner: self._meaning(inner, one, on) for inner, one in value.items()}
            return {"person_id": new_id(), **meant} if {"resident_id", "name"} <= meant.keys() else meant
        if isinstance(value, list):
            return [self._meaning(key, one, on) for one in value]
        return list(topics_on(on)) if (key, value) == ("topics", "semua") else value

    def _kept_elsewhere(self, name: str) -> UUID | None:
        """What the program itself gave an id: a line of the chart, a vacancy, somebody to be asked again."""
        kind, _, rest = name.partition(" ")
        if kind == "akun":
            return Account.objects.of(self.names.id("koperasi")).get(name=rest).id
        if kind == "peserta":
            return Participant.objects.in_village(VILLAGE).get(resident=self.names.id(rest)).id
        if kind == "lembaga":
            return Body.objects.get(name=rest).id
        if kind == "lowongan":
            return JobOrder.objects.get(title=rest).id
        if name.startswith("langkah pulang "):
            step, _, of = rest.removeprefix("pulang ").partition(" dari ")
            return ReintegrationStep.objects.in_village(VILLAGE).get(step=step, back=self.names.id(of)).id
        if name.startswith("tindak lanjut "):
            waiting = FollowUp.objects.in_village(VILLAGE).filter(done_on=None)
            return waiting.get(case=self.names.id(rest.removeprefix("lanjut "))).id
        return None

    def _version_read(self, payload: Mapping[str, Any]) -> int:
        """The version that somebody has read who opens the page and writes at once."""
        if "referral_id" in payload:
            return Referral.objects.in_village(VILLAGE).get(id=payload["referral_id"]).version
        if "bundle_id" in payload and "step" not in payload:
            return Bundle.objects.in_village(VILLAGE).get(id=payload["bundle_id"]).version
        if "kind" in payload and "paper_id" in payload:
            case = Case.objects.in_village(VILLAGE).get(id=payload["case_id"])
            paper = Paper.objects.in_village(VILLAGE).filter(resident=case.resident_id, kind=payload["kind"]).first()
            return paper.version if paper else 0
        if "step" in payload:
            row = CaseStep.objects.in_village(VILLAGE).filter(case=payload["case_id"], step=payload["step"]).first()
            return row.version if row else 0
        if "case_id" in payload:
            return Case.objects.in_village(VILLAGE).get(id=payload["case_id"]).version
        if "resident_id" in payload:
            return Resident.objects.in_village(VILLAGE).get(id=payload["resident_id"]).version
        return Household.objects.in_village(VILLAGE).get(id=payload["household_id"]).version

    # --- asking ---

    def _ask(self, event: Event) -> None:
        for kind, wanted in event.expect.items():
            self.questions[kind] = self.questions.get(kind, 0) + 1
            for path, want, found in self._found(kind, wanted, event.on):
                if want != found:
                    self._note(event, f"{kind} {path}: {want!r}, tetapi {found!r}")
            wrong = checks.spoilt(wanted)
            if wrong is not None and all(want == found for _, want, found in self._found(kind, wrong, event.on)):
                self.deaf.append(f"{event.place}: {kind}")

    def _found(self, kind: str, wanted: Any, on: date) -> Iterator[checks.Found]:
        check = checks.KINDS.get(kind)
        if check is None:
            raise ValueError(f"nobody knows how to check {kind!r}")
        yield from check(self, wanted, on)

    def _note(self, event: Event, said: str) -> None:
        self.deviations.append(f"{event.on} {event.place} ({event.what}): {said}")


def _actor(name: str, told: Mapping[str, str]) -> Actor:
    return person(new_id(), name, (told["peran"], told.get("wilayah", VILLAGE)))


def _counts() -> dict[str, int]:
    """How many rows each table of the programme has."""
    tables = [model._meta.db_table for label in WRITTEN_TO for model in apps.get_app_config(label).get_models()]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT '{table}', COUNT(*) FROM {table}" for table in tables))
        return dict(cursor.fetchall())


@cache
def _offers() -> dict[str, Any]:
    told: dict[str, Any] = yaml.safe_load((FOLDER / "offers.yaml").read_text("utf-8"))
    return told


def offer(name: str, changes: Mapping[str, Any]) -> dict[str, Any]:
    """The answers of a named offer, some of them replaced by dotted path."""
    answers: dict[str, Any] = copy.deepcopy(_offers()[name])
    for path, value in changes.items():
        *folders, last = path.split(".")
        place = answers
        for folder in folders:
            place = place.setdefault(folder, {})
        place[last] = value
    return answers
