"""The address by which a caregiver tells the centre something, without an account."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings

from desmigratif.access.actor import ActiveGrant, Actor
from desmigratif.access.roles import CAREGIVER
from desmigratif.parenting.models import CaregiverLink
from desmigratif.shared import link_tokens

_PURPOSE = "caregiver"


def token_of(link_id: UUID) -> str:
    return link_tokens.token_of(_PURPOSE, link_id)


def digest_of(token: str) -> str:
    return link_tokens.digest_of(_PURPOSE, token)


def address_of(link_id: UUID) -> str:
    """Where the caregiver reads and writes, as it is printed."""
    return f"{settings.PUBLIC_URL}/pengasuh/{token_of(link_id)}/"


def link_of(token: str) -> CaregiverLink | None:
    """The link of a token with its caregiver; None for a token that nobody was given."""
    digest = digest_of(token)
    rows = CaregiverLink.objects.everywhere().select_related("caregiver")
    return rows.filter(token_digest=digest).first() if digest else None


def holder_of(link: CaregiverLink) -> Actor:
    """Whoever writes by a link: what its caregiver may tell of the own children, and nothing else."""
    return Actor(link.id, "", (ActiveGrant(CAREGIVER, link.village_code),))
