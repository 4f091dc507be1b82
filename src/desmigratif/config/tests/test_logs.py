"""The log names where something went wrong, and no person."""

from __future__ import annotations

import logging
import sys

from django.conf import settings
from django.db import IntegrityError
from django.utils.module_loading import import_string

PERSONAL = "Siti Aminah 3307104505900001"


def _logged(problem: Exception) -> str:
    formatter = import_string(settings.LOGGING["formatters"]["plain"]["()"])()
    try:
        raise ValueError(PERSONAL) from problem
    except ValueError:
        record = logging.LogRecord("django.request", logging.ERROR, __file__, 1, "500", (), sys.exc_info())
    return str(formatter.format(record))


def test_a_refused_row_is_not_repeated_in_the_log() -> None:
    said = _logged(IntegrityError("Failing row contains (33.07.10.2004, Budi Santoso, 3307104505900001)."))

    assert "Budi" not in said
    assert "Siti" not in said
    assert "3307104505900001" not in said
    assert "IntegrityError" in said
    assert "test_logs.py" in said


def test_what_is_wrong_with_a_file_may_be_said() -> None:
    assert "No space left" in _logged(OSError(28, "No space left on device"))
