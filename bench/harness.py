"""Rounds in turn (ours, peer, limit, ours, peer, limit ...), medians and worst rounds, one JSON file a job."""

from __future__ import annotations

import json
import math
import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).resolve().parent / "results"
Work = Callable[[], object]


@dataclass
class Race:
    """Contestants of one job at one size. Each `Work` does the whole job once and is checked by its caller."""

    ours: Work
    peers: dict[str, Work]
    limit: Work
    rounds: int = 5
    times: dict[str, list[float]] = field(default_factory=dict)

    def run(self) -> None:
        works = {"ours": self.ours, **self.peers, "limit": self.limit}
        for _ in range(self.rounds):
            for name, work in works.items():
                began = time.perf_counter()
                work()
                self.times.setdefault(name, []).append(time.perf_counter() - began)


def summary(seconds: list[float]) -> dict[str, float]:
    return {
        "median_s": round(statistics.median(seconds), 5),
        "min_s": round(min(seconds), 5),
        "max_s": round(max(seconds), 5),
    }


def ratios(upper: list[float], lower: list[float], *, higher_is_better: bool) -> dict[str, float]:
    """Round by round; "worst" is the round that speaks most against us."""
    each = [a / b for a, b in zip(upper, lower, strict=True)]
    worst = min(each) if higher_is_better else max(each)
    return {"median": round(statistics.median(each), 2), "worst": round(worst, 2)}


def growth_exponent(small: tuple[int, float], large: tuple[int, float]) -> float:
    """e in time(kn)/time(n) = k^e."""
    return round(math.log(large[1] / small[1]) / math.log(large[0] / small[0]), 2)


def write_result(job: str, race: Race, *, exponent: float | None = None, more: dict[str, Any] | None = None) -> Path:
    """Write `results/JOB.json` and print it."""
    ours, limit = race.times["ours"], race.times["limit"]
    document = {
        "job": job,
        "machine": {"python": platform.python_version(), "system": platform.platform(), "cpu": platform.machine()},
        "rounds": race.rounds,
        "ours": summary(ours),
        "peers": {name: summary(race.times[name]) for name in race.peers},
        "limit": summary(limit),
        "ratio_to_peer": {name: ratios(race.times[name], ours, higher_is_better=True) for name in race.peers},
        "ratio_to_limit": ratios(ours, limit, higher_is_better=False),
        "growth_exponent": exponent,
        **(more or {}),
    }
    RESULTS.mkdir(exist_ok=True)
    file = RESULTS / f"{job}.json"
    file.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(document, indent=1))
    return file
