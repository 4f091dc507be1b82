"""When the disk is full or the database is gone, a page says so; nothing acknowledged is lost."""

from __future__ import annotations

import errno
import logging
import sys

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.template.loader import render_to_string

log = logging.getLogger("desmigratif.desk")
_FULL = ("disk is full", "no space left", "could not extend file", "disk i/o error")


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler for every error that nobody caught: trouble of disk or database has a page of its own."""
    problem = sys.exception()
    page = trouble_page(problem) if problem is not None else None
    return page or HttpResponseServerError(render_to_string("500.html"))


def trouble_page(problem: BaseException) -> HttpResponse | None:
    """The page for a storage problem, or None when it is another kind of error."""
    if _is_full(problem):
        log.error("storage is full: %s", type(problem).__name__)
        return HttpResponse(render_to_string("desk/storage_full.html"), status=507)
    if isinstance(problem, OperationalError | InterfaceError):
        log.error("database is busy or gone: %s", type(problem).__name__)
        return HttpResponse(render_to_string("desk/database_busy.html"), status=503, headers={"Retry-After": "10"})
    return None


def _is_full(problem: BaseException) -> bool:
    if isinstance(problem, OSError) and problem.errno == errno.ENOSPC:
        return True
    return isinstance(problem, DatabaseError) and any(sign in str(problem).lower() for sign in _FULL)
