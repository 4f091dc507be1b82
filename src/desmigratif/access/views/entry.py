"""Coming in for the first time, or again: with the one-time code on paper a person sets the own password."""

from __future__ import annotations

from typing import Any

from axes.helpers import get_client_ip_address
from axes.utils import reset as forget_wrong_passwords
from django import forms
from django.contrib import messages
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from desmigratif.access import entry_codes
from desmigratif.access.models import User
from desmigratif.access.routes import public


class EntryForm(forms.Form):
    """The code is tried last, so that a weak password costs no try."""

    username = forms.CharField(
        label=_("Nama pengguna"),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    code = forms.CharField(
        label=_("Kode sekali pakai"),
        max_length=30,
        help_text=_("Tertulis di kertas dari pengelola, misalnya 7F3K-92QD-M4TX."),
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "class": "w-code", "data-no-draft": ""}
        ),
    )
    password = forms.CharField(
        label=_("Kata sandi pilihan Anda"),
        max_length=200,
        strip=False,
        help_text=_("Sedikitnya 12 huruf. Empat kata yang tidak berhubungan mudah diingat."),
        widget=forms.PasswordInput({"autocomplete": "new-password", "data-no-draft": ""}),
    )
    again = forms.CharField(
        label=_("Kata sandi, sekali lagi"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password", "data-no-draft": ""}),
    )

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._request = request
        self.user: User | None = None

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        self._check_password(cleaned)
        if not self.errors:
            found = authenticate(self._request, username=cleaned["username"], entry_token=cleaned["code"])
            self.user = found if isinstance(found, User) else None
            if self.user is None:
                self.add_error("code", WRONG)
        return cleaned

    def _check_password(self, cleaned: dict[str, Any]) -> None:
        password, again = cleaned.get("password"), cleaned.get("again")
        if password and again and password != again:
            self.add_error("again", _("Kedua kata sandi belum sama."))
        if password:
            try:
                validate_password(password, user=User(username=cleaned.get("username", "")))
            except ValidationError as problem:
                self.add_error("password", problem)


WRONG = _("Nama pengguna dan kode ini tidak cocok, atau kodenya sudah dipakai atau kedaluwarsa.")


@public(methods=("GET", "POST"))
def enter(request: HttpRequest) -> HttpResponse:
    """Name, code, and a password of one's own, typed twice; then sign in with it."""
    if getattr(request, "actor", None) is not None:
        return redirect("access:mine")
    form = EntryForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid() and form.user is not None:
        said = form.cleaned_data
        now = request.now  # type: ignore[attr-defined]
        if entry_codes.enter(form.user, said["code"], said["password"], now):
            forget_wrong_passwords(username=form.user.username, ip=get_client_ip_address(request))
            messages.success(request, _("Kata sandi Anda sudah tersimpan. Silakan masuk."))
            return redirect("account_login")
        form.add_error("code", WRONG)
    return render(request, "access/enter.html", {"form": form})
