"""Businesses: the overview, groups, one business with its savers and results, agreements."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission as P
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import scoped
from desmigratif.access.scope import get_or_refuse
from desmigratif.audit.unit import Subject
from desmigratif.cooperative.forms.business import businesses as forms
from desmigratif.cooperative.forms.members.register import OnDayForm
from desmigratif.cooperative.models import (
    Business,
    BusinessKind,
    BusinessResult,
    Consignment,
    Cooperative,
    GroupPurchase,
    GroupSeat,
    MemberGroup,
)
from desmigratif.cooperative.queries.business.businesses import (
    business_of,
    capital_in,
    group_of,
    moves_about,
    owed_by_group,
    results_of,
    saver_of,
    seats_of,
    stakes_of,
)
from desmigratif.cooperative.queries.business.goods import standing_consignments
from desmigratif.cooperative.queries.ledger.books import cooperative_of
from desmigratif.cooperative.queries.loans.group import standing_of_group
from desmigratif.cooperative.views.business.moves import move_row
from desmigratif.cooperative.views.common import (
    act_page,
    as_desk,
    may,
    only_with,
    opened,
    page,
    place,
    today_of,
)
from desmigratif.shared.rupiah import format_rupiah

BOTH = ("GET", "POST")
MOST_ROWS = 60
MOST_LINES = 30


@scoped(P.COOPERATIVE_SEE)
def businesses(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """What the cooperative does besides savings and loans."""
    desk = as_desk(request)
    found = cooperative_of(desk.actor, cooperative_id)
    rows = Business.objects.of(found).select_related("group").order_by("name")[:MOST_ROWS]
    left = Consignment.objects.of(found).select_related("member").order_by("-received_on", "-id")[:MOST_ROWS]
    purchases = GroupPurchase.objects.of(found).order_by("-opened_on", "-id")[:MOST_ROWS]
    shown = {
        "recorded": opened(desk, found, "businesses.listed"),
        "businesses": [
            {"title": one.name, "detail": one.group.name if one.group else one.get_kind_display(),
             "url": place("business", one.id), "icon": "building-bank"} for one in rows
        ],
        "groups": [
            {"title": one.name, "detail": "", "url": place("group", one.id), "icon": "users"}
            for one in MemberGroup.objects.of(found).order_by("name")[:MOST_ROWS]
        ],
        "purchases": [
            {"title": one.goods, "detail": _("%(price)s per %(unit)s") % {
                "price": format_rupiah(one.price_rupiah), "unit": one.unit},
             "url": place("purchase", one.id), "icon": "coins"} for one in purchases
        ],
        "consignments": [
            {"title": one.consignment.goods, "url": place("consignment", one.consignment.id), "icon": "wallet",
             "detail": _("%(name)s, tersisa %(left)s %(unit)s") % {
                 "name": one.consignment.member.name, "left": one.left, "unit": one.consignment.unit}}
            for one in standing_consignments(found, left)
        ],
        "may_take": may(desk, found, P.MONEY_TAKE), "may_manage": may(desk, found, P.MEMBER_MANAGE),
        "may_set_up": may(desk, found, P.COOPERATIVE_SET_UP), "may_approve": may(desk, found, P.MONEY_APPROVE),
    }  # fmt: skip
    return page(desk, "business/businesses", found, "businesses", shown)


# --- groups ---


@scoped(P.MEMBER_MANAGE, methods=BOTH)
def form_group(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """Write down a group of members."""
    desk = as_desk(request)
    found = cooperative_of(desk.actor, cooperative_id)
    only_with(desk, found, P.MEMBER_MANAGE)
    form = forms.GroupForm(request.POST or None, today=today_of(desk, found), cooperative=found)
    return act_page(
        desk, form, "form_group", form.payload, cooperative=found, said=_("Kelompok sudah dicatat."),
        then=place("group", form["record_id"].value()) if form.is_bound else "", back=place("businesses", found.id),
        title=_("Kelompok baru"),
    )  # fmt: skip


@scoped(P.COOPERATIVE_SEE)
def group(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Who belongs to a group, and its businesses."""
    desk = as_desk(request)
    one = group_of(desk.actor, group_id)
    found = one.cooperative
    seats, standing = seats_of(one), standing_of_group(one, today_of(desk, found))
    subjects = [Subject("member", seat.member_id) for seat in seats]
    shown = {
        "recorded": opened(desk, found, "group.opened", Subject("member_group", one.id), *subjects), "group": one,
        "seats": [{"seat": seat, "url": place("member", seat.member_id)} for seat in seats],
        "businesses": [
            {"title": each.name, "detail": "", "url": place("business", each.id), "icon": "building-bank"}
            for each in Business.objects.of(found).filter(group=one).order_by("name")
        ],
        "standing": standing, "may_take": may(desk, found, P.MONEY_TAKE),
        "may_manage": may(desk, found, P.MEMBER_MANAGE),
    }  # fmt: skip
    return page(desk, "business/group", found, "businesses", shown)


@scoped(P.MEMBER_MANAGE, methods=BOTH)
def join_group(request: HttpRequest, group_id: UUID) -> HttpResponse:
    desk = as_desk(request)
    one = group_of(desk.actor, group_id)
    only_with(desk, one.cooperative, P.MEMBER_MANAGE)
    form = forms.JoinForm(request.POST or None, today=today_of(desk, one.cooperative), cooperative=one.cooperative)
    return act_page(
        desk, form, "join_group", lambda: {**form.payload(), "group_id": one.id}, cooperative=one.cooperative,
        said=_("Anggota sudah masuk kelompok."), then=place("group", one.id), title=_("Masuk %s") % one.name,
    )  # fmt: skip


@scoped(P.MEMBER_MANAGE, methods=BOTH)
def leave_group(request: HttpRequest, seat_id: UUID) -> HttpResponse:
    desk = as_desk(request)
    seats = GroupSeat.objects.visible_to(desk.actor).select_related("cooperative", "member", "group")
    seat = get_or_refuse(seats, "seat_id", id=seat_id)
    only_with(desk, seat.cooperative, P.MEMBER_MANAGE)
    form = OnDayForm(request.POST or None, today=today_of(desk, seat.cooperative))
    return act_page(
        desk, form, "leave_group", lambda: {**form.payload(), "seat_id": seat.id}, cooperative=seat.cooperative,
        said=_("Sudah keluar dari kelompok."), then=place("group", seat.group_id),
        title=_("%(name)s keluar dari %(group)s") % {"name": seat.member.name, "group": seat.group.name},
    )  # fmt: skip


# --- businesses ---


@scoped(P.COOPERATIVE_SET_UP, methods=BOTH)
def open_business(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """Name a business whose result is reckoned apart."""
    desk = as_desk(request)
    found = cooperative_of(desk.actor, cooperative_id)
    only_with(desk, found, P.COOPERATIVE_SET_UP)
    groups = [(str(id), name) for id, name in MemberGroup.objects.of(found).order_by("name").values_list("id", "name")]
    form = forms.BusinessForm(request.POST or None, today=today_of(desk, found), groups=groups)
    return act_page(
        desk, form, "open_business", form.payload, cooperative=found, said=_("Usaha sudah dicatat."),
        then=place("business", form["record_id"].value()) if form.is_bound else "",
        back=place("businesses", found.id), title=_("Usaha baru"),
    )  # fmt: skip


@scoped(P.COOPERATIVE_SEE)
def business(request: HttpRequest, business_id: UUID) -> HttpResponse:
    """One business: capital in it, savers, results, what moved."""
    desk = as_desk(request)
    one = business_of(desk.actor, business_id)
    found = one.cooperative
    stakes = [each for each in stakes_of(one) if not each.is_over]
    subjects = [Subject("member", each.stake.member_id) for each in stakes if each.stake.member_id]
    moves = moves_about(found, [one.id, *(each.stake.id for each in stakes)])[:MOST_ROWS]
    is_group = one.kind == BusinessKind.GROUP
    shown: dict[str, Any] = {
        "recorded": opened(desk, found, "business.opened", Subject("business", one.id), *subjects), "business": one,
        "stakes": stakes, "results": [_result_row(each) for each in results_of(one)],
        "moves": [move_row(each) for each in moves], "is_group": is_group,
        "capital": capital_in(one) if is_group else 0, "owed": owed_by_group(one) if is_group else 0,
        "may_take": may(desk, found, P.MONEY_TAKE), "may_set_up": may(desk, found, P.COOPERATIVE_SET_UP),
        "may_post": may(desk, found, P.BOOKS_POST), "may_approve": may(desk, found, P.MONEY_APPROVE),
    }  # fmt: skip
    return page(desk, "business/business", found, "businesses", shown)


def _result_row(result: BusinessResult) -> dict[str, Any]:
    shares = [{"name": saver_of(one.stake), "rupiah": one.amount_rupiah} for one in result.shares.all()]
    return {"result": result, "shares": shares, "back": place("take_back_result", result.id)}


def _at(request: HttpRequest, business_id: UUID, permission: P) -> tuple[DeskRequest, Business, Cooperative]:
    desk = as_desk(request)
    one = business_of(desk.actor, business_id)
    only_with(desk, one.cooperative, permission)
    return desk, one, one.cooperative


@scoped(P.COOPERATIVE_SET_UP, methods=BOTH)
def agree_on_capital(request: HttpRequest, business_id: UUID) -> HttpResponse:
    """An agreement with one or many savers; `?baris=` asks for more lines."""
    desk, one, found = _at(request, business_id, P.COOPERATIVE_SET_UP)
    asked = request.GET.get("baris", "")
    lines = min(max(int(asked), 1), MOST_LINES) if asked.isdigit() and len(asked) < 4 else 2
    form = forms.AgreementForm(request.POST or None, today=today_of(desk, found), cooperative=found, lines=lines)
    return act_page(
        desk, form, "agree_on_capital", lambda: {**form.payload(), "business_id": one.id}, cooperative=found,
        said=_("Perjanjian sudah dicatat. Modalnya diterima di kas atau lewat bank."), then=place("business", one.id),
        title=_("Perjanjian modal penyertaan"), template="business/agree", more=f"?baris={min(lines + 5, MOST_LINES)}",
        lead=_("Untuk %s. Penyerta ikut untung dan menanggung rugi usaha ini, tanpa suara di rapat anggota.")
        % one.name,
    )  # fmt: skip


@scoped(P.BOOKS_POST, methods=BOTH)
def record_result(request: HttpRequest, business_id: UUID) -> HttpResponse:
    """What a business earned or lost; every saver's part follows."""
    desk, one, found = _at(request, business_id, P.BOOKS_POST)
    form = forms.ResultForm(request.POST or None, today=today_of(desk, found))
    lead = _("Bagian setiap penyerta dihitung dan dicatat sekaligus.")
    if one.kind == BusinessKind.GROUP:
        part = f"{one.share_percent.normalize():f}".replace(".", ",")
        lead = _("Tulis hasil seluruh usaha kelompok; bagian koperasi %s persen.") % part
    return act_page(
        desk, form, "record_business_result", lambda: {**form.payload(), "business_id": one.id}, cooperative=found,
        said=_("Hasil usaha sudah dicatat dan dibagi."), then=place("business", one.id), lead=lead,
        title=_("Hasil usaha %s") % one.name,
    )  # fmt: skip


@scoped(P.MONEY_APPROVE, methods=BOTH)
def take_back_result(request: HttpRequest, result_id: UUID) -> HttpResponse:
    """Undo a wrong result, as the second person."""
    desk = as_desk(request)
    rows = BusinessResult.objects.visible_to(desk.actor).select_related("cooperative", "business")
    one = get_or_refuse(rows, "result_id", id=result_id)
    only_with(desk, one.cooperative, P.MONEY_APPROVE)
    form = forms.BackForm(request.POST or None, today=today_of(desk, one.cooperative))
    return act_page(
        desk, form, "take_back_result", lambda: {**form.payload(), "result_id": one.id}, cooperative=one.cooperative,
        said=_("Hasil sudah dibatalkan."), then=place("business", one.business_id), submit=_("Batalkan hasil"),
        title=_("Batalkan hasil usaha"), lead=f"{one.memo}, {format_rupiah(one.result_rupiah)}",
    )  # fmt: skip
