"""What everything that is done at a centre begins and ends with."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import models

from desmigratif.access.actor import Actor
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.audit import unit
from desmigratif.audit.unit import Subject
from desmigratif.parenting.actions import facts
from desmigratif.parenting.actions.refusals import CannotRunCentre
from desmigratif.parenting.models import Centre, OwnTheme, Session, SessionState
from desmigratif.parenting.rules import centre as rules
from desmigratif.shared.reasons import Reason

RUN = Permission.CENTRE_RUN


def note(event: str, record: models.Model, village_code: str, **details: object) -> None:
    """An event and a change about one record of the centre."""
    word = record._meta.model_name or ""
    id: UUID = record.pk
    unit.record(event, village_code=village_code, subjects=[Subject(word, id)], **details)
    unit.changed(f"parenting.{word}", village_code, id)


def centre_to_run(by: Actor, village_code: str, centre_id: UUID) -> Centre:
    """An open centre, locked, that this person runs. Raises `NotFoundOrNotYours` and `CannotRunCentre`."""
    require(by, RUN, village_code)
    centre = get_or_refuse(Centre.objects.in_village(village_code).select_for_update(), "centre_id", id=centre_id)
    if centre.closed_on is not None:
        raise CannotRunCentre(Reason("centre_closed", "Rumah belajar ini sudah ditutup."))
    return centre


def drop_planned(village_code: str, on: date, **which: Any) -> None:
    """Take back what was planned from a day on and is not held: it is as if it had never been planned."""
    rows = Session.objects.in_village(village_code).filter(state=SessionState.PLANNED, on__gte=on, **which)
    gone = list(rows)
    facts.planned(gone, sign=-1)
    for one in gone:
        unit.changed("parenting.session", village_code, one.id, gone=True)
    rows.delete()


def session_to_run(by: Actor, village_code: str, session_id: UUID) -> Session:
    """A session, locked, that this person runs. Raises `NotFoundOrNotYours`."""
    require(by, RUN, village_code)
    rows = Session.objects.in_village(village_code).select_related("centre").select_for_update(of=("self",))
    return get_or_refuse(rows, "session_id", id=session_id)


def bump_last_held(session: Session) -> None:
    """The centre is alive on that day."""
    held = Centre.objects.in_village(session.village_code).filter(id=session.centre_id)
    held.filter(last_held_on=None).update(last_held_on=session.on)
    held.filter(last_held_on__lt=session.on).update(last_held_on=session.on)


def own_theme(centre: Centre, theme_id: UUID | None) -> OwnTheme | None:
    """A theme of this centre's own. Raises `NotFoundOrNotYours`."""
    if theme_id is None:
        return None
    rows = OwnTheme.objects.in_village(centre.village_code).filter(centre=centre)
    return get_or_refuse(rows, "own_theme_id", id=theme_id)


def reasons_against_theme(theme: str | None, own: OwnTheme | None, on: date) -> list[Reason]:
    """Why a session cannot have this theme; empty means it can, or that it has none."""
    if not theme:
        return []
    reasons = rules.reasons_not_listed("themes", theme, on, field="theme", text="Pilih temanya.")
    return [*reasons, Reason("two_themes", "Pilih satu tema saja.", field="theme")] if own else reasons
