"""What the pages of a centre share: whose centre, its tabs, a list with a form below it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from desmigratif.access import reads
from desmigratif.access.permissions import Permission as P
from desmigratif.access.requests import DeskRequest
from desmigratif.access.scope import require
from desmigratif.audit.unit import Subject
from desmigratif.documents.acting import ActForm, attempt
from desmigratif.parenting.models import Centre, Session, SessionState
from desmigratif.parenting.queries.centres import centre_of
from desmigratif.parenting.rules.centre import is_for_caregivers, labels
from desmigratif.parenting.rules.roll import reasons_not_to_hold
from desmigratif.parenting.views.common import as_desk
from desmigratif.regions.queries import today_in
from desmigratif.shared.dates import MONTHS, format_date

BOTH = ("GET", "POST")
SESSION_STATES = {"planned": "tidaktahu", "held": "aman", "cancelled": "cek"}


def running(request: HttpRequest, centre_id: UUID) -> tuple[DeskRequest, Centre, date]:
    """A centre that this person runs. Raises `NotFoundOrNotYours`."""
    desk = as_desk(request)
    centre = centre_of(desk.actor, centre_id)
    require(desk.actor, P.CENTRE_RUN, centre.village_code)
    return desk, centre, today_in(centre.village_code, desk.now)


def may_run(desk: DeskRequest, centre: Centre) -> bool:
    return desk.actor.may(P.CENTRE_RUN, centre.village_code)


def place(name: str, id: UUID) -> str:
    return reverse(f"parenting:{name}", args=[id])


def tabs_of(desk: DeskRequest, centre: Centre, here: str) -> list[dict[str, Any]]:
    """The places of one centre; who only looks sees what was held."""
    places = [("centre", _("Ringkasan"), "home"), ("month", _("Kalender"), "calendar")]
    if may_run(desk, centre):
        places += [
            ("timetable", _("Jadwal"), "clock"), ("volunteers", _("Relawan"), "heart-handshake"),
            ("things", _("Barang"), "school"), ("themes", _("Tema"), "bulb"),
        ]  # fmt: skip
    return [
        {"label": label, "icon": icon, "url": place(name, centre.id), "current": name == here}
        for name, label, icon in places
    ]


def page(desk: DeskRequest, template: str, centre: Centre, here: str, shown: Mapping[str, Any]) -> HttpResponse:
    """A page among the tabs of a centre."""
    base = {"centre": centre, "tabs": tabs_of(desk, centre, here), "may_run": may_run(desk, centre)}
    return render(desk, f"parenting/{template}.html", {**base, **shown})


def acted(
    desk: DeskRequest, form: ActForm, action: str, centre: Centre | Session, given: Mapping[str, Any], said: str
) -> bool:
    """Do the act of a form that was sent and is valid, and say so."""
    payload = {"village_code": centre.village_code, **given}
    if attempt(desk, form, f"parenting.{action}", payload):
        messages.success(desk, said)
        return True
    return False


def act_page(
    desk: DeskRequest, form: ActForm, action: str, *, centre: Centre, given: Mapping[str, Any], said: str, then: str,
    title: str, lead: str = "", submit: str = "", here: str = "", more: tuple[str, str] = ("", ""),
) -> HttpResponse:  # fmt: skip
    """A page that does one act at a centre and goes on to `then`."""
    valid = desk.method == "POST" and form.is_valid()
    if valid and acted(desk, form, action, centre, {**given, **_payload(form)}, said):
        return redirect(then)
    shown = {"form": form, "title": title, "lead": lead, "submit": submit or _("Simpan"), "back": then}
    shown |= {"more_url": more[0], "more_word": more[1]}
    return page(desk, "centre_act", centre, here, shown)


def _payload(form: Any) -> dict[str, Any]:
    payload: dict[str, Any] = form.payload()
    return payload


def list_page(
    desk: DeskRequest, form: ActForm, action: str, *, centre: Centre, here: str, said: str, shown: Mapping[str, Any]
) -> HttpResponse:
    """A list with a form that adds to it; what was added stands in the list at once."""
    valid = desk.method == "POST" and form.is_valid()
    if valid and acted(desk, form, action, centre, {"centre_id": centre.id, **_payload(form)}, said):
        return redirect(place(here, centre.id))
    return page(desk, here, centre, here, {"form": form, **shown})


def names_opened(desk: DeskRequest, event: str, centre: Centre) -> bool:
    """Leave the one trace of a list with names. False: it stays closed."""
    subjects = [Subject("centre", centre.id)]
    return reads.opened(desk.actor, event, village_code=centre.village_code, subjects=subjects, now=desk.now)


def clock(at: Any) -> str:
    return f"{at:%H.%M}"


def kind_word(session: Session) -> str:
    return labels("kinds", session.on).get(session.kind, session.kind)


def theme_word(session: Session) -> str:
    if session.own_theme is not None:
        return session.own_theme.title
    return labels("themes", session.on).get(session.theme, "")


def month_word(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"


def roll_url(session: Session) -> str:
    return place("scores" if is_for_caregivers(session.kind) else "roll", session.id)


def session_row(session: Session, today: date, *, may_write: bool) -> dict[str, Any]:
    """A session as a row: what, when, who leads; how it went."""
    leader = session.leader.name if may_write and session.leader else ""
    said = (format_date(session.on), clock(session.at), theme_word(session), leader)
    callable_ = may_write and not reasons_not_to_hold(on=session.on, today=today, state=session.state)
    due = session.state == SessionState.PLANNED and session.on <= today
    return {
        "icon": "clipboard-check" if due else "calendar",
        "urgent": due and session.on < today,
        "title": kind_word(session),
        "detail": " · ".join(part for part in said if part),
        "url": roll_url(session) if callable_ else place("cancel", session.id) if may_write and due else "",
        "states": [{"name": SESSION_STATES[session.state], "label": state_word(session, today)}],
    }


def state_word(session: Session, today: date) -> str:
    """How a session stands, in two or three words."""
    if session.state == SessionState.HELD:
        if is_for_caregivers(session.kind):
            return _("%s pengasuh") % session.present
        called = (session.present or 0) + (session.excused or 0) + (session.absent or 0)
        return _("%(present)s dari %(called)s hadir") % {"present": session.present, "called": called}
    if session.state == SessionState.CANCELLED:
        return _("Batal: %s") % labels("cancel_reasons", session.on)[session.cancelled_because].lower()
    return _("Hari ini") if session.on == today else _("Belum dicatat") if session.on < today else _("Direncanakan")
