"""Rounds in turn (ours, peer, limit, ours, peer, limit ...), medians and worst rounds, one JSON file a job.

Ratios are taken within a round and by one clock: that on the wall, or (`BENCH_CLOCK=cpu`) that of the processor, for
a machine which others are busy on; each counts this process and its children, and both stand in the result. Each
work is run once before the rounds, so that nobody pays for loading code.
"""

from __future__ import annotations

import gc
import json
import math
import os
import platform
import sqlite3
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import django

try:
    import resource
except ImportError:  # Windows has none
    resource = None  # type: ignore[assignment]

CLOCK = os.environ.get("BENCH_CLOCK", "wall")
if CLOCK not in ("wall", "cpu"):
    raise SystemExit(f"BENCH_CLOCK harus wall atau cpu; yang tertulis {CLOCK}.")
RESULTS = Path(__file__).resolve().parent / "results"
Work = Callable[[], object]
Seconds = list[float]


@dataclass
class Race:
    """Contestants of one job at one size. Each `Work` does the whole job once and is checked by its caller."""

    ours: Work
    peers: dict[str, Work] = field(default_factory=dict)
    limit: Work | None = None
    rounds: int = 5
    warm_up: bool = True
    clock: str = CLOCK
    wall: dict[str, Seconds] = field(default_factory=dict)
    cpu: dict[str, Seconds] = field(default_factory=dict)

    @property
    def judged(self) -> dict[str, Seconds]:
        """The times by which ratios are taken."""
        return self.wall if self.clock == "wall" else self.cpu

    def run(self) -> Race:
        works = {"ours": self.ours, **self.peers}
        if self.limit is not None:
            works["limit"] = self.limit
        for work in works.values() if self.warm_up else ():
            work()
        for _ in range(self.rounds):
            for name, work in works.items():
                wall, cpu = timed(work)
                self.wall.setdefault(name, []).append(wall)
                self.cpu.setdefault(name, []).append(cpu)
        return self


def timed(work: Work) -> tuple[float, float]:
    """(wall, processor) seconds of one go. The rubbish of the contestant before is taken out first."""
    gc.collect()
    began, used = time.perf_counter(), _cpu()
    work()
    return time.perf_counter() - began, _cpu() - used


def _cpu() -> float:
    """Processor seconds of this process and of the children that ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN) if resource else None
    return time.process_time() + (children.ru_utime + children.ru_stime if children else 0.0)


def summary(race: Race, name: str) -> dict[str, float]:
    """Median, best and worst second of one contestant."""
    seconds = race.wall[name]
    return {
        "median_s": round(statistics.median(seconds), 6),
        "min_s": round(min(seconds), 6),
        "max_s": round(max(seconds), 6),
        "median_cpu_s": round(statistics.median(race.cpu[name]), 6),
    }


def ratios(upper: Seconds, lower: Seconds, *, higher_is_better: bool) -> dict[str, float]:
    """Round by round; "worst" is the round that speaks most against us."""
    each = [a / b for a, b in zip(upper, lower, strict=True)]
    worst = min(each) if higher_is_better else max(each)
    return {"median": round(statistics.median(each), 2), "worst": round(worst, 2)}


def growth_exponent(points: Sequence[tuple[int, float]]) -> float:
    """e in time(kn)/time(n) = k^e: the slope of a straight line through the logarithms of all sizes."""
    xs, ys = [math.log(size) for size, _ in points], [math.log(seconds) for _, seconds in points]
    return round(statistics.linear_regression(xs, ys).slope, 2)


def _goal(name: str, wanted: str, measured: float, *, met: bool) -> dict[str, Any]:
    """One line of the page: its Indonesian words, what was wanted, what the worst round was."""
    return {"name": name, "wanted": wanted, "measured": round(measured, 2), "met": met}


def at_least(name: str, wanted: float, measured: float) -> dict[str, Any]:
    return _goal(name, f">= {wanted:g}", measured, met=measured >= wanted)


def at_most(name: str, wanted: float, measured: float) -> dict[str, Any]:
    return _goal(name, f"<= {wanted:g}", measured, met=measured <= wanted)


def result_of(job: str, race: Race, *, exponent: float | None, **more: Any) -> dict[str, Any]:
    """The document of a job: the keys that stay put, then what else is worth knowing."""
    document = {
        "job": job,
        "machine": machine(),
        "clock": race.clock,
        "rounds": race.rounds,
        **figures(race),
        "growth_exponent": exponent,
    }
    return {**document, **more}


def figures(race: Race) -> dict[str, Any]:
    """Times of all contestants, and their ratios to ours by the clock that counts."""
    ours = race.judged["ours"]
    return {
        "ours": summary(race, "ours"),
        "peers": {name: summary(race, name) for name in race.peers},
        "limit": summary(race, "limit") if race.limit else {},
        "ratio_to_peer": {name: ratios(race.judged[name], ours, higher_is_better=True) for name in race.peers},
        "ratio_to_limit": ratios(ours, race.judged["limit"], higher_is_better=False) if race.limit else {},
    }


def judged_seconds(work: Work) -> float:
    """Seconds of one go by the clock that counts."""
    wall, cpu = timed(work)
    return wall if CLOCK == "wall" else cpu


def now() -> float:
    """The clock that counts, for measuring very short work of this process alone."""
    return time.perf_counter() if CLOCK == "wall" else time.process_time()


def machine() -> dict[str, Any]:
    return {
        "on": datetime.now(UTC).date().isoformat(),
        "system": platform.platform(),
        "cpu": _processor(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "django": django.get_version(),
        "sqlite": sqlite3.sqlite_version,
        "desmigratif": version("desmigratif"),
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.machine()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())


def versions(*packages: str) -> dict[str, str]:
    return {name: version(name) for name in packages}


def write_result(document: dict[str, Any]) -> None:
    """Write `results/JOB.json` and print it."""
    RESULTS.mkdir(exist_ok=True)
    text = json.dumps(document, indent=1, ensure_ascii=False)
    (RESULTS / f"{document['job']}.json").write_text(text + "\n", encoding="utf-8")
    print(text)
