"""What commands say: sentences on standard output, one JSON document, one sentence per error, never a traceback."""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from desmigratif.shared.reasons import Reason, Refusal

QUIET = (KeyboardInterrupt, BrokenPipeError)
LOG_FILE = "desmigratif.log"
_LOG_LIMIT = 1_000_000  # bytes; then the file begins anew and the old one stays beside it
# Messages of these name files, modules and attributes; those of other errors may repeat what people typed.
_SAFE_TO_QUOTE = (OSError, ImportError, AttributeError, NameError, TypeError)


def say(sentence: str) -> None:
    print(sentence, flush=True)


def say_json(document: Any) -> None:
    """The one JSON document of a command with `--json`."""
    print(json.dumps(document, ensure_ascii=False, indent=2), flush=True)


def complain(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def wrong_use(problem: Exception) -> int:
    complain(str(problem))
    return 2


def refused_start(refused: SystemExit) -> int:
    """A stop while the settings were read: its message is a sentence already."""
    if isinstance(refused.code, int) or refused.code is None:
        return refused.code or 0
    complain(str(refused.code))
    return 1


def quiet_end(ended: BaseException) -> int:
    """Ctrl+C, or the reader of our output went away: nothing to say."""
    if isinstance(ended, BrokenPipeError):
        # Python would complain once more when it flushes at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 1


def explain(problem: Exception, data_folder: Path, *, as_json: bool = False) -> int:
    """One sentence for an error that reached the top; the rest goes to the log."""
    if isinstance(problem, Refusal):
        if as_json:
            say_json({"refused": [reason.as_dict() for reason in problem.reasons]})
        complain(" ".join(_of_reason(reason) for reason in problem.reasons))
        return 1
    place = log_problem(problem, data_folder)
    complain(f"{_sentence_for(problem)} Rinciannya {place}.")
    return 1


def _of_reason(reason: Reason) -> str:
    where = f"{reason.field}: " if reason.field else ""
    return f"{where}{reason.text} {reason.way_out}".strip()


def _sentence_for(problem: Exception) -> str:
    from django.db import InterfaceError, OperationalError  # only when something went wrong

    if isinstance(problem, OperationalError | InterfaceError):
        return "Basis data tidak dapat dibuka atau sedang terkunci; tidak ada yang diubah. Coba lagi sebentar lagi."
    if isinstance(problem, PermissionError):
        return f"Program tidak boleh membaca atau menulis {problem.filename or 'di tempat itu'}."
    return "Ada kesalahan yang tidak kami duga; perintah ini berhenti."


def log_problem(problem: Exception, data_folder: Path) -> str:
    """Append the traceback to DATA/logs; says where it is, or that it could not be kept."""
    file = data_folder / "logs" / LOG_FILE
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.exists() and file.stat().st_size > _LOG_LIMIT:
            file.replace(file.with_suffix(".log.1"))
        with file.open("a", encoding="utf-8") as log:
            log.write(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC desmigratif {_words()}\n")
            log.writelines(quiet_traceback(problem))
    except OSError:
        return "tidak dapat dicatat karena folder data tidak bisa ditulisi"
    return f"dicatat di {file}"


def _words() -> str:
    """The command's own words (not what they were given: a file's name can be a person's)."""
    return " ".join(word for word in sys.argv[1:3] if word.isascii() and word.replace("-", "").isalpha())


def quiet_traceback(problem: BaseException) -> Iterator[str]:
    """Where it happened, all the way down; what was said only when it cannot be personal."""
    if problem.__cause__ is not None:
        yield from quiet_traceback(problem.__cause__)
        yield "lalu:\n"
    from django.core.exceptions import ImproperlyConfigured  # only when something went wrong

    yield from traceback.format_tb(problem.__traceback__)
    said = f": {problem}" if isinstance(problem, (*_SAFE_TO_QUOTE, ImproperlyConfigured)) else ""
    yield f"{type(problem).__module__}.{type(problem).__qualname__}{said}\n"
