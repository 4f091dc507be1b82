"""How a line of the log looks: what happened and where, never what was said about a person.

PostgreSQL's errors quote the row that they refuse ("Failing row contains (..., Siti Aminah, ...)"), and others quote
what somebody typed; so a traceback names files, lines and kinds of errors and leaves their messages out, except
where these cannot be personal (`cli/output.py`).
"""

from __future__ import annotations

import logging
from types import TracebackType

from desmigratif.config.cli.output import quiet_traceback

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class QuietFormatter(logging.Formatter):
    """A formatter whose tracebacks repeat no values."""

    def formatException(self, ei: _ExcInfo) -> str:
        return "".join(quiet_traceback(ei[1])).rstrip() if ei[1] is not None else ""
