"""One-time codes by which a person sets their own password: handed over on paper, short-lived, used once.

The code is made from the id of the act that asked for it and a key of this machine: a form sent twice shows the
same code twice, and neither the form nor the database ever holds it. What is kept is a keyed digest, bound to the
account.
"""

from __future__ import annotations

import hmac
import re
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest
from django.utils import timezone

from desmigratif.access.models import EntryCode, User
from desmigratif.access.signin import own_account
from desmigratif.audit import unit
from desmigratif.audit.unit import Subject
from desmigratif.shared.crypto import keyed_digest, keyring

LASTS = timedelta(hours=48)
LASTS_FROM_TERMINAL = timedelta(hours=1)
_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 12  # 30 letters: 58 bits


def entry_code(act_id: UUID) -> str:
    """The code of one act, in groups of four: `7F3K-92QD-M4TX`."""
    number = int.from_bytes(hmac.new(keyring().key_for("entry-code"), act_id.bytes, sha256).digest(), "big")
    letters = []
    for _ in range(_LENGTH):
        number, rest = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[rest])
    text = "".join(letters)
    return "-".join(text[start : start + 4] for start in range(0, _LENGTH, 4))


def digest_of(code: str, user_id: UUID) -> str:
    """What is kept of a code, typed in any case, with or without dashes."""
    typed = re.sub(r"[^A-Z0-9]", "", code.upper())
    return keyed_digest(keyring().key_for("entry-code-digest"), typed.encode(), user_id.bytes)


def standing_code(user: User, now: datetime) -> EntryCode | None:
    """The code that this account may still be entered with."""
    return EntryCode.objects.filter(user=user, used_at=None, until__gt=now).order_by("-made_at").first()


class EntryCodeBackend(BaseBackend):
    """Lets a code pass the door that passwords pass, so that wrong ones count together and lock out alike."""

    def authenticate(
        self, request: HttpRequest | None, username: str = "", entry_token: str = "", **others: Any
    ) -> User | None:
        """The account of a code that may be used; uses nothing up. None for everything else."""
        if not entry_token:
            return None
        user = User.objects.filter(username__iexact=username, is_active=True).first()
        known = standing_code(user, timezone.now()) if user else None
        right = known.code_digest if known else ""
        given = digest_of(entry_token, user.id if user else UUID(int=0))
        return user if hmac.compare_digest(right, given) else None


def enter(user: User, code: str, password: str, now: datetime) -> bool:
    """Set the person's own password and use the code up; False when another was quicker. Every session ends."""
    with own_account.unit_for(user, now):
        taken = EntryCode.objects.filter(
            user=user, code_digest=digest_of(code, user.id), used_at=None, until__gt=now
        ).update(used_at=now)
        if not taken:
            return False
        user.set_password(password)
        user.must_change_password = False
        user.save(update_fields=["password", "must_change_password"])
        unit.record("account.entered_by_code", subjects=[Subject("user", user.id)])
    return True
