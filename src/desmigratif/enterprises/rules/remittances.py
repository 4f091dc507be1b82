"""What of the money sent home becomes an enterprise, savings, school: told freely and in bands. Plain Python."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from desmigratif.shared.dated import value_on
from desmigratif.shared.reasons import Reason

FILE = "enterprise_life"
NONE = "none"


def bands_on(day: date) -> dict[str, str]:
    return {code: told["label"] for code, told in value_on(f"{FILE}.remittances", day).items()}


def uses_on(day: date) -> Mapping[str, str]:
    uses: Mapping[str, str] = value_on(f"{FILE}.remittance_uses", day)
    return uses


def counted_rupiah(band: str, day: date) -> int:
    """What an answer counts as, in rupiah a month."""
    counted: int = value_on(f"{FILE}.remittances", day)[band]["counted"]
    return counted


def reasons_not_to_tell(*, received: str, used: Mapping[str, str], on: date) -> list[Reason]:
    """Why this answer cannot be; empty means it can."""
    bands = bands_on(on)
    fields = {"received": received, **used}
    wrong = [
        Reason("unknown_band", "Pilih salah satu rentang.", field=one)
        for one, said in fields.items()
        if said not in bands
    ]
    if wrong:
        return wrong
    order = list(bands)
    above = [use for use, said in used.items() if order.index(said) > order.index(received)]
    return [
        Reason("more_than_received", "Yang dipakai tidak bisa lebih dari yang diterima.", field=use) for use in above
    ]


def invested(used: Mapping[str, str], received: str, day: date) -> tuple[int, int]:
    """Rupiah of an answer that were invested, at most what was received; and what was received."""
    got = counted_rupiah(received, day)
    return min(sum(counted_rupiah(said, day) for said in used.values()), got), got
