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


def test_the_pages_are_loaded_and_left_alone_by_the_collector(tmp_path: Path) -> None:
    source = str(Path(__file__).resolve().parents[3])
    env = {**os.environ, "DESMIGRATIF_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "desmigratif.config.settings"}

    said = subprocess.run(
        [sys.executable, "-c", LOADED], env={**env, "PYTHONPATH": source}, check=True, capture_output=True, text=True
    ).stdout.split()

    assert int(said[0]) > 50_000
    assert said[1] == "True"
