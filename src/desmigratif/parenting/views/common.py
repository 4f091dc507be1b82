"""What several pages of the learning centre show or do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from desmigratif.access import reads
from desmigratif.access.requests import DeskRequest
from desmigratif.audit.unit import Subject
from desmigratif.documents.acting import ActForm, attempt
from desmigratif.parenting.models import Child
from desmigratif.people.models import Resident
from desmigratif.shared.dates import age_on

LEVELS = {"low": "aman", "watch": "cek", "high": "henti"}


def as_desk(request: HttpRequest) -> DeskRequest:
    return cast(DeskRequest, request)


def listed(desk: DeskRequest, event: str) -> bool:
    """Leave the one trace of a list that shows names."""
    return reads.opened(desk.actor, event, village_code=desk.actor.home_code, now=desk.now)


def opened(desk: DeskRequest, child: Child, event: str) -> bool:
    """Leave the trace of a look at a child. False: what is specific must stay closed, and the page says so."""
    subjects = [Subject("child", child.id), Subject("resident", child.resident_id)]
    return reads.opened(desk.actor, event, village_code=child.village_code, subjects=subjects, now=desk.now)


def strip(resident: Resident, today: date, states: list[dict[str, str]] | None = None) -> dict[str, Any]:
    """Whose page this is: a name, an age and a hamlet, no file behind it."""
    age = _("%s tahun") % age_on(resident.birth_date, today) if resident.birth_date else ""
    hamlet = _("Dusun %s") % resident.household.hamlet if resident.household.hamlet else ""
    facts = [fact for fact in (age, hamlet) if fact]
    return {"name": resident.shown_name, "url": "", "facts": facts, "states": states or []}


def act_page(
    desk: DeskRequest, form: ActForm, action: str, given: Callable[[], Mapping[str, Any]], *, said: str, then: str,
    template: str = "parenting/form.html", **shown: Any,
) -> HttpResponse:  # fmt: skip
    """Show a form; when it is sent and valid, do its act and go on to `then`."""
    if desk.method == "POST" and form.is_valid() and attempt(desk, form, f"parenting.{action}", given()):
        messages.success(desk, said)
        return HttpResponseRedirect(then)
    base = {"form": form, "leave_url": then, "submit": _("Simpan"), "here": shown.get("heading", "")}
    return render(desk, template, {**base, **shown})
