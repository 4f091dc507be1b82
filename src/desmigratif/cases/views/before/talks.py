"""The talk with the family."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission
from desmigratif.access.routes import scoped
from desmigratif.access.scope import require
from desmigratif.cases.actions.offer.protective import note_about
from desmigratif.cases.forms import FamilyTalkForm
from desmigratif.cases.models import ENDED, LEFT
from desmigratif.cases.queries import case_of, living_with
from desmigratif.cases.views.before.from_sheet import after_sheet, day_of_sheet, from_sheet
from desmigratif.cases.views.common import as_desk, called, goal_of, opened, person_strip
from desmigratif.documents.acting import attempt
from desmigratif.people import envelopes
from desmigratif.regions.queries import today_in


@scoped(Permission.FAMILY_TALK_RECORD, methods=("GET", "POST"))
def record_family_talk(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Who gives permission, freely or not, and whether the candidate says alone that it is their choice."""
    desk = as_desk(request)
    case = case_of(desk.actor, case_id)
    require(desk.actor, Permission.FAMILY_TALK_RECORD, case.village_code)
    if case.state in (*ENDED, *LEFT):
        return redirect("cases:case", case.id)
    today = today_in(case.village_code, desk.now)
    key = envelopes.key_for(case.village_code)
    form = FamilyTalkForm(
        request.POST or None,
        candidate=case.resident,
        members=living_with(desk.actor, case.resident),
        today=today,
        may_seal=key is not None,
    )
    day_of_sheet(desk, form)
    if request.method == "POST" and form.is_valid():
        payload = {**form.payload(), "village_code": case.village_code, "case_id": case.id}
        if key is not None:  # sealed here, full or empty, so that nothing of it passes through the door in clear
            signs, text = form.sealed()
            note = note_about(case, form.cleaned_data["on"], signs=signs, text=text)
            payload["envelope"] = envelopes.sealed(key, note)
        if attempt(desk, form, *from_sheet(desk, "cases.record_family_talk", payload)):
            if to_next := after_sheet(desk, form):
                return to_next
            messages.success(request, _("Pembicaraan dengan keluarga sudah dicatat."))
            return redirect("cases:case", case.id)
    shown = {
        "form": form,
        "case": case,
        "recorded": opened(desk, case),  # also when a form comes back: it shows the same
        "person": person_strip(case.resident, today),
        "called": called(case.resident, today),
        "goal": goal_of(case),
        "may_seal": key is not None,
    }
    return render(request, "cases/before/family_talk.html", shown)
