"""Break one promise after another in copies of the repository; the tests named for each must turn red.

python tests/sabotage [WORD ...]     only patches whose name holds one of the words; SABOTAGE_WORKERS= (2) at a time
"""

from __future__ import annotations

import itertools
import os
import queue
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from patches import PATCHES, Patch

ROOT = Path(__file__).resolve().parents[2]
COPIED = ("src", "tests", "docs", "frontend", "conftest.py", "pyproject.toml", "dev.py", "README.md", "SECURITY.md")
LEFT_OUT = shutil.ignore_patterns("__pycache__", "node_modules", ".pytest_cache", "*.sqlite3")
FAILED = 1  # pytest: tests ran and some failed; a patch that only breaks the import gives another number
LONGEST_SECONDS = 300
_moments = itertools.count(1_000_000_000)  # seconds; long before any file of ours


@dataclass(frozen=True)
class Outcome:
    patch: Patch
    problem: str  # empty: the tests turned red, as they must
    seconds: float


def main(words: list[str]) -> int:
    chosen = [patch for patch in PATCHES if not words or any(word in patch.name for word in words)]
    workers = int(os.environ.get("SABOTAGE_WORKERS") or 2)
    with tempfile.TemporaryDirectory(prefix="desmigratif-sabotage-") as folder:
        copies: queue.Queue[Path] = queue.Queue()
        for number in range(workers):
            copies.put(copy_to(Path(folder) / str(number)))
        first = copies.get()
        problem = trouble_without_patches(first, chosen)
        copies.put(first)
        if problem:
            print(problem)
            return 1
        outcomes = []
        with ThreadPoolExecutor(workers) as pool:
            for outcome in pool.map(lambda patch: try_out(patch, copies), chosen):
                print(
                    f"{'GREEN' if outcome.problem else 'red  '} {outcome.seconds:5.1f} s  {outcome.patch.name}",
                    flush=True,
                )
                outcomes.append(outcome)
    survived = [outcome for outcome in outcomes if outcome.problem]
    for outcome in survived:
        print(f"\n{outcome.patch.name} ({outcome.patch.why}):\n{outcome.problem}")
    print(f"\n{len(outcomes)} sabotage, {len(outcomes) - len(survived)} turned the tests red, {len(survived)} did not.")
    return 1 if survived or not outcomes else 0


def copy_to(place: Path) -> Path:
    """A copy of what the tests need."""
    place.mkdir()
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, place / name, ignore=LEFT_OUT)
        else:
            shutil.copy2(source, place / name)
    return place


def trouble_without_patches(copy: Path, chosen: list[Patch]) -> str:
    """The named tests must be green before anything is broken, or red means nothing."""
    named = sorted({test for patch in chosen for test in patch.tests})
    done = run_tests(copy, *named, "-n", "2", longest=1800)
    return (
        "" if done.returncode == 0 else f"Tests fail without any sabotage:\n{done.stdout[-6000:]}{done.stderr[-2000:]}"
    )


def try_out(patch: Patch, copies: queue.Queue[Path]) -> Outcome:
    """Break, run, mend."""
    began = time.monotonic()
    copy = copies.get()
    file = copy / "src" / "desmigratif" / patch.file
    whole = file.read_text(encoding="utf-8")
    try:
        problem = misfit(patch, whole)
        if not problem:
            write(file, whole.replace(patch.old, patch.new))
            problem = verdict(run_tests(copy, *patch.tests, "-x"))
    except subprocess.TimeoutExpired:
        problem = f"the tests did not end within {LONGEST_SECONDS} seconds"
    finally:
        write(file, whole)
        copies.put(copy)
    return Outcome(patch, problem, time.monotonic() - began)


def write(file: Path, text: str) -> None:
    """Each text has a time of its own, so that bytecode kept of another text with its size is not taken for it."""
    file.write_text(text, encoding="utf-8")
    moment = next(_moments)
    os.utime(file, (moment, moment))


def misfit(patch: Patch, text: str) -> str:
    """Why a patch cannot be applied; empty when it fits as often as it says."""
    times = text.count(patch.old)
    return (
        "" if times == patch.times else f"its text stands {times} times in {patch.file}: the patch must follow the code"
    )


def verdict(done: subprocess.CompletedProcess[str]) -> str:
    if done.returncode == FAILED and " failed" in done.stdout:
        return ""
    said = "stayed green" if done.returncode == 0 else f"ended with {done.returncode} instead of failing"
    return f"the tests {said}\n{done.stdout[-1500:]}"


def run_tests(copy: Path, *arguments: str, longest: int = LONGEST_SECONDS) -> subprocess.CompletedProcess[str]:
    """Pytest on a copy, with the environment of this Python."""
    outside = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return subprocess.run(
        [sys.executable, "-m", "pytest", *arguments, "--tb=no", "-p", "no:cacheprovider"],
        cwd=copy,
        env={**outside, "PYTHONPATH": str(copy / "src")},
        check=False,
        capture_output=True,
        text=True,
        timeout=longest,
    )


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
