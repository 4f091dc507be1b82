"""What a run of this suite counted, kept for the page `docs/keandalan.md` when `RELIABILITY_FIGURES` names a file."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from django.db import connection

ENGINES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def note(promise: str, *, run: str = "", **counts: Any) -> None:
    """Keep the counts of one promise on the engine of this run; runs that are named stand beside one another."""
    name = os.environ.get("RELIABILITY_FIGURES")
    if not name:
        return
    path = Path(name)
    kept = json.loads(path.read_text("utf-8")) if path.exists() else {}
    engines = kept.setdefault(promise, {})
    if run:
        engines.setdefault(ENGINES[connection.vendor], {})[run] = counts
    else:
        engines[ENGINES[connection.vendor]] = counts
    path.write_text(json.dumps(kept, indent=1, sort_keys=True), "utf-8")


def wanted(name: str, default: int) -> int:
    """A number of rounds from the environment (`RELIABILITY_ROUNDS=500`)."""
    return int(os.environ.get(name, default))
