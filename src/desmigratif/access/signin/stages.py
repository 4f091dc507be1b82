"""The steps of signing in after the password: the second factor, unless this browser counts as it, and the question
whether to remember the browser."""

from __future__ import annotations

from typing import cast

from allauth.account.stages import LoginStage
from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from desmigratif.access.models import User
from desmigratif.access.signin import enrolled


class FactorStage(AuthenticateStage):
    """allauth's, but a browser that its officer enrolled is believed."""

    def _should_handle(self, request: HttpRequest) -> bool:
        if not super()._should_handle(request):
            return False
        now = timezone.now()
        browser = enrolled.enrolled_browser(request, cast(User, self.login.user), now)
        if browser is None:
            return True
        enrolled.note_use(browser, now)
        return False


class EnrolStage(LoginStage):
    """Asked of village officers only, right after they gave their second factor."""

    key = "access_enrol"
    urlname = "access:enrol"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        factor = self.controller.get_stage(FactorStage.key)
        user = self.login.user
        was_asked = factor is not None and factor.state.get("authentication_required")
        if was_asked and isinstance(user, User) and enrolled.may_enrol(user, timezone.now()):
            return redirect("access:enrol"), True
        return None, True
