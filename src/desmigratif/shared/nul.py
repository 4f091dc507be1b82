"""No page meets the one sign that PostgreSQL cannot hold in a text: NUL is taken out of what comes with a request.

Forms refuse it with a sentence of their own; what is read from an address or a cookie has no form.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

_ENCODED = re.compile(r"%00", re.ASCII)


class WithoutNul:
    """Takes NUL out of the query, forgets cookies that hold one, and takes a path with one for an unknown path."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if "%00" in query or "\0" in query:
            request.META["QUERY_STRING"] = _ENCODED.sub("", query).replace("\0", "")
        for name in [name for name, value in request.COOKIES.items() if "\0" in value]:
            del request.COOKIES[name]
        if "\0" in request.path_info:
            request.path_info = request.path = "/\N{REPLACEMENT CHARACTER}"
        return self.get_response(request)
