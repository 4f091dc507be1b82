"""Centres: how they do, and which of them sleep."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from desmigratif.access.actor import Actor
from desmigratif.access.scope import get_or_refuse
from desmigratif.parenting.models import Centre, OwnTheme, Thing, Volunteer
from desmigratif.parenting.models.centres import CentreQuerySet
from desmigratif.parenting.queries.barred import barred_volunteers
from desmigratif.parenting.rules import centre as rules
from desmigratif.parenting.rules.centre import Check


def centres_of(by: Actor) -> CentreQuerySet:
    """Open centres of this person's regions, the longest silent first."""
    since = Coalesce(F("last_held_on"), F("opened_on"))
    rows = Centre.objects.visible_to(by).open()
    return rows.annotate(since=since).order_by("since", "village_code", "name")


def centre_of(by: Actor, centre_id: UUID) -> Centre:
    """One centre, also a closed one. Raises `NotFoundOrNotYours`."""
    return get_or_refuse(Centre.objects.visible_to(by), "centre_id", id=centre_id)


def sleeping(by: Actor, limit: str, today: date) -> CentreQuerySet:
    """Open centres whose silence concerns the village ("village") or the regency ("regency") today."""
    last = rules.silent_from(limit, today)
    silent = Q(last_held_on__lte=last) | Q(last_held_on=None, opened_on__lte=last)
    return centres_of(by).filter(silent)


@dataclass(frozen=True, slots=True)
class Helper:
    """A volunteer and how far their background is known today. `state`: aman, cek, or henti when a list names them."""

    volunteer: Volunteer
    until: date | None
    may_lead: bool
    barred: bool


def helpers_of(by: Actor, centre: Centre, today: date) -> list[Helper]:
    """Who helps at a centre today, by name. Two queries."""
    rows = list(Volunteer.objects.visible_to(by).standing().filter(centre=centre).order_by("name", "id"))
    barred = barred_volunteers(rows, today)
    found = []
    for one in rows:
        check = Check(one.check_paper, one.check_on)
        may = one.id not in barred and rules.may_lead(check, today)
        found.append(Helper(one, rules.check_lasts_until(check), may, one.id in barred))
    return found


def leaders_of(by: Actor, centre: Centre) -> list[tuple[str, str]]:
    """Volunteers of a centre as choices; whether they may lead is said when they are chosen."""
    rows = Volunteer.objects.visible_to(by).standing().filter(centre=centre).order_by("name", "id")
    return [(str(one.id), one.name) for one in rows]


def things_of(by: Actor, centre: Centre) -> list[Thing]:
    return list(Thing.objects.visible_to(by).filter(centre=centre).order_by("kind", "name"))


def own_themes_of(by: Actor, centre: Centre) -> list[OwnTheme]:
    return list(OwnTheme.objects.visible_to(by).filter(centre=centre).order_by("audience", "title"))
