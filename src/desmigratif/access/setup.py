"""The first run: a one-time code in the terminal proves that whoever opens the set-up page holds the computer."""

from __future__ import annotations

import json
import secrets
import threading
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from desmigratif.access.keys.recovery import write_whole
from desmigratif.access.queries import is_set_up

FILE_NAME = "setup-code.json"
LASTS = timedelta(hours=24)
WRONG_TRIES = 5
_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that looks like something else
_lock = threading.Lock()


class CodeAnswer(StrEnum):
    """What came of a typed code."""

    RIGHT = "right"
    WRONG = "wrong"
    SPENT = "spent"  # too old, or tried wrongly too often: a new one comes with the next start


@dataclass(frozen=True, slots=True)
class _Kept:
    code: str
    until: str
    wrong: int = 0

    def holds(self, now: datetime) -> bool:
        return now < datetime.fromisoformat(self.until) and self.wrong < WRONG_TRIES


def setup_code(data_dir: Path, now: datetime) -> str | None:
    """The code to print at start (`KUNCI-7F3K-92QD`): the standing one or a new one; None once anybody has an account.

    Kept in the data folder (mode 0400) for 24 hours and five wrong tries.
    """
    with _lock:
        if is_set_up():
            spend_code(data_dir)
            return None
        standing = _read(data_dir)
        if standing is not None and standing.holds(now):
            return standing.code
        letters = "".join(secrets.choice(_LETTERS) for _ in range(8))
        fresh = _Kept(f"KUNCI-{letters[:4]}-{letters[4:]}", (now + LASTS).isoformat())
        _write(data_dir, fresh)
        return fresh.code


def check_code(data_dir: Path, typed: str, now: datetime) -> CodeAnswer:
    """Compare what was typed (any case, with or without KUNCI and dashes); counts the wrong ones."""
    with _lock:
        kept = _read(data_dir)
        if kept is None or not kept.holds(now):
            return CodeAnswer.SPENT
        if secrets.compare_digest(_plain(typed).encode(), _plain(kept.code).encode()):
            return CodeAnswer.RIGHT
        counted = _Kept(kept.code, kept.until, kept.wrong + 1)
        _write(data_dir, counted)
        return CodeAnswer.WRONG if counted.holds(now) else CodeAnswer.SPENT


def still_holds(data_dir: Path, code: str, now: datetime) -> bool:
    """Whether a code that was right before still is the one; tries are not counted."""
    kept = _read(data_dir)
    return kept is not None and kept.holds(now) and _plain(kept.code) == _plain(code)


def spend_code(data_dir: Path) -> None:
    """After the set-up: the code is gone."""
    (data_dir / FILE_NAME).unlink(missing_ok=True)


def _plain(code: str) -> str:
    letters = "".join(letter for letter in code.upper() if letter.isalnum())
    return letters.removeprefix("KUNCI")


def _read(data_dir: Path) -> _Kept | None:
    try:
        return _Kept(**json.loads((data_dir / FILE_NAME).read_bytes()))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def _write(data_dir: Path, kept: _Kept) -> None:
    write_whole(data_dir / FILE_NAME, json.dumps(asdict(kept)).encode(), mode=0o400)
