"""The door for members of a cooperative: the own accounts, by a code and the birth date. Nobody signs in."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from desmigratif.access import reads
from desmigratif.access.actor import public_door
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import public
from desmigratif.audit.unit import Subject
from desmigratif.cooperative.models import Member
from desmigratif.cooperative.queries.annual.own import member_behind, own_accounts
from desmigratif.cooperative.views.annual.member_codes import own_words
from desmigratif.portal.forms import OwnAccountsForm
from desmigratif.portal.limits import MEMBER_BY_ADDRESS, MEMBER_BY_CODE, address_of, may_knock
from desmigratif.regions.queries import today_in
from desmigratif.shared.door_codes import typed_code
from desmigratif.shared.reasons import Reason

NATION = "ID"


@csrf_exempt
@public(methods=("GET", "POST"))
def own_accounts_page(request: HttpRequest) -> HttpResponse:
    """Savings, loans and SHU of one member, for whoever has the code and the birth date; wrong ones read alike."""
    desk = cast(DeskRequest, request)
    form = OwnAccountsForm(request.POST or None)
    shown: dict[str, Any] = {"form": form, "reasons": []}
    status = 200
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        member, status = _look(desk, data["code"], data["birth_date"], shown)
        if member is not None:
            today = today_in(member.village_code, desk.now)
            shown["own"] = own_words(own_accounts(member, today), today)
    answer = render(request, "portal/own_accounts.html", shown, status=status)
    answer.headers["Cache-Control"] = "no-store"  # a borrowed telephone keeps nothing
    return answer


def _look(desk: DeskRequest, code: str, born: date, shown: dict[str, Any]) -> tuple[Member | None, int]:
    """Count the knock, then look; without a trace of the look nothing is told."""
    by_address = may_knock(MEMBER_BY_ADDRESS, address_of(desk), desk.now)
    by_code = may_knock(MEMBER_BY_CODE, typed_code(code), desk.now)
    if not (by_address and by_code):
        way_out = _("Coba lagi satu jam lagi, atau tanyakan di kantor koperasi.")
        shown["reasons"] = [Reason("too_often", _("Sudah terlalu banyak dicoba."), way_out=way_out)]
        return None, 429
    member = member_behind(code, born, today_in(NATION, desk.now))
    if member is None:
        text = _("Kode dan tanggal lahir ini tidak membuka simpanan apa pun.")
        way_out = _("Periksa keduanya, atau minta kode baru di kantor koperasi.")
        shown["reasons"] = [Reason("not_opened", text, way_out=way_out)]
        return None, 200
    subjects = [Subject("cooperative", member.cooperative_id), Subject("member", member.id)]
    noted = reads.opened(
        public_door(), "member.own_accounts_seen", village_code=member.village_code, subjects=subjects, now=desk.now,
        via="portal",
    )  # fmt: skip
    if not noted:
        way_out = _("Coba lagi sebentar lagi.")
        shown["reasons"] = [Reason("trouble", _("Belum bisa dibuka karena ada gangguan."), way_out=way_out)]
        return None, 503
    return member, 200
