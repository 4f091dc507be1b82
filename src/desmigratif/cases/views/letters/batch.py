"""One kind of letter for many candidates: each its own act and number, one file, and who was left out and why."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from desmigratif.access.door import do
from desmigratif.access.permissions import Permission
from desmigratif.access.requests import DeskRequest, own_village
from desmigratif.access.routes import scoped
from desmigratif.cases.forms.letters.batch import BatchForm
from desmigratif.cases.models import LEFT, Case
from desmigratif.cases.queries import open_cases
from desmigratif.cases.queries.letters.village import standing_numbers
from desmigratif.cases.views.common import as_desk, goal_of, listed
from desmigratif.documents.models import Letter
from desmigratif.documents.rules.village_kinds import Kind, kinds_on
from desmigratif.regions.queries import today_in
from desmigratif.shared.reasons import Refusal

AT_ONCE = 50


@scoped(Permission.LETTER_ISSUE, methods=("GET", "POST"))
def batch_letters(request: HttpRequest) -> HttpResponse:
    """Choose a kind and people among the plans under way; whoever cannot have the letter is left out, with why."""
    desk = as_desk(request)
    code = own_village(desk.actor)
    if code is None:
        return redirect("documents:letters")
    today = today_in(code, desk.now)
    kinds = [kind for kind in kinds_on(today) if kind.together]
    if not kinds:
        return redirect("documents:letters")
    kind = next((kind for kind in kinds if kind.code == request.GET.get("jenis")), kinds[0])
    plans = list(open_cases(desk.actor).filter(village_code=code).exclude(state__in=LEFT)[:AT_ONCE])
    standing = standing_numbers(code, [plan.resident_id for plan in plans], today)
    people = [(plan.resident_id, _label(plan, standing.get((plan.resident_id, kind.code), ""))) for plan in plans]
    form = BatchForm(request.POST or None, kind=kind, people=people, today=today)
    recorded = listed(desk, "cases.listed")
    if request.method == "POST" and form.is_valid():
        shown = {"kind": kind, "recorded": recorded, **_written(desk, form, code, plans)}
        return render(request, "cases/letters/batch_written.html", shown)
    shown = {
        "form": form,
        "kind": kind,
        "kinds": _chips(kinds, kind),
        "recorded": recorded,
        "is_cut": len(plans) == AT_ONCE,
    }
    return render(request, "cases/letters/batch_letters.html", shown)


def _chips(kinds: list[Kind], chosen: Kind) -> list[dict[str, Any]]:
    here = reverse("cases:batch_letters")
    return [
        {"label": kind.label, "url": f"{here}?jenis={kind.code}", "current": kind.code == chosen.code} for kind in kinds
    ]


def _label(plan: Case, number: str) -> str:
    """Whom, where to, and which such letter they have already."""
    has = _("sudah punya %s") % number if number else ""
    return " · ".join(part for part in (plan.resident.shown_name, goal_of(plan), has) if part)


def _written(desk: DeskRequest, form: BatchForm, code: str, plans: list[Case]) -> dict[str, Any]:
    """Each letter for itself: done, or left out with the reasons."""
    names = {plan.resident_id: plan.resident.shown_name for plan in plans}
    written, left_out = [], []
    for resident_id in form.people():
        payload = {**form.payload_for(resident_id), "village_code": code}
        try:
            do(desk.actor, "cases.issue_village_letter", payload, now=desk.now, act_id=form.act_for(resident_id))
        except Refusal as refusal:
            left_out.append({"name": names[resident_id], "reasons": refusal.reasons})
        else:
            written.append(payload["letter_id"])
    letters = Letter.objects.visible_to(desk.actor).filter(id__in=written).order_by("year", "sequence")
    rows = [
        {
            "number": one.number,
            "name": names.get(one.resident_id, ""),
            "url": reverse("documents:letter", args=[one.id]),
        }
        for one in letters
    ]
    query = urlencode([("surat", str(one)) for one in written])
    return {
        "rows": rows,
        "left_out": left_out,
        "pdf_url": f"{reverse('documents:letters_pdf')}?{query}" if written else "",
    }
