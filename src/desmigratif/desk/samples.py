from __future__ import annotations

from typing import Any


def sample_context() -> dict[str, Any]:
    return {"place_name": "Desa Kuripan", "place_above": "Kecamatan Garung, Wonosobo", "demo_mode": True}
