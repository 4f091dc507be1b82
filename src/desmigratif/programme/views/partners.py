"""Who does what where: villages by pillars with the gaps, bodies, shared tasks, money; and a body's own page."""

from __future__ import annotations

from datetime import date
from typing import Any, cast
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from desmigratif.access.models import User
from desmigratif.access.permissions import Permission as P
from desmigratif.access.requests import DeskRequest, own_village
from desmigratif.access.routes import scoped
from desmigratif.access.scope import require
from desmigratif.programme.models import BudgetLine, Minutes, Outcome, Partner, Pledge, SharedTask
from desmigratif.programme.queries import partners as queries
from desmigratif.programme.rules import partners as rules
from desmigratif.programme.views.helper_rows import (
    minutes_rows,
    percent,
    place,
    pledge_rows,
    pledge_state,
    record_url,
    require_village,
    task_rows,
)
from desmigratif.regions.queries import today_in

PER_PAGE = 15
NEWEST = 12  # of a village's or body's lines on one page
NAMED = 2  # bodies named in one cell


@scoped(P.FIGURES_SEE, P.PLEDGE_MAKE)
def partners(request: HttpRequest) -> HttpResponse:
    """Villages by pillars; `?lihat=lembaga|tugas|dana`, `?desa=CODE` one village; a body finds its own page here."""
    desk = cast(DeskRequest, request)
    today = today_in(desk.actor.home_code, desk.now)
    if not desk.actor.may_anywhere(P.FIGURES_SEE):
        return _own_page(desk, today)
    code = desk.GET.get("desa", "") or own_village(desk.actor) or ""
    if code:
        require_village(code)
        require(desk.actor, P.FIGURES_SEE, code)
        return _village(desk, code, today)
    show = {"lembaga": _bodies, "tugas": _tasks, "dana": _money}.get(desk.GET.get("lihat", ""), _matrix)
    return show(desk, _year(desk, today), today)


def _year(desk: DeskRequest, today: date) -> int:
    asked = desk.GET.get("tahun", "")
    year = int(asked) if asked.isdigit() and len(asked) == 4 else today.year
    return min(max(year, rules.FIRST_YEAR), today.year + 1)


def _tabs(desk: DeskRequest, current: str, year: int) -> list[dict[str, Any]]:
    here = reverse("programme:partners")
    names = {
        "": _("Siapa di mana"), "lembaga": _("Lembaga"), "tugas": _("Tugas bersama"), "dana": _("Dana"),
    }  # fmt: skip
    return [
        {"label": label, "url": f"{here}?lihat={name}&tahun={year}" if name else f"{here}?tahun={year}",
         "current": name == current, "count": None}
        for name, label in names.items()
    ]  # fmt: skip


def _frame(desk: DeskRequest, current: str, year: int, today: date) -> dict[str, Any]:
    here, query = reverse("programme:partners"), f"lihat={current}&" if current else ""
    first = max(rules.FIRST_YEAR, year - 1)
    return {
        "tabs": _tabs(desk, current, year),
        "here": _("Mitra"),
        "page_query": f"{query}tahun={year}&",
        "year": year,
        "years": [
            {"label": str(one), "url": f"{here}?{query}tahun={one}", "current": one == year, "count": None}
            for one in range(first, min(today.year + 1, year + 1) + 1)
        ],
        "may_record": desk.actor.may_anywhere(P.PROGRAMME_RECORD),
    }


def _matrix(desk: DeskRequest, year: int, today: date) -> HttpResponse:
    """A row for each village, a column for each pillar; where nobody is, it says so."""
    pillars = rules.pillars_on(today)
    codes = queries.villages_in_programme(desk.actor.regions_for(P.FIGURES_SEE))
    page = Paginator(codes, PER_PAGE).get_page(desk.GET.get("hal"))
    cells = queries.cells_of(list(page), pillars, year)
    here = reverse("programme:partners")
    shown = {
        **_frame(desk, "", year, today),
        "pillars": pillars.values(),
        "page": page,
        "rows": [
            {"name": place(code), "url": f"{here}?desa={code}",
             "cells": [_cell(label, cells[code][pillar]) for pillar, label in pillars.items()]}
            for code in page
        ],
        "gaps": sum(cell.is_gap for of_village in cells.values() for cell in of_village.values()),
    }  # fmt: skip
    return render(desk, "programme/partners/matrix.html", shown)


def _cell(label: str, cell: queries.Cell) -> dict[str, Any]:
    bodies = list(dict.fromkeys(pledge.partner.name for pledge in cell.pledges))
    named = ", ".join(bodies[:NAMED])
    if len(bodies) > NAMED:
        named += _(" dan %d lagi") % (len(bodies) - NAMED)
    if cell.at_work:
        state, word = "aman", _("Berjalan")
    elif cell.pledges:
        state, word = "info", _("Dijanjikan")
    else:
        state, word = "cek", _("Kosong")
    return {"label": label, "state": state, "word": word, "named": named}


def _bodies(desk: DeskRequest, year: int, today: date) -> HttpResponse:
    """Every body with how many of its pledges the villages have received (F11)."""
    kinds = rules.kinds_on(today)
    found = queries.deliveries(desk.actor, year)
    page = Paginator(found, 2 * PER_PAGE).get_page(desk.GET.get("hal"))
    counts = {"received": sum(one.received for one in found), "pledged": sum(one.pledged for one in found)}
    shown = {
        **_frame(desk, "lembaga", year, today),
        **counts,
        "percent": percent(counts["received"], counts["pledged"]),
        "page": page,
        "add_url": record_url("lembaga"),
        "rows": [
            {
                "title": one.partner.name,
                "detail": f"{kinds.get(one.partner.kind, one.partner.kind)} · " + _delivery(one),
                "icon": "building-community",
                "url": reverse("programme:partner", args=[one.partner.id]),
            }
            for one in page
        ],
    }
    return render(desk, "programme/partners/bodies.html", shown)


def _delivery(one: queries.Delivery) -> str:
    if not one.pledged:
        return _("belum ada janji tahun ini")
    words = {"received": one.received, "pledged": one.pledged, "percent": percent(one.received, one.pledged)}
    return _("%(received)d dari %(pledged)d janji diterima desa (%(percent)s)") % words


def _tasks(desk: DeskRequest, year: int, today: date) -> HttpResponse:
    """What was agreed and is not done, the longest overdue first."""
    waiting = SharedTask.objects.visible_to(desk.actor).waiting().select_related("partner")
    page = Paginator(waiting, 2 * PER_PAGE).get_page(desk.GET.get("hal"))
    shown = {
        **_frame(desk, "tugas", year, today),
        "page": page,
        "late": waiting.filter(due_on__lt=today).count(),
        "rows": task_rows(page, by=desk.actor, today=today, show_village=True),
    }
    return render(desk, "programme/partners/tasks.html", shown)


def _money(desk: DeskRequest, year: int, today: date) -> HttpResponse:
    """Allotted and spent by source (F6, F9)."""
    shown = {**_frame(desk, "dana", year, today), **_sums(queries.money_of(desk.actor, year), today)}
    return render(desk, "programme/partners/money.html", shown)


def _sums(money: list[queries.Money], today: date) -> dict[str, Any]:
    labels = rules.sources_on(today)
    allotted, spent = sum(one.allotted for one in money), sum(one.spent for one in money)
    return {
        "sources": [
            {"label": labels.get(one.source, one.source), "money": one, "percent": percent(one.spent, one.allotted)}
            for one in money
        ],
        "allotted": allotted,
        "spent": spent,
        "percent": percent(spent, allotted),
    }


def _village(desk: DeskRequest, code: str, today: date) -> HttpResponse:
    """Who helps one village: pledges, tasks, minutes, money, and how its officers changed."""
    by, year = desk.actor, _year(desk, today)
    pledges = Pledge.objects.visible_to(by).filter(village_code=code).select_related("partner")
    tasks = SharedTask.objects.visible_to(by).filter(village_code=code).select_related("partner")
    minutes = Minutes.objects.visible_to(by).filter(village_code=code).select_related("partner")
    lines = BudgetLine.objects.visible_to(by).filter(village_code=code, year=year)
    shown = {
        **_sums(queries.money_of(by, year, within=code), today),
        "name": place(code),
        "here": place(code),
        "year": year,
        "pledges": pledge_rows(
            pledges.order_by("-pledged_on", "id")[:NEWEST], rules.pillars_on(today), by=by, show_village=False,
            show_body=True,
        ),
        "tasks": task_rows(
            tasks.order_by("done_on", "due_on", "id")[:NEWEST], by=by, today=today, show_village=False
        ),
        "minutes": minutes_rows(minutes.order_by("-on", "id")[:NEWEST]),
        "remarks": [line.remark for line in lines if line.remark],
        "officers": queries.officers_over_time(code)[:NEWEST],
        "today": today,
        "pledge_url": record_url("janji", village_code=code) if by.may(P.PLEDGE_MAKE, code) else "",
        "task_url": record_url("tugas", village_code=code) if by.may(P.PROGRAMME_RECORD, code) else "",
        "minutes_url": record_url("catatan", village_code=code) if by.may(P.PROGRAMME_RECORD, code) else "",
        "budget_url": record_url("anggaran", village_code=code) if by.may(P.BUDGET_RECORD, code) else "",
    }  # fmt: skip
    return render(desk, "programme/partners/village.html", shown)


@scoped(P.FIGURES_SEE)
def partner(request: HttpRequest, partner_id: UUID) -> HttpResponse:
    """One body: what it pledged in one's region, its tasks, and who signs in for it."""
    desk = cast(DeskRequest, request)
    one = queries.partner_of(desk.actor, partner_id)
    today = today_in(desk.actor.home_code, desk.now)
    may_record = desk.actor.may(P.PROGRAMME_RECORD, one.region_code)
    pledges = Pledge.objects.visible_to(desk.actor).filter(partner=one)
    tasks = SharedTask.objects.visible_to(desk.actor).filter(partner=one)
    shown = {
        **_of_body(desk, one, pledges, tasks, today),
        "here": one.name,
        "seat_url": record_url("akun", id=one.id) if may_record else "",
        "account": _account(one) if may_record else "",
    }
    return render(desk, "programme/partners/body.html", shown)


def _account(one: Partner) -> str:
    seat = one.seats.filter(until=None).first()
    return User.objects.get(id=seat.user_id).username if seat else ""


def _of_body(desk: DeskRequest, one: Partner, pledges: Any, tasks: Any, today: date) -> dict[str, Any]:
    """What a body pledged and took on, the newest first."""
    rows = list(pledges.select_related("partner").order_by("-pledged_on", "id")[: 2 * PER_PAGE])
    received = sum(pledge.outcome == Outcome.RECEIVED for pledge in rows)
    return {
        "partner": one,
        "kind": rules.kinds_on(today).get(one.kind, one.kind),
        "works_in": place(one.region_code),
        "received": received,
        "pledged": len(rows),
        "waiting": sum(pledge_state(pledge)["name"] != "aman" for pledge in rows),
        "pledges": pledge_rows(rows, rules.pillars_on(today), by=desk.actor, show_village=True, show_body=False),
        "tasks": task_rows(
            tasks.select_related("partner").order_by("done_on", "due_on", "id")[:NEWEST], by=desk.actor, today=today,
            show_village=True,
        ),
    }  # fmt: skip


def _own_page(desk: DeskRequest, today: date) -> HttpResponse:
    """What somebody sees who signs in for a body: its own pledges and tasks, and where nobody helps yet."""
    one = queries.own_partner(desk.actor)
    if one is None:
        return render(desk, "programme/partners/own.html", {"partner": None, "here": _("Lembaga Anda")})
    pillars = rules.pillars_on(today)
    codes = queries.villages_in_programme([one.region_code])
    page = Paginator(codes, PER_PAGE).get_page(desk.GET.get("hal"))
    cells = queries.cells_of(list(page), pillars, today.year)
    shown = {
        **_of_body(desk, one, Pledge.objects.of_body(one), SharedTask.objects.of_body(one), today),
        "here": one.name,
        "pledge_url": record_url("janji"),
        "page": page,
        "empty_places": [
            {"title": place(code), "icon": "home", "url": record_url("janji", village_code=code),
             "detail": _("Belum ada yang membantu: %s") % ", ".join(gaps)}
            for code in page
            if (gaps := [label for pillar, label in pillars.items() if cells[code][pillar].is_gap])
        ],
    }  # fmt: skip
    return render(desk, "programme/partners/own.html", shown)
