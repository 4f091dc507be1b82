"""The background jobs: when each is due, and that one's trouble is not the others'."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desmigratif.config.cli import jobs
from desmigratif.config.cli.jobs import JOBS, Job, Schedule, work
from desmigratif.people.uploads import Upload, keep
from desmigratif.shared.ids import new_id

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


KNOWS = """
import django
django.setup()
from desmigratif.access.door import REGISTRY
import desmigratif.config.cli.jobs

print(*sorted(REGISTRY))
"""
ASKS_THE_DOOR = re.compile(r'\bdo\(\s*by,\s*"([a-z_.]+)"')


class Counted:
    """A job that remembers when it ran, and fails when told to."""

    def __init__(self, *, fails: bool = False) -> None:
        self.ran_at: list[datetime] = []
        self.fails = fails

    def __call__(self, now: datetime) -> None:
        self.ran_at.append(now)
        if self.fails:
            raise OSError("no space left on device")


def test_everything_is_due_at_the_start_and_again_after_its_time() -> None:
    hourly, minutely = Counted(), Counted()
    schedule = Schedule((Job("hourly", timedelta(hours=1), hourly), Job("minutely", MINUTE, minutely)))

    done = [schedule.run_due(NOON + n * MINUTE) for n in (0, 1, 2, 60)]

    assert done == [["hourly", "minutely"], ["minutely"], ["minutely"], ["hourly", "minutely"]]
    assert hourly.ran_at == [NOON, NOON + 60 * MINUTE]


def test_a_failing_job_does_not_stop_the_others_and_comes_again_soon(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: object
) -> None:
    monkeypatch.setattr(jobs.settings, "DATA_DIR", tmp_path)
    broken, sound = Counted(fails=True), Counted()
    schedule = Schedule((Job("broken", timedelta(days=1), broken), Job("sound", timedelta(days=1), sound)))

    first = schedule.run_due(NOON)
    schedule.run_due(NOON + 14 * MINUTE)
    schedule.run_due(NOON + 15 * MINUTE)

    assert first == ["sound"]
    assert broken.ran_at == [NOON, NOON + 15 * MINUTE]
    assert len(sound.ran_at) == 1
    assert "OSError" in (tmp_path / "logs" / "desmigratif.log").read_text(encoding="utf-8")


def test_a_stop_is_heard_between_two_jobs() -> None:
    stop = threading.Event()
    second = Counted()
    schedule = Schedule((Job("first", MINUTE, lambda now: stop.set()), Job("second", MINUTE, second)))

    schedule.run_due(NOON, stop.is_set)

    assert second.ran_at == []


@pytest.mark.django_db
def test_the_loop_ends_at_once_when_told_to() -> None:
    stop = threading.Event()
    schedule = Schedule((Job("only", MINUTE, lambda now: stop.set()),))

    work(schedule, stop, lambda: NOON, pause=3600)

    assert stop.is_set()


def test_the_real_jobs_have_names_of_their_own() -> None:
    names = [job.name for job in JOBS]

    assert sorted(set(names)) == sorted(names)
    assert names == [
        "audit.purge_expired_reviews",
        "access.purge_expired_sessions",
        "people.forget_old_uploads",
        "people.count_name_words",
        "cases.review_stays",
        "cases.raise_overdue",
        "indicators.fold_facts",
        "reports.owe_reports",
        "reports.fill_inboxes",
        "extracts.end_extracts",
        "indicators.reckon_villages",
        "access.back_up_daily",
    ]


def test_a_sheet_that_nobody_wrote_goes_within_two_hours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However little is uploaded afterwards: kept for an hour, and looked after every hour."""
    monkeypatch.setattr(jobs.settings, "DATA_DIR", tmp_path)
    forgetting = next(job for job in JOBS if job.name == "people.forget_old_uploads")
    sheet = Upload(b"sheet", "register.xlsx", {})
    keep(new_id(), sheet, owner_id=new_id(), village_code="33.07.10.2004", now=NOON)
    schedule = Schedule((forgetting,))

    left = []
    for minutes in (0, 59, 60, 119, 120):
        schedule.run_due(NOON + minutes * MINUTE)
        left.append(len(list((tmp_path / "uploads").iterdir())))

    assert left == [1, 1, 1, 1, 0]


def test_a_process_that_runs_nothing_but_jobs_knows_their_actions(tmp_path: Path) -> None:
    settings = {"DJANGO_SETTINGS_MODULE": "desmigratif.config.settings", "DESMIGRATIF_DATA": str(tmp_path)}
    alone = subprocess.run(
        [sys.executable, "-c", KNOWS],
        env={**os.environ, **settings, "PYTHONPATH": str(Path(__file__).parents[3])},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    written = "".join(file.read_text(encoding="utf-8") for file in Path(__file__).parents[2].glob("*/tasks.py"))
    asked = set(ASKS_THE_DOOR.findall(written))

    assert len(asked) >= 6 and written.count('via="job"') == len(asked)
    assert asked <= set(alone.stdout.split()), alone.stderr[-2000:]
