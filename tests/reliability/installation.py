"""Starts `stage.py` as a program of its own, on a data folder (and for PostgreSQL a database) that goes away."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection
from psycopg import sql

ROOT = Path(__file__).parents[2]
Json = dict[str, Any]


@dataclass
class Installation:
    """A prepared installation and the program that watches it. `world`: sessions by village, and a case."""

    data: Path
    environment: dict[str, str]
    program: subprocess.Popen[str]
    world: Json

    def ask(self, word: str, **more: Any) -> Json:
        """Raises `RuntimeError` when the program died."""
        assert self.program.stdin and self.program.stdout
        self.program.stdin.write(json.dumps({"word": word, **more}) + "\n")
        self.program.stdin.flush()
        line = self.program.stdout.readline()
        if not line:
            raise RuntimeError("the stage died; see its standard error")
        answer: Json = json.loads(line)
        return answer


@contextmanager
def installed(folder: Path, *, stage: str = "reliability.stage", **environment: str) -> Iterator[Installation]:
    """On the engine of this run. `stage`: the module that prepares and watches."""
    with _database(folder) as url:
        settings = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("DESMIGRATIF_", "DJANGO_"))},
            "DESMIGRATIF_DATA": str(folder), "DESMIGRATIF_DEMO": "1", "DATABASE_URL": url,
            "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT / "tests"))), **environment,
        }  # fmt: skip
        program = subprocess.Popen(
            [sys.executable, "-m", stage],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=settings, cwd=ROOT,
        )  # fmt: skip
        try:
            assert program.stdout
            world = json.loads(program.stdout.readline() or "null")
            if world is None:
                raise RuntimeError("the stage could not be prepared; see its standard error")
            yield Installation(folder, settings, program, world)
        finally:
            program.communicate()


@contextmanager
def _database(folder: Path) -> Iterator[str]:
    """The address of an empty database; the default of the data folder for SQLite."""
    if connection.vendor == "sqlite":
        yield ""
        return
    known = connection.settings_dict
    name = f"desmigratif_mati_{os.getpid()}_{abs(hash(folder)) % 10**6}"
    server = {
        "host": known["HOST"],
        "port": known["PORT"] or None,
        "user": known["USER"],
        "password": known["PASSWORD"],
    }
    with psycopg.connect(dbname="postgres", autocommit=True, **server) as administration:
        database = sql.Identifier(name)
        administration.execute(sql.SQL("CREATE DATABASE {}").format(database))
        try:
            yield f"postgresql://{known['USER']}:{known['PASSWORD']}@{known['HOST']}:{known['PORT'] or 5432}/{name}"
        finally:
            try:
                administration.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(database))
            except psycopg.errors.InsufficientPrivilege:  # autovacuum is in it: without FORCE it is sent away
                administration.execute(sql.SQL("DROP DATABASE {}").format(database))
