"""Lives of the real server: the processes that `desmigratif serve` runs, killed with SIGKILL.

Of ten lives one is the whole command: preparation, web server, background jobs, and the watcher over them. The others
are the web server as `serve` starts it, which spares the preparation and its second; two of them with the jobs.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from reliability.installation import Installation

WHOLE_COMMAND_EVERY = 10
WITH_JOBS = (3, 6)  # of each ten
ENDS_WITHIN = 120.0  # seconds that the others may take after one was killed
STARTS_WITHIN = 300.0  # a machine that others are busy on is slow, and slow is not lost


class DidNotStart(RuntimeError):
    """The server ended, or did not listen, in time."""


@dataclass(frozen=True)
class Life:
    """One life: its processes, the first of each kind started by us, and where it listens."""

    port: int
    started: list[subprocess.Popen[bytes]]
    is_whole_command: bool

    def kill(self, number: int) -> list[str]:
        """Everything at once; of a whole command by turns everything, the web server, or the watcher. What outlived
        it, by its command line."""
        family = [one for process in self.started for one in (process.pid, *descendants(process.pid))]
        born = {process: _born(process) for process in family}
        web = [process for process in family if b"serve-web" in _command_line(process)]
        turns = (family, web[:1], family[:1])
        _kill(turns[number // WHOLE_COMMAND_EVERY % 3] if self.is_whole_command else family)
        outlived = _still_there(born)
        _kill([process for process, _ in outlived])
        for process in self.started:
            process.communicate()
        return [command for _, command in outlived]


def begin(here: Installation, number: int) -> Life:
    """The `number`th life. Raises `DidNotStart`."""
    port = _free_port()
    whole = number % WHOLE_COMMAND_EVERY == 0
    commands = [["serve" if whole else "serve-web", "--port", str(port)]]
    environment = {**here.environment, "DESMIGRATIF_PUBLIC_URL": f"http://localhost:{port}"}
    life = Life(port, [_start(here, words, environment) for words in commands], whole)
    try:
        _wait_for(life)
    except DidNotStart:
        life.kill(0)
        raise
    return life


def has_jobs_of_its_own(number: int) -> bool:
    return number % WHOLE_COMMAND_EVERY in WITH_JOBS


def start_jobs(here: Installation, life: Life) -> None:
    """Beside a web server that answers already."""
    life.started.append(_start(here, ["jobs"], here.environment))


def _start(here: Installation, words: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """As `serve` starts its children: with a pipe as their lifeline."""
    command = [sys.executable, "-m", "desmigratif", *words, "--data", str(here.data)]
    if words == ["jobs"]:
        command.append("--under-serve")
    return subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def _wait_for(life: Life) -> None:
    give_up_at = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < give_up_at and life.started[0].poll() is None:
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", life.port), timeout=1).close()
            return
        time.sleep(0.02)
    raise DidNotStart


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def _kill(processes: list[int]) -> None:
    for process in processes:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)


def _command_line(process: int) -> bytes:
    with suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{process}/cmdline").read_bytes()
    return b""


def descendants(parent: int) -> list[int]:
    """Process ids, parents before their children."""
    with suppress(FileNotFoundError, ProcessLookupError):
        tasks = list(Path(f"/proc/{parent}/task").glob("*/children"))
        children = [int(child) for file in tasks for child in file.read_text().split()]
        return [*children, *(below for child in children for below in descendants(child))]
    return []


def _still_there(born: dict[int, str]) -> list[tuple[int, str]]:
    """Who still runs when the time is over, each with its command line."""
    give_up_at = time.monotonic() + ENDS_WITHIN
    while any(_runs(*one) for one in born.items()) and time.monotonic() < give_up_at:
        time.sleep(0.02)
    running = [process for process, since in born.items() if _runs(process, since)]
    return [(process, _command_line(process).replace(b"\0", b" ").decode()) for process in running]


def _runs(process: int, since: str) -> bool:
    """Whether it is there, and is not another one that was given its number."""
    return since != "" and _born(process) == since


def _born(process: int) -> str:
    """When it began, in the kernel's ticks; empty when it ended."""
    try:
        said = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return ""
    return "" if said[0] == "Z" else said[19]
