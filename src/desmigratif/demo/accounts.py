"""Who may sign in to the demo. Every page of a demo server knows it, so the world itself is not loaded for it."""

from __future__ import annotations

from dataclasses import dataclass

from desmigratif.access.roles import ROLES
from desmigratif.demo.world import PASSWORD, SIGN_INS
from desmigratif.regions.queries import region_name, village


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """What `desmigratif demo` prints for one account; role and region in words."""

    username: str
    password: str
    role: str
    region: str


def accounts() -> list[DemoAccount]:
    """The demo sign-ins, in the order in which the world tells them."""
    return [DemoAccount(s.username, PASSWORD, ROLES[s.role].label, _place(s.region)) for s in SIGN_INS]


def _place(code: str) -> str:
    return village(code).full_name if code.count(".") == 3 else region_name(code)
