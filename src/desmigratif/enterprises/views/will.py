"""Skill and will: who could be asked, who told what, one person's answers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import scoped
from desmigratif.audit.unit import Subject
from desmigratif.enterprises.forms.will import PotentialForm
from desmigratif.enterprises.queries.training import trained_hours
from desmigratif.enterprises.queries.will import (
    Asked,
    Proposed,
    asked_of,
    latest_of,
    potentials_seen,
    proposed_in,
    readiness_of,
    resident_of,
)
from desmigratif.enterprises.rules.will import answers_on
from desmigratif.enterprises.views.common import (
    BOTH,
    MENTOR,
    act_page,
    as_desk,
    mentor_village,
    opened,
    place,
    section_page,
    today_of,
)
from desmigratif.people.models import HandOver, Resident
from desmigratif.people.queries.by_name import named_in
from desmigratif.people.queries.hand_overs import Waiting, waiting_for, waiting_or_refuse
from desmigratif.people.rules.hand_overs import ENTERPRISE, kinds_on
from desmigratif.shared.dates import age_on, format_date
from desmigratif.shared.reasons import NotFoundOrNotYours

PER_PAGE = 25


@scoped(MENTOR)
def potentials(request: HttpRequest) -> HttpResponse:
    """Whom other services handed over, whom to ask next, and who told what; `?cari=` finds anybody else."""
    desk = as_desk(request)
    code = mentor_village(desk)
    today = today_of(desk, code)
    page = Paginator(potentials_seen(desk.actor), PER_PAGE).get_page(desk.GET.get("hal"))
    proposed = proposed_in(code, today=today)
    asked = asked_of(list(page), today=today)
    sought = desk.GET.get("cari", "")
    found = named_in(desk.actor, MENTOR, code, sought, today=today)
    people = [one.resident.id for one in proposed] + [one.potential.resident_id for one in asked]
    shown = {
        "recorded": opened(desk, "potentials.listed", code, *(Subject("resident", id) for id in people)),
        "waiting": [_waiting_row(one) for one in waiting_for(desk.actor, ENTERPRISE) if one.village_code == code],
        "proposed": [_proposed_row(one) for one in proposed],
        "asked": [_asked_row(one) for one in asked],
        "page": page, "sought": sought,
        "found": [{"name": one.name, "detail": _where(one.age, one.hamlet), "url": place("potential", one.id)}
                  for one in found],
    }  # fmt: skip
    return section_page(desk, "potentials", "potentials", shown)


def _where(age: int | None, hamlet: str) -> str:
    return " · ".join(part for part in (_("%s tahun") % age if age is not None else "", hamlet) if part)


def _waiting_row(one: Waiting) -> dict[str, Any]:
    return {
        "title": one.name or _("Seluruh keluarga"), "detail": f"{one.title}. {one.why}", "icon": "heart-handshake",
        "url": f"{place('potential', one.resident_id)}?serahan={one.id}" if one.resident_id else "",
    }  # fmt: skip


def _proposed_row(one: Proposed) -> dict[str, Any]:
    why = _("%(why)s sejak %(day)s") % {"why": _(one.why), "day": format_date(one.since)}
    detail = f"{why} · {one.resident.household.hamlet}"
    return {
        "title": one.resident.shown_name, "detail": detail, "icon": "user-plus",
        "url": place("potential", one.resident.id),
    }  # fmt: skip


def _asked_row(one: Asked) -> dict[str, Any]:
    missing = " ".join(reason.text for reason in one.readiness.missing)
    return {
        "title": one.potential.resident.shown_name, "detail": missing or one.potential.resident.household.hamlet,
        "icon": "user", "url": place("potential", one.potential.resident_id),
        "states": [{"name": one.readiness.state, "label": one.readiness.label}],
    }  # fmt: skip


@scoped(MENTOR, methods=BOTH)
def potential(request: HttpRequest, resident_id: UUID) -> HttpResponse:
    """What one person can and wants, how ready they are, and the questions once more. `?serahan=` answers one."""
    desk = as_desk(request)
    resident = resident_of(desk.actor, resident_id)
    code = resident.village_code
    today = today_of(desk, code)
    handed = _asked_for(desk, resident)
    recorded = opened(desk, "potential.opened", code, Subject("resident", resident.id))
    before = latest_of(resident) if recorded else None
    form = PotentialForm(request.POST or None, today=today, before=before)
    hours = trained_hours(code, [resident.id]).get(resident.id, 0)
    given = {
        "village_code": code, "resident_id": resident.id, "on": today,
        "hand_over_id": handed.id if handed else None,
    }  # fmt: skip
    return act_page(
        desk, form, "record_potential", lambda: {**form.payload(), **given}, said=_("Jawabannya sudah disimpan."),
        then=place("potentials"), back=place("potentials"), title=_("Minat %s") % resident.shown_name,
        template="potential", recorded=recorded, person=_strip(resident, today),
        lead=_("Ini sekaligus menjawab serahan: %s.") % kinds_on(handed.on)[handed.kind].title if handed else "",
        readiness=readiness_of(before, hours, today) if before else None, before=before,
        skills=", ".join(answers_on("skills", today).get(one, one) for one in before.skills) if before else "",
        hours=hours,
    )  # fmt: skip


def _strip(resident: Resident, today: Any) -> dict[str, Any]:
    """Whose page this is; no way to the file, which is not the mentor's."""
    age = _("%s tahun") % age_on(resident.birth_date, today) if resident.birth_date else ""
    facts = [fact for fact in (age, resident.household.hamlet) if fact]
    return {"name": resident.shown_name, "url": "", "facts": facts, "states": []}


def _asked_for(desk: DeskRequest, resident: Resident) -> HandOver | None:
    """The hand-over that this talk answers. Raises `NotFoundOrNotYours`."""
    text = desk.GET.get("serahan", "")
    if not text:
        return None
    try:
        handed = waiting_or_refuse(desk.actor, UUID(text))
    except ValueError:
        raise NotFoundOrNotYours from None
    if handed.to_pillar != ENTERPRISE or handed.household_id != resident.household_id:
        raise NotFoundOrNotYours
    return handed
