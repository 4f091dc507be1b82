"""`kill -9` while people work: what was acknowledged is there, nothing is there by half, and it goes on."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from pathlib import Path

from django.db import connection

from reliability import figures
from reliability.clients import People
from reliability.installation import installed

ROUNDS = figures.wanted("RELIABILITY_ROUNDS", 20 if connection.vendor == "sqlite" else 10)
WHOLE_EVERY = 10  # rounds between two walks through everything; a break stays, so none is missed
SEED = 20161201


def test_a_server_killed_at_any_moment_loses_nothing_acknowledged(tmp_path: Path) -> None:
    rng = random.Random(SEED)
    wrong: list[str] = []
    with installed(tmp_path) as here:
        people, checked, slowest = People(here.world), 0, 0.0
        for number in range(ROUNDS):
            began = time.monotonic()
            server = here.ask("serve")
            threads = people.work(server["port"])
            assert people.first_answer.wait(20), people.trouble
            slowest = max(slowest, time.monotonic() - began)
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
