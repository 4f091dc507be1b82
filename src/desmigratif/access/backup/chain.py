"""Walking the audit chains of a backup with the keys of that backup.

`audit.verify` proves the database of this process with the keys of this process; a backup may be neither. The
digest is that of `audit.unit.event_hash`, with the key of the backup.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from desmigratif.access.backup.rows import EVENTS, Rows
from desmigratif.audit.models import Event
from desmigratif.audit.unit import event_hash

_COLUMNS = (
    "id", "village_code", "audit_no", "at", "actor_id", "actor_role", "via", "act_id", "event", "subjects",
    "details", "prev_hash", "hash",
)  # fmt: skip
_CLOCK = ("village_code", "audit_no", "audit_head")


@dataclass(frozen=True, slots=True)
class ChainFindings:
    """How many links were walked, and where a chain first does not hold: (village code, audit number)."""

    events: int
    broken: tuple[tuple[str, int], ...]


def walk_chains(rows: Rows, key: bytes | None) -> ChainFindings:
    """Every chain from its first link to the head its clock keeps. Without the key the digests are not recomputed."""
    heads = {str(code): (int(number), str(head)) for code, number, head in rows.rows("audit_villageclock", _CLOCK)}
    events, broken = 0, []
    for code, links in groupby(rows.rows(EVENTS, _COLUMNS), key=lambda row: str(row[1])):
        walked, problem_at = _walk(links, heads.pop(code, (0, "")), key)
        events += walked
        if problem_at:
            broken.append((code, problem_at))
    broken += [(code, 1) for code, (number, head) in heads.items() if number or head]
    return ChainFindings(events, tuple(broken))


def _walk(links: Iterator[tuple[Any, ...]], end: tuple[int, str], key: bytes | None) -> tuple[int, int]:
    """(links walked, number of the first bad link or 0)."""
    number, head = 0, ""
    for row in links:
        link = dict(zip(_COLUMNS, row, strict=True))
        number += 1
        if int(link["audit_no"]) != number or link["prev_hash"] != head:
            return number, number
        if key is not None and event_hash(_event(link), key) != link["hash"]:
            return number, number
        head = link["hash"]
    return number, 0 if (number, head) == end else number + 1


def _event(link: dict[str, Any]) -> Event:
    """The event of a row as a backup keeps it: ids, moments and JSON may be text there."""
    return Event(
        **{
            **link,
            "id": UUID(str(link["id"])),
            "act_id": UUID(str(link["act_id"])) if link["act_id"] else None,
            "audit_no": int(link["audit_no"]),
            "at": _moment(link["at"]),
            "subjects": _json(link["subjects"]),
            "details": _json(link["details"]),
        }
    )


def _moment(value: Any) -> datetime:
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str | bytes) else value
