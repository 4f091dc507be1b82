"""What a member holds in the hand: the slip, taking one back, checking a code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from desmigratif.access.keys.subject_keys import key_of
from desmigratif.access.permissions import Permission as P
from desmigratif.access.routes import scoped
from desmigratif.audit.unit import Subject
from desmigratif.cooperative.forms.till import CodeForm, ReasonForm
from desmigratif.cooperative.models import MoneySlip
from desmigratif.cooperative.queries.ledger.books import cooperative_of
from desmigratif.cooperative.queries.loans.group import payer_instead_of
from desmigratif.cooperative.queries.till import reversal_of, slip_of, slips_with_code, taken_back_by
from desmigratif.cooperative.rules.notice import Notice, notice
from desmigratif.cooperative.sealing import open_details
from desmigratif.cooperative.views.common import (
    SLIP_WORDS,
    USE_WORDS,
    act_page,
    as_desk,
    may,
    member_strip,
    only_with,
    opened,
    page,
    place,
    today_of,
)
from desmigratif.shared.dates import format_date
from desmigratif.shared.ids import new_id
from desmigratif.shared.rupiah import format_rupiah

BOTH = ("GET", "POST")


def slip_row(slip: MoneySlip, names: Mapping[UUID, str] | None = None) -> dict[str, Any]:
    """A line of a passbook."""
    product = (names or {}).get(slip.holder_id) or USE_WORDS.get(slip.use, slip.use)
    words = SLIP_WORDS.get(slip.kind, _("Setoran") if slip.amount_rupiah > 0 else _("Pengambilan"))
    what = _("Pembatalan") if slip.reverses_id else words
    names_itself = slip.kind.startswith("loan.") and not slip.reverses_id
    return {
        "slip": slip, "words": what if names_itself else f"{what}, {product}",
        "in": slip.amount_rupiah if slip.amount_rupiah > 0 else None,
        "out": -slip.amount_rupiah if slip.amount_rupiah < 0 else None, "url": place("slip", slip.id),
    }  # fmt: skip


@scoped(P.COOPERATIVE_SEE)
def slip(request: HttpRequest, slip_id: UUID) -> HttpResponse:
    """One receipt, to print and hand over."""
    desk = as_desk(request)
    found = slip_of(desk.actor, slip_id)
    recorded = opened(desk, found.cooperative, "money_slip.opened", Subject("member", found.member_id))
    taken_back = reversal_of(found)
    may_take = may(desk, found.cooperative, P.MONEY_TAKE)
    telling = may_take and "kabar" in request.GET
    if telling:  # without a trace the number stays closed
        telling = opened(desk, found.cooperative, "member.phone_opened", Subject("member", found.member_id))
    may_reverse = may(desk, found.cooperative, P.MONEY_APPROVE) and found.till is not None and found.use != "loans"
    shown = {
        "recorded": recorded,
        "row": slip_row(found),
        "member": found.member,
        "person": member_strip(found.member),
        "taken_back": taken_back,
        "took_back": taken_back_by(found),
        "may_reverse": may_reverse and not taken_back and not found.reverses_id and found.till.closed_at is None
        if found.till
        else False,
        "may_take": may_take,
        "paid_by": payer_instead_of(found) if found.use == "loans" else None,
        "notice": _notice_of(found) if telling else None,
    }
    return page(desk, "till/slip", found.cooperative, "till", shown)


def _notice_of(slip: MoneySlip) -> Notice:
    """The message to the member's telephone, as the register knows it."""
    words = _("%(cooperative)s: %(what)s %(sum)s, %(day)s. Bukti nomor %(number)s, kode %(code)s.") % {
        "cooperative": slip.cooperative.name, "what": slip_row(slip)["words"],
        "sum": format_rupiah(abs(slip.amount_rupiah)), "day": format_date(slip.on), "number": slip.number,
        "code": slip.code,
    }  # fmt: skip
    return notice(words, str(open_details(slip.member, key_of(slip.member_id)).get("phone", "")))


@scoped(P.MONEY_APPROVE, methods=BOTH)
def reverse(request: HttpRequest, slip_id: UUID) -> HttpResponse:
    """Take a movement back, as the second person, saying why."""
    desk = as_desk(request)
    found = slip_of(desk.actor, slip_id)
    only_with(desk, found.cooperative, P.MONEY_APPROVE)
    form = ReasonForm(request.POST or None, today=today_of(desk, found.cooperative))
    new = form["record_id"].value() or new_id()
    return act_page(
        desk, form, "reverse_slip", lambda: {**form.payload(), "slip_id": found.id}, cooperative=found.cooperative,
        said=_("Bukti sudah dibatalkan."), then=place("slip", new) if form.is_bound and form.is_valid() else "",
        back=place("slip", found.id), title=_("Batalkan bukti nomor %s") % found.number,
        lead=_("%(what)s, %(sum)s. Catatan lama tetap ada; di bawahnya dicatat kebalikannya.")
        % {"what": slip_row(found)["words"], "sum": format_rupiah(abs(found.amount_rupiah))},
        person=member_strip(found.member), submit=_("Batalkan bukti"),
    )  # fmt: skip


@scoped(P.COOPERATIVE_SEE)
def check_code(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """Hold a code in a passbook against the books."""
    desk = as_desk(request)
    found = cooperative_of(desk.actor, cooperative_id)
    form = CodeForm(request.GET if "kode" in request.GET else None)
    rows: list[MoneySlip] = []
    if form.is_bound and form.is_valid():
        rows = [one for one in slips_with_code(desk.actor, form.cleaned_data["kode"]) if one.cooperative_id == found.id]
    subjects = [Subject("member", one.member_id) for one in rows]
    shown = {
        "recorded": opened(desk, found, "money_slip.code_checked", *subjects), "form": form,
        "asked": form.is_bound and form.is_valid(),
        "rows": [{**slip_row(one), "name": one.member.name} for one in rows],
    }  # fmt: skip
    return page(desk, "till/check_code", found, "till", shown)
