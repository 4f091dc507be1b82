"""Where a caregiver reads what comes next, notes a call and leaves a message: by the address on paper, no sign-in."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from desmigratif.access import reads
from desmigratif.access.door import do
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import public
from desmigratif.audit.unit import Subject
from desmigratif.parenting.caregiver_links import holder_of, link_of
from desmigratif.parenting.forms.links import CallOfMineForm, MessageForm
from desmigratif.parenting.models import CaregiverLink, CaregiverScore, Session
from desmigratif.parenting.queries.caregivers import InCare, in_care_of
from desmigratif.parenting.queries.worries import readers_in
from desmigratif.parenting.rules import caregiver_link
from desmigratif.parenting.views.calls import both_clocks
from desmigratif.parenting.views.centre_common import clock, kind_word, theme_word
from desmigratif.people.rules.calls import WEEKDAYS
from desmigratif.people.rules.names import given_name, softened
from desmigratif.portal.answers import quiet
from desmigratif.portal.limits import CAREGIVER_BY_ADDRESS, address_of, is_shut, may_knock
from desmigratif.regions.queries import today_in, village
from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import Refusal

CALL, MESSAGE = "telepon", "pesan"


@public(methods=("GET", "POST"))
def caregiver(request: HttpRequest, token: str) -> HttpResponse:
    """One caregiver's page; an address that holds no more says so in a sentence."""
    desk = cast(DeskRequest, request)
    knocker = address_of(request)
    if is_shut(CAREGIVER_BY_ADDRESS, knocker, desk.now):
        return quiet(render(request, "portal/caregiver_unknown.html", {"shut": True}, status=429))
    link = link_of(token)
    today = today_in(link.village_code, desk.now) if link else None
    if link is None or today is None or not caregiver_link.holds(ended_on=link.ended_on, until=link.until, today=today):
        may_knock(CAREGIVER_BY_ADDRESS, knocker, desk.now)
        return quiet(render(request, "portal/caregiver_unknown.html", status=404))
    return _page(desk, link, today)


def _page(desk: DeskRequest, link: CaregiverLink, today: date) -> HttpResponse:
    offset = village(link.village_code).utc_offset
    found = in_care_of(link, today=today, now=desk.now, offset_hours=offset)
    subjects = [Subject("resident", one.resident_id) for one in found.children]
    if not reads.opened(
        holder_of(link), "child.caregiver_page_opened", village_code=link.village_code, subjects=subjects, now=desk.now,
        via="link",
    ):  # fmt: skip
        return quiet(render(desk, "portal/caregiver_unknown.html", {"trouble": True}, status=503))
    call, message = _call_form(desk, found, today), _message_form(desk, link, found, today)
    for form, sent, action in ((call, CALL, "record_call"), (message, MESSAGE, "write_worry")):
        if form is not None and form.is_valid() and _sent(desk, link, form, action, today):
            return quiet(redirect(f"{desk.path}?tersimpan={sent}"))
    shown: dict[str, Any] = {
        "children": [_short_name(one.resident.name) for one in found.children], "call": call, "message": message,
        "asked": _asked(found, offset), "saved": desk.GET.get("tersimpan", ""),
        "calls": [_call_words(due, offset) for due in found.calls if not due.is_over],
        "sessions": [_session_words(one) for one in found.sessions],
        "classes": [_class_words(one) for one in found.classes],
    }  # fmt: skip
    return quiet(render(desk, "portal/caregiver.html", shown))


def _call_form(desk: DeskRequest, found: InCare, today: date) -> CallOfMineForm | None:
    """The oldest call that nobody has written down yet; what was sent is read as it was asked."""
    if desk.method == "POST" and f"{CALL}-act_id" in desk.POST:
        return CallOfMineForm(desk.POST, today=today)
    over = next((due for due in found.calls if due.is_over), None)
    if over is None:
        return None
    return CallOfMineForm(today=today, initial={"slot_id": over.slot.id, "due_at": over.call.there.isoformat()})


def _message_form(desk: DeskRequest, link: CaregiverLink, found: InCare, today: date) -> MessageForm | None:
    readers = readers_in(link.village_code, today)
    if not found.children or not readers:
        return None
    sent = desk.POST if desk.method == "POST" and f"{MESSAGE}-act_id" in desk.POST else None
    named = [(str(one.id), _short_name(one.resident.name)) for one in found.children]
    return MessageForm(sent, today=today, readers=readers, children=named)


def _sent(desk: DeskRequest, link: CaregiverLink, form: CallOfMineForm | MessageForm, action: str, today: date) -> bool:
    """Write it down; False when it was refused, and the form says why."""
    given = {**form.payload(), "village_code": link.village_code}
    if isinstance(form, MessageForm):
        given["on"] = today
    act_id = form.cleaned_data["act_id"]
    try:
        do(holder_of(link), f"parenting.{action}", given, now=desk.now, act_id=act_id, via="link")
    except Refusal as refusal:
        form.refuse(refusal.reasons)
        return False
    return True


def _short_name(name: str) -> str:
    return softened(given_name(name))


def _asked(found: InCare, offset: int) -> str:
    return next((_call_words(due, offset) for due in found.calls if due.is_over), "")


def _call_words(due: Any, offset: int) -> str:
    return f"{_short_name(due.slot.child.resident.name)}: {both_clocks(due.call, due.slot.time_zone, offset)}"


def _session_words(one: Session) -> str:
    day = f"{WEEKDAYS[one.on.weekday()]}, {format_date(one.on)}, {clock(one.at)}"
    return f"{day}: {kind_word(one)}, {one.centre.name}"


def _class_words(one: CaregiverScore) -> dict[str, Any]:
    return {"on": one.session.on, "theme": theme_word(one.session), "before": one.before, "after": one.after}
