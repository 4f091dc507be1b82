"""When the disk is full or the database is gone, a page says so; nothing acknowledged is lost."""

from __future__ import annotations

import errno
import logging
from collections.abc import Callable

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

log = logging.getLogger("desmigratif.desk")
_FULL = ("disk is full", "no space left", "could not extend file", "disk i/o error")


class StorageTroubleMiddleware:
    """Turns trouble of the disk or the database into a page that says what is safe and what to do."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        except (OperationalError, InterfaceError, OSError) as problem:
            page = trouble_page(problem)
            if page is None:
                raise
            return page

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return trouble_page(exception)


def trouble_page(problem: Exception) -> HttpResponse | None:
    """The page for a storage problem, or None when it is another kind of error."""
    text = str(problem).lower()
    if isinstance(problem, DatabaseError | OSError) and (
        any(sign in text for sign in _FULL) or getattr(problem, "errno", None) == errno.ENOSPC
    ):
        log.error("storage is full: %s", type(problem).__name__)
        return HttpResponse(render_to_string("desk/storage_full.html"), status=507)
    if isinstance(problem, OperationalError | InterfaceError):
        log.error("database is busy or gone: %s", type(problem).__name__)
        return HttpResponse(render_to_string("desk/database_busy.html"), status=503, headers={"Retry-After": "10"})
    return None
