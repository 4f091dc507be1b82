"""The token of a one-time link: worked out from the link's id and a key of the server, so only its digest is kept.

Sixteen signs of Crockford's base 32 (80 bits), to be typed from paper: O is 0, I and L are 1.
"""

from __future__ import annotations

import re
from uuid import UUID

from django.conf import settings

from desmigratif.access.actor import ActiveGrant, Actor
from desmigratif.access.roles import REFERRED_BODY
from desmigratif.cases.models import ReferralLink
from desmigratif.shared import crypto

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SIGNS = 16
_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SHAPE = re.compile(f"[{ALPHABET}]{{{_SIGNS}}}")


def token_of(link_id: UUID) -> str:
    """The token of a link, "7KQ2-M9XD-4T0B-81CE"."""
    value = int(crypto.keyed_digest(crypto.keyring().digest, b"referral-link", link_id.bytes)[:20], 16)
    signs = "".join(ALPHABET[(value >> shift) & 31] for shift in range(5 * (_SIGNS - 1), -5, -5))
    return "-".join(signs[start : start + 4] for start in range(0, _SIGNS, 4))


def digest_of(token: str) -> str:
    """What is kept of a token, however it was typed; empty for what cannot be one."""
    signs = re.sub(r"[\s.\-_]", "", token).upper().translate(_ALIKE)
    if not _SHAPE.fullmatch(signs):
        return ""
    return crypto.keyed_digest(crypto.keyring().digest, b"referral-token", signs.encode())


def address_of(link_id: UUID) -> str:
    """Where a body answers, as it is printed."""
    return f"{settings.PUBLIC_URL}/jawab/{token_of(link_id)}/"


def link_of(token: str) -> ReferralLink | None:
    """The link of a token, with its referral and whom it is about; None for a token that nobody was given."""
    digest = digest_of(token)
    rows = ReferralLink.objects.select_related("referral__resident__household", "referral__household")
    return rows.filter(token_digest=digest).first() if digest else None


def holder_of(link: ReferralLink) -> Actor:
    """Whoever answers by a link: may answer this referral and nothing else."""
    where = ActiveGrant(REFERRED_BODY, link.referral.village_code)
    return Actor(link.id, link.referral.body_name, (where,))
