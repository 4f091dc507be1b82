"""The desk of a body outside: what was referred to it, and its answer on the same page."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desmigratif.access import reads
from desmigratif.access.permissions import Permission
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import scoped
from desmigratif.audit.unit import Subject
from desmigratif.cases.forms.trouble.referrals import AnswerReferralForm
from desmigratif.cases.models import Referral, ReferralState
from desmigratif.cases.queries.trouble.referrals import inbox_of, is_shown, referral_sent_to, share_of
from desmigratif.cases.rules.trouble import referrals as rules
from desmigratif.cases.views.common import as_desk, listed
from desmigratif.cases.views.journey import attempt_seen
from desmigratif.cases.views.trouble import referral_words as words
from desmigratif.regions.queries import near_name, today_in
from desmigratif.shared.dates import format_date
from desmigratif.shared.keyset import page_of

PER_PAGE = 50
CHIPS = {
    "": gettext_lazy("Menunggu lembaga ini"),
    "terlambat": gettext_lazy("Terlambat"),
    "selesai": gettext_lazy("Sudah dijawab"),
}


@scoped(Permission.REFERRAL_ANSWER)
def referred(request: HttpRequest) -> HttpResponse:
    """What was referred to this body, the one that is due first on top."""
    desk = as_desk(request)
    today = today_in(desk.actor.home_code, desk.now)
    chosen = request.GET.get("lihat", "")
    chosen = chosen if chosen in CHIPS else ""
    with_body = Q(state__in=rules.WITH_BODY)
    rows = inbox_of(desk.actor).filter(
        {"": with_body, "terlambat": with_body & Q(due_on__lt=today), "selesai": ~with_body}[chosen]
    )
    page = page_of(rows, ("due_on", "id"), after=request.GET.get("setelah", ""), size=PER_PAGE)
    here = reverse("cases:referred")
    shown = {
        "rows": [_row(one, today) for one in page.rows],
        "chips": [
            {"label": label, "url": f"{here}?lihat={code}" if code else here, "current": code == chosen}
            for code, label in CHIPS.items()
        ],
        "page": page,
        "page_query": f"lihat={chosen}&" if chosen else "",
        "recorded": listed(desk, "referrals.listed"),
    }
    return render(request, "cases/trouble/referred.html", shown)


def _row(one: Referral, today: date) -> dict[str, Any]:
    """No name in the list where none was shared."""
    name = words.whom(one) if "name" in one.fields and one.state in rules.WITH_BODY else one.number
    return {
        "initials": name,
        "title": f"{name}: {words.about_words(one)}",
        "detail": f"{near_name(one.village_code)} · {words.clock_words(one, today) or format_date(one.since)}",
        "url": reverse("cases:referred_one", args=[one.id]),
        "states": [words.badge(one, today)],
    }


@scoped(Permission.REFERRAL_ANSWER, methods=("GET", "POST"))
def referred_one(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """One referral: what is asked, the chosen facts, what is still open, and the answer."""
    desk = as_desk(request)
    found = referral_sent_to(desk.actor, referral_id)
    today = today_in(found.village_code, desk.now)
    replies = rules.NEXT.get(found.state, ())
    form = AnswerReferralForm(request.POST or None, referral=found, today=today, replies=replies) if replies else None
    if request.method == "POST" and form is None:
        return redirect("cases:referred_one", found.id)
    if request.method == "POST" and form is not None and form.is_valid():
        payload = {"referral_id": found.id, "village_code": found.village_code, **form.payload()}
        if attempt_seen(
            desk, form, "cases.answer_referral", payload,
            version=lambda: referral_sent_to(desk.actor, found.id).version,
        ):  # fmt: skip
            _say(desk, referral_sent_to(desk.actor, found.id))
            return redirect("cases:referred_one", found.id)
    return render(
        request, "cases/trouble/referred_one.html", {"form": form, **shown_to_body(desk.actor, found, today, desk)}
    )


def _say(desk: DeskRequest, found: Referral) -> None:
    if found.state == ReferralState.STANDBY:
        messages.warning(desk, standby_words())
    else:
        messages.success(desk, _("Jawaban tersimpan; pengirim melihatnya."))


def standby_words() -> str:
    return _(
        "Kesanggupan Anda tercatat. Lembaga lain menyanggupi lebih dulu, jadi pengirim akan memilih; "
        "tunggu kabarnya sebelum mulai."
    )


def shown_to_body(by: Any, found: Referral, today: date, request: Any) -> dict[str, Any]:
    """What a body sees, at its desk or by a link: never more than the share says."""
    told = rules.is_told(found.basis, found.sent_on) and not found.is_kept_by_regency
    subjects = [Subject("resident", found.resident_id)] if found.resident_id and told else []
    recorded = reads.opened(
        by, "share.opened" if told else "referral.opened", village_code=found.village_code, subjects=subjects,
        now=request.now, via="desk",
    )  # fmt: skip
    shows = recorded and is_shown(share_of(found), today)
    return {
        "found": found,
        "heading": words.about_words(found),
        "from_where": near_name(found.village_code),
        "state": words.badge(found, today),
        "clock": words.clock_words(found, today),
        "recorded": recorded,
        "shows": shows,
        "shared": words.shared_facts(found, specific=True) if shows else [],
        "why": words.why_of(found) if shows else "",
        "tasks": words.task_lines(found, today) if shows else [],
        "due": format_date(found.due_on),
        "standby": standby_words() if found.state == ReferralState.STANDBY else "",
    }
