"""`jobs`: what runs by itself, in a process of its own. One thing at a time, each in short transactions.

The process stays for days, so it loads only the actions that its jobs ask the door for, not those of every page.
"""

from __future__ import annotations

import logging
import signal
import threading
from argparse import Namespace
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone

# The door knows these actions before a job asks for one.
import desmigratif.cases.actions
import desmigratif.extracts.actions
import desmigratif.indicators.actions
import desmigratif.reports.actions  # noqa: F401
from desmigratif.access import tasks as access_tasks
from desmigratif.audit import tasks as audit_tasks
from desmigratif.cases import tasks as cases_tasks
from desmigratif.config.cli import lifeline, output
from desmigratif.extracts import tasks as extracts_tasks
from desmigratif.indicators import tasks as indicators_tasks
from desmigratif.people import tasks as people_tasks
from desmigratif.reports import tasks as reports_tasks

log = logging.getLogger("desmigratif.jobs")
LOOK_EVERY = 20.0  # seconds
TRY_AGAIN_AFTER = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Job:
    """Something to do every so often; `run` gets the moment and answers how much it did."""

    name: str
    every: timedelta
    run: Callable[[datetime], object]


def _daily_backup(now: datetime) -> object:
    return access_tasks.back_up_daily(now, data_dir=settings.DATA_DIR, folder=settings.BACKUP_DIR)


JOBS = (
    Job("audit.purge_expired_reviews", timedelta(hours=1), audit_tasks.purge_expired_reviews),
    Job("access.purge_expired_sessions", timedelta(hours=1), access_tasks.purge_expired_sessions),
    Job("people.forget_old_uploads", timedelta(hours=1), people_tasks.forget_old_uploads),
    Job("people.count_name_words", timedelta(days=1), people_tasks.count_name_words),
    Job("cases.review_stays", timedelta(minutes=15), cases_tasks.review_stays),
    Job("cases.raise_overdue", timedelta(minutes=15), cases_tasks.raise_overdue),
    Job("indicators.fold_facts", timedelta(minutes=1), indicators_tasks.fold_facts),
    Job("reports.owe_reports", timedelta(hours=1), reports_tasks.owe_reports),
    Job("reports.fill_inboxes", timedelta(hours=1), reports_tasks.fill_inboxes),
    Job("extracts.end_extracts", timedelta(hours=1), extracts_tasks.end_extracts),
    Job("indicators.reckon_villages", timedelta(days=1), indicators_tasks.reckon_villages),
    Job("access.back_up_daily", timedelta(minutes=10), _daily_backup),
)


@dataclass
class Schedule:
    """Which job is due when. Everything is due at the start; a job that failed comes again sooner or as planned."""

    jobs: Sequence[Job] = JOBS
    due_at: dict[str, datetime] = field(default_factory=dict)

    def run_due(self, now: datetime, stopped: Callable[[], bool] = lambda: False) -> list[str]:
        """Run what is due, one after another; returns the names of the jobs that succeeded."""
        done = []
        for job in self.jobs:
            if stopped():
                break
            if self.due_at.get(job.name, now) > now:
                continue
            succeeded = _run_one(job, now)
            self.due_at[job.name] = now + (job.every if succeeded else min(job.every, TRY_AGAIN_AFTER))
            if succeeded:
                done.append(job.name)
        return done


def _run_one(job: Job, now: datetime) -> bool:
    try:
        job.run(now)
    except Exception as problem:  # one job's trouble must not stop the others
        place = output.log_problem(problem, settings.DATA_DIR)
        log.error("job %s failed (%s); %s", job.name, type(problem).__name__, place)
        return False
    return True


def run(args: Namespace) -> int:
    """Work until told to stop: a signal, or the end of standard input when `serve` started us."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    if args.under_serve:
        lifeline.when_it_ends(stop.set)
    work(Schedule(), stop, timezone.now)
    return 0


def work(schedule: Schedule, stop: threading.Event, clock: Callable[[], datetime], pause: float = LOOK_EVERY) -> None:
    """Look again and again what is due, until `stop` is set."""
    while not stop.is_set():
        close_old_connections()
        schedule.run_due(clock(), stop.is_set)
        stop.wait(pause)
