"""The one-time address by which a body without an account answers one referral."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings

from desmigratif.access.actor import ActiveGrant, Actor
from desmigratif.access.roles import REFERRED_BODY
from desmigratif.cases.models import ReferralLink
from desmigratif.shared import link_tokens

_PURPOSE = "referral"


def token_of(link_id: UUID) -> str:
    """The token of a link, "7KQ2-M9XD-4T0B-81CE"."""
    return link_tokens.token_of(_PURPOSE, link_id)


def digest_of(token: str) -> str:
    """What is kept of a token, however it was typed; empty for what cannot be one."""
    return link_tokens.digest_of(_PURPOSE, token)


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
