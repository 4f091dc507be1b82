"""What the register gives of a person to a row in which nobody may be recognised."""

from __future__ import annotations

from datetime import date
from typing import Any

from desmigratif.people.models import Sex
from desmigratif.shared.dates import age_on


def sex_and_age(sex: str, born: date | None, on: date) -> dict[str, Any]:
    """The columns `jenis_kelamin` and `umur` (full years on that day); None where the register does not know."""
    return {
        "jenis_kelamin": str(Sex(sex).label).lower() if sex else None,
        "umur": age_on(born, on) if born and born <= on else None,
    }
