"""Break one promise after another in copies of the repository; the tests named for each must turn red.

python tests/sabotage [WORD ...]     only patches whose name holds one of the words; SABOTAGE_WORKERS= (2) at a time
"""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import connection
from multiprocessing.process import BaseProcess
from pathlib import Path

import warm
from patches import PATCHES, Patch

ROOT = Path(__file__).resolve().parents[2]
COPIED = ("src", "tests", "docs", "frontend", "conftest.py", "pyproject.toml", "dev.py", "README.md", "SECURITY.md")
LEFT_OUT = shutil.ignore_patterns("__pycache__", "node_modules", ".pytest_cache", "*.sqlite3")
FAILED = 1  # pytest: tests ran and some failed; a patch that only breaks the import gives another number
LONGEST_SECONDS = 300
# Nobody looks at a traceback, and what pytest would write anew of the tests stays as it is.
QUICK = ("--tb=no", "-p", "no:cacheprovider", "--assert=plain", "--hypothesis-profile=any_example")
_moments = itertools.count(1_000_000_000)  # seconds; long before any file of ours


@dataclass(frozen=True)
class Outcome:
    patch: Patch
    problem: str  # empty: the tests turned red, as they must
    seconds: float


@dataclass
class Trial:
    """A patch on its copy, and the tests that run on it."""

    patch: Patch
    copy: Path
    whole: str
    process: BaseProcess
    began: float = field(default_factory=time.monotonic)

    @property
    def said(self) -> Path:
        return said_on(self.copy)

    @property
    def file(self) -> Path:
        return file_of(self.patch, self.copy)


def main(words: list[str]) -> int:
    chosen = [patch for patch in PATCHES if not words or any(word in patch.name for word in words)]
    if not chosen:
        print(f"No patch has a name with {' or '.join(words)} in it.")
        return 1
    workers = int(os.environ.get("SABOTAGE_WORKERS") or 2)
    with tempfile.TemporaryDirectory(prefix="desmigratif-sabotage-") as folder:
        copies = [copy_to(Path(folder) / str(number)) for number in range(workers)]
        try:
            warm.load_what_is_not_ours(copies[0], sorted({test for patch in chosen for test in patch.tests}))
        except warm.CannotCollect as problem:
            print(problem)
            return 1
        seen_green = os.environ.get("SABOTAGE_SEEN_GREEN")  # by `make test`, in this very state
        if not seen_green and (problem := trouble_without_patches(copies[0], chosen)):
            print(problem)
            return 1
        outcomes = []
        for outcome in try_out(chosen, copies):
            print(
                f"{'GREEN' if outcome.problem else 'red  '} {outcome.seconds:5.1f} s  {outcome.patch.name}", flush=True
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
    process = warm.start(copy, [*named, "-n", "2", *QUICK], said_on(copy))
    process.join()
    said = said_on(copy).read_text(encoding="utf-8")
    return "" if process.exitcode == 0 else f"Tests fail without any sabotage:\n{said[-6000:]}"


def try_out(patches: list[Patch], copies: list[Path]) -> Iterator[Outcome]:
    """Break, run, mend; on each copy one patch at a time."""
    waiting, free, running = list(reversed(patches)), list(copies), list[Trial]()
    while waiting or running:
        while waiting and free:
            patch, copy = waiting.pop(), free.pop()
            whole = file_of(patch, copy).read_text(encoding="utf-8")
            if problem := misfit(patch, whole):
                free.append(copy)
                yield Outcome(patch, problem, 0.0)
                continue
            write(file_of(patch, copy), whole.replace(patch.old, patch.new))
            running.append(Trial(patch, copy, whole, warm.start(copy, [*patch.tests, "-x", *QUICK], said_on(copy))))
        connection.wait([trial.process.sentinel for trial in running], timeout=1)
        for trial in [trial for trial in running if is_over(trial)]:
            running.remove(trial)
            write(trial.file, trial.whole)
            free.append(trial.copy)
            yield Outcome(trial.patch, verdict(trial), time.monotonic() - trial.began)


def is_over(trial: Trial) -> bool:
    """Whoever takes too long is ended, with what it started."""
    if trial.process.is_alive() and time.monotonic() - trial.began > LONGEST_SECONDS:
        with suppress(AttributeError, ProcessLookupError):
            os.killpg(trial.process.pid or 0, signal.SIGKILL)
        trial.process.kill()
        trial.process.join()
    return not trial.process.is_alive()


def said_on(copy: Path) -> Path:
    return copy.with_suffix(".txt")


def file_of(patch: Patch, copy: Path) -> Path:
    return copy / "src" / "desmigratif" / patch.file


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


def verdict(trial: Trial) -> str:
    status, said = trial.process.exitcode, trial.said.read_text(encoding="utf-8")
    if status == FAILED and " failed" in said:
        return ""
    if status == -signal.SIGKILL:
        return f"the tests did not end within {LONGEST_SECONDS} seconds"
    return f"the tests {'stayed green' if status == 0 else f'ended with {status} instead of failing'}\n{said[-1500:]}"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
