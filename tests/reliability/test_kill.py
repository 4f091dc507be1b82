"""`kill -9` while people work and jobs run: what was acknowledged is there, nothing is there by half, it goes on.

All lives are of the real server (`lives.py`). A daily run has a few; `RELIABILITY_ROUNDS=500` has what the page
`docs/keandalan.md` tells, in one run or in several of different seeds.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from reliability import figures, lives
from reliability.clients import People
from reliability.installation import Installation, installed

pytestmark = pytest.mark.every_database
ROUNDS = figures.wanted("RELIABILITY_ROUNDS", 21 if connection.vendor == "sqlite" else 11)
WHOLE_EVERY = 10  # rounds between two walks through everything; a break stays, so none is missed
SEED = figures.wanted("RELIABILITY_SEED", 20161201)  # a long run may be done in parts, each with a seed of its own


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installed(tmp_path_factory.mktemp("mati")) as made:
        yield made


def test_a_server_killed_at_any_moment_loses_nothing_acknowledged(here: Installation) -> None:
    rng, people = random.Random(SEED), People(here.world)
    wrong, checked, slowest, backups, purged = list[str](), 0, 0.0, 0, 0
    for number in range(ROUNDS):
        backup_dir = Path(here.ask("make_due")["backup_dir"])
        began = time.monotonic()
        life = lives.begin(here, number)
        threads = people.work(life.port)
        assert people.first_answer.wait(lives.STARTS_WITHIN), people.trouble
        slowest = max(slowest, time.monotonic() - began)
        if number == 0:
            wait_for_everybody(people)
        if lives.has_jobs_of_its_own(number):
            lives.start_jobs(here, life)
            wait_for_a_backup(here.data, backup_dir)
        time.sleep(rng.uniform(0.05, 0.17))
        outlived = life.kill(number)
        for thread in threads:
            thread.join()
        assert outlived == [], "a process outlived the one that was killed"
        whole = number % WHOLE_EVERY == WHOLE_EVERY - 1 or number == ROUNDS - 1
        found = here.ask("check", acked=people.acked[0 if whole else checked :], whole=whole)
        wrong, checked = wrong + found["wrong"], len(people.acked)
        backups, purged = backups + found["backups"], purged + found["purged"]
        assert (people.trouble, wrong) == ([], [])
        kinds = Counter(ack["kind"] for ack in people.acked)
        if whole:  # everything up to here was looked at, so that a long run may be ended early
            figures.note(
                "kill", run=str(SEED), rounds=number + 1, acknowledged=len(people.acked), lost=0, half=0,
                kinds=dict(kinds), asked_again=people.asked_again, slowest_restart_seconds=round(slowest, 2),
                whole_commands=number // lives.WHOLE_COMMAND_EVERY + 1, backups=backups, purged=purged,
            )  # fmt: skip

    assert set(kinds) == {"visit", "letter", "revocation", "import"}
    assert people.asked_again
    assert backups + purged


def wait_for_a_backup(data: Path, folder: Path) -> None:
    """Until the day's backup is being written, so that it is killed too."""
    give_up_at = time.monotonic() + lives.STARTS_WITHIN
    while time.monotonic() < give_up_at:
        if any(data.glob(".cadangan-*")) or any(folder.glob("*otomatis-*")):
            return
        time.sleep(0.005)
    pytest.fail("the jobs made no backup")


def wait_for_everybody(people: People) -> None:
    """In the first life, so that on a slow machine too every kind of act is among those that must last."""
    give_up_at = time.monotonic() + lives.STARTS_WITHIN
    while len({ack["kind"] for ack in people.acked}) < 4 and time.monotonic() < give_up_at:
        time.sleep(0.02)
