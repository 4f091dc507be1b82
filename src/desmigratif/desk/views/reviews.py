"""What waits for a person to decide: the list, and one page for each with both values side by side."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desmigratif.access import reads
from desmigratif.access.door import REGISTRY, do
from desmigratif.access.permissions import Permission
from desmigratif.access.queries import has_another
from desmigratif.access.requests import DeskRequest, act_id_of
from desmigratif.access.reviews import (
    SETTLING,
    TWO_PERSONS,
    USUAL_WORDS,
    Comparison,
    ReviewKind,
    review_of,
    reviews_of,
    senders,
    sent_input,
)
from desmigratif.access.routes import scoped
from desmigratif.access.signin import second_factor
from desmigratif.audit.models import Receipt, ReviewPayload
from desmigratif.cases import reviews as cases
from desmigratif.cooperative import reviews as cooperative
from desmigratif.people import reviews as people
from desmigratif.regions.queries import today_in, village
from desmigratif.shared.dates import format_date, format_moment
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import NotFoundOrNotYours, Reason, Refusal

REVIEWS: Mapping[str, ReviewKind] = {**people.REVIEWS, **cases.REVIEWS, **cooperative.REVIEWS}
PERMISSIONS = (Permission.RESIDENT_REGISTER, Permission.VISIT_RECORD, Permission.MONEY_TAKE)  # of the actions above
PER_PAGE = 50
_UNKNOWN_KIND = gettext_lazy("Kiriman lain")
_WAYS = {
    "desk": gettext_lazy("di komputer desa"),
    "sync": gettext_lazy("dari HP"),
    "import": gettext_lazy("lewat impor"),
    "api": gettext_lazy("lewat program lain"),
    "command": gettext_lazy("lewat perintah di server"),
}
_NOBODY_ELSE = gettext_lazy(
    "Di sini belum ada orang lain yang boleh memutuskannya. Minta pengelola sistem membuatkan akun bendahara atau "
    "kasir kedua. Sampai itu, simpan uangnya terpisah bersama daftar nama dan jumlahnya."
)


@scoped(*PERMISSIONS)
def reviews(request: HttpRequest) -> HttpResponse:
    """What this person may decide, oldest first. Names nobody: the contents stay sealed until one is opened."""
    desk = cast(DeskRequest, request)
    waiting = reviews_of(desk.actor, now=desk.now)
    page = Paginator(waiting, PER_PAGE).get_page(request.GET.get("hal"))
    names = senders(row.receipt for row in page)
    rows = [
        {
            "icon": "scale",
            "title": title_of(row.receipt),
            "detail": _("%(sent)s. Disimpan sampai %(until)s.") % {
                "sent": _sent(row.receipt, names), "until": _day(row.expires_at, row.receipt.village_code),
            },
            "url": reverse("desk:review", args=[row.receipt_id]),
        }
        for row in page
    ]  # fmt: skip
    return render(request, "desk/reviews.html", {"page": page, "rows": rows})


@scoped(*PERMISSIONS, methods=("GET", "POST"))
def review(request: HttpRequest, receipt_id: UUID) -> HttpResponse:
    """Who sent what, why a person decides, both values; and the two ways out."""
    desk = cast(DeskRequest, request)
    waiting = review_of(desk.actor, receipt_id, now=desk.now)
    if second_factor.is_wanted(request, _permissions_of(waiting)):
        return second_factor.ask(request, desk.user)
    refusal: tuple[Reason, ...] = ()
    if request.method == "POST":
        decision = "apply" if request.POST.get("decision") == "apply" else "discard"
        try:
            settled = do(
                desk.actor, "access.settle_review", _given(desk, waiting, decision), now=desk.now,
                act_id=act_id_of(desk),
            )  # fmt: skip
        except Refusal as why:
            refusal = tuple(why.reasons)
        else:
            messages.success(request, _said(waiting.receipt, decision, settled))
            return redirect("desk:reviews")
    return _page(desk, waiting, refusal)


def _permissions_of(waiting: ReviewPayload) -> list[Permission]:
    """Deciding about money asks for as much as taking it."""
    return _permissions_of_action(waiting.receipt.action)


def _permissions_of_action(name: str) -> list[Permission]:
    permission = REGISTRY[name].permission
    return [permission] if permission else []


def _given(desk: DeskRequest, waiting: ReviewPayload, decision: str) -> dict[str, Any]:
    seen = desk.POST.get("seen_version", "")
    return {
        "receipt_id": waiting.receipt_id,
        "village_code": waiting.receipt.village_code,
        "decision": decision,
        "seen_version": int(seen) if seen.isascii() and seen.isdigit() else None,
        "why": desk.POST.get("why", "")[:30] or None,
    }


def _said(receipt: Receipt, decision: str, settled: Mapping[str, Any]) -> str:
    """What deciding brought."""
    kind = REVIEWS.get(receipt.action)
    if decision == "apply" and kind and kind.say:
        return kind.say(settled["result"])
    words = kind.words if kind else USUAL_WORDS
    return str(words.applied if decision == "apply" else words.discarded)


def _why_not_this_person(desk: DeskRequest, receipt: Receipt) -> Reason | None:
    """Whoever sent it does not decide; the way on depends on whether anybody else can."""
    settling = SETTLING.get(receipt.action)
    if settling is None or not settling.by_another or receipt.actor_id != str(desk.actor.id):
        return None
    here, today = receipt.village_code, today_in(receipt.village_code, desk.now)
    wanted = _permissions_of_action(receipt.action)
    if any(has_another(permission, here, beside=desk.actor.id, today=today) for permission in wanted):
        return TWO_PERSONS
    return Reason(TWO_PERSONS.code, TWO_PERSONS.text, way_out=str(_NOBODY_ELSE))


def _page(desk: DeskRequest, waiting: ReviewPayload, refusal: tuple[Reason, ...]) -> HttpResponse:
    """The contents are shown only after the trace of opening them was left."""
    receipt = waiting.receipt
    compared = _compared(desk, waiting)
    kind, settling = REVIEWS.get(receipt.action), SETTLING.get(receipt.action)
    noted = reads.opened(
        desk.actor,
        "review.opened",
        village_code=receipt.village_code,
        subjects=compared.subjects if compared else (),
        now=desk.now,
    )
    shown = {
        "title": title_of(receipt),
        "sent": _sent(receipt, senders([receipt])),
        "until": _day(waiting.expires_at, receipt.village_code),
        "reasons": receipt.reasons,
        "refusal": refusal,
        "compared": compared if noted else None,
        "person": compared.person if compared and noted else None,
        "facts": [{"label": label, "value": value} for label, value in compared.facts] if compared else [],
        "not_noted": not noted,
        "words": kind.words if kind else USUAL_WORDS,
        "not_you": _why_not_this_person(desk, receipt),
        "whys": settling.discarding.items() if settling else (),
        "act_id": new_id(),
    }
    return render(desk, "desk/review.html", shown)


def _compared(desk: DeskRequest, waiting: ReviewPayload) -> Comparison | None:
    """None when the contents cannot be read, nobody shows such acts, or the record they are about is gone."""
    code = waiting.receipt.village_code
    kind, sent = REVIEWS.get(waiting.receipt.action), sent_input(waiting)
    if kind is None or sent is None:
        return None
    with_specific = desk.actor.may(Permission.RESIDENT_SPECIFIC_SEE, code)
    try:
        return kind.compare(desk.actor, sent, today=today_in(code, desk.now), with_specific=with_specific)
    except NotFoundOrNotYours:
        return None


def title_of(receipt: Receipt) -> str:
    kind = REVIEWS.get(receipt.action)
    return str(kind.title if kind else _UNKNOWN_KIND)


def _sent(receipt: Receipt, names: Mapping[str, str]) -> str:
    """Dikirim Wahyu Utomo dari HP, 23 November 2026, 10.15 WIB."""
    who, way = str(names.get(receipt.actor_id, _("petugas"))), str(_WAYS.get(receipt.via, ""))
    return _("Dikirim %(sender)s, %(moment)s") % {
        "sender": f"{who} {way}".strip(),
        "moment": format_moment(receipt.at, village(receipt.village_code).utc_offset),
    }


def _day(moment: datetime, village_code: str) -> str:
    return format_date(today_in(village_code, moment))
