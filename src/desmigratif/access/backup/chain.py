"""Walking the audit chains of a backup with the keys of that backup.

`audit.verify` proves the database of this process with the keys of this process; a backup may be neither. The
digest is that of `audit.unit.event_hash`; a test holds the two together.
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
from desmigratif.shared.crypto import canonical, keyed_digest

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
        if key is not None and _digest(link, key) != link["hash"]:
            return number, number
        head = link["hash"]
    return number, 0 if (number, head) == end else number + 1


def _digest(link: dict[str, Any], key: bytes) -> str:
    said = {
        "id": _id(link["id"]),
        "village_code": link["village_code"],
        "audit_no": int(link["audit_no"]),
        "at": _moment(link["at"]).isoformat(timespec="microseconds"),
        "actor_id": link["actor_id"],
        "actor_role": link["actor_role"],
        "via": link["via"],
        "act_id": _id(link["act_id"]),
        "event": link["event"],
        "subjects": _json(link["subjects"]),
        "details": _json(link["details"]),
    }
    return keyed_digest(key, str(link["prev_hash"]).encode(), canonical(said))


def _id(value: Any) -> str | None:
    return str(UUID(str(value))) if value else None


def _moment(value: Any) -> datetime:
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str | bytes) else value
