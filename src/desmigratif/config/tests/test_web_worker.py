"""What the web server's worker does before its first request."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

LOADED = """
import desmigratif.config.cli.web_worker, gc, sys
print(gc.get_freeze_count(), "desmigratif.people.views.people" in sys.modules)
"""

# A server that died, while a request of its worker hangs: the polite signal is not heard.
ORPHANED = """
import multiprocessing, os, signal, time
class Dead:
    def join(self): pass
multiprocessing.parent_process = Dead
signal.signal(signal.SIGTERM, lambda *_: print("asked", flush=True))
import desmigratif.config.cli.web_worker as worker
worker._PATIENCE = 1.0
time.sleep(300)
"""


def test_the_pages_are_loaded_and_left_alone_by_the_collector(tmp_path: Path) -> None:
    said = ran(LOADED, tmp_path).stdout.split()

    assert int(said[0]) > 50_000
    assert said[1] == "True"


def test_a_worker_without_its_server_ends_even_if_a_request_hangs(tmp_path: Path) -> None:
    ended = ran(ORPHANED, tmp_path)

    assert (ended.returncode, ended.stdout) == (1, "asked\n")


def ran(words: str, data: Path) -> subprocess.CompletedProcess[str]:
    source = str(Path(__file__).resolve().parents[3])
    env = {**os.environ, "DESMIGRATIF_DATA": str(data), "DJANGO_SETTINGS_MODULE": "desmigratif.config.settings"}
    command = [sys.executable, "-c", words]
    return subprocess.run(command, env={**env, "PYTHONPATH": source}, check=False, capture_output=True, text=True)
