"""Money: a whole number of rupiah, always."""

from __future__ import annotations

import re

_SHAPE = re.compile(r"^(?:rp\.?\s*)?(\d{1,3}(?:\.\d{3})+|\d+)(?:,-|,00)?$", re.IGNORECASE)


def format_rupiah(amount: int) -> str:
    """Rp2.500.000; a negative amount is -Rp2.500.000."""
    sign = "-" if amount < 0 else ""
    return f"{sign}Rp{abs(amount):,}".replace(",", ".")


def parse_rupiah(text: str) -> int:
    """Read 2500000, 2.500.000, Rp 2.500.000 or Rp2.500.000,00. Raises `ValueError` for anything else."""
    found = _SHAPE.match(text.strip())
    if not found:
        raise ValueError(f"not an amount of rupiah: {text!r}")
    return int(found.group(1).replace(".", ""))
