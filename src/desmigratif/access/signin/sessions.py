"""What a session remembers of itself: since when, when last used, on which device, and whether it is locked.

All of it stands in the session's own data, so that asking costs no query. The server is the authority: a session
that lay idle, or was locked, is nobody's until its owner gives the password again.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

from desmigratif.access.signin.devices import device_words
from desmigratif.shared.ids import new_id

KEY = "desk"
LONGEST = timedelta(hours=12)  # from signing in, however busy
STAMPED_EVERY = timedelta(seconds=30)  # a click that comes sooner is not written down


class Standing(Enum):
    OPEN = "open"
    LOCKED = "locked"
    OVER = "over"


def begin(session: SessionBase, now: datetime, user_agent: str = "") -> None:
    """Right after signing in."""
    at = now.timestamp()
    session[KEY] = {"id": str(new_id()), "since": at, "seen": at, "device": device_words(user_agent), "locked": False}


def kept_in(session: SessionBase) -> dict[str, Any] | None:
    found: dict[str, Any] | None = session.get(KEY)
    return found


def standing(session: SessionBase, now: datetime) -> Standing:
    """Whether this session may be used at this moment."""
    kept = kept_in(session)
    if kept is None or now.timestamp() >= kept["since"] + LONGEST.total_seconds():
        return Standing.OVER
    idle = now.timestamp() - kept["seen"]
    if kept["locked"] or idle >= settings.IDLE_LOCK_MINUTES * 60:
        return Standing.LOCKED
    return Standing.OPEN


def wants_stamp(session: SessionBase, now: datetime) -> bool:
    """Whether the last written use is so old that this one should be written; also when the clock was set back."""
    kept = kept_in(session)
    return kept is not None and abs(now.timestamp() - kept["seen"]) >= STAMPED_EVERY.total_seconds()


def stamp(session: SessionBase, now: datetime) -> None:
    session[KEY] = {**(kept_in(session) or {}), "seen": now.timestamp()}


def lock(session: SessionBase) -> None:
    session[KEY] = {**(kept_in(session) or {}), "locked": True}


def unlock(session: SessionBase, now: datetime) -> None:
    """Open again, under a new key: whoever copied the cookie of the locked session holds nothing."""
    session[KEY] = {**(kept_in(session) or {}), "locked": False, "seen": now.timestamp()}
    session.cycle_key()
