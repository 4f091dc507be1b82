"""What the ledger's races share: a database for each engine, a cooperative, and bare copies of its tables.

A race runs in a process of its own with `DATABASE_URL` set or not (`python -m bench.posting race`), and prints its
result; the job collects both engines. PostgreSQL comes by DESMIGRATIF_TEST_POSTGRES_URL; without it only SQLite runs.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

import psycopg
from psycopg.sql import SQL, Identifier

from bench.harness import CLOCK, write_result

Json = dict[str, Any]
VILLAGE = "33.07.10.2004"
NOW = datetime(2026, 11, 23, 3, 15, tzinfo=UTC)
OPENED, ON = date(2025, 1, 1), date(2026, 11, 20)


def on_both_engines(job: str, module: str) -> None:
    """Run `module race` on each engine; the document of PostgreSQL leads where there is one, SQLite's beside it."""
    found = {"sqlite": _race(module, "")}
    url = os.environ.get("DESMIGRATIF_TEST_POSTGRES_URL")
    if url:
        with _fresh_database(url) as fresh:
            found["postgresql"] = _race(module, fresh)
    leading = found.get("postgresql", found["sqlite"])
    goals = [
        {**line, "name": f"{line['name']} ({engine})"}
        for engine, document in found.items()
        for line in document["goals"]
    ]
    load = f"Beban mesin sesudah uji: {os.getloadavg()[0]:.1f} di {os.cpu_count()} inti."
    notes = [*leading.get("notes", []), load]
    write_result({**leading, "job": job, "goals": goals, "notes": notes, "engines": found})


def _race(module: str, url: str) -> Json:
    folder = tempfile.mkdtemp(prefix="desmigratif-bench-")
    environment = {**os.environ, "DESMIGRATIF_DATA": folder, "DATABASE_URL": url,
                   "DJANGO_SETTINGS_MODULE": "bench.ledger_settings"}  # fmt: skip
    try:
        done = subprocess.run(
            [sys.executable, "-m", module, "race"], env=environment, check=True, stdout=subprocess.PIPE, text=True
        )
        document: Json = json.loads(done.stdout)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return document


@contextmanager
def _fresh_database(url: str) -> Iterator[str]:
    base, _, _ = url.rpartition("/")
    name = f"desmigratif_bench_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as administration:
        administration.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        try:
            yield f"{base}/{name}"
        finally:
            _drop(administration, name)


def _drop(administration: psycopg.Connection[Any], name: str) -> None:
    """The race has ended; the server's own housekeeping, which no ordinary role may end, may still be looking."""
    for _ in range(60):
        try:
            administration.execute(SQL("DROP DATABASE {}").format(Identifier(name)))
        except psycopg.errors.ObjectInUse:
            time.sleep(1)
        else:
            return
    print(f"{name} masih dipakai; hapus nanti.", file=sys.stderr)


def clock() -> str:
    """PostgreSQL works in processes of its own, which the processor's clock of this one does not see."""
    from django.db import connection

    return "wall" if connection.vendor == "postgresql" else CLOCK


def race(run: Callable[[], Json]) -> None:
    """The child's side: tables, then the race, then its document on standard output."""
    import django  # the settings stand only now
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    print(json.dumps(run()))
