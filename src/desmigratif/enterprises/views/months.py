"""A group's money: its months, its picture, the treasurer's link, a wish for money, its report."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission as P
from desmigratif.access.routes import scoped
from desmigratif.audit.unit import Subject
from desmigratif.documents.rules.qr import qr_code
from desmigratif.enterprises.forms import months as forms
from desmigratif.enterprises.models import Baseline, CapitalNeed, Group, GroupMonth, MonthLink, RemittanceAnswer
from desmigratif.enterprises.month_links import address_of
from desmigratif.enterprises.press import as_answer
from desmigratif.enterprises.press import sheets as papers
from desmigratif.enterprises.queries.groups import group_of, member_of, standing_members
from desmigratif.enterprises.queries.months import as_months, like_groups, months_of, standing_of
from desmigratif.enterprises.queries.report import report_of
from desmigratif.enterprises.rules import capital as capital_rules
from desmigratif.enterprises.rules.months import (
    benchmark_months_on,
    channels_on,
    last_months,
    mean_profit,
    month_words,
    months_to_fill,
    picture_of,
)
from desmigratif.enterprises.views.common import (
    BOTH,
    MENTOR,
    about,
    act_page,
    as_desk,
    group_page,
    only_mentor,
    opened,
    place,
    to_write,
    today_of,
)
from desmigratif.shared.rupiah import parse_rupiah

SHOWN, ROWS_OF_A_SHEET = 13, 6


@scoped(P.ENTERPRISE_SEE)
def money(request: HttpRequest, business_group_id: UUID) -> HttpResponse:
    """What a group sold, spent and kept; against before, against like groups; what it asked for."""
    desk = as_desk(request)
    group = group_of(desk.actor, business_group_id)
    today = today_of(desk, group.village_code)
    rows = list(months_of(group))
    months = as_months(rows)
    recent = last_months(months, benchmark_months_on(today) + 1, until=today)
    channels = channels_on(today)
    needs = CapitalNeed.objects.in_village(group.village_code).filter(group=group).order_by("-on", "-id")[:10]
    told = RemittanceAnswer.objects.in_village(group.village_code)
    members = group.members.in_village(group.village_code).standing()
    shown = {
        "recorded": opened(desk, "enterprise_months.listed", group.village_code, Subject("enterprise_group", group.id)),
        "rows": [
            {"row": row, "name": month_words(row.month), "profit": row.sales_rupiah - row.cost_rupiah,
             "channels": ", ".join(channels.get(code, code) for code in row.channels),
             "url": f"{place('month', group.id)}?bulan={row.month:%Y-%m}"}
            for row in rows[:SHOWN]
        ],
        "picture": picture_of(months, until=today) if months else None,
        "mean": mean_profit(recent), "counted": len(recent), "like": like_groups(group, today),
        "before": Baseline.objects.in_village(group.village_code).filter(group=group).first(),
        "needs": [
            {"need": one, "place": capital_rules.places_on(one.on)[one.place]["label"]} for one in needs
        ],
        "told": told.filter(resident__in=members.values("resident")).values("resident").distinct().count(),
    }  # fmt: skip
    return group_page(desk, "money", group, "money", shown)


def _asked_month(text: str) -> date | None:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None


@scoped(MENTOR, methods=BOTH)
def month(request: HttpRequest, business_group_id: UUID) -> HttpResponse:
    """One month on one screen; `?bulan=2026-10` puts that one right."""
    desk = as_desk(request)
    group, today = to_write(desk, business_group_id)
    rows = list(months_of(group))
    asked = _asked_month(desk.GET.get("bulan", ""))
    standing = next((row for row in rows if row.month == asked), None)
    form = forms.MonthForm(
        request.POST or None, today=today, standing=standing,
        months=months_to_fill(formed_on=group.formed_on, today=today, written={row.month for row in rows}),
        asks_before=not Baseline.objects.in_village(group.village_code).filter(group=group).exists(),
    )  # fmt: skip
    given = {**about(group), "on": today}
    return act_page(
        desk, form, "record_month", lambda: {**form.payload(), **given}, said=_("Catatan bulan sudah disimpan."),
        then=place("money", group.id), back=place("money", group.id),
        title=_("Betulkan %s") % month_words(standing.month) if standing else _("Catatan bulan"),
        lead=_("%s. Salin dari buku kelompok; kira-kira pun boleh.") % group.name,
    )  # fmt: skip


@scoped(P.ENTERPRISE_SEE)
def month_sheet(request: HttpRequest, business_group_id: UUID) -> HttpResponse:
    """The paper sheet of a group: a row for each month of a year."""
    desk = as_desk(request)
    group = group_of(desk.actor, business_group_id)
    today = today_of(desk, group.village_code)
    return as_answer(papers.month_sheet(group, today), "catatan-bulan.pdf")


@scoped(MENTOR, methods=BOTH)
def sheet_entry(request: HttpRequest, business_group_id: UUID) -> HttpResponse:
    """Several months at once, from the paper sheet."""
    desk = as_desk(request)
    group, today = to_write(desk, business_group_id)
    written = set(GroupMonth.objects.in_village(group.village_code).filter(group=group).values_list("month", flat=True))
    if request.method == "POST":
        written = set()  # a sheet sent twice is the same sheet
    waiting = months_to_fill(formed_on=group.formed_on, today=today, written=written)[:ROWS_OF_A_SHEET]
    sent = [one for one in _months_sent(request.POST) if one not in waiting]
    form = forms.SheetForm(request.POST or None, months=sorted({*waiting, *sent}))
    return act_page(
        desk, form, "record_months",
        lambda: {**form.payload(), **about(group), "on": today},
        said=_("Lembar sudah dimasukkan."), then=place("money", group.id), back=place("money", group.id),
        title=_("Masukkan lembar kertas"), lead=_("%s. Baris yang kosong di kertas dibiarkan kosong.") % group.name,
        template="sheet_entry", group=group,
        lines=[
            {"name": month_words(one), "fields": [form[f"{name}_{one:%Y%m}"] for name in ("sales", "cost", "workers")]}
            for one in form.months
        ],
    )  # fmt: skip


def _months_sent(names: Any) -> list[date]:
    keys = {name.removeprefix("sales_") for name in names if name.startswith("sales_")}
    found = [_asked_month(f"{key[:4]}-{key[4:]}") for key in sorted(keys)[:40]]
    return [one for one in found if one is not None]


@scoped(MENTOR, methods=BOTH)
def link(request: HttpRequest, business_group_id: UUID) -> HttpResponse:
    """The treasurer's address, to be handed over on paper; a new one ends the old."""
    desk = as_desk(request)
    group, today = to_write(desk, business_group_id)
    standing = MonthLink.objects.in_village(group.village_code).filter(group=group, ended_on=None).first()
    form = forms.LinkForm(request.POST or None)
    address = address_of(standing.id) if standing else ""
    recorded = opened(desk, "month_link.opened", group.village_code, Subject("enterprise_group", group.id))
    given = {**about(group), "on": today}
    return act_page(
        desk, form, "make_month_link", lambda: {**given, "link_id": form.cleaned_data["link_id"]},
        said=_("Tautan baru sudah jadi. Yang lama tidak berlaku lagi."), then=place("month_link", group.id),
        back=place("money", group.id), title=_("Tautan bendahara"), template="month_link", group=group,
        address=address if recorded else "", standing=standing, recorded=recorded,
        qr=qr_code(address).svg_inline(border=4, omitsize=True, svgclass=None, lineclass=None)
        if address and recorded else "",
    )  # fmt: skip


@scoped(MENTOR, methods=BOTH)
def capital(request: HttpRequest, business_group_id: UUID) -> HttpResponse:
    """A wish for money: `?jumlah=` shows where it may be asked, and why not elsewhere."""
    desk = as_desk(request)
    group, today = to_write(desk, business_group_id)
    text = request.POST.get("amount_rupiah") or desk.GET.get("jumlah", "")
    amount = _amount(text)
    form = forms.CapitalForm(request.POST or None, members=standing_members(group), today=today, amount=text[:24])
    given = {**about(group), "on": today}
    return act_page(
        desk, form, "ask_for_capital", lambda: {**form.payload(), **given},
        said=_("Kebutuhan modal sudah dicatat. Koperasi menerimanya lengkap dengan jumlahnya.")
        if request.POST.get("place") == capital_rules.COOPERATIVE else _("Kebutuhan modal sudah dicatat."),
        then=place("money", group.id), back=place("money", group.id), title=_("Kebutuhan modal"), template="capital",
        lead=group.name, amount=amount, amount_text=text[:24],
        places=capital_rules.places_for(standing_of(group), amount, today) if amount else [],
    )  # fmt: skip


def _amount(text: str) -> int:
    try:
        return min(parse_rupiah(text[:24]), 10**12)
    except ValueError:
        return 0


@scoped(MENTOR, methods=BOTH)
def remittance(request: HttpRequest, group_member_id: UUID) -> HttpResponse:
    """What became of money sent home, told freely and in bands."""
    desk = as_desk(request)
    member = member_of(desk.actor, group_member_id)
    only_mentor(desk, member.village_code)
    today = today_of(desk, member.village_code)
    form = forms.RemittanceForm(request.POST or None, today=today)
    given = {"village_code": member.village_code, "member_id": member.id, "on": today}
    return act_page(
        desk, form, "record_remittance", lambda: {**form.payload(), **given}, said=_("Terima kasih, sudah dicatat."),
        then=place("group", member.group_id), back=place("group", member.group_id),
        title=_("Kiriman keluarga %s") % member.resident.shown_name,
        lead=_("Boleh tidak dijawab. Yang dicatat hanya rentang, dan jawabannya tidak ditampilkan lagi."),
    )  # fmt: skip


@scoped(P.ENTERPRISE_SEE)
def report(request: HttpRequest, business_group_id: UUID) -> HttpResponse:
    """A group's year on one page, to be hung on the wall. It names nobody."""
    desk = as_desk(request)
    group: Group = group_of(desk.actor, business_group_id)
    today = today_of(desk, group.village_code)
    if not opened(desk, "group.report_printed", group.village_code, Subject("enterprise_group", group.id)):
        return render(request, "desk/database_busy.html", status=503)
    return as_answer(papers.report(report_of(group, today)), "laporan-kelompok.pdf")
