"""Papers on their way: the village sends a bundle, and sees where its bundles lie."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission
from desmigratif.access.requests import own_village
from desmigratif.access.routes import scoped
from desmigratif.cases.forms.papers.offices import SendForm
from desmigratif.cases.models import AT_OFFICE, Bundle
from desmigratif.cases.queries.papers.offices import bundles_at_offices, last_bundles, papers_before
from desmigratif.cases.rules.journey import Journey, journey_on
from desmigratif.cases.rules.papers.offices import office_for
from desmigratif.cases.views.common import as_desk, listed
from desmigratif.cases.views.journey import is_over, opened_step, render_step, step_done
from desmigratif.cases.views.papers.bundles import bundle_state, bundle_words, office_name
from desmigratif.regions.queries import today_in, village
from desmigratif.shared.keyset import page_of

PER_PAGE = 50


@scoped(Permission.CASE_OPEN, methods=("GET", "POST"))
def send_bundle(request: HttpRequest, step_id: UUID) -> HttpResponse:
    """The papers of one step, listed, go to the office that answers it."""
    desk, row, journey, rule, today = opened_step(request, step_id)
    office = office_for(rule.code, today)
    last = last_bundles(row.case).get(rule.code)
    if office is None or is_over(row) or (last is not None and last.state in AT_OFFICE):
        return redirect("cases:case", row.case_id)
    papers = papers_before(row.case, rule.code, today)
    form = SendForm(request.POST or None, papers=papers, row=row, today=today)
    name = office_name(journey, office.code)
    if step_done(desk, form, row, "cases.send_bundle", _("Berkas dikirim ke %s.") % name):
        return redirect("cases:case", row.case_id)
    shown = {
        "form": form,
        "heading": _("Kirim berkas ke %s") % name,
        "submit": _("Kirim berkas"),
        "office_note": _("%(name)s menjawab dalam %(days)s hari kerja, dan hanya melihat yang dikirim.")
        % {"name": name, "days": office.days},
        "came_back": bundle_words(last, journey, today) if last is not None else "",
    }
    return render_step(request, desk, row, rule, today, shown)


@scoped(Permission.CASE_SEE)
def bundles(request: HttpRequest) -> HttpResponse:
    """Where papers lie, since when, and what came back: the one that is due first on top."""
    desk = as_desk(request)
    today = today_in(desk.actor.home_code, desk.now)
    rows = bundles_at_offices(desk.actor)
    page = page_of(rows, ("due_on", "id"), after=request.GET.get("setelah", ""), size=PER_PAGE)
    several = own_village(desk.actor) is None
    journey = journey_on(today)
    shown = {
        "rows": [_row(bundle, journey, today, several=several) for bundle in page.rows],
        "page": page,
        "page_query": "",
        "recorded": listed(desk, "bundles.listed"),
    }
    return render(request, "cases/papers/bundles.html", shown)


def _row(bundle: Bundle, journey: Journey, today: date, *, several: bool) -> dict[str, Any]:
    where = f" · {village(bundle.village_code).near_name}" if several else ""
    return {
        "initials": bundle.case.resident.shown_name,
        "title": f"{bundle.case.resident.shown_name}: {journey.step(bundle.step).title}",
        "detail": f"{bundle_words(bundle, journey, today)}{where}",
        "url": reverse("cases:case", args=[bundle.case_id]),
        "states": [bundle_state(bundle, today)],
    }
