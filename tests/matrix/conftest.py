"""One prepared village for all walks of a worker; what a walk changes is undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import override_settings

from matrix.world import NOW, World, build


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Kuripan with one record of each kind, in a transaction that is never committed."""
    folder: Path = tmp_path_factory.mktemp("data")
    everything = transaction.atomic()
    everything._from_testcase = True  # type: ignore[attr-defined]  units of work may begin inside
    with (
        django_db_blocker.unblock(),
        override_settings(SECOND_FACTOR_REQUIRED=False, DATA_DIR=folder),
        time_machine.travel(NOW, tick=False),
        everything,
    ):
        yield build()
        transaction.set_rollback(True)
