"""Lets a newcomer of a demo sign in with one tap, and open what is sealed. Wired in by the settings of a demo only."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from desmigratif.demo.accounts import accounts
from desmigratif.demo.world import ENVELOPE_PASSPHRASE


def demo_people(request: HttpRequest) -> dict[str, Any]:
    """The demo's sign-ins for the sign-in page, looked up only by a page that shows them; and what opens its sealed
    notes, for the page that opens them."""
    return {"demo_people": accounts, "demo_passphrase": ENVELOPE_PASSPHRASE}
