"""Reading the one JSON document that a command is given."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from desmigratif.config.cli.parser import WrongUse


def read_json(file: Path, *, most_bytes: int = 1_000_000) -> Any:
    """What a file holds. Raises `WrongUse` for one that is not there, too large or no JSON."""
    try:
        if file.stat().st_size > most_bytes:
            raise WrongUse(f"{file} terlalu besar untuk perintah ini.")
        return json.loads(file.read_text(encoding="utf-8-sig"))
    except OSError:
        raise WrongUse(f"Berkas {file} tidak ada atau tidak dapat dibaca.") from None
    except (ValueError, RecursionError):
        raise WrongUse(f"Isi {file} bukan JSON yang benar.") from None
