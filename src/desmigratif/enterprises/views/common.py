"""What the pages of productive enterprise share: whose group, where one is, a form that does one act."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from desmigratif.access import reads
from desmigratif.access.permissions import Permission
from desmigratif.access.requests import DeskRequest
from desmigratif.access.scope import require
from desmigratif.audit.unit import Subject
from desmigratif.documents.acting import ActForm, attempt
from desmigratif.enterprises.models import Group
from desmigratif.enterprises.queries.groups import group_of
from desmigratif.regions.queries import today_in
from desmigratif.shared.reasons import NotFoundOrNotYours

MENTOR = Permission.ENTERPRISE_MENTOR
BOTH = ("GET", "POST")


def as_desk(request: HttpRequest) -> DeskRequest:
    return cast(DeskRequest, request)


def mentor_village(desk: DeskRequest) -> str:
    """The village whose groups this person mentors. Raises `NotFoundOrNotYours` for wider offices."""
    for code in desk.actor.regions_for(MENTOR):
        if code.count(".") == 3:
            return code
    raise NotFoundOrNotYours


def mentors_a_village(desk: DeskRequest) -> bool:
    return any(code.count(".") == 3 for code in desk.actor.regions_for(MENTOR))


def only_mentor(desk: DeskRequest, village_code: str) -> None:
    """Raises `NotFoundOrNotYours` for whoever may look and not write."""
    require(desk.actor, MENTOR, village_code)


def may_mentor(desk: DeskRequest, group: Group) -> bool:
    return desk.actor.may(MENTOR, group.village_code)


def to_write(desk: DeskRequest, group_id: UUID) -> tuple[Group, date]:
    """A group that this person may write about, and its day. Raises `NotFoundOrNotYours`."""
    group = group_of(desk.actor, group_id)
    only_mentor(desk, group.village_code)
    return group, today_of(desk, group.village_code)


def about(group: Group) -> dict[str, Any]:
    """What an act about a group always says."""
    return {"village_code": group.village_code, "group_id": group.id}


def opened(desk: DeskRequest, event: str, village_code: str, *subjects: Subject) -> bool:
    """Leave the trace of a look; False = it could not be written."""
    return reads.opened(desk.actor, event, village_code=village_code, subjects=list(subjects), now=desk.now)


def today_of(desk: DeskRequest, village_code: str) -> date:
    return today_in(village_code, desk.now)


def place(name: str, *ids: UUID) -> str:
    """The address of a page of productive enterprise."""
    return reverse(f"enterprises:{name}", args=ids)


# The places of productive enterprise: name of the address, word, icon.
SEE = Permission.ENTERPRISE_SEE
SECTIONS = (
    ("groups", _("Kelompok"), "users", SEE), ("potentials", _("Minat"), "user-question", MENTOR),
    ("trainings", _("Pelatihan"), "school", SEE),
    ("permits", _("Izin"), "certificate", SEE),
    ("catalogue", _("Katalog"), "building-store", SEE),
    ("life", _("Keadaan"), "chart-bar", SEE),
)  # fmt: skip


def section_page(desk: DeskRequest, template: str, here: str, shown: Mapping[str, Any]) -> HttpResponse:
    """A page among the places of productive enterprise."""
    tabs = [
        {"label": label, "icon": icon, "url": place(name), "current": name == here}
        for name, label, icon, permission in SECTIONS
        if desk.actor.may_anywhere(permission)
    ]
    return render(desk, f"enterprises/{template}.html", {"tabs": tabs, **shown})


# The places of one group: name of the address, word, icon.
PLACES = (
    ("group", _("Kelompok"), "users"),
    ("offers", _("Usahanya"), "briefcase"),
    ("aid", _("Bantuan"), "heart-handshake"),
    ("money", _("Uang"), "cash"),
    ("mentoring", _("Pendampingan"), "messages"),
)


def group_page(desk: DeskRequest, template: str, group: Group, here: str, shown: Mapping[str, Any]) -> HttpResponse:
    """A page among the tabs of a group."""
    tabs = [
        {"label": label, "icon": icon, "url": place(name, group.id), "current": name == here}
        for name, label, icon in PLACES
    ]
    base = {
        "group": group, "tabs": tabs if len(tabs) > 1 else [], "today": today_of(desk, group.village_code),
        "may_mentor": may_mentor(desk, group),
    }  # fmt: skip
    return render(desk, f"enterprises/{template}.html", {**base, **shown})


def act_page(
    desk: DeskRequest, form: ActForm, action: str, payload: Callable[[], Mapping[str, Any]], *, said: str,
    then: Callable[[], str] | str, title: str, back: str, template: str = "act", **shown: Any,
) -> HttpResponse:  # fmt: skip
    """Show a form; when it is sent and valid, do its act and go on to `then`."""
    if desk.method == "POST" and form.is_valid() and attempt(desk, form, f"enterprises.{action}", payload()):
        messages.success(desk, said)
        return HttpResponseRedirect(then() if callable(then) else then)
    return render(desk, f"enterprises/{template}.html", {"form": form, "title": title, "back": back, **shown})
