"""The public door: checking a letter, and where to report a weakness. No sign-in, light, no personal data."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import public
from desmigratif.documents.queries import check_short_code, key_set, village_fingerprints


@public
def check_letter(request: HttpRequest) -> HttpResponse:
    """/v/: with JavaScript the code behind "#" is checked in the browser; without, the short code is typed."""
    typed = request.GET.get("kode", "").strip()[:60]
    today = timezone.localdate(cast(DeskRequest, request).now)
    context: dict[str, Any] = {"typed_code": typed, "fingerprints": village_fingerprints()}
    if typed:
        try:
            verdict = check_short_code(typed, as_of=today)
        except ValueError as error:
            context["code_error"] = str(error)
        else:
            context |= {"verdict": verdict} if verdict else {"not_found": True}
    return render(request, "portal/verify.html", context)


@public
def keys(request: HttpRequest) -> HttpResponse:
    """The keys and the letters taken back, for checking without a network."""
    today = timezone.localdate(cast(DeskRequest, request).now)
    answer = HttpResponse(key_set(as_of=today).to_json(), content_type="application/json; charset=utf-8")
    answer.headers["Cache-Control"] = "public, no-cache"  # asked every time: a letter taken back must show at once
    return answer


@public
def service_worker(request: HttpRequest) -> HttpResponse:
    """The small worker that keeps the check page and the keys for the time without a network."""
    found = finders.find("dist/verify-sw.js")
    if not found:
        raise Http404
    with open(found, "rb") as script:  # noqa: PTH123  a path from the finder
        answer = HttpResponse(script.read(), content_type="text/javascript; charset=utf-8")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@public
def home(request: HttpRequest) -> HttpResponse:
    """Where families, workers and whoever was handed a letter begin: the question first, no sign-in."""
    return render(request, "portal/home.html")


@public
def report_weakness(request: HttpRequest) -> HttpResponse:
    """How to report a weakness of this installation, in plain words."""
    return render(request, "portal/report_weakness.html")
