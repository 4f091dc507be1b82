"""Finding a person again without keeping who it is: blind indexes of name with birthday, and of the NIK."""

from __future__ import annotations

from datetime import date

from desmigratif.people.rules.names import fold_name
from desmigratif.people.sealing import nik_index
from desmigratif.shared import crypto


def person_index(name: str, birth_date: date | None) -> str:
    """One human being by folded name and birthday; empty when one of them is not known."""
    folded = fold_name(name)
    if not folded or birth_date is None:
        return ""
    return crypto.blind_index("barred", f"{folded}|{birth_date.isoformat()}")


def maybe_nik_index(nik: str | None) -> str:
    return nik_index(nik) if nik else ""
