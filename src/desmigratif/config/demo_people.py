"""Lets a newcomer of a demo sign in with one tap. Wired in by the settings of a demo only."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from desmigratif.demo.build import accounts


def demo_people(request: HttpRequest) -> dict[str, Any]:
    """The demo's sign-ins for the sign-in page; looked up only by a page that shows them."""
    return {"demo_people": accounts}
