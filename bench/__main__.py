"""`python -m bench [JOB]`: every benchmark, or one, on a database of its own that goes away."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile

folder = tempfile.mkdtemp(prefix="desmigratif-bench-")
os.environ.update(DESMIGRATIF_DATA=folder, DJANGO_SETTINGS_MODULE="desmigratif.config.settings")
os.environ.pop("DATABASE_URL", None)

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402

import desmigratif.config.actions  # noqa: E402, F401
from bench import register, search  # noqa: E402
from desmigratif.regions.actions import load_regions  # noqa: E402

JOBS = {"import": register.run, "search": search.run}


def main(arguments: list[str]) -> int:
    unknown = [name for name in arguments if name not in JOBS]
    if unknown:
        print(f"Tidak ada uji {', '.join(unknown)}; yang ada: {', '.join(JOBS)}.", file=sys.stderr)
        return 2
    try:
        call_command("migrate", verbosity=0)
        load_regions()
        for name in arguments or JOBS:
            JOBS[name]()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


raise SystemExit(main(sys.argv[1:]))
