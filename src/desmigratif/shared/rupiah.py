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


_UNITS = (
    "nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas",
)  # fmt: skip
_STEPS = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (10**3, "ribu"), (100, "ratus"), (10, "puluh"))


def rupiah_in_words(amount: int) -> str:
    """Dua juta lima ratus ribu rupiah, as a receipt says it: whatever the sign of the amount."""
    return f"{_number_in_words(abs(amount)).capitalize()} rupiah"


def _number_in_words(number: int) -> str:
    if number < 12:
        return _UNITS[number]
    if number < 20:
        return f"{_UNITS[number - 10]} belas"
    step, name = next(row for row in _STEPS if number >= row[0])
    count, rest = divmod(number, step)
    head = f"se{name}" if count == 1 and name in ("ratus", "ribu") else f"{_number_in_words(count)} {name}"
    return f"{head} {_number_in_words(rest)}" if rest else head
