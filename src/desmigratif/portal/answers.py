"""Where a body without an account answers one referral: by the one-time address in its letter, without a sign-in."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from desmigratif.access.door import do
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import public
from desmigratif.cases.answer_links import holder_of, link_of, token_of
from desmigratif.cases.forms.trouble.referrals import AnswerReferralForm
from desmigratif.cases.models import ReferralLink, ReferralState
from desmigratif.cases.rules.trouble import referrals as rules
from desmigratif.cases.views.trouble.referred import shown_to_body, standby_words
from desmigratif.documents.queries import office_in
from desmigratif.portal.limits import ANSWER_BY_ADDRESS, address_of, is_shut, may_knock
from desmigratif.regions.queries import near_name, today_in
from desmigratif.shared.reasons import Refusal

_QUIET = {"Cache-Control": "no-store, private", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}


@public(methods=("GET", "POST"))
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """What is asked and the form, while the address holds; after that one sentence, and room for what came too late."""
    desk = cast(DeskRequest, request)
    knocker = address_of(request)
    if is_shut(ANSWER_BY_ADDRESS, knocker, desk.now):
        return quiet(render(request, "portal/answer_unknown.html", _too_often(request), status=429))
    link = link_of(token)
    if link is None:
        may_knock(ANSWER_BY_ADDRESS, knocker, desk.now)
        return quiet(render(request, "portal/answer_unknown.html", status=404))
    found = link.referral
    today = today_in(found.village_code, desk.now)
    late = rules.late_words(used_on=link.used_on, ended_on=link.ended_on, until=link.until, today=today)
    # What is said too late is a note and moves nothing: whatever was chosen on an older page may be chosen still.
    replies = tuple(rules.REPLIES) if late else rules.NEXT.get(found.state) or tuple(rules.REPLIES)
    form = AnswerReferralForm(request.POST or None, referral=found, today=today, replies=replies)
    del form.fields["on"]  # it is said today
    if request.method == "POST" and form.is_valid():
        done = _send(desk, link, form, today)
        if done is not None:
            return done
    shown: dict[str, Any] = {"form": form, "late": late, "contact": _contact(found.village_code)}
    if late:
        shown |= {"found": found, "heading": late}
    else:
        shown |= shown_to_body(holder_of(link), found, today, desk)
        shown["thanks"] = ReferralLink.objects.filter(referral=found, used_on__isnull=False).exists()
    return quiet(render(request, "portal/answer.html", shown))


def _too_often(request: HttpRequest) -> dict[str, Any]:
    """Right and wrong addresses read alike from where too many were guessed; what was written is given back."""
    return {"shut": True, "written": [text for text in map(request.POST.get, ("reference", "note")) if text]}


def _send(desk: DeskRequest, link: ReferralLink, form: AnswerReferralForm, today: date) -> HttpResponse | None:
    """None: it was refused, and the page says why with everything that was typed."""
    form.cleaned_data["on"] = today
    found, data = link.referral, form.cleaned_data
    payload = {
        **form.payload(), "referral_id": found.id, "village_code": found.village_code,
        "next_link_id": data["next_link_id"],
    }  # fmt: skip
    try:
        told = do(holder_of(link), "cases.answer_referral", payload, now=desk.now, act_id=data["act_id"], via="link")
    except Refusal as refusal:
        form.refuse(refusal.reasons)
        return None
    if told.get("next"):
        return quiet(redirect("portal:answer", token_of(data["next_link_id"])))
    shown = {
        "is_late": bool(told.get("late")),
        "standby": standby_words() if told["state"] == ReferralState.STANDBY else "",
        "contact": _contact(found.village_code),
        "number": found.number,
    }
    return quiet(render(desk, "portal/answer_done.html", shown))


def _contact(code: str) -> str:
    """Who sent it, and the telephone, where one was filled in."""
    office = office_in(code)
    return f"{near_name(code)}, {office.phone}" if office is not None and office.phone else near_name(code)


def quiet(answer: HttpResponse) -> HttpResponse:
    """Kept by nobody on the way: the address opens somebody's matter."""
    for name, value in _QUIET.items():
        answer.headers[name] = value
    return answer
