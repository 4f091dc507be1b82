"""allauth with our habits: nobody signs up alone; accounts come from an administrator."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from desmigratif.access import reads
from desmigratif.access.models import User
from desmigratif.access.queries import actor_for
from desmigratif.audit.unit import Subject


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
        """Who signed in within the last minutes is not asked for the password a second time."""
        records = get_authentication_records(context.request, context.request.user)
        if records and time.time() - records[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT:
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class MFAAdapter(DefaultMFAAdapter):
    """The second factor's own sentences, in Indonesian."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("Kode tidak cocok. Tunggu angka berikutnya, lalu coba lagi."),
    }
