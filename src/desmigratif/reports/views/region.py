"""The report of a region: on the page, as PDF, workbook or CSV, and for other systems."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any, cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission as P
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import scoped
from desmigratif.indicators.rules.periods import Period
from desmigratif.regions.queries import today_in
from desmigratif.reports.press import PILLARS
from desmigratif.reports.queries.region import region_table
from desmigratif.reports.rules.figures import Figure, count_words
from desmigratif.reports.rules.table import RegionTable, last_period, opening, period_words, recent_periods
from desmigratif.reports.views.files import FORMS, as_answer
from desmigratif.shared.dates import format_date


@scoped(P.FIGURES_SEE)
def region_report(request: HttpRequest) -> HttpResponse:
    """`?wilayah=33.07&masa=2026-Q3&bentuk=pdf`; without them one's own region and the last quarter, as a page."""
    desk = cast(DeskRequest, request)
    code = desk.GET.get("wilayah") or desk.actor.regions_for(P.FIGURES_SEE)[0]
    today = today_in(code, desk.now)
    asked = desk.GET.get("masa", "")
    period, why_not = read_period(asked, today)
    table = region_table(desk.actor, code, period, made_on=today)
    form = desk.GET.get("bentuk", "")
    if form in FORMS and not why_not:
        return as_answer(table, form)
    months = reverse("reports:monthly_reports") if desk.actor.may_anywhere(P.REPORT_SEE) else ""
    return render(desk, "reports/region_report.html", {**_shown(table, today, why_not), "months_url": months})


def read_period(text: str, today: date) -> tuple[Period, str]:
    """(the period that was asked for, why not): the last quarter where that one cannot be shown."""
    if not text:
        return last_period("Q", today), ""
    try:
        period = Period.parse(text)
    except ValueError:
        return last_period("Q", today), _("Masa laporan ditulis seperti 2026-10, 2026-Q3, atau 2026.")
    if period.last.last >= today:
        words = {"period": period_words(period), "day": format_date(period.last.next().first)}
        return last_period("Q", today), _("Masa %(period)s belum selesai; laporannya ada mulai %(day)s.") % words
    return period, ""


def address_of(region_code: str, period: str, form: str = "") -> str:
    """The page, or the file."""
    query = {"wilayah": region_code, "masa": period, **({"bentuk": form} if form else {})}
    return f"{reverse('reports:region_report')}?{urlencode(query)}"


def _shown(table: RegionTable, today: date, why_not: str) -> dict[str, Any]:
    code, label = table.region_code, table.period.label
    return {
        "table": table,
        "period": period_words(table.period),
        "why_not": why_not,
        "chips": [
            {
                "label": opening(period_words(one)),
                "url": address_of(code, one.label),
                "current": one == table.period,
            }
            for one in recent_periods(today)
        ],
        "files": [{"label": form[0], "url": address_of(code, label, name)} for name, form in FORMS.items()],
        "groups": [
            {"title": f"{pillar}. {PILLARS[pillar]}", "rows": [_row(one) for one in rows]}
            for pillar, rows in groupby(table.own, key=lambda one: one.code[0])
        ],
        "inside": [
            {"title": table.names[one], "detail": _beside(table, one), "url": address_of(one, label), "icon": "map-pin"}
            for one in table.inside[:40]
        ],
        "more": max(0, len(table.inside) - 40),
        "inbox_url": f"{reverse('reports:report_inbox')}?wilayah={code}",
        "choose_url": f"{reverse('regions:choose')}?sampai=4&kembali={reverse('reports:region_report')}",
    }


def _row(one: Figure) -> dict[str, Any]:
    return {"name": f"{one.code} {one.name}", "parts": parts_of(one), "said": one.said, "missing": one.missing,
            "as_of": one.as_of}  # fmt: skip


def parts_of(one: Figure) -> str:
    """6 dari 7; the count alone where nothing stands under it; a dash for what is not known."""
    if one.numerator is None or one.hidden:
        return "-"
    if one.denominator is None:
        return count_words(one.numerator)
    if one.numerator and not one.denominator:
        return _("%s; pembandingnya belum dihitung") % count_words(one.numerator)
    return _("%(part)s dari %(of)s") % {"part": count_words(one.numerator), "of": count_words(one.denominator)}


def _beside(table: RegionTable, region_code: str) -> str:
    here = table.of(region_code)
    return _("Berangkat sesuai prosedur: %(a5)s · laporan tepat waktu: %(f5)s") % {
        "a5": here["A5"].said, "f5": here["F5"].said,
    }  # fmt: skip
