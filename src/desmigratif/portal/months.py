"""Where the treasurer of a group fills in its months: by the address on her paper, without a sign-in."""

from __future__ import annotations

from datetime import date
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from desmigratif.access.door import do
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import public
from desmigratif.enterprises.forms.months import MonthForm
from desmigratif.enterprises.models import GroupMonth, MonthLink
from desmigratif.enterprises.month_links import holder_of, link_of
from desmigratif.enterprises.queries.months import as_months, months_of
from desmigratif.enterprises.rules import month_link
from desmigratif.enterprises.rules.months import month_words, months_to_fill, picture_of
from desmigratif.portal.answers import quiet
from desmigratif.portal.limits import MONTH_BY_ADDRESS, address_of, is_shut, may_knock
from desmigratif.regions.queries import today_in
from desmigratif.shared.reasons import Refusal

SHOWN = 3


@public(methods=("GET", "POST"))
def month(request: HttpRequest, token: str) -> HttpResponse:
    """The form of one month of one group, and nothing else; an address that holds no more says so in a sentence."""
    desk = cast(DeskRequest, request)
    knocker = address_of(request)
    if is_shut(MONTH_BY_ADDRESS, knocker, desk.now):
        return quiet(render(request, "portal/month_unknown.html", {"shut": True}, status=429))
    link = link_of(token)
    today = today_in(link.village_code, desk.now) if link else None
    if link is None or today is None or not month_link.holds(ended_on=link.ended_on, until=link.until, today=today):
        may_knock(MONTH_BY_ADDRESS, knocker, desk.now)
        return quiet(render(request, "portal/month_unknown.html", status=404))
    return _page(desk, link, today)


def _page(desk: DeskRequest, link: MonthLink, today: date) -> HttpResponse:
    group = link.group
    rows = list(months_of(group))
    written = {row.month for row in rows}
    waiting = months_to_fill(formed_on=group.formed_on, today=today, written=written)
    form = MonthForm(desk.POST or None, months=_offered(waiting, rows, desk), today=today)
    if desk.method == "POST" and form.is_valid() and _sent(desk, link, form, today):
        return quiet(redirect(f"{desk.path}?tersimpan={form.cleaned_data['month'][:7]}"))
    saved = desk.GET.get("tersimpan", "")
    shown = {
        "group": group, "form": form, "nothing_waits": not waiting,
        "saved": next((month_words(row.month) for row in rows if f"{row.month:%Y-%m}" == saved), ""),
        "rows": [
            {"name": month_words(row.month), "profit": row.sales_rupiah - row.cost_rupiah} for row in rows[:SHOWN]
        ],
        "picture": picture_of(as_months(rows), until=today) if rows else None,
    }  # fmt: skip
    return quiet(render(desk, "portal/month.html", shown))


def _sent(desk: DeskRequest, link: MonthLink, form: MonthForm, today: date) -> bool:
    """Write the month down; False when it was refused, and the form says why."""
    given = {**form.payload(), "seen": 0, "way": "link", "on": today}
    given |= {"village_code": link.village_code, "group_id": link.group_id}
    act_id = form.cleaned_data["act_id"]
    try:
        do(holder_of(link), "enterprises.record_month", given, now=desk.now, act_id=act_id, via="link")
    except Refusal as refusal:
        form.refuse(refusal.reasons)
        return False
    return True


def _offered(waiting: list[date], rows: list[GroupMonth], desk: DeskRequest) -> list[date]:
    """A month that was sent twice is still one of the choices: its refusal says that it is there already."""
    return [*waiting, *(row.month for row in rows)] if desk.method == "POST" else waiting
