"""`serve` through its real processes: it starts from nothing, answers, and leaves nobody behind."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="looks at processes through /proc")
START_WITHIN = 240  # a machine that does much else beside it
END_WITHIN = ANSWER_WITHIN = 120


class Server:
    """`desmigratif serve` on a fresh data folder and a free port."""

    def __init__(self, data: Path, said: Path, *words: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        kept = {k: v for k, v in os.environ.items() if k not in ("DJANGO_SETTINGS_MODULE", "DATABASE_URL")}
        self.said = said
        with said.open("wb") as stream:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "desmigratif", "serve", "--port", str(self.port), "--data", str(data), *words],
                env={**kept, "PYTHONPATH": str(Path(__file__).parents[3])},
                stdout=stream,
                stderr=subprocess.STDOUT,
            )

    @property
    def text(self) -> str:
        return self.said.read_text(encoding="utf-8")

    def wait_until_ready(self) -> None:
        give_up_at = time.monotonic() + START_WITHIN
        while "siap di" not in self.text:
            assert self.process.poll() is None and time.monotonic() < give_up_at, self.text
            time.sleep(0.1)

    def get(self, path: str) -> tuple[int, bytes]:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=ANSWER_WITHIN) as answer:
            return answer.status, answer.read()

    def family(self) -> dict[int, str]:
        """The process and all below it: id -> the command's words."""
        return {pid: _words(pid) for pid in [self.process.pid, *_below(self.process.pid)]}

    def child(self, word: str) -> int:
        return next(pid for pid, words in self.family().items() if f" {word} " in f"{words} ")

    def end(self, family: Iterable[int]) -> None:
        """Whoever of these still runs ends now."""
        for pid in family:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait(END_WITHIN)

    def end_status(self) -> int:
        return self.process.wait(END_WITHIN)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One data folder for this file: the first test starts from nothing, the others a second time."""
    return tmp_path_factory.mktemp("serve") / "data"


@pytest.fixture
def server(data: Path, tmp_path: Path) -> Iterator[Server]:
    started = Server(data, tmp_path / "said.txt")
    try:
        started.wait_until_ready()
    except AssertionError:
        started.end(started.family())
        raise
    family = started.family()
    yield started
    started.end(family)


def test_it_starts_from_nothing_answers_and_ends_when_asked(server: Server) -> None:
    family = server.family()
    assert json.loads(server.get("/sehat")[1])["status"] == "ok"
    assert server.get("/akun/login/")[0] == 200
    memory = sum(_resident_megabytes(pid) for pid in family)

    server.process.terminate()

    assert server.end_status() == 0
    assert "kode pemasangan: KUNCI-" in server.text
    assert f"Desmigratif siap di http://localhost:{server.port}" in server.text
    assert "Traceback" not in server.text
    assert _still_alive(family) == []
    assert memory < 300, f"all processes together: {memory:.0f} MB"


def test_watching_over_the_others_loads_nothing_of_django() -> None:
    """Two processes do no more than watch; they would carry eight megabytes each for nothing."""
    words = "import sys, desmigratif.config.cli.serve; print(*{'django', 'asyncio', 'ssl'} & set(sys.modules))"
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}

    answer = subprocess.run([sys.executable, "-c", words], env=env, capture_output=True, text=True, check=True)

    assert answer.stdout.split() == []


def test_ctrl_c_ends_it_too(server: Server) -> None:
    server.process.send_signal(signal.SIGINT)

    assert server.end_status() == 0


@pytest.mark.parametrize("word", ["jobs", "serve-web"])
def test_when_one_child_dies_the_other_is_stopped(server: Server, word: str) -> None:
    family = server.family()

    os.kill(server.child(word), signal.SIGKILL)

    assert server.end_status() == 1
    assert "berhenti sendiri, jadi semuanya dihentikan" in server.text
    assert _still_alive(family) == []


def test_when_it_is_killed_itself_nobody_is_left_behind(server: Server) -> None:
    family = server.family()

    server.process.kill()

    assert server.end_status() == -signal.SIGKILL
    assert _still_alive(family) == []


def test_a_port_in_use_is_a_sentence(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        answer = subprocess.run(
            [
                sys.executable,
                "-m",
                "desmigratif",
                "serve",
                "--port",
                str(other.getsockname()[1]),
                "--data",
                str(tmp_path),
            ],
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
            capture_output=True,
            text=True,
            timeout=START_WITHIN,
            check=False,
        )

    assert answer.returncode == 1
    assert "sudah dipakai program lain" in answer.stderr and answer.stderr.count("\n") == 1


def test_a_demo_is_served_on_this_computer_only(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "demo.json").write_text("{}")

    started = Server(data, tmp_path / "said.txt", "--host", "0.0.0.0")

    assert started.end_status() == 1
    assert "hanya boleh dibuka di komputer ini sendiri" in started.text


def _below(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            found += [int(child), *_below(int(child))]
    return found


def _words(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode().strip()
    except FileNotFoundError:
        return ""


def _still_alive(family: dict[int, str]) -> list[str]:
    """Those that run on after a moment of grace (a zombie waiting for its parent has no words left)."""
    give_up_at = time.monotonic() + END_WITHIN
    while left := [words for pid, words in family.items() if words and _words(pid) == words]:
        if time.monotonic() > give_up_at:
            return left
        time.sleep(0.1)
    return []


def _resident_megabytes(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0
