"""The register of extracts: what one may see of it, what waits for oneself, what a found file names."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse, region_filter
from desmigratif.extracts.models import Extract, ExtractQuerySet
from desmigratif.extracts.rules.asking import ENDED, READY, WAITING, Held


def register_of(by: Actor) -> ExtractQuerySet:
    """All extracts about one's regions, the newest first."""
    return Extract.objects.visible_to(by).order_by("-number")


def extract_of(by: Actor, extract_id: UUID) -> Extract:
    """Raises `NotFoundOrNotYours`."""
    return get_or_refuse(Extract.objects.visible_to(by), "extract_id", id=extract_id)


def waiting_for(by: Actor) -> ExtractQuerySet:
    """What this person is to decide: not what they asked for themselves."""
    mine = region_filter(by.regions_for(Permission.EXTRACT_APPROVE), "region_code")
    return Extract.objects.visible_to(by).filter(mine, state=WAITING).exclude(asked_by=by.id).order_by("number")


def held_by(asker: UUID, subject: str) -> list[Held]:
    """What somebody asked for of a subject, or had: waiting, ready or ended."""
    rows = Extract.objects.everywhere().filter(asked_by=asker, subject=subject, state__in=(WAITING, READY, ENDED))
    return [Held(one.name, one.about, one.ended_on) for one in rows]


def meeting(by: Actor, extract: Extract) -> list[Extract]:
    """Other people's extracts of the same records, for whoever decides: two of them together say more than each."""
    rows = Extract.objects.visible_to(by).filter(
        subject=extract.subject, state__in=(READY, ENDED), since__lte=extract.until, until__gte=extract.since
    )
    others = rows.exclude(id=extract.id).order_by("-number")[:50]
    return [one for one in others if one.about.meets(extract.about)]


def numbered(by: Actor, numbers: set[int]) -> list[Extract]:
    """Extracts by their numbers, of those that one may see."""
    return list(Extract.objects.visible_to(by).filter(number__in=numbers).order_by("number"))


def with_print(by: Actor, rows_print: str) -> list[Extract]:
    """Extracts whose rows stood in this very order."""
    return list(Extract.objects.visible_to(by).filter(rows_print=rows_print).order_by("number"))


def to_end(today: date) -> list[UUID]:
    """Files whose day is over."""
    rows = Extract.objects.everywhere().filter(state=READY, expires_on__lt=today)
    return list(rows.values_list("id", flat=True))
