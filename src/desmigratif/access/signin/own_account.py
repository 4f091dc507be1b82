"""What a person does to their own sign-in. It is no right in a region, so no action of the door: whoever has signed
in may do it, to themselves alone. The trace is written in the same transaction all the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from desmigratif.access.models import DeskSession, EnrolledBrowser, User
from desmigratif.access.queries import actor_for
from desmigratif.audit import unit
from desmigratif.audit.unit import Subject


@contextmanager
def unit_for(user: User, now: datetime) -> Iterator[unit.Unit]:
    """A unit of work in the person's own name; its events stand in the chain of their own region."""
    by = actor_for(user, today=timezone.localdate(now))
    note = unit.Unit(actor_id=str(by.id), actor_role=by.role_code, home_code=by.home_code, at=now, via="desk")
    with unit.unit_of_work(note) as opened:
        yield opened


def end_session(user: User, public_id: UUID, now: datetime) -> bool:
    """Sign out one browser of one's own; False when there is none by this id."""
    with unit_for(user, now):
        ended, _ = DeskSession.objects.filter(user=user, public_id=public_id).delete()
        if ended:
            unit.record("session.ended", subjects=[Subject("user", user.id)], count=ended)
    return bool(ended)


def end_other_sessions(user: User, *, but: str | None, now: datetime) -> int:
    """Sign out everywhere but here (`but`: the key of this session)."""
    with unit_for(user, now):
        ended, _ = DeskSession.objects.filter(user=user).exclude(session_key=but or "").delete()
        if ended:
            unit.record("session.ended", subjects=[Subject("user", user.id)], count=ended)
    return ended


def forget_browser(user: User, browser_id: UUID, now: datetime) -> bool:
    """From now on this browser is asked for the second factor again; False when there is none by this id."""
    with unit_for(user, now):
        gone, _ = EnrolledBrowser.objects.filter(user=user, id=browser_id).delete()
        if gone:
            subjects = [Subject("user", user.id), Subject("browser", browser_id)]
            unit.record("browser.forgotten", subjects=subjects)
    return bool(gone)


def note(user: User, event: str, now: datetime, **details: str) -> None:
    """A change of one's own sign-in that a library has already made."""
    with unit_for(user, now):
        unit.record(event, subjects=[Subject("user", user.id)], **details)
