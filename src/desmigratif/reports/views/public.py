"""Open data: figures that anybody may take and use, with what each column means. No sign-in, no person."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from desmigratif.access.actor import NATION
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import public
from desmigratif.indicators.rules.periods import Period
from desmigratif.reports.queries.open_data import open_table
from desmigratif.reports.queries.region import names_in
from desmigratif.reports.rules.files import COLUMNS, dictionary_csv
from desmigratif.reports.rules.table import last_period, opening, period_words, recent_periods
from desmigratif.reports.views.files import as_answer
from desmigratif.shared.dated import value_on
from desmigratif.shared.reasons import NotFoundOrNotYours

FORMS = {"csv": _("CSV"), "sdmx": _("SDMX-CSV")}


@public
def open_data(request: HttpRequest) -> HttpResponse:
    """`?bentuk=csv&wilayah=33&masa=2025`, `?bentuk=kamus`; without `bentuk` the page that explains them."""
    desk = cast(DeskRequest, request)
    today = timezone.localdate(desk.now)
    licence = value_on("reports.licence", today)
    form = desk.GET.get("bentuk", "")
    if form == "kamus":
        headers = {"Content-Disposition": 'attachment; filename="desmigratif-kamus.csv"'}
        content = dictionary_csv(f"{licence['name']} {licence['address']}")
        return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)
    region = desk.GET.get("wilayah") or NATION
    try:
        period = Period.parse(desk.GET["masa"]) if desk.GET.get("masa") else last_period("Y", today)
    except ValueError:
        raise NotFoundOrNotYours from None
    table = open_table(region, period, made_on=today)
    if form in FORMS:
        return as_answer(table, form, public=True)
    here = reverse("reports:open_data")
    years = [one for one in recent_periods(today) if one.every == "year"]
    shown: dict[str, Any] = {
        "table": table,
        "period": period_words(period),
        "licence": licence,
        "columns": COLUMNS,
        "chips": [
            {"label": opening(period_words(one)), "url": f"{here}?wilayah={region}&masa={one.label}",
             "current": one == period}
            for one in years
        ],
        "files": [
            {"label": label, "url": f"{here}?bentuk={name}&wilayah={region}&masa={period.label}"}
            for name, label in FORMS.items()
        ],
        "dictionary_url": f"{here}?bentuk=kamus",
        "known": [one for one in table.own if one.value is not None][:12],
        "provinces": [{"code": code, "name": name} for code, name in names_in(NATION).items()],
        "region": region,
    }  # fmt: skip
    return render(desk, "reports/open_data.html", shown)
