"""What devices ask: which life of the server is this, and what changed in my village."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from desmigratif.access.actor import Actor
from desmigratif.audit.models import Change, VillageClock
from desmigratif.shared.reasons import NotFoundOrNotYours
from desmigratif.sync import registry

EPOCH_FILE = "epoch"
SAFE_FILE = "safe_marks.json"


@dataclass(frozen=True, slots=True)
class News:
    """The answer to a pull. `change_no` is where to ask on from; `safe_mark` the audit number that a backup holds."""

    epoch: str
    change_no: int
    changes: list[dict[str, Any]]
    more: bool
    safe_mark: int

    @property
    def holds_records(self) -> bool:
        return any(change["record"] is not None for change in self.changes)

    def as_dict(self) -> dict[str, Any]:
        return {
            "epoch": self.epoch,
            "change_no": self.change_no,
            "changes": self.changes,
            "more": self.more,
            "safe_mark": self.safe_mark,
        }


def current_epoch() -> str:
    """The name of this life of the server's memory: random, made at first use; a restore writes a new one."""
    path: Path = settings.DATA_DIR / EPOCH_FILE
    try:
        return path.read_text("ascii").strip() or _new_epoch(path)
    except FileNotFoundError:
        return _new_epoch(path)


def _new_epoch(path: Path) -> str:
    """Write a fresh name whole or not at all; of several processes at once, one wins and all read the same."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    draft.write_text(secrets.token_hex(16) + "\n", "ascii")
    try:
        os.link(draft, path)
    except FileExistsError:
        if not path.read_text("ascii").strip():  # emptied by a full disk
            draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return path.read_text("ascii").strip()


def mark_of(village_code: str) -> int:
    """The number of the last audit event in a chain. Every act leaves an event, so this is after the act."""
    marks = VillageClock.objects.filter(village_code=village_code).values_list("audit_no", flat=True)
    return marks.first() or 0


def safe_mark_of(village_code: str, epoch: str) -> int:
    """The audit number up to which a good backup holds this village; 0 while nobody says that one does.

    A backup that was proven writes DATA/safe_marks.json: `{"epoch": "...", "marks": {village or region code: audit
    number inside the backup}}`. Marks of another epoch say nothing about this one.
    """
    try:
        safe = json.loads((settings.DATA_DIR / SAFE_FILE).read_text("utf-8"))
        return int(safe["marks"].get(village_code, 0)) if safe["epoch"] == epoch else 0
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return 0


def news(by: Actor, village_code: str, *, after: int, limit: int) -> News:
    """The latest state of at most `limit` changes of a village since number `after`. Raises `NotFoundOrNotYours`.

    The clock is read first: what is committed meanwhile has a higher number and comes with the next question.
    """
    kinds = [record for record in registry.CARDS if by.may(registry.rows_of(record).see_permission, village_code)]
    if not kinds:
        raise NotFoundOrNotYours("village")
    clock = VillageClock.objects.filter(village_code=village_code).first()
    head = clock.change_no if clock else 0
    safe_mark = safe_mark_of(village_code, epoch := current_epoch())
    rows = list(
        Change.objects.filter(
            village_code=village_code, change_no__gt=after, change_no__lte=head, model__in=kinds
        ).order_by("change_no")[: limit + 1]
    )
    more = len(rows) > limit
    rows = rows[:limit]
    return News(
        epoch=epoch,
        change_no=rows[-1].change_no if more else head,
        changes=_latest(by, village_code, rows),
        more=more,
        safe_mark=safe_mark,
    )


def _latest(by: Actor, village_code: str, rows: list[Change]) -> list[dict[str, Any]]:
    """One line for each record, at its last number, with what the record says now."""
    last = {(row.model, row.record_id): row for row in rows}
    cards: dict[tuple[str, UUID], dict[str, Any]] = {}
    for kind in {row.model for row in last.values()}:
        cards |= _cards(by, village_code, kind, [row.record_id for row in last.values() if row.model == kind])
    return [
        {
            "no": row.change_no,
            "model": row.model,
            "id": str(row.record_id),
            "gone": (row.model, row.record_id) not in cards,
            "record": cards.get((row.model, row.record_id)),
        }
        for row in sorted(last.values(), key=lambda row: row.change_no)
    ]


def _cards(by: Actor, village_code: str, kind: str, ids: list[UUID]) -> dict[tuple[str, UUID], dict[str, Any]]:
    """What devices may hold of these records; who is not in the answer is gone or not to be seen."""
    rows = registry.rows_of(kind).visible_to(by).filter(village_code=village_code, id__in=ids)
    return {
        (kind, row["id"]): {path: _plain(value) for path, value in row.items()}
        for row in rows.values("id", *registry.CARDS[kind])
    }


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
