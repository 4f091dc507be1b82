"""Aman, cepat, mudah, murah: of everything, by place, by country; each number opens to what it counted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission
from desmigratif.access.queries import name_of_region
from desmigratif.access.routes import scoped
from desmigratif.cases.queries.figures import CODES, Counted, Row, counted, figures
from desmigratif.cases.rules.journey import Journey, journey_on
from desmigratif.cases.rules.measures import EXPLAINS, LABELS, Measure, hidden_cells
from desmigratif.cases.views.common import as_desk, listed
from desmigratif.regions.queries import UnknownRegion, today_in, village
from desmigratif.regulations.countries import country_names
from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import NotFoundOrNotYours

MOST = 100


@scoped(Permission.FIGURES_SEE)
def measures(request: HttpRequest) -> HttpResponse:
    """Numerator and denominator of each; small ones are kept from those who see figures only."""
    desk = as_desk(request)
    opens, today = desk.actor.may_anywhere(Permission.CASE_SEE), today_in(desk.actor.home_code, desk.now)
    found = figures(desk.actor, before=None if opens else today.replace(day=1))
    names = country_names()
    places = {code: _place(code) for code in found.places}
    countries = {code: names.get(code, code) if code else _("Belum diketahui") for code in found.countries}
    shown = {
        "head": [{"label": LABELS[code], "explains": EXPLAINS[code]} for code in CODES],
        "total": _table({"": found.total}, {"": _("Semua")}, "", opens=opens)[0],
        "places": _table(found.places, places, "tempat", opens=opens) if len(places) > 1 else [],
        "countries": _table(found.countries, countries, "negara", opens=opens),
        "hides": not opens,
        "today": format_date(today if opens else today.replace(day=1) - timedelta(days=1)),
    }
    return render(request, "cases/measures.html", shown)


def _table(rows: Mapping[str, Row], names: Mapping[str, str], asked: str, *, opens: bool) -> list[dict[str, Any]]:
    """Rows with their cells; without the right to cases no link, and nothing so small that it tells of somebody."""
    hidden = [hidden_cells(row[column].denominator for row in rows.values()) for column in range(len(CODES))]
    return [
        {
            "name": names[code],
            "cells": [
                _cell(measure, asked, code, opens=opens, hide=not opens and place in hidden[column])
                for column, measure in enumerate(row)
            ],
        }
        for place, (code, row) in enumerate(rows.items())
    ]


def _cell(measure: Measure, asked: str, code: str, *, opens: bool, hide: bool) -> dict[str, Any]:
    if not measure.denominator:
        return {"text": "–", "label": measure.label}
    if hide:
        return {"text": _("terlalu sedikit"), "label": measure.label}
    text = _("%(n)s dari %(d)s") % {"n": measure.numerator, "d": measure.denominator}
    query = f"?{urlencode({asked: code})}" if asked else ""
    url = reverse("cases:measured", args=[measure.code.lower()]) + query if opens else ""
    return {"text": text, "label": measure.label, "url": url}


def _place(code: str) -> str:
    """A village with its district; a wider region by its own name."""
    try:
        return village(code).near_name
    except (UnknownRegion, ValueError):
        return name_of_region(code)


@scoped(Permission.CASE_SEE)
def measured(request: HttpRequest, measure: str) -> HttpResponse:
    """What one number counted, what did not meet the measure first."""
    desk = as_desk(request)
    code = measure.upper()
    if code not in LABELS:
        raise NotFoundOrNotYours
    place, country = request.GET.get("tempat", ""), request.GET.get("negara")
    rows = counted(desk.actor, code, place=place, country=country, most=MOST)
    journey = journey_on(today_in(desk.actor.home_code, desk.now))
    shown = {
        "label": LABELS[code],
        "explains": EXPLAINS[code],
        "rows": [_row(one, journey) for one in rows],
        "is_cut": len(rows) == MOST,
        "most": MOST,
        "recorded": listed(desk, "cases.listed"),
    }
    return render(request, "cases/measured.html", shown)


def _row(one: Counted, journey: Journey) -> dict[str, Any]:
    step = journey.find(one.step)
    met = one.numerator == one.denominator
    word = _("%(n)s dari %(d)s") % {"n": one.numerator, "d": one.denominator} if one.denominator > 1 else ""
    return {
        "initials": one.case.resident.shown_name,
        "title": one.case.resident.shown_name,
        "detail": f"{step.title if step else _('Saat berangkat')} · {village(one.case.village_code).near_name}",
        "url": reverse("cases:case", args=[one.case.id]),
        "states": [{"name": "aman" if met else "cek", "label": word or (_("Terpenuhi") if met else _("Belum"))}],
    }
