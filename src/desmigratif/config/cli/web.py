"""The web child of `serve`: granian with one worker process and a few threads, in some hundred and twenty MB."""

from __future__ import annotations

import os
from argparse import Namespace

from granian import Granian
from granian.constants import Interfaces
from granian.errors import ConfigurationError
from granian.log import LogLevels

from desmigratif.config.cli import lifeline

THREADS = 4  # a village hall has two desks; each thread keeps a database connection of its own
WORKER = "desmigratif.config.cli.web_worker:application"


def run(args: Namespace) -> int:
    """Serve until the process that started us asks for the end or is gone."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "desmigratif.config.settings")
    server = Granian(
        WORKER,
        address=args.host,
        port=args.port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        websockets=False,
        log_level=LogLevels.warning,
        workers_kill_timeout=10,
    )
    lifeline.when_it_ends(server.signal_handler_interrupt)
    try:
        server.serve()
    except ConfigurationError:
        return 1
    return 0
