"""allauth with our habits: nobody signs up alone; accounts come from an administrator."""

from __future__ import annotations

import base64
import time
from datetime import timedelta
from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from desmigratif.access import reads
from desmigratif.access.models import User
from desmigratif.access.queries import actor_for, factor_reset_since
from desmigratif.access.signin import own_account, sealed_factors, second_factor
from desmigratif.audit.unit import Subject
from desmigratif.shared import crypto
from desmigratif.shared.dates import format_moment

_FACTOR_EVENTS = {
    "totp_activated": ("second_factor.added", "totp"),
    "totp_deactivated": ("second_factor.removed", "totp"),
    "webauthn_added": ("second_factor.added", "webauthn"),
    "webauthn_removed": ("second_factor.removed", "webauthn"),
    "recovery_codes_generated": ("second_factor.codes_made", "recovery_codes"),
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("Nama pengguna atau kata sandi tidak cocok."),
        "too_many_login_attempts": _("Terlalu sering mencoba. Tunggu beberapa menit, lalu coba lagi."),
    }

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """A password that its owner chose need not be changed again; the change leaves a trace."""
        assert isinstance(user, User)  # noqa: S101  the only kind of account there is
        user.must_change_password = False
        super().set_password(user, password)
        now = timezone.now()
        actor = actor_for(user, today=timezone.localdate(now))
        reads.opened(
            actor,
            "account.password_changed",
            village_code=actor.home_code,
            subjects=[Subject("user", user.id)],
            now=now,
        )

    def clean_password(self, password: str, user: AbstractBaseUser | None = None) -> str:
        """The validators of the settings; and a handed-over password is not chosen again."""
        if isinstance(user, User) and user.must_change_password and user.check_password(password):
            raise ValidationError(_("Pilih kata sandi yang berbeda dari kata sandi awal."))
        return str(super().clean_password(password, user))

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who proved themselves within the last minutes is not asked again; with a second factor only that counts."""
        request = context.request
        if second_factor.has_one(request.user):
            within = timedelta(seconds=settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)
            return not second_factor.was_given(request, within=within, now=timezone.now())
        records = get_authentication_records(request, request.user)
        if records and time.time() - records[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT:
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def get_reauthentication_methods(self, user: AbstractBaseUser | AnonymousUser) -> list[dict[str, Any]]:
        """Whoever has a second factor proves themselves with it: a password may have been looked at."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [method for method in methods if method["id"] != "reauthenticate"] or methods

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Where the library tells of a changed second factor we write it down; nobody here has a mailbox."""
        told = _FACTOR_EVENTS.get(template_prefix.rsplit("/", 1)[-1])
        if told is not None:
            own_account.note(cast(User, user), told[0], timezone.now(), kind=told[1])

    def get_login_stages(self) -> list[str]:
        ours = {"allauth.mfa.stages.AuthenticateStage": "desmigratif.access.signin.stages.FactorStage"}
        stages = [ours.get(path, path) for path in super().get_login_stages()]
        return [*stages, "desmigratif.access.signin.stages.EnrolStage"]

    def pre_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse | None:
        """Whose second factor was taken away since their last sign-in is told by whom."""
        refusal: HttpResponse | None = super().pre_login(request, user, **kwargs)
        done = None if refusal else factor_reset_since(user.pk, user.last_login)
        if done is not None:
            said = {
                "moment": format_moment(done.at, 7),
                "asker": done.asked_by,
                "second": done.confirmed_by,
            }
            messages.warning(
                request,
                _(
                    "Pengaman kedua akun Anda dilepas pada %(moment)s, diminta %(asker)s dan disetujui %(second)s. "
                    "Pasang lagi sekarang. Kalau Anda tidak memintanya, segera hubungi pengelola."
                )
                % said,
            )
        return refusal

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class MFAAdapter(DefaultMFAAdapter):
    """The second factor's own sentences, in Indonesian; and its secrets sealed at rest."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("Kode tidak cocok. Tunggu angka berikutnya, lalu coba lagi."),
    }

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        """What stands in the field until somebody writes a better name."""
        standing = Authenticator.objects.filter(user=user, type=type).count()
        return _("Kunci %(number)d") % {"number": standing + 1}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": settings.MFA_TOTP_ISSUER}

    def build_totp_svg(self, url: str) -> str:
        """The QR code of the page that sets the factor up, as one short path: the library draws one per row,
        nine times as heavy, and of a length that changes with the secret."""
        import segno  # only who draws a QR carries it

        return str(segno.make_qr(url, error="l").svg_inline(border=4, omitsize=True, svgclass=None, lineclass=None))

    def encrypt(self, text: str) -> str:
        return base64.b64encode(crypto.seal(_mfa_key(), text.encode(), place=sealed_factors.place())).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return crypto.unseal(_mfa_key(), base64.b64decode(encrypted_text), place=sealed_factors.place()).decode()


def _mfa_key() -> bytes:
    return crypto.keyring().key_for("mfa-secrets")
