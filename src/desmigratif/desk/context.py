"""What every desk page shows around its content."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def desk(request: HttpRequest) -> dict[str, Any]:
    return {
        "demo_mode": settings.DEMO,
        "actor": getattr(request, "actor", None),
        "village": getattr(request, "village", None),
    }
