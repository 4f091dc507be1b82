"""A member's code: the desk gives it, once; what the public page then says of the own accounts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission as P
from desmigratif.access.routes import scoped
from desmigratif.audit.unit import Subject
from desmigratif.cooperative.member_codes import member_code
from desmigratif.cooperative.models import MemberCode
from desmigratif.cooperative.queries.annual.own import OwnAccounts
from desmigratif.cooperative.queries.members.register import member_of
from desmigratif.cooperative.views.common import USE_WORDS, as_desk, member_strip, only_with, opened, page, today_of
from desmigratif.cooperative.views.till.slips import slip_row
from desmigratif.documents.acting import RecordForm, attempt
from desmigratif.shared.dates import format_date
from desmigratif.shared.rupiah import format_rupiah

DOOR = "portal:own_accounts"


@scoped(P.MEMBER_MANAGE, methods=("GET", "POST"))
def give_member_code(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """Make a code and show it, once: the member takes the printed page along."""
    desk = as_desk(request)
    member = member_of(desk.actor, member_id)
    found = member.cooperative
    only_with(desk, found, P.MEMBER_MANAGE)
    form = RecordForm(request.POST or None)
    codes = MemberCode.objects.of(found).filter(member=member)
    code = ""
    if request.method == "POST" and form.is_valid():
        code_id = form.cleaned_data["record_id"]
        given = {"code_id": code_id, "cooperative_id": found.id, "member_id": member.id, "on": today_of(desk, found)}
        if attempt(desk, form, "cooperative.give_member_code", given):
            if not codes.filter(id=code_id).exists():  # an old page, sent once more
                messages.info(request, _("Kode itu sudah diganti dengan yang lebih baru."))
                return redirect("cooperative:member", member.id)
            code = member_code(code_id)
    shown = {
        "recorded": opened(desk, found, "member.code_opened", Subject("member", member.id)), "form": form,
        "member": member, "person": member_strip(member), "code": code, "standing": codes.first(),
        "door": settings.PUBLIC_URL.split("//")[-1] + reverse(DOOR),
    }  # fmt: skip
    return page(desk, "annual/member_code", found, "members", shown)


def own_words(own: OwnAccounts, today: date) -> dict[str, Any]:
    """What a member reads: numbers in words, no name but the cooperative's."""
    savings = own.savings
    facts = [
        {"label": _("Simpanan pokok"), "value": format_rupiah(savings.principal_rupiah)},
        {"label": _("Simpanan wajib"), "value": format_rupiah(savings.compulsory_rupiah)},
    ]
    facts += [
        {"label": one.account.product.name, "value": format_rupiah(one.balance_rupiah)} for one in savings.accounts
    ]
    if own.shu_rupiah:
        facts.append({"label": _("SHU yang belum diambil"), "value": format_rupiah(own.shu_rupiah)})
    names: Mapping[Any, str] = own.names
    return {
        "cooperative_name": own.member.cooperative.name, "number": own.member.number, "facts": facts,
        "total": savings.total_rupiah, "arrears": savings.arrears_rupiah, "loans": [_loan(one) for one in own.loans],
        "slips": [{**slip_row(slip, names), "url": ""} for slip in own.slips], "day": today,
    }  # fmt: skip


def _loan(one: Any) -> dict[str, Any]:
    state, due = one.state, one.loan.next_due_on
    return {
        "name": one.loan.product.name if one.loan.product_id else USE_WORDS["loans"],
        "left": state.principal_outstanding, "due": state.due.total, "due_on": format_date(due) if due else "",
    }  # fmt: skip
