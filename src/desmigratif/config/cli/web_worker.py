"""What the web server's worker loads: the application, and a thread that ends it when its server was killed."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading

from desmigratif.config.wsgi import application

__all__ = ["application"]


def _end_with_the_server() -> None:
    server = multiprocessing.parent_process()
    if server is not None:
        server.join()
        os.kill(os.getpid(), signal.SIGTERM)


threading.Thread(target=_end_with_the_server, daemon=True).start()
