"""`kill -9` while people work: what was acknowledged is there, nothing is there by half, and it goes on.

Most lives are of a server forked from a warm program: the real application and settings, in as many threads. A few
are of `desmigratif serve` itself, of which all processes die, or one and then the others by themselves.
"""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from django.db import connection

from reliability import figures
from reliability.clients import People
from reliability.installation import Installation, installed

ROUNDS = figures.wanted("RELIABILITY_ROUNDS", 20 if connection.vendor == "sqlite" else 10)
SERVE_ROUNDS = figures.wanted("RELIABILITY_SERVE_ROUNDS", 3)
WHOLE_EVERY = 10  # rounds between two walks through everything; a break stays, so none is missed
SEED = 20161201
ENDS_WITHIN = 30.0  # seconds that the others may take after one was killed


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installed(tmp_path_factory.mktemp("mati")) as made:
        yield made


@pytest.fixture(scope="module")
def people(here: Installation) -> People:
    """The same people over all lives of the server."""
    return People(here.world)


def test_a_server_killed_at_any_moment_loses_nothing_acknowledged(here: Installation, people: People) -> None:
    rng, wrong, checked, slowest = random.Random(SEED), list[str](), 0, 0.0
    for number in range(ROUNDS):
        began = time.monotonic()
        server = here.ask("serve")
        threads = people.work(server["port"])
        assert people.first_answer.wait(20), people.trouble
        slowest = max(slowest, time.monotonic() - began)
        if number == 0:
            wait_for_everybody(people)
        time.sleep(rng.uniform(0.05, 0.17))
        os.kill(server["pid"], signal.SIGKILL)
        for thread in threads:
            thread.join()
        whole = number % WHOLE_EVERY == WHOLE_EVERY - 1 or number == ROUNDS - 1
        wrong += here.ask("check", acked=people.acked[0 if whole else checked :], whole=whole)["wrong"]
        checked = len(people.acked)
        assert not people.trouble, people.trouble

    kinds = Counter(ack["kind"] for ack in people.acked)
    assert wrong == []
    assert set(kinds) == {"visit", "letter", "revocation", "import"}
    assert people.asked_again
    figures.note(
        "kill", rounds=ROUNDS, acknowledged=len(people.acked), lost=0, half=0, kinds=dict(kinds), seed=SEED,
        asked_again=people.asked_again, slowest_restart_seconds=round(slowest, 2),
    )  # fmt: skip


def test_the_whole_command_killed_with_its_jobs_loses_nothing_either(here: Installation, people: People) -> None:
    rng, before, slowest = random.Random(SEED), len(people.acked), 0.0
    for number in range(SERVE_ROUNDS):
        began, port = time.monotonic(), free_port()
        command = [sys.executable, "-m", "desmigratif", "serve", "--data", str(here.data), "--port", str(port)]
        server = subprocess.Popen(
            command,
            env=here.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
        )
        wait_for(port, server)
        threads = people.work(port)
        assert people.first_answer.wait(20), people.trouble
        slowest = max(slowest, time.monotonic() - began)
        time.sleep(rng.uniform(0.05, 0.17))
        family = [server.pid, *descendants(server.pid)]
        web = [process for process in family if b"serve-web" in Path(f"/proc/{process}/cmdline").read_bytes()]
        kill((family, web[:1], family[:1])[number % 3])
        ended = gone(family)
        kill(family)
        server.wait()
        for thread in threads:
            thread.join()
        assert ended, "a process outlived the one that was killed"

    found = here.ask("check", acked=people.acked, whole=True)
    assert (people.trouble, found["wrong"]) == ([], [])
    assert len(people.acked) > before
    figures.note(
        "kill_serve", rounds=SERVE_ROUNDS, acknowledged=len(people.acked) - before, lost=0, half=0,
        slowest_restart_seconds=round(slowest, 2),
    )  # fmt: skip


def wait_for_everybody(people: People) -> None:
    """In the first life, so that on a slow machine too every kind of act is among those that must last."""
    give_up_at = time.monotonic() + 30
    while len({ack["kind"] for ack in people.acked}) < 4 and time.monotonic() < give_up_at:
        time.sleep(0.02)


def kill(processes: list[int]) -> None:
    for process in processes:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    give_up_at = time.monotonic() + 60
    while time.monotonic() < give_up_at and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.02)
    pytest.fail("serve did not come up")


def descendants(parent: int) -> list[int]:
    """Process ids, children before their own children."""
    children = [
        int(child) for file in Path(f"/proc/{parent}/task").glob("*/children") for child in file.read_text().split()
    ]
    return [*children, *(below for child in children for below in descendants(child))]


def gone(family: list[int]) -> bool:
    """Whether none of them runs any more, soon."""
    give_up_at = time.monotonic() + ENDS_WITHIN
    while time.monotonic() < give_up_at:
        if not any(_runs(process) for process in family):
            return True
        time.sleep(0.05)
    return False


def _runs(process: int) -> bool:
    try:
        return ") Z" not in Path(f"/proc/{process}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
