"""Choosing a region: by typing part of its name, or step by step from the province; never the whole list at once.

The list of regions is public, and set-up needs it before anybody has an account: these addresses are open (they are
classified by name with those of libraries, because this app lies below sign-in).
"""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from desmigratif.regions import rules
from desmigratif.regions.models import Level
from desmigratif.regions.queries import RegionChoice, children_of, trail_of
from desmigratif.regions.search import search_regions


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """`?q=kuripan&level=4&dalam=33.07&nama=village_code`: at most 20 choices as a piece of HTML."""
    text = request.GET.get("q", "")
    found = search_regions(text, level=_level(request.GET.get("level")), within=_code(request.GET.get("dalam")))
    field = request.GET.get("nama", "")
    context = {"choices": found, "search_text": text, "field_name": field if field.isidentifier() else "region_code"}
    return render(request, "regions/choices.html", context)


@require_safe
def children(request: HttpRequest) -> JsonResponse:
    """`?induk=33.07`: the regions directly inside one; without `induk` the provinces."""
    parent = request.GET.get("induk", "")
    if parent and not rules.is_code(parent):
        raise Http404
    rows = [{"code": c.code, "kind": c.kind, "name": c.name, "label": c.label} for c in children_of(parent)]
    return JsonResponse({"parent": parent, "children": rows})


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Step by step: `?di=33.07&sampai=4&kembali=/mulai/`. The chosen code comes back as `?wilayah=CODE`."""
    depth = _level(request.GET.get("sampai")) or Level.VILLAGE
    back_to = request.GET.get("kembali", "/")
    if not url_has_allowed_host_and_scheme(back_to, allowed_hosts=None):
        back_to = "/"
    here = _code(request.GET.get("di"))
    trail = trail_of(here) if here else []
    if trail and trail[-1].level >= depth:
        return HttpResponseRedirect(_with_region(back_to, trail[-1]))
    text = request.GET.get("q", "")
    context = {
        "trail": trail,
        "here": trail[-1] if trail else None,
        "next_kind": Level(len(trail) + 1).label,
        "choices": children_of(trail[-1].code if trail else ""),
        "search_text": text,
        "found": search_regions(text, level=depth, within=here) if text else None,
        "depth": depth,
        "depth_kind": Level(depth).label,
        "back_to": back_to,
        "kept": urlencode({"sampai": depth, "kembali": back_to}),
    }
    return render(request, "regions/choose.html", context)


def _level(text: str | None) -> int | None:
    return int(text) if text in ("1", "2", "3", "4") else None


def _code(text: str | None) -> str | None:
    return text if text and rules.is_code(text) else None


def _with_region(address: str, region: RegionChoice) -> str:
    """The address to go back to, with the choice added to what stands in it already."""
    return f"{address}{'&' if '?' in address else '?'}{urlencode({'wilayah': region.code})}"
