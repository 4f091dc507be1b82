"""The lock of a shared PC: lock now, open again with the password, and send what waited."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from axes.helpers import get_client_ip_address
from axes.utils import reset as forget_wrong_passwords
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from desmigratif.access.models import User
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import machine, public, signed_in
from desmigratif.access.signin import kept_posts, sessions


class UnlockForm(forms.Form):
    """The password of the person whose screen it is."""

    password = forms.CharField(
        label=_("Kata sandi"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password", "autofocus": True, "data-no-draft": ""}),
    )

    def __init__(self, person: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._person = person

    def clean_password(self) -> str:
        """Asked at the same door as at sign-in, so that wrong ones count together."""
        password = str(self.cleaned_data["password"])
        if not get_adapter().reauthenticate(self._person, password):
            raise forms.ValidationError(_("Kata sandi tidak cocok. Coba lagi."))
        return password


@public(methods=("GET", "POST"))
def lock(request: HttpRequest) -> HttpResponse:
    """The locked screen: who it is, and nothing else. The right password leads back."""
    back_to = _back_to(request)
    person: User | None = getattr(request, "locked", None)
    if person is None:
        return redirect(back_to)
    form = UnlockForm(person, request.POST or None)
    if request.method == "POST" and form.is_valid():
        forget_wrong_passwords(username=person.username, ip=get_client_ip_address(request))
        sessions.unlock(request.session, request.now)  # type: ignore[attr-defined]
        return HttpResponse(status=204) if _is_script(request) else redirect(back_to)
    status = 403 if request.method == "POST" and _is_script(request) else 200
    context = {"form": form, "person": person, "back_to": back_to}
    return render(request, "access/locked.html", context, status=status)


@public(methods=("POST",))
def lock_now(request: HttpRequest) -> HttpResponse:
    """Whoever steps away from the desk. A stranger is sent to the first page, which asks to sign in."""
    if getattr(request, "actor", None) is not None:
        sessions.lock(request.session)
    if _is_script(request):
        return HttpResponse(status=204)
    return redirect(f"{reverse('access:lock')}?{urlencode({'next': _back_to(request)})}")


@machine(methods=("POST",))
def present(request: HttpRequest) -> HttpResponse:
    """Somebody is typing: that is use, too. The middleware has noted it."""
    return HttpResponse(status=204)


@signed_in(methods=("GET", "POST"))
def kept_form(request: DeskRequest) -> HttpResponse:
    """What was sent while the screen was locked: send it now, or throw it away."""
    if request.method == "POST":
        kept_posts.forget(request)
        return redirect("/")
    kept = kept_posts.kept_for(request, request.user)
    if kept is None:
        return redirect("/")
    return render(request, "access/kept_form.html", {"kept": kept})


def _back_to(request: HttpRequest) -> str:
    """A path of ours, or the first page. A bare word is no path: `redirect` would look for a view of that name."""
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    is_ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_ours else "/"


def _is_script(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"
