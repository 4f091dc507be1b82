"""How a child of `serve` learns that it should end: the other end of its standard input is closed.

The operating system closes it even when `serve` was killed, so no child is left behind.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable

_STDIN = 0


def when_it_ends(call: Callable[[], object]) -> None:
    """Call once standard input has ended; watched by a thread of its own."""
    threading.Thread(target=_wait, args=(call,), daemon=True).start()


def _wait(call: Callable[[], object]) -> None:
    # os.read, not sys.stdin: its lock would be held for ever in a process that is forked meanwhile.
    while os.read(_STDIN, 1024):
        pass
    call()
