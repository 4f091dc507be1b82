"""What SQLite is told at every connection: nothing acknowledged is lost, and writers wait for each other."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler

from desmigratif.config.env import database_from_url, sqlite_database

FULL = 2  # https://sqlite.org/pragma.html#pragma_synchronous


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[BaseDatabaseWrapper]:
    """A connection of Django's to a file, with the settings that a village runs on."""
    options: dict[str, Any] = dict(sqlite_database(tmp_path / "village.sqlite3"))
    connection = ConnectionHandler({"default": options})["default"]
    connection.inc_thread_sharing()
    yield connection
    connection.close()


@pytest.fixture
def _unblocked(django_db_blocker: Any) -> Iterator[None]:
    """A database of this test's own, beside the one of the tests."""
    with django_db_blocker.unblock():
        yield


def asked(connection: BaseDatabaseWrapper, pragma: str) -> Any:
    with connection.cursor() as cursor:
        return cursor.execute(f"PRAGMA {pragma}").fetchone()[0]


@pytest.mark.usefixtures("_unblocked")
def test_every_acknowledged_row_is_on_the_disk(opened: BaseDatabaseWrapper) -> None:
    assert asked(opened, "synchronous") == FULL
    assert asked(opened, "journal_mode") == "wal"


@pytest.mark.usefixtures("_unblocked")
def test_a_transaction_takes_its_turn_before_it_reads(opened: BaseDatabaseWrapper, tmp_path: Path) -> None:
    """Two that read first and write later would refuse each other, however long they wait."""
    opened.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)

    with sqlite3.connect(tmp_path / "village.sqlite3", timeout=0) as other:
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        opened.rollback()
        other.execute("BEGIN IMMEDIATE")
    other.close()


@pytest.mark.usefixtures("_unblocked")
def test_a_writer_waits_long_enough_for_an_import(opened: BaseDatabaseWrapper) -> None:
    assert asked(opened, "busy_timeout") >= 20_000


def test_without_an_address_the_database_lies_in_the_data_folder(tmp_path: Path) -> None:
    assert Path(str(database_from_url("", tmp_path)["NAME"])).parent == tmp_path
