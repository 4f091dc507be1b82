"""Fixtures for every test: two made-up officers in two real villages, and guards that stand as in service."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management.commands.flush import Command as FlushCommand
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, Phase
from hypothesis import settings as hypothesis_settings

import desmigratif.config.actions  # noqa: F401  registers every action
from database_template import start_from_template
from desmigratif.access.actor import Actor, operator, person
from desmigratif.access.scope import acting_as
from desmigratif.access.testing import SignIn, signed_in_browser, somebody
from desmigratif.audit import unit
from desmigratif.regions.queries import forget
from desmigratif.regions.testing import SAMPLE, load_sample
from desmigratif.shared.ids import new_id
from desmigratif.shared.triggers import create_guards, drop_guards

KURIPAN = "33.07.10.2004"
KENANGA = "32.12.16.2004"
NOW = datetime(2026, 11, 23, 3, 15, tzinfo=UTC)
ROOT = Path(__file__).parent
REPOSITORY = ROOT / "tests" / "repository"
# The files that take longest, by the processor's time, on SQLite (`--durations=40` tells them).
LONGEST = {
    file: place
    for place, file in enumerate((
        "tests/matrix/test_matrix.py",
        "tests/journeys/test_pages_of_every_role.py",
        "tests/reliability/test_kill.py",
        "tests/matrix/test_headers_and_inline.py",
        "tests/canary/test_sealed_note.py",
        "src/desmigratif/demo/tests/test_two_villages.py",
        "src/desmigratif/access/tests/backup/test_restoring.py",
        "tests/simulator/test_simulator.py",
        "tests/journeys/test_page_quality.py",
        "tests/year/test_cooperative.py",
        "src/desmigratif/cooperative/tests/loans/test_life_machine.py",
        "tests/reliability/test_powercut.py",
        "src/desmigratif/config/tests/test_cli.py",
        "src/desmigratif/cooperative/tests/savings/test_machine.py",
        "src/desmigratif/config/tests/test_cli_serve.py",
        "tests/reliability/test_money.py",
    ))
}  # fmt: skip


# How fast examples are made says something of the machine and nothing of the code.
hypothesis_settings.register_profile("here", suppress_health_check=[HealthCheck.too_slow], deadline=None)
# Sabotage asks whether there is a counter-example; looking for the smallest takes minutes.
hypothesis_settings.register_profile(
    "any_example", hypothesis_settings.get_profile("here"), phases=[Phase.explicit, Phase.generate]
)
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


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Nobody stays in the test database: a server killed by a test may still hold a session, and PostgreSQL drops
    no database that somebody is in. Its own workers (autovacuum) leave by themselves; nobody else may end them."""
    yield
    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid() AND usename = current_user"
                )


@pytest.fixture
def now() -> datetime:
    """A working morning: 23 November 2026, 10.15 WIB."""
    return NOW


@pytest.fixture
def on_that_morning(now: datetime) -> Iterator[None]:
    """Whoever asks the clock, as a page does, is answered on that morning and not on the day on which tests run."""
    with time_machine.travel(now):
        yield


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


@pytest.fixture
def morning(settings: Any, now: datetime) -> Iterator[None]:
    """The clock stands at `now`, and nobody is asked for a second factor."""
    settings.SECOND_FACTOR_REQUIRED = False
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def sign_in(places: None, morning: None) -> SignIn:
    """`sign_in("village_officer", KURIPAN)`: the browser of somebody with that role, on the tests' morning."""

    def browser(role: str, region: str, **said: Any) -> Client:
        return signed_in_browser(somebody(role, region, **said), with_second_factor=False)

    return browser


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The longest files first, so that no worker ends alone; and of a second database only what asks it."""
    items.sort(key=lambda item: LONGEST.get(item.path.relative_to(ROOT).as_posix(), len(LONGEST)))
    if connection.vendor != "sqlite":
        asking = [item for item in items if asks_the_database(item)]
        config.hook.pytest_deselected(items=[item for item in items if not asks_the_database(item)])
        items[:] = asking


def pytest_collection_finish() -> None:
    """What is loaded by now stays: the collector need not walk through it again and again."""
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


def asks_the_database(item: pytest.Item) -> bool:
    """Whether a second database could make a difference (docs/adr/0002): the test opens one, or says so."""
    if item.get_closest_marker("every_database"):
        return True
    if item.get_closest_marker("sqlite") or item.get_closest_marker("browser") or REPOSITORY in item.path.parents:
        return False
    fixtures = {"db", "transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    return bool(fixtures) or item.get_closest_marker("django_db") is not None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What tests counted (`record_property("counted", "...")`), also from workers, so that a log holds the figures."""
    reports = [report for group in terminalreporter.stats.values() for report in group]
    for report in reports:
        for key, value in getattr(report, "user_properties", ()):
            if key == "counted" and getattr(report, "when", "") == "call":
                terminalreporter.write_line(str(value))
