"""Who acts: a person, a command or a job, with what they may do and where.

Plain values; only the old codes of a region are looked up, once a process.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from desmigratif.access.permissions import Permission
from desmigratif.access.roles import ADMINISTRATOR, OPERATOR, PUBLIC_DOOR, ROLES, VILLAGE_OFFICER, Role
from desmigratif.regions.queries import prefixes_of

NATION = "ID"
COMMAND_ID = UUID("00000000-0000-7000-8000-000000000001")
PUBLIC_ID = UUID("00000000-0000-7000-8000-000000000003")
SET_UP_ID = UUID("00000000-0000-7000-8000-000000000002")


def covers(region_code: str, code: str) -> bool:
    """Whether a region (by code) contains another: whole parts of the code, so 33.0 is not above 33.07."""
    return region_code == NATION or code == region_code or code.startswith(region_code + ".")


def covers_today(region_code: str, code: str) -> bool:
    """Whether a region contains another, or an old code of something that lies in it today."""
    return covers(region_code, code) or any(covers(part, code) for part in codes_in(region_code)[1:])


def codes_in(region_code: str) -> tuple[str, ...]:
    """The codes under which a region's records stand: its own first, then the old codes that it took over."""
    return (NATION,) if region_code == NATION else prefixes_of(region_code)


@dataclass(frozen=True, slots=True)
class ActiveGrant:
    role: Role
    region_code: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who reads or writes, with the grants that hold today."""

    id: UUID
    label: str
    grants: tuple[ActiveGrant, ...]

    def regions_for(self, permission: Permission) -> tuple[str, ...]:
        """The region codes in which this permission holds, widest first, none inside another."""
        codes = sorted({g.region_code for g in self.grants if permission in g.role.may}, key=len)
        if NATION in codes:
            return (NATION,)
        kept: list[str] = []
        for code in codes:
            if not any(covers(wider, code) for wider in kept):
                kept.append(code)
        return tuple(kept)

    def may(self, permission: Permission, code: str) -> bool:
        """Whether this permission holds there, also where the code is an old one of the region's."""
        return any(covers_today(region, code) for region in self.regions_for(permission))

    def may_anywhere(self, permission: Permission) -> bool:
        return bool(self.regions_for(permission))

    @property
    def home_code(self) -> str:
        """The region whose chain keeps acts without a village."""
        return self.grants[0].region_code if self.grants else NATION

    @property
    def role_code(self) -> str:
        return self.grants[0].role.code if self.grants else ""


def operator(label: str = "perintah") -> Actor:
    """The person at the server's command line."""
    return Actor(COMMAND_ID, label, (ActiveGrant(OPERATOR, NATION),))


def set_up_actor() -> Actor:
    """The first run, before anybody has an account."""
    return Actor(SET_UP_ID, "pemasangan", (ActiveGrant(ADMINISTRATOR, NATION),))


def public_door() -> Actor:
    """Whoever sends a report through the public page: nobody that we know."""
    return Actor(PUBLIC_ID, "halaman lapor", (ActiveGrant(PUBLIC_DOOR, NATION),))


def person(id: UUID, label: str, *grants: tuple[str, str]) -> Actor:
    """An actor from (role code, region code) pairs."""
    return Actor(id, label, tuple(ActiveGrant(ROLES[role], region) for role, region in grants))


__all__ = [
    "NATION",
    "VILLAGE_OFFICER",
    "ActiveGrant",
    "Actor",
    "codes_in",
    "covers",
    "covers_today",
    "operator",
    "person",
    "public_door",
    "set_up_actor",
]
