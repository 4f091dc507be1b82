"""Fixtures for every test: two made-up officers in two real villages, and guards that stand as in service."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management.commands.flush import Command as FlushCommand
from django.db import connection
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

import desmigratif.config.actions  # noqa: F401  registers every action
from database_template import start_from_template
from desmigratif.access.actor import Actor, operator, person
from desmigratif.access.scope import acting_as
from desmigratif.audit import unit
from desmigratif.regions.queries import forget
from desmigratif.regions.testing import SAMPLE, load_sample
from desmigratif.shared.ids import new_id
from desmigratif.shared.triggers import create_guards, drop_guards

KURIPAN = "33.07.10.2004"
KENANGA = "32.12.16.2004"
NOW = datetime(2026, 11, 23, 3, 15, tzinfo=UTC)
REPOSITORY = Path(__file__).parent / "tests" / "repository"


# How fast examples are made says something of the machine and nothing of the code.
hypothesis_settings.register_profile("here", suppress_health_check=[HealthCheck.too_slow], deadline=None)
hypothesis_settings.load_profile("here")

start_from_template()

_flush = FlushCommand.handle


def _flush_with_guards_down(self: FlushCommand, **options: object) -> None:
    """Between transactional tests Django empties all tables; only here the guards step aside for it."""
    drop_guards()
    _flush(self, **options)
    create_guards()


FlushCommand.handle = _flush_with_guards_down  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def _forget_regions() -> None:
    """Look-ups of regions are remembered per process; a test starts without them."""
    forget()


@pytest.fixture(scope="session", autouse=True)
def _nobody_stays_in_the_test_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A server killed by a test may still hold a session; PostgreSQL drops no database that somebody is in."""
    yield
    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )


@pytest.fixture
def now() -> datetime:
    """A working morning: 23 November 2026, 10.15 WIB."""
    return NOW


@pytest.fixture
def officer() -> Actor:
    """An officer of Kuripan, Wonosobo."""
    return person(new_id(), "Petugas Kuripan", ("village_officer", KURIPAN))


@pytest.fixture
def stranger() -> Actor:
    """An officer of another village, in another province."""
    return person(new_id(), "Petugas Kenanga", ("village_officer", KENANGA))


@pytest.fixture
def ministry() -> Actor:
    """An analyst who sees figures and no names."""
    return person(new_id(), "Analis", ("ministry_analyst", "ID"))


@pytest.fixture
def operator_actor() -> Actor:
    return operator()


@pytest.fixture
def working(now: datetime) -> Callable[..., object]:
    """`with working(actor):` an open unit of work, for testing what happens inside an action."""

    @contextmanager
    def open_unit(by: Actor, at: datetime = now) -> Iterator[unit.Unit]:
        note = unit.Unit(actor_id=str(by.id), actor_role=by.role_code, home_code=by.home_code, at=at, via="test")
        with acting_as(by), unit.unit_of_work(note) as opened:
            yield opened

    return open_unit


@pytest.fixture
def places(db: None) -> None:
    """The pilot villages, a homonym and one village in Nusa Tenggara Timur, with all that is above them."""
    load_sample((*SAMPLE, "53.01.10.2007"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests of SQLite's own limits, and of what is the same with every database (looks and weight of pages, files of
    the repository), run with SQLite; the run on PostgreSQL leaves them out and says how many."""
    if connection.vendor == "sqlite":
        return
    elsewhere = [item for item in items if item.get_closest_marker("sqlite") or REPOSITORY in item.path.parents]
    if elsewhere:
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = [item for item in items if item not in elsewhere]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What tests counted (`record_property("counted", "...")`), also from workers, so that a log holds the figures."""
    reports = [report for group in terminalreporter.stats.values() for report in group]
    for report in reports:
        for key, value in getattr(report, "user_properties", ()):
            if key == "counted" and getattr(report, "when", "") == "call":
                terminalreporter.write_line(str(value))
