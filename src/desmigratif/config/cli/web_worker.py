"""What the web server's worker loads: the application, and a thread that ends it when its server was killed."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
import time

from django.urls import get_resolver

from desmigratif.config.wsgi import application

__all__ = ["application"]

_PATIENCE = 10.0  # seconds that requests may take to end


def _set_aside_what_stays() -> None:
    """Whatever is loaded lives as long as the process; the collector walks it again and again for nothing, and the
    officer waits a tenth of a second for an answer that takes five thousandths."""
    _ = get_resolver().url_patterns  # every page is loaded, which otherwise the first request would do
    gc.collect()
    gc.freeze()


def _end_with_the_server() -> None:
    server = multiprocessing.parent_process()
    if server is not None:
        server.join()
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(_PATIENCE)
        os._exit(1)  # a request that hangs must not keep a worker alive that nobody watches


_set_aside_what_stays()
threading.Thread(target=_end_with_the_server, daemon=True).start()
