"""The second factor's forms: five wrong codes make an account wait, so that codes cannot be guessed.

Counted on the account, not on the address: whoever is asked for a code already has the password.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm as PlainAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as PlainReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm as PlainActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm as PlainAddWebAuthnForm
from allauth.mfa.webauthn.forms import EditWebAuthnForm as PlainEditWebAuthnForm
from django import forms
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from desmigratif.access.models import User

CODES_IN_A_ROW = 5
MOST_LETTERS = 40
WAITS = timedelta(minutes=15)


class LimitedCodes(forms.Form):
    """Wrong codes in a row are counted in the database, before anything is compared."""

    user: User

    def clean_code(self) -> str:
        now = timezone.now()
        self._refuse_while_waiting(now)
        try:
            code: str = super().clean_code()  # type: ignore[misc]
        except forms.ValidationError:
            self._count(now)
            raise
        User.objects.filter(pk=self.user.pk, wrong_codes__gt=0).update(wrong_codes=0)
        return code

    def _refuse_while_waiting(self, now: datetime) -> None:
        until = User.objects.values_list("codes_wait_until", flat=True).get(pk=self.user.pk)
        if until is not None and now < until:
            at = timezone.localtime(until)
            raise forms.ValidationError(
                _("Kode salah terlalu sering. Coba lagi sesudah pukul %(at)s.") % {"at": f"{at:%H.%M}"}
            )

    def _count(self, now: datetime) -> None:
        users = User.objects.filter(pk=self.user.pk)
        users.update(wrong_codes=F("wrong_codes") + 1)
        users.filter(wrong_codes__gte=CODES_IN_A_ROW).update(wrong_codes=0, codes_wait_until=now + WAITS)


class ActivateTOTPForm(PlainActivateTOTPForm):
    """Whoever has just shown the first code has proven that they hold the new second factor."""

    def clean_code(self) -> str:
        code: str = super().clean_code()
        record_authentication(context.request, self.user, "mfa", type="totp")
        return code


class AddPasskeyForm(PlainAddWebAuthnForm):
    """A new passkey: the browser has made it; whoever did so holds it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name, alone = self.fields["name"], self.fields["passwordless"]
        name.label = _("Nama kunci")
        name.help_text = _("Supaya Anda ingat perangkatnya, misalnya HP Siti.")
        name.widget.attrs["maxlength"] = MOST_LETTERS
        alone.label = _("Bisa juga untuk masuk tanpa kata sandi")
        alone.help_text = _("Perangkat minta sidik jari, wajah, atau PIN. Hanya di perangkat milik Anda sendiri.")

    def clean_name(self) -> str:
        return str(super().clean_name())[:MOST_LETTERS]

    def clean(self) -> dict[str, Any]:
        try:
            cleaned: dict[str, Any] = super().clean()
        except forms.ValidationError:
            raise forms.ValidationError(_("Kunci sandi belum terbaca. Muat ulang halaman, lalu coba lagi.")) from None
        if not self.errors:
            record_authentication(context.request, self.user, "mfa", type="webauthn")
        return cleaned


class NamePasskeyForm(PlainEditWebAuthnForm):
    """Another name for it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = forms.CharField(label=_("Nama kunci"), max_length=MOST_LETTERS)


class AuthenticateForm(LimitedCodes, PlainAuthenticateForm):
    """At sign-in."""


class ReauthenticateForm(LimitedCodes, PlainReauthenticateForm):
    """Before something grave."""
