"""What the learning centre seals: a child's own words and answers with the child's key, a worry with its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from desmigratif.access.keys.subject_keys import key_of
from desmigratif.shared import crypto


def sealed_json(subject_id: UUID, said: Mapping[str, Any], *, place: str) -> bytes | None:
    """Several facts in one seal; what is empty is left out, and of nothing said there is none."""
    known = {name: value for name, value in said.items() if value}
    if not known:
        return None
    return crypto.seal(key_of(subject_id, make=True) or b"", json.dumps(known).encode(), place=place)


def opened_json(key: bytes | None, sealed: bytes | memoryview | None, *, place: str) -> dict[str, Any]:
    """What was sealed together; nothing when the key is gone. Raises `CannotOpen` for what was tampered with."""
    if key is None or sealed is None:
        return {}
    return dict(json.loads(crypto.unseal(key, sealed, place=place)))


def quarter_place(quarter_id: UUID) -> str:
    return f"parenting.quarter.said:{quarter_id}"


def worry_place(worry_id: UUID, part: str) -> str:
    return f"parenting.worry.{part}:{worry_id}"
