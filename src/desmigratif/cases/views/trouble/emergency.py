"""Finding out who somebody is and where they belong, when a life or a body cannot wait. Each look leaves its trace."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from desmigratif.access import reads
from desmigratif.access.permissions import Permission
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import scoped
from desmigratif.audit.unit import Subject
from desmigratif.cases.forms.trouble.emergency import EmergencyForm
from desmigratif.cases.models import ABROAD, CaseState, Paper
from desmigratif.cases.queries.trouble.emergency import PHOTO, SEARCHED, Found, found_of, ids_of, searches_of
from desmigratif.cases.rules.trouble.emergency import reasons_not_to_search
from desmigratif.cases.views.common import as_desk
from desmigratif.documents import attachments
from desmigratif.documents.queries import office_phones
from desmigratif.people.models import LifeStatus, Sex
from desmigratif.people.queries.everywhere import Sought
from desmigratif.regions.queries import village
from desmigratif.regulations.countries import country_name
from desmigratif.shared.dates import local_day
from desmigratif.shared.reasons import NotFoundOrNotYours

JAKARTA = 7


@scoped(Permission.EMERGENCY_SEARCH, methods=("GET", "POST"))
def emergency_search(request: HttpRequest) -> HttpResponse:
    """A name as it was heard, or a passport; names never stand in an address."""
    desk = as_desk(request)
    today = local_day(desk.now, JAKARTA)
    form = EmergencyForm(request.POST or None, today=today)
    shown: dict[str, Any] = {"form": form, "found": None, "recorded": True}
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        reasons = reasons_not_to_search(
            name=said["name"], passport=said["passport"], purpose=said["purpose"],
            searched=searches_of(desk.actor, desk.now), today=today,
        )  # fmt: skip
        form.refuse(reasons)
        if not reasons:
            shown |= _search(desk, said)
    return render(request, "cases/trouble/emergency.html", shown)


def _search(desk: DeskRequest, said: dict[str, Any]) -> dict[str, Any]:
    """The trace first: without it nobody is shown."""
    ids = ids_of(Sought(said["name"], said["birth_year"], said["sex"] or ""), said["passport"])
    recorded = reads.opened(
        desk.actor, SEARCHED, village_code=desk.actor.home_code, subjects=[Subject("resident", id) for id in ids],
        now=desk.now, purpose=said["purpose"], how="passport" if said["passport"] else "name", found=len(ids),
    )  # fmt: skip
    found = found_of(desk.actor, ids) if recorded else []
    phones = office_phones({one.village_code for one in found})
    rows = [_row(one, phones.get(one.village_code)) for one in found]
    return {"found": rows, "recorded": recorded}


def _row(one: Found, phone: str | None) -> dict[str, Any]:
    place = village(one.village_code)
    return {
        "name": one.name,
        "village": place.full_name,
        "state": _state(one),
        "url": reverse("people:household", args=[one.household_id]) if one.is_theirs else "",
        "photo": reverse("cases:emergency_photo", args=[one.photo_id]) if one.photo_id else "",
        "facts": [
            {"label": _("Lahir"), "value": _born(one.born, one.birth_place)},
            {"label": _("Jenis kelamin"), "value": str(Sex(one.sex).label) if one.sex else None},
            {"label": _("Negara terakhir"), "value": country_name(one.country) if one.country else None},
            {"label": _("Asal"), "value": _origin(one.origin_is_sure)},
            {"label": _("Telepon desa"), "value": phone},
        ],
    }


def _born(born: date | None, place: str) -> str | None:
    return ", ".join(part for part in (place, str(born.year) if born else "") if part) or None


def _origin(is_sure: bool | None) -> str:
    return {None: _("belum dipastikan"), False: _("belum pasti"), True: _("sudah dipastikan")}[is_sure]


def _state(one: Found) -> dict[str, str]:
    if one.life_status == LifeStatus.DEAD:
        return {"name": "tidaktahu", "label": _("Tercatat meninggal")}
    if one.state in ABROAD:
        return {"name": "cek", "label": _("Tercatat di luar negeri")}
    if one.state in (CaseState.RETURNED, CaseState.REINTEGRATING, CaseState.SETTLED):
        return {"name": "aman", "label": _("Tercatat sudah pulang")}
    return {"name": "info", "label": _("Ada di register desa")}


@scoped(Permission.EMERGENCY_SEARCH)
def emergency_photo(request: HttpRequest, photo_id: UUID) -> HttpResponse:
    """The photo of somebody who may be meant, to compare; nothing else of their papers."""
    desk = as_desk(request)
    paper = Paper.objects.everywhere().filter(id=photo_id, kind=PHOTO).select_related("copy").first()
    if paper is None or paper.copy is None:
        raise NotFoundOrNotYours
    about = [Subject("resident", paper.resident_id), Subject("attachment", paper.copy.id)]
    noted = reads.opened(
        desk.actor, "emergency.photo_seen", village_code=desk.actor.home_code, subjects=about, now=desk.now
    )
    content = attachments.content_of(paper.copy) if noted else None
    if content is None:
        raise NotFoundOrNotYours
    answer = HttpResponse(content, content_type=paper.copy.media)
    answer.headers["Cache-Control"] = "no-store"
    return answer
