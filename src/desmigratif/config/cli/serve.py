"""`serve`: one command that runs everything, and one process that watches over the others.

It starts, each as a process of its own: first the preparation (backup, migrations, regions, checks), which ends;
then the web server and the background jobs. When one of these two dies the other is stopped and the command ends
with 1. Each of them holds the read end of a pipe whose other end is here: closing it means "finish what you do and
go", on every system, and the operating system closes it even when this process is killed. Nothing of Django is
loaded here, so watching costs about ten megabytes of its own.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from argparse import Namespace
from dataclasses import dataclass

from desmigratif.config.cli import output

LOOPBACK = ("127.0.0.1", "localhost", "::1")
_ANY = ("0.0.0.0", "::", "")  # noqa: S104 - recognised here, not bound
_LOOK_EVERY = 0.2  # seconds
_PATIENCE = 15.0  # seconds that a child may take to finish what it does
_START_WITHIN = 60.0


@dataclass(frozen=True, slots=True)
class Child:
    """A process that lives as long as we do; `name` is what the operator reads when it dies."""

    name: str
    process: subprocess.Popen[bytes]

    def ask_to_end(self) -> None:
        if self.process.stdin and not self.process.stdin.closed:
            self.process.stdin.close()

    @property
    def has_ended(self) -> bool:
        return self.process.poll() is not None


def run(args: Namespace) -> int:
    """0 after a stop that was asked for, 1 when something refused to start or died."""
    stop = _Stop()
    if problem := _address_in_use(args.host, args.port):
        output.complain(problem)
        return 1
    _settings_for_children(args.host, args.port)
    prepared = subprocess.run(_command("serve-prepare", "--host", args.host), check=False).returncode  # noqa: S603
    if prepared or stop.asked:
        return prepared
    children = [_start("Server web", "serve-web", "--host", args.host, "--port", str(args.port))]
    if not args.no_jobs:
        children.append(_start("Pekerjaan latar", "jobs", "--under-serve"))
    try:
        return _watch(children, stop, args.host, args.port)
    finally:
        _end(children)


class _Stop:
    """Remembers that somebody asked us to end (Ctrl+C, or the system's polite signal)."""

    def __init__(self) -> None:
        self.asked = False
        for name in ("SIGINT", "SIGTERM", "SIGBREAK"):
            if number := getattr(signal, name, None):
                signal.signal(number, self._ask)

    def _ask(self, number: int, frame: object) -> None:
        self.asked = True


def _address_in_use(host: str, port: int) -> str:
    """The sentence for an address that cannot be used; empty when it can."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            return f"Porta {port} hanya boleh dipakai pengelola sistem. Pilih yang lain, misalnya --port 8000."
        except OSError as problem:
            if isinstance(problem, socket.gaierror):
                return f"Alamat {host} tidak dikenal di komputer ini."
            return (
                f"Alamat {host} porta {port} tidak bisa dipakai, mungkin sudah dipakai program lain. Coba --port lain."
            )
    return ""


def _settings_for_children(host: str, port: int) -> None:
    """The address that people type is the one that letters and cookies are made for, unless the operator says else."""
    os.environ.setdefault("DESMIGRATIF_PUBLIC_URL", f"http://{_typed(host)}:{port}")
    if host not in (*LOOPBACK, *_ANY):
        os.environ["DESMIGRATIF_HOSTS"] = ",".join(filter(None, (os.environ.get("DESMIGRATIF_HOSTS"), host)))


def _typed(host: str) -> str:
    """The host as one types it in a browser on this computer."""
    if host in LOOPBACK or host in _ANY:
        return "localhost"
    return f"[{host}]" if ":" in host else host


def _command(*words: str) -> list[str]:
    return [sys.executable, "-m", "desmigratif", *words]


def _start(name: str, *words: str) -> Child:
    return Child(name, subprocess.Popen(_command(*words), stdin=subprocess.PIPE))  # noqa: S603 - our own words


def _watch(children: list[Child], stop: _Stop, host: str, port: int) -> int:
    """Say the address once it answers; then wait until somebody stops us or a child dies."""
    announced, give_up_at = False, time.monotonic() + _START_WITHIN
    while not stop.asked:
        dead = [child for child in children if child.has_ended]
        if dead:
            output.complain(f"{dead[0].name} berhenti sendiri, jadi semuanya dihentikan. Data yang tersimpan aman.")
            return 1
        if not announced and _answers(host, port):
            output.say(f"Desmigratif siap di http://{_typed(host)}:{port} (berhenti: Ctrl+C)")
            announced = True
        if not announced and time.monotonic() > give_up_at:
            output.complain("Server web tidak kunjung siap, jadi dihentikan.")
            return 1
        time.sleep(_LOOK_EVERY)
    return 0


def _answers(host: str, port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1" if host in _ANY else host, port), timeout=1):
            return True
    except OSError:
        return False


def _end(children: list[Child]) -> None:
    """Ask, wait, and only then force."""
    for child in children:
        child.ask_to_end()
    give_up_at = time.monotonic() + _PATIENCE
    for child in children:
        try:
            child.process.wait(max(0.1, give_up_at - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.process.kill()
            child.process.wait()
