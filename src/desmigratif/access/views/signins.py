"""Where I am signed in, which browsers are remembered, and the question whether to remember this one."""

from __future__ import annotations

from uuid import UUID

from allauth.account.internal.decorators import login_stage_required
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from desmigratif.access.queries import open_sessions_of
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import public, signed_in
from desmigratif.access.signin import enrolled, own_account
from desmigratif.access.signin.stages import EnrolStage
from desmigratif.shared.reasons import NotFoundOrNotYours


@public(methods=("GET", "POST"))
@login_stage_required(stage=EnrolStage.key, redirect_urlname="account_login")  # type: ignore[untyped-decorator]
def enrol(request: HttpRequest) -> HttpResponse:
    """After the second factor: remember this browser for thirty days?"""
    if request.method != "POST":
        return render(request, "access/enrol.html", {"days": enrolled.LASTS.days})
    stage = request._login_stage  # type: ignore[attr-defined]
    response: HttpResponse = stage.exit()
    if request.POST.get("ingat") == "ya" and request.user.is_authenticated:
        enrolled.enrol(request, response, request.user, request.now)  # type: ignore[attr-defined]
    return response


@signed_in
def sign_ins(request: DeskRequest) -> HttpResponse:
    """Open sessions, this one marked, and remembered browsers."""
    context = {
        "sessions": open_sessions_of(request.user, this_key=request.session.session_key, now=request.now),
        "browsers": enrolled.standing_browsers(request.user, request.now),
    }
    return render(request, "access/sign_ins.html", context)


@signed_in(methods=("POST",))
def end_session(request: DeskRequest, public_id: UUID) -> HttpResponse:
    """Sign one of them out."""
    if not own_account.end_session(request.user, public_id, request.now):
        raise NotFoundOrNotYours
    messages.success(request, _("Perangkat itu sudah keluar."))
    return redirect("access:sign_ins")


@signed_in(methods=("POST",))
def end_other_sessions(request: DeskRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    ended = own_account.end_other_sessions(request.user, but=request.session.session_key, now=request.now)
    said = _("%(count)d perangkat lain sudah keluar.") % {"count": ended} if ended else _("Tidak ada perangkat lain.")
    messages.success(request, said)
    return redirect("access:sign_ins")


@signed_in(methods=("POST",))
def forget_browser(request: DeskRequest, browser_id: UUID) -> HttpResponse:
    """Ask this browser for the second factor again."""
    if not own_account.forget_browser(request.user, browser_id, request.now):
        raise NotFoundOrNotYours
    messages.success(request, _("Peramban itu tidak diingat lagi."))
    return redirect("access:sign_ins")
