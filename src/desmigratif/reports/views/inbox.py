"""One's own inbox: reports that were asked for once and come by themselves."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission as P
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import scoped
from desmigratif.access.scope import require
from desmigratif.documents.acting import attempt
from desmigratif.indicators.rules.periods import Period
from desmigratif.reports import forms
from desmigratif.reports.models import InboxFile, Subscription
from desmigratif.reports.queries import inbox as queries
from desmigratif.reports.queries.region import name_of, names_in
from desmigratif.reports.rules.table import EVERY, period_words, table_from
from desmigratif.reports.views.files import FORMS, as_answer
from desmigratif.shared.reasons import NotFoundOrNotYours

PER_PAGE = 20


@scoped(P.FIGURES_SEE, methods=("GET", "POST"))
def report_inbox(request: HttpRequest) -> HttpResponse:
    """What came and what was asked for; `?wilayah=` asks for a region, `?berkas=ID&bentuk=pdf` takes a file."""
    desk = cast(DeskRequest, request)
    if desk.GET.get("berkas"):
        return _file(desk)
    region = desk.GET.get("wilayah") or desk.actor.regions_for(P.FIGURES_SEE)[0]
    require(desk.actor, P.FIGURES_SEE, region)
    name = names_in(region)[region]
    if desk.method == "POST" and "subscription_id" in desk.POST:
        return _no_more(desk)
    form = forms.SubscribeForm(desk.POST or None)
    if desk.method == "POST" and form.is_valid():
        given = {"subscription_id": form.cleaned_data["record_id"], "region_code": region,
                 "every": form.cleaned_data["every"]}  # fmt: skip
        if attempt(desk, form, "reports.subscribe", given):
            messages.success(desk, _("Laporan %s akan masuk ke kotak ini dengan sendirinya.") % name)
            return redirect("reports:report_inbox")
    page = Paginator(queries.files_of(desk.actor), PER_PAGE).get_page(desk.GET.get("hal"))
    shown = {
        "form": form, "region_name": name, "page": page,
        "rows": [_row(one) for one in page],
        "standing": [
            {"name": name_of(one.region_code), "every": EVERY[one.every], "form": _end(one)}
            for one in queries.subscriptions_of(desk.actor)
        ],
        "choose_url": f"{reverse('regions:choose')}?sampai=4&kembali={reverse('reports:report_inbox')}",
    }  # fmt: skip
    return render(desk, "reports/report_inbox.html", shown)


def _end(one: Subscription) -> forms.UnsubscribeForm:
    return forms.UnsubscribeForm(initial={"subscription_id": one.id}, auto_id=False)


def _no_more(desk: DeskRequest) -> HttpResponse:
    form = forms.UnsubscribeForm(desk.POST)
    if form.is_valid() and attempt(
        desk, form, "reports.unsubscribe", {"subscription_id": form.cleaned_data["subscription_id"]}
    ):
        messages.success(desk, _("Laporan itu tidak akan dibuat lagi; yang sudah masuk tetap ada."))
    else:
        messages.error(desk, _("Halamannya sudah lama terbuka. Coba sekali lagi."))
    return redirect("reports:report_inbox")


def _row(one: InboxFile) -> dict[str, Any]:
    here = f"{reverse('reports:report_inbox')}?berkas={one.id}&bentuk="
    return {
        "title": f"{name_of(one.subscription.region_code)}, {period_words(Period.parse(one.period))}",
        "made_on": one.made_on,
        "files": [{"label": FORMS[form][0], "url": here + form} for form in ("pdf", "xlsx", "csv")],
    }


def _file(desk: DeskRequest) -> HttpResponse:
    form = desk.GET.get("bentuk", "pdf")
    try:
        found = queries.file_of(desk.actor, UUID(desk.GET["berkas"]))
    except ValueError:
        raise NotFoundOrNotYours from None
    return as_answer(table_from(found.figures), form if form in FORMS else "pdf")
