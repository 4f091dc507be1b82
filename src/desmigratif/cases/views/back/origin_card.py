"""The card that goes with somebody who is brought home: who they are and where they belong, as it was made sure."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from desmigratif.access import reads
from desmigratif.access.permissions import Permission
from desmigratif.access.routes import scoped
from desmigratif.audit.unit import Subject
from desmigratif.cases.models import Origin
from desmigratif.cases.queries.back.returns import return_file
from desmigratif.cases.rules.back.returns import labels
from desmigratif.cases.views.common import as_desk, person_strip
from desmigratif.documents.queries import office_in
from desmigratif.people.models import LifeStatus, Resident, Sex
from desmigratif.regions.queries import today_in, village
from desmigratif.shared.dates import format_date


@scoped(Permission.CASE_SEE)
def origin_card(request: HttpRequest, return_id: UUID) -> HttpResponse:
    """On paper for the ambulance, the hospital or the officer on the way; no NIK, no cause, no family's telephone."""
    desk = as_desk(request)
    file = return_file(desk.actor, return_id)
    told, resident = file.back, file.back.case.resident
    subjects = [Subject("resident", resident.id), Subject("return", told.id)]
    recorded = reads.opened(
        desk.actor, "return.card_printed", village_code=told.village_code, subjects=subjects, now=desk.now
    )
    today = today_in(told.village_code, desk.now)
    origin = file.origin if file.origin and file.origin.is_sure and told.withdrawn_on is None else None
    shown = {
        "back": told, "recorded": recorded, "person": person_strip(resident, today), "origin": origin,
        "name": resident.shown_name,
        "may_confirm": desk.actor.may(Permission.CASE_OPEN, told.village_code) and told.withdrawn_on is None,
        "facts": _facts(resident) if origin and recorded else [],
        "home": _home(resident) if origin and recorded else [],
        "sure": _sure(origin) if origin else "",
        "printed_on": format_date(today),
    }  # fmt: skip
    return render(request, "cases/back/origin_card.html", shown)


def _facts(resident: Resident) -> list[dict[str, Any]]:
    born = format_date(resident.birth_date) if resident.birth_date else ""
    rows = [
        (_("Nama"), resident.shown_name),
        (_("Lahir"), ", ".join(part for part in (resident.birth_place, born) if part) or None),
        (_("Jenis kelamin"), str(Sex(resident.sex).label) if resident.sex else None),
    ]
    if resident.life_status == LifeStatus.DEAD:
        rows.append((_("Keadaan"), _("Meninggal; diantar ke keluarganya")))
    return [{"label": label, "value": value} for label, value in rows]


def _home(resident: Resident) -> list[dict[str, Any]]:
    """The village hall knows the family; its own address is not written on a paper that many hands hold."""
    office = office_in(resident.village_code)
    return [
        {"label": _("Diantar ke"), "value": _("Kantor desa, %s") % village(resident.village_code).full_name},
        {"label": _("Alamat kantor desa"), "value": office.address if office else None},
        {"label": _("Telepon kantor desa"), "value": (office.phone if office else "") or None},
    ]


def _sure(origin: Origin) -> str:
    proofs = labels("origin_proofs", origin.on)
    return _("Dipastikan %(on)s oleh %(who)s, dengan %(what)s.") % {
        "on": format_date(origin.on),
        "who": labels("origin_confirmers", origin.on)[origin.confirmed_by].lower(),
        "what": ", ".join(proofs[code] for code in origin.proofs),
    }
