"""Where sessions are kept: rows that know whose they are, so that a person can list and end their own."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, cast
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from desmigratif.access.models import DeskSession
from desmigratif.access.signin import sessions


class SessionStore(DatabaseStore):
    """Django's, with the owner, the device and two moments beside the data."""

    @classmethod
    def get_model_class(cls) -> type[DeskSession]:
        return DeskSession

    def create_model_instance(self, data: dict[str, Any]) -> DeskSession:
        row = cast(DeskSession, super().create_model_instance(data))
        kept = data.get(sessions.KEY)
        if kept and SESSION_KEY in data:
            row.public_id = UUID(kept["id"])
            row.user_id = UUID(data[SESSION_KEY])
            row.device = kept["device"]
            row.since = datetime.fromtimestamp(kept["since"], UTC)
            row.seen_at = datetime.fromtimestamp(kept["seen"], UTC)
        return row
