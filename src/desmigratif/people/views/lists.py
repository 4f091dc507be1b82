"""The families of a village by hamlet, and search as one types."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from desmigratif.access.permissions import Permission
from desmigratif.access.requests import own_village
from desmigratif.access.routes import scoped
from desmigratif.people.queries.lists import Family, Hamlet, families, head_of
from desmigratif.people.queries.search import MOST, Found, search_residents
from desmigratif.people.rules.codes import label
from desmigratif.people.rules.names import softened
from desmigratif.people.views.common import as_desk, opened, place_of
from desmigratif.regions.queries import today_in, village

TYPING = 8  # answers under the search field
_ANY = UUID(int=0)


@scoped(Permission.RESIDENT_SEE)
def residents(request: HttpRequest) -> HttpResponse:
    """Families by hamlet, fifty a page."""
    desk = as_desk(request)
    chosen = request.GET.get("dusun")
    hamlets, page = families(desk.actor, hamlet=chosen, page=request.GET.get("hal", "1"))
    noted = opened(desk, "residents.listed", desk.actor.home_code)
    address = reverse("people:household", args=[_ANY])
    several = own_village(desk.actor) is None
    shown = {
        "page": page,
        "page_query": f"{urlencode({'dusun': chosen})}&" if chosen is not None else "",
        "chips": _chips(hamlets, chosen),
        "rows": [_row_of(family, address, several=several) for family in page],
        "families": sum(hamlet.families for hamlet in hamlets),
        "may_register": desk.actor.may_anywhere(Permission.RESIDENT_REGISTER),
        "may_import": desk.actor.may_anywhere(Permission.RESIDENT_IMPORT),
        "may_export": desk.actor.may_anywhere(Permission.RESIDENT_EXPORT),
        "not_noted": not noted,
    }
    return render(request, "people/residents.html", shown)


def _chips(hamlets: list[Hamlet], chosen: str | None) -> list[dict[str, Any]]:
    here = reverse("people:residents")
    every = sum(hamlet.families for hamlet in hamlets)
    chips = [{"label": _("Semua"), "url": here, "current": chosen is None, "count": every}]
    chips += [
        {
            "label": hamlet.name or _("Dusun belum diketahui"),
            "url": f"{here}?{urlencode({'dusun': hamlet.name})}",
            "current": chosen == hamlet.name,
            "count": hamlet.families,
        }
        for hamlet in hamlets
    ]
    return chips if len(hamlets) > 1 else []


def _row_of(family: Family, address: str, *, several: bool) -> dict[str, Any]:
    """One line; `address` is that of the household `_ANY`, since looking up fifty addresses takes its time."""
    head = head_of(family.members)
    others = [softened(member.name) for member in family.members if member is not head]
    count = ngettext("%(count)s orang", "%(count)s orang", len(family.members)) % {"count": len(family.members)}
    place = f"{place_of(family)}, {village(family.village_code).near_name}" if several else place_of(family)
    named = ", ".join(others[:4]) + (_(" dan lainnya") if len(others) > 4 else "")
    return {
        "initials": softened(head.name) if head else "",
        "title": softened(head.name) if head else _("Keluarga tanpa anggota"),
        "url": address.replace(str(_ANY), str(family.id)),
        "detail": " · ".join(part for part in (place, count, named) if part),
    }


@scoped(Permission.RESIDENT_SEE)
def search(request: HttpRequest) -> HttpResponse:
    """Answers while typing (a fragment, no trace), or the page of results (one event)."""
    desk = as_desk(request)
    text = " ".join(request.GET.get("q", "").split())[:100]
    live = request.headers.get("HX-Request") == "true"
    today = today_in(desk.actor.home_code, desk.now)
    found = search_residents(desk.actor, text, today=today, limit=TYPING if live else MOST)
    shown: dict[str, Any] = {
        "search_text": text,
        "results": [_answer(one, several=own_village(desk.actor) is None) for one in found],
        "too_short": len(text) < 2,
    }
    if live:
        shown["more_url"] = f"{reverse('people_search')}?{urlencode({'q': text})}" if len(found) == TYPING else None
        return render(request, "people/_search_answers.html", shown)
    shown["not_noted"] = bool(text) and not opened(desk, "residents.searched", desk.actor.home_code)
    shown["most"] = MOST if len(found) == MOST else 0
    shown["may_register"] = desk.actor.may_anywhere(Permission.RESIDENT_REGISTER)
    return render(request, "people/search.html", shown)


def _answer(one: Found, *, several: bool) -> dict[str, Any]:
    where = " ".join(
        part for part in (_("Dusun %s") % one.hamlet if one.hamlet else "", f"RT {one.rt}" if one.rt else "") if part
    )
    if several:
        where = ", ".join(part for part in (where, village(one.village_code).near_name) if part)
    age = _("%(age)s tahun") % {"age": one.age} if one.age is not None else _("umur belum diketahui")
    number = _("NIK berakhir %(end)s") % {"end": one.nik_end} if one.nik_end else _("NIK belum diketahui")
    states = [] if one.is_here else [{"name": "tidaktahu", "label": label("life_status", one.life_status)}]
    return {
        "name": softened(one.name),
        "url": f"{reverse('people:household', args=[one.household_id])}#warga-{one.id}",
        "detail": " · ".join(part for part in (age, where, number) if part),
        "states": states,
    }
