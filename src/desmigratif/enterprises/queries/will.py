"""Who could be invited, and who told what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Case, Q, When

from desmigratif.access.actor import Actor
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse, region_filter
from desmigratif.audit.models import Signal
from desmigratif.enterprises.models import Member, Potential, PotentialQuerySet
from desmigratif.enterprises.queries.ties import ABROAD_NOW, BACK
from desmigratif.enterprises.queries.training import trained_hours
from desmigratif.enterprises.rules.will import Readiness, Said, ages_on, person_readiness
from desmigratif.people.models import LifeStatus, Resident
from desmigratif.shared.dates import age_on
from desmigratif.shared.privacy import PrivacyClass

MOST = 12  # proposals at a time: whoever was asked makes room for the next


@dataclass(frozen=True, slots=True)
class Proposed:
    """Somebody of a migrant's family whom nobody has asked yet, and why they are proposed."""

    resident: Resident
    why: str
    since: date


def proposed_in(village_code: str, *, today: date) -> list[Proposed]:
    """Who came back, or stays while another works abroad, of working age, and was not asked. Two queries.

    The caller may see them.
    """
    told = Potential.objects.in_village(village_code).filter(is_latest=True).values("resident__household_id")
    joined = Member.objects.in_village(village_code).standing().values("resident__household_id")
    rows = Signal.objects.filter(
        village_code=village_code, kind__in=(ABROAD_NOW, BACK), until=None, privacy=PrivacyClass.PERSONAL
    )
    signals = list(rows.exclude(household_id__in=told).exclude(household_id__in=joined).order_by("-since", "id")[:60])
    homes = {one.household_id for one in signals}
    residents = Resident.objects.in_village(village_code).filter(
        household_id__in=homes, life_status=LifeStatus.ALIVE, merged_into=None, birth_date__isnull=False
    )
    least, most = ages_on(today)
    by_home: dict[UUID, list[Resident]] = {}
    for one in residents.select_related("household").order_by("birth_date", "id"):
        if one.birth_date and least <= age_on(one.birth_date, today) <= most:
            by_home.setdefault(one.household_id, []).append(one)
    return _chosen(signals, by_home)[:MOST]


def _chosen(signals: list[Signal], by_home: dict[UUID, list[Resident]]) -> list[Proposed]:
    """One of each family: whoever came back, else the spouse, else the oldest."""
    away = {one.resident_id for one in signals if one.kind == ABROAD_NOW}
    found: dict[UUID, Proposed] = {}
    for signal in signals:
        people = [one for one in by_home.get(signal.household_id, []) if one.id not in away]
        if signal.household_id in found or not people:
            continue
        if signal.kind == BACK:
            who = next((one for one in people if one.id == signal.resident_id), None)
            if who is not None:
                found[signal.household_id] = Proposed(who, "Pulang dari luar negeri", signal.since)
            continue
        spouses = [one for one in people if one.relation in ("head", "wife", "husband")]
        found[signal.household_id] = Proposed(
            (spouses or people)[0], "Ada keluarga yang bekerja di luar negeri", signal.since
        )
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who told of their skill and will, and how ready they are."""

    potential: Potential
    readiness: Readiness


def potentials_seen(by: Actor) -> PotentialQuerySet:
    """What people of this person's villages told last, the willing first."""
    rows = Potential.objects.visible_to(by).filter(is_latest=True).select_related("resident__household")
    wish = Case(When(will="now", then=0), When(will="later", then=1), default=2)
    return rows.order_by(wish, "resident__name_key", "id")


def asked_of(potentials: list[Potential], *, today: date) -> list[Asked]:
    """With their readiness. One query for each village among them."""
    hours: dict[UUID, int] = {}
    for code in {one.village_code for one in potentials}:
        hours |= trained_hours(code, [one.resident_id for one in potentials if one.village_code == code])
    return [Asked(one, readiness_of(one, hours.get(one.resident_id, 0), today)) for one in potentials]


def readiness_of(potential: Potential, hours: int, today: date) -> Readiness:
    return person_readiness(said_by(potential), trained_hours=hours, on=today)


def said_by(one: Potential) -> Said:
    return Said(one.skills, one.trade, one.hours, one.capital, one.market, one.will)


def latest_of(resident: Resident) -> Potential | None:
    """What somebody told last."""
    return Potential.objects.in_village(resident.village_code).filter(resident=resident, is_latest=True).first()


def resident_of(by: Actor, resident_id: UUID) -> Resident:
    """A resident of a village that this person mentors. Raises `NotFoundOrNotYours`."""
    mine: Q = region_filter(by.regions_for(Permission.ENTERPRISE_MENTOR))
    rows = Resident.objects.everywhere().filter(mine).select_related("household")
    return get_or_refuse(rows, "resident_id", id=resident_id)
