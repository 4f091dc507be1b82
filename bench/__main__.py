"""`python -m bench [JOB ...]`: every benchmark, or these, each on a database of its own that goes away.

`python -m bench report` only writes `docs/kinerja.md` from the results that are there.
"""

from __future__ import annotations

import gc
import importlib
import os
import shutil
import subprocess
import sys
import tempfile

from bench import report

JOBS = {
    "import": "bench.register",
    "search": "bench.search",
    "list": "bench.resident_list",
    "check-offer": "bench.check_offer",
    "case-list": "bench.case_list",
    "letter": "bench.letter",
    "bytes": "bench.page_bytes",
    "posting": "bench.posting",
    "batch-posting": "bench.batch_posting",
    "month-end": "bench.month_end",
    "emergency-search": "bench.emergency_search",
    "dashboard": "bench.dashboard",
    "fold": "bench.fold",
    "rebuild": "bench.rebuild",
    "annual-pack": "bench.annual_pack",
}


def main(arguments: list[str]) -> int:
    unknown = [name for name in arguments if name not in (*JOBS, "report")]
    if unknown:
        print(f"Tidak ada uji {', '.join(unknown)}; yang ada: {', '.join(JOBS)}.", file=sys.stderr)
        return 2
    jobs = [name for name in arguments or JOBS if name != "report"]
    if len(jobs) == 1:
        run(jobs[0])
    else:
        for name in jobs:
            subprocess.run([sys.executable, "-m", "bench", name], check=True)
    report.write()
    return 0


def run(name: str) -> None:
    """One benchmark in this process. What is loaded stays out of the garbage collection, as in the web worker."""
    folder = tempfile.mkdtemp(prefix="desmigratif-bench-")
    os.environ.update(DESMIGRATIF_DATA=folder, DJANGO_SETTINGS_MODULE="bench.settings")
    os.environ.pop("DATABASE_URL", None)
    try:
        importlib.import_module("bench.world").prepare()
        job = importlib.import_module(JOBS[name])
        gc.collect()
        gc.freeze()
        job.run()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


raise SystemExit(main(sys.argv[1:]))
