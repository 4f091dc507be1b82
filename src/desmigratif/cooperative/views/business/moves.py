"""What moved for a business: its slip, taking it back, and the second person's word."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission as P
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import scoped
from desmigratif.audit.unit import Subject
from desmigratif.cooperative.forms.business import businesses as forms
from desmigratif.cooperative.models import (
    Business,
    BusinessKind,
    BusinessMove,
    Consignment,
    ContractStatus,
    Cooperative,
    GroupPurchase,
    MoveKind,
    ShariaContract,
    Stake,
)
from desmigratif.cooperative.queries.business.businesses import move_of, saver_of
from desmigratif.cooperative.queries.business.goods import goods_of
from desmigratif.cooperative.queries.ledger.books import cooperative_of
from desmigratif.cooperative.queries.overview import accounts_paid_at_till
from desmigratif.cooperative.queries.till import approval_for, bought_with
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

BOTH = ("GET", "POST")
MOST_CHOICES = 200


def move_row(move: BusinessMove) -> dict[str, Any]:
    """A line about one movement."""
    return {
        "move": move, "words": _("Pembatalan") if move.reverses_id else MoveKind(move.kind).label,
        "in": move.amount_rupiah if move.amount_rupiah > 0 else 0,
        "out": -move.amount_rupiah if move.amount_rupiah < 0 else 0, "url": place("move", move.id),
        "gone": getattr(move, "reversed_by", None) is not None,
    }  # fmt: skip


def money_act(
    desk: DeskRequest, cooperative: Cooperative, form: forms.TodayForm, action: str, *, about: dict[str, UUID],
    title: str, lead: str, back: str, pays: UUID | None = None, payload: Callable[[], dict[str, Any]] | None = None,
    submit: str = "", subjects: tuple[Subject, ...] = (),
) -> HttpResponse:  # fmt: skip
    """An act that moves money or goods; then its slip. `pays`: whose approval is looked for when money leaves."""

    def given() -> dict[str, Any]:
        found = {**(payload or form.payload)(), **about}
        if pays is not None:
            agreed = approval_for(
                cooperative, desk.actor, holder_id=pays, amount_rupiah=found["amount_rupiah"], on=form.today
            )
            found["approval_id"] = agreed.id if agreed else None
        return found

    return act_page(
        desk, form, action, given, cooperative=cooperative, said=_("Sudah dicatat."),
        then=place("move", form["record_id"].value()) if form.is_bound else "", back=back, title=title, lead=lead,
        submit=submit, recorded=opened(desk, cooperative, "business_move.prepared", *subjects),
    )  # fmt: skip


@scoped(P.COOPERATIVE_SEE)
def move(request: HttpRequest, business_move_id: UUID) -> HttpResponse:
    """One movement as a slip, to print and hand over."""
    desk = as_desk(request)
    one = move_of(desk.actor, business_move_id)
    found = one.cooperative
    subjects = [Subject("member", one.member_id)] if one.member_id else [Subject("business_move", one.id)]
    taken_back = BusinessMove.objects.of(found).filter(reverses=one).first()
    may_reverse = may(desk, found, P.MONEY_APPROVE) and one.actor_id != desk.actor.id
    may_reverse = may_reverse and one.kind != MoveKind.STAKE_PASSED_ON
    shown = {
        "recorded": opened(desk, found, "business_move.opened", *subjects), "row": move_row(one), "move": one,
        "taken_back": taken_back, "may_reverse": may_reverse and not taken_back and not one.reverses_id,
    }  # fmt: skip
    of_till = one.kind in (MoveKind.TILL_SPENT, MoveKind.TILL_SAFE)
    shown["bought"] = bought_with(one) if one.kind == MoveKind.TILL_SPENT else None
    is_sharia = one.kind.startswith(("sharia.", "fund."))
    shown["goods"] = goods = goods_of(one)
    if of_till:
        shown["back"] = place("till" if may(desk, found, P.MONEY_TAKE) else "cooperative", found.id)
    elif is_sharia:
        shown["back"] = place("sharia_contract", one.subject_id) if one.member_id else place("sharia", found.id)
    elif goods is not None:
        shown["back"] = place("consignment" if isinstance(goods, Consignment) else "purchase", goods.id)
    else:
        shown["back"] = place("businesses", found.id)
    here = "till" if of_till else "sharia" if is_sharia else "businesses"
    return page(desk, "business/move", found, here, shown)


@scoped(P.MONEY_APPROVE, methods=BOTH)
def reverse_move(request: HttpRequest, business_move_id: UUID) -> HttpResponse:
    """Take a movement back, as the second person, saying why."""
    desk = as_desk(request)
    one = move_of(desk.actor, business_move_id)
    found = one.cooperative
    only_with(desk, found, P.MONEY_APPROVE)
    form = forms.BackForm(request.POST or None, today=today_of(desk, found))
    return act_page(
        desk, form, "reverse_business_move", lambda: {**form.payload(), "move_id": one.id}, cooperative=found,
        said=_("Sudah dibatalkan."), then=place("move", form["record_id"].value()) if form.is_bound else "",
        back=place("move", one.id), title=_("Batalkan: %s") % MoveKind(one.kind).label, submit=_("Batalkan"),
        lead=_("Catatan lama tetap ada; di bawahnya dicatat kebalikannya."),
    )  # fmt: skip


@scoped(P.MONEY_APPROVE, methods=BOTH)
def approve_business_payout(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """The second person agrees to one sum for one bill, saver, group, purchase or consignment, today."""
    desk = as_desk(request)
    found = cooperative_of(desk.actor, cooperative_id)
    only_with(desk, found, P.MONEY_APPROVE)
    asked = request.GET.get("untuk", "")
    form = forms.BusinessApproveForm(
        request.POST or None, today=today_of(desk, found), choices=_payable(found), asked=asked
    )
    return act_page(
        desk, form, "approve_business_payout", form.payload, cooperative=found, then=place("businesses", found.id),
        said=_("Disetujui untuk hari ini. Kasir dapat membayarkannya."), title=_("Setujui pembayaran"),
        submit=_("Setujui"), recorded=opened(desk, found, "businesses.listed"),
        lead=_("Yang membayar harus orang lain."),
    )  # fmt: skip


def _payable(found: Cooperative) -> list[tuple[str, str]]:
    """To whom or for what money of businesses may go."""
    groups = Business.objects.of(found).filter(kind=BusinessKind.GROUP).order_by("name")
    stakes = Stake.objects.of(found).select_related("member", "agreement__business").order_by("-id")
    purchases = GroupPurchase.objects.of(found).order_by("-opened_on")
    left = Consignment.objects.of(found).select_related("member").order_by("-received_on")
    contracts = ShariaContract.objects.of(found).filter(status=ContractStatus.AGREED).select_related("member")
    return [
        *([(str(found.id), _("Dana kebajikan"))] if found.sharia_since else []),
        *((str(one.id), f"{one.member.name}: {one.goods}") for one in contracts.order_by("-asked_on")[:MOST_CHOICES]),
        *((str(one.id), _("Modal usaha: %s") % one.name) for one in groups[:MOST_CHOICES]),
        *((str(one.id), _("Membeli %s") % one.goods) for one in purchases[:MOST_CHOICES]),
        *(
            (
                str(one.id),
                _("Penyerta: %(name)s, %(business)s")
                % {"name": saver_of(one), "business": one.agreement.business.name},
            )
            for one in stakes[:MOST_CHOICES]
        ),
        *(
            (str(one.id), _("Titipan: %(name)s, %(goods)s") % {"name": one.member.name, "goods": one.goods})
            for one in left[:MOST_CHOICES]
        ),
        *((str(one.id), _("Belanja dari kas: %s") % one.name) for one in accounts_paid_at_till(found)),
    ]
