"""The server: the real views over the test database, with backups that are savepoints.

Going back to a savepoint is a restore to the letter: every table, every number, every chain head as it was.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.test import RequestFactory

from desmigratif.access.actor import Actor
from desmigratif.audit.models import VillageClock
from desmigratif.sync import views
from desmigratif.sync.queries import EPOCH_FILE, SAFE_FILE, current_epoch

RESTORABLE = 2


@dataclass
class Backup:
    savepoint: str
    marks: dict[str, int]
    desk_visits: frozenset[str]


@dataclass
class Hub:
    data: Path
    backups: list[Backup] = field(default_factory=list)
    desk_visits: set[str] = field(default_factory=set)
    factory: RequestFactory = field(default_factory=RequestFactory)

    def answer(self, by: Actor, door: str, raw: str, now: datetime) -> tuple[int, str]:
        """Status and body, as they would go over the wire. `raw` is the question's JSON, perhaps cut off."""
        if door == "push":
            request: Any = self.factory.post("/sync/v1/push", raw, content_type="application/json")
        else:
            request = self.factory.get("/sync/v1/pull", json.loads(raw))
        request.actor, request.now = by, now
        answer = (views.push if door == "push" else views.pull)(request)
        return answer.status_code, answer.content.decode()

    def back_up(self) -> None:
        """A backup, and word to the devices of what the oldest one still kept for a restore holds."""
        marks = dict(VillageClock.objects.values_list("village_code", "audit_no"))
        self.backups.append(Backup(transaction.savepoint(), marks, frozenset(self.desk_visits)))
        self.backups = self.backups[-RESTORABLE:]
        self._tell_safe()

    def restore(self, which: int) -> None:
        """Back to one of the kept backups (0 is the oldest), under a new epoch."""
        chosen = self.backups[which]
        transaction.savepoint_rollback(chosen.savepoint)
        self.backups = self.backups[: which + 1]
        self.desk_visits = set(chosen.desk_visits)
        (self.data / EPOCH_FILE).write_text(secrets.token_hex(16), "ascii")
        self._tell_safe()

    def _tell_safe(self) -> None:
        said = {"epoch": current_epoch(), "marks": self.backups[0].marks}
        (self.data / SAFE_FILE).write_text(json.dumps(said), "utf-8")
