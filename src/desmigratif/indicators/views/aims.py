"""Targets of a region and year, and the months whose figures are published."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desmigratif.access.actor import NATION
from desmigratif.access.permissions import Permission
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import scoped
from desmigratif.access.scope import require
from desmigratif.documents.acting import attempt
from desmigratif.indicators.forms import PublishForm, TargetForm
from desmigratif.indicators.queries.aims import published_months, restated, targets_of
from desmigratif.indicators.queries.figures import Reading, readings
from desmigratif.indicators.rules.aims import month_name
from desmigratif.indicators.rules.definitions import CODES, indicator
from desmigratif.indicators.rules.periods import Month, Period
from desmigratif.regions.queries import UnknownRegion, region_name, today_in
from desmigratif.shared.reasons import NotFoundOrNotYours

SET = Permission.FIGURES_SET
BOTH = ("GET", "POST")
MONTHS_SHOWN = 12
UNITS = {
    "percent": "%", "days": gettext_lazy("hari"), "rupiah": gettext_lazy("rupiah"), "points": gettext_lazy("poin"),
    "per_100": gettext_lazy("per 100"), "per_1000": gettext_lazy("per 1.000"),
}  # fmt: skip


def _today(desk: DeskRequest) -> date:
    return today_in(desk.actor.home_code, desk.now)


@scoped(SET, methods=BOTH)
def targets(request: HttpRequest) -> HttpResponse:
    """What a region aims at in a year and where it stands; `?wilayah=33.07&tahun=2026`."""
    desk = cast(DeskRequest, request)
    region = desk.GET.get("wilayah", "") or desk.actor.regions_for(SET)[0]
    name = _name_or_refuse(desk, region)
    year = _year(desk.GET.get("tahun", ""), _today(desk))
    form = TargetForm(desk.POST or None, year=year)
    here = f"{reverse('indicators:targets')}?wilayah={region}&tahun="
    if desk.method == "POST" and form.is_valid():
        payload = {**form.payload(), "region_code": region}
        if attempt(desk, form, "indicators.set_target", payload):
            messages.success(desk, _("Target sudah dicatat."))
            return HttpResponseRedirect(f"{here}{form.cleaned_data['year']}")
    shown = {
        "form": form, "name": name, "year": year, "here": _("Target"), "rows": _rows(desk, region, year),
        "before": f"{here}{year - 1}", "after": f"{here}{year + 1}",
        "other": f"{reverse('regions:choose')}?sampai=3&kembali={reverse('indicators:targets')}",
    }  # fmt: skip
    return render(desk, "indicators/targets.html", shown)


def _name_or_refuse(desk: DeskRequest, region: str) -> str:
    require(desk.actor, SET, region)
    try:
        return region_name(region)
    except UnknownRegion:
        raise NotFoundOrNotYours from None


def _year(asked: str, today: date) -> int:
    return int(asked) if asked.isdigit() and 2016 <= int(asked) <= 2100 else today.year


def _rows(desk: DeskRequest, region: str, year: int) -> list[dict[str, Any]]:
    aims = {code: row for (_region, code, _year), row in targets_of([region], [year]).items()}
    codes = [code for code in CODES if code in aims]
    period, today = Period.parse(str(year)), today_in(desk.actor.home_code, desk.now)
    found = readings(desk.actor, regions=[region], codes=codes, period=period, today=today) if codes else {}
    rows = []
    for code in codes:
        one, reading = indicator(code), found[region, code]
        rows.append({
            "definition": one, "unit": UNITS.get(one.unit, ""), "target": aims[code], "reading": reading,
            "value": rounded(reading.shown),
        })  # fmt: skip
    return rows


def rounded(value: Fraction | None) -> float | None:
    """To one place, as on screens."""
    return None if value is None else round(float(value), 1)


@scoped(SET, methods=BOTH)
def months(request: HttpRequest) -> HttpResponse:
    """Which months are published, the button for the next, and what came in later (`?bulan=2026-10`)."""
    desk = cast(DeskRequest, request)
    form = PublishForm(desk.POST or None)
    if desk.method == "POST" and form.is_valid():
        given = {"month": form.cleaned_data["month"]}
        if attempt(desk, form, "indicators.publish_month", given):
            messages.success(desk, _("Angka bulan itu sudah diterbitkan."))
            return HttpResponseRedirect(reverse("indicators:months"))
    published = published_months()
    standing = {row.month for row in published}
    due = _due(_today(desk), standing)
    chosen = _chosen(desk.GET.get("bulan", ""), standing)
    region = desk.actor.regions_for(SET)[0]
    shown = {
        "form": form, "here": _("Bulan yang terbit"), "may_publish": desk.actor.may(SET, NATION),
        "due": due, "due_name": month_name(due) if due else "",
        "rows": [_month_row(row.month, row.frozen_at, row.facts) for row in published[:MONTHS_SHOWN]],
        "chosen": month_name(chosen.first) if chosen else "", "region": region_name(region),
        "late": [_late(one) for one in restated(desk.actor, region, chosen)] if chosen else [],
    }  # fmt: skip
    return render(desk, "indicators/months.html", shown)


def _due(today: date, standing: set[int]) -> Month | None:
    """The oldest of the last twelve months that is over and not published, counted on from the first that is."""
    month, found = Month.of(today).previous(), None
    for _step in range(MONTHS_SHOWN):
        if month.key in standing:
            break
        found = month
        month = month.previous()
    return found if standing else Month.of(today).previous()


def _chosen(asked: str, standing: set[int]) -> Period | None:
    try:
        month = Month.parse(asked)
    except ValueError:
        return None
    return Period.of(month) if month.key in standing else None


def _month_row(key: int, at: Any, facts: int) -> dict[str, Any]:
    month = Month(key // 100, key % 100)
    return {"name": month_name(month), "at": at, "facts": facts, "url": f"?bulan={month}"}


def _late(one: Reading) -> dict[str, Any]:
    return {"reading": one, "definition": one.definition, "published": one.published}
