"""The prepared village of the matrix, in which somebody hides."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import override_settings

from canary.hiding import Hiding, hide
from matrix.world import NOW, build


@pytest.fixture(scope="module")
def hiding(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hiding]:
    """Kuripan with a woman in hiding, in a transaction that is never committed."""
    folder: Path = tmp_path_factory.mktemp("data")
    everything = transaction.atomic()
    everything._from_testcase = True  # type: ignore[attr-defined]  units of work may begin inside
    with (
        django_db_blocker.unblock(),
        override_settings(SECOND_FACTOR_REQUIRED=False, DATA_DIR=folder),
        time_machine.travel(NOW, tick=False),
        everything,
    ):
        yield hide(build(), folder)
        transaction.set_rollback(True)
