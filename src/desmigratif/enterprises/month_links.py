"""The address by which a group's treasurer fills in its months, without an account."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings

from desmigratif.access.actor import ActiveGrant, Actor
from desmigratif.access.roles import GROUP_TREASURER
from desmigratif.enterprises.models import MonthLink
from desmigratif.shared import link_tokens

_PURPOSE = "group-month"


def token_of(link_id: UUID) -> str:
    return link_tokens.token_of(_PURPOSE, link_id)


def digest_of(token: str) -> str:
    return link_tokens.digest_of(_PURPOSE, token)


def address_of(link_id: UUID) -> str:
    """Where the treasurer writes, as it is printed."""
    return f"{settings.PUBLIC_URL}/bulan/{token_of(link_id)}/"


def link_of(token: str) -> MonthLink | None:
    """The link of a token with its group; None for a token that nobody was given."""
    digest = digest_of(token)
    rows = MonthLink.objects.everywhere().select_related("group")
    return rows.filter(token_digest=digest).first() if digest else None


def holder_of(link: MonthLink) -> Actor:
    """Whoever writes by a link: the months of its group, and nothing else."""
    return Actor(link.id, link.group.name, (ActiveGrant(GROUP_TREASURER, link.village_code),))
