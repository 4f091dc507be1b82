"""Two phones and a hub over a bad network: nothing lost, nothing doubled, every refusal seen."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from django.db import connection

from simulator.world import Story

SEEDS = int(os.environ.get("SIMULATOR_SEEDS") or 200)
MUST_HAPPEN = (
    "question lost", "question doubled", "question cut off", "hub died within a batch", "answer lost",
    "error after commit", "answer cut off", "answer doubled", "answer too late", "phone_restart", "hub_restart",
    "restore", "refused", "put right", "discarded", "to review",
)  # fmt: skip


def test_two_phones_and_a_hub_agree_in_the_end(play_seed: Callable[[int], Story], capsys: Any) -> None:
    wrong: dict[int, list[str]] = {}
    happened: Counter[str] = Counter()
    began = time.perf_counter()

    for seed in range(SEEDS):
        story = play_seed(seed)
        happened += story.happened
        if story.findings:
            wrong[seed] = story.findings

    with capsys.disabled():
        told = ", ".join(f"{name} {count}" for name, count in sorted(happened.items()))
        print(f"\nsimulator: {SEEDS} seeds on {connection.vendor} in {time.perf_counter() - began:.0f} s; {told}")
    assert wrong == {}
    assert [name for name in MUST_HAPPEN if not happened[name]] == []


def test_the_same_seed_tells_the_same_story(play_seed: Callable[[int], Story]) -> None:
    first, again = play_seed(7), play_seed(7)

    assert first.happened == again.happened
    assert list(first.wishes) == list(again.wishes)
