"""Money of businesses at the counter: savers' capital and result, capital for a group and its result."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission as P
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import scoped
from desmigratif.audit.unit import Subject
from desmigratif.cooperative.forms.business.businesses import MoneyMoveForm
from desmigratif.cooperative.models import Business, BusinessKind, Stake
from desmigratif.cooperative.queries.business.businesses import (
    business_of,
    capital_in,
    held_by,
    owed_by_group,
    promised_left,
    saver_of,
    stake_of,
)
from desmigratif.cooperative.views.business.moves import money_act
from desmigratif.cooperative.views.common import as_desk, only_with, place, today_of
from desmigratif.shared.reasons import NotFoundOrNotYours
from desmigratif.shared.rupiah import format_rupiah

BOTH = ("GET", "POST")


def _stake_act(
    request: HttpRequest, stake_id: UUID, action: str, most: int, *, title: str, lead: str, pays: bool
) -> HttpResponse:
    desk = as_desk(request)
    stake = stake_of(desk.actor, stake_id)
    only_with(desk, stake.cooperative, P.MONEY_TAKE)
    form = MoneyMoveForm(request.POST or None, today=today_of(desk, stake.cooperative), amount=most)
    subjects = (Subject("member", stake.member_id),) if stake.member_id else ()
    return money_act(
        desk, stake.cooperative, form, action, about={"stake_id": stake.id}, title=f"{title}: {saver_of(stake)}",
        lead=lead % format_rupiah(most), back=place("business", stake.agreement.business_id),
        pays=stake.id if pays else None, subjects=subjects,
    )  # fmt: skip


def _stake(request: HttpRequest, stake_id: UUID) -> Stake:
    stake = stake_of(as_desk(request).actor, stake_id)
    only_with(as_desk(request), stake.cooperative, P.MONEY_TAKE)
    return stake


@scoped(P.MONEY_TAKE, methods=BOTH)
def pay_in_stake(request: HttpRequest, stake_id: UUID) -> HttpResponse:
    stake = _stake(request, stake_id)
    return _stake_act(
        request, stake_id, "pay_in_stake", promised_left(stake), title=_("Terima modal"), pays=False,
        lead=_("Yang masih dijanjikan %s."),
    )  # fmt: skip


@scoped(P.MONEY_TAKE, methods=BOTH)
def pay_stake_result(request: HttpRequest, stake_id: UUID) -> HttpResponse:
    stake = _stake(request, stake_id)
    most = held_by(stake.cooperative_id, "deposits_held", [stake.id]).get(stake.id, 0)
    return _stake_act(
        request, stake_id, "pay_stake_result", most, title=_("Bayar bagi hasil"), pays=True,
        lead=_("Bagi hasil yang menunggu %s."),
    )  # fmt: skip


@scoped(P.MONEY_TAKE, methods=BOTH)
def return_stake(request: HttpRequest, stake_id: UUID) -> HttpResponse:
    stake = _stake(request, stake_id)
    most = held_by(stake.cooperative_id, "participation_capital", [stake.id]).get(stake.id, 0)
    return _stake_act(
        request, stake_id, "return_stake", most, title=_("Kembalikan modal"), pays=True,
        lead=_("Modal yang tersisa sesudah rugi dan pengembalian %s."),
    )  # fmt: skip


# --- a group ---


def _groups(request: HttpRequest, business_id: UUID) -> tuple[DeskRequest, Business]:
    """A group's business; of the cooperative's own there is nothing to hand over."""
    desk = as_desk(request)
    one = business_of(desk.actor, business_id)
    only_with(desk, one.cooperative, P.MONEY_TAKE)
    if one.kind != BusinessKind.GROUP:
        raise NotFoundOrNotYours
    return desk, one


def _group_act(
    desk: DeskRequest, one: Business, form: MoneyMoveForm, action: str, *, title: str, lead: str, pays: bool = False
) -> HttpResponse:
    return money_act(
        desk, one.cooperative, form, action, about={"business_id": one.id}, title=title, lead=lead,
        back=place("business", one.id), pays=one.id if pays else None, subjects=(Subject("business", one.id),),
    )  # fmt: skip


@scoped(P.MONEY_TAKE, methods=BOTH)
def hand_out_capital(request: HttpRequest, business_id: UUID) -> HttpResponse:
    desk, one = _groups(request, business_id)
    form = MoneyMoveForm(desk.POST or None, today=today_of(desk, one.cooperative))
    return _group_act(
        desk, one, form, "hand_out_capital", title=_("Serahkan modal: %s") % one.name, pays=True,
        lead=_("Berapa pun jumlahnya, orang kedua menyetujui lebih dulu."),
    )  # fmt: skip


@scoped(P.MONEY_TAKE, methods=BOTH)
def take_capital_back(request: HttpRequest, business_id: UUID) -> HttpResponse:
    desk, one = _groups(request, business_id)
    most = capital_in(one)
    form = MoneyMoveForm(desk.POST or None, today=today_of(desk, one.cooperative), amount=most)
    return _group_act(
        desk, one, form, "take_capital_back", title=_("Terima modal kembali: %s") % one.name,
        lead=_("Modal koperasi di usaha ini %s.") % format_rupiah(most),
    )  # fmt: skip


@scoped(P.MONEY_TAKE, methods=BOTH)
def take_business_result(request: HttpRequest, business_id: UUID) -> HttpResponse:
    desk, one = _groups(request, business_id)
    most = owed_by_group(one)
    form = MoneyMoveForm(desk.POST or None, today=today_of(desk, one.cooperative), amount=most)
    return _group_act(
        desk, one, form, "take_business_result", title=_("Terima hasil usaha: %s") % one.name,
        lead=_("Hasil yang belum dibayarkan kelompok %s.") % format_rupiah(most),
    )  # fmt: skip
