"""Telephone numbers: kept as E.164 (+62812...), shown as people write them."""

from __future__ import annotations

import re

_SIGNS = re.compile(r"[\s().\-/’']+")
_E164 = re.compile(r"^\+[1-9][0-9]{7,14}$")
# National numbers without the 0: mobile 8.. with 9 to 12 digits, fixed lines 2..7, 9 with 7 to 11.
_INDONESIAN = re.compile(r"^\+62(?:8[1-9][0-9]{7,10}|[2-79][0-9]{6,10})$")


def normalise(text: str) -> str:
    """E.164 of a number as people write it: 0812.., 62812.., +62 812.., 812.., +852.., 00852..

    A number without + or 00 is Indonesian. Raises `ValueError` when no telephone number can be meant.
    """
    compact = _SIGNS.sub("", text.strip())
    number = _with_country(compact)
    shape = _INDONESIAN if number.startswith("+62") else _E164
    if not (number.isascii() and shape.match(number)):
        raise ValueError("not a telephone number")
    return number


def _with_country(compact: str) -> str:
    if compact.startswith("00"):
        compact = f"+{compact[2:]}"
    if compact.startswith("+620"):  # +62 0812...: both prefixes written
        return f"+62{compact[4:]}"
    if compact.startswith("+"):
        return compact
    if compact.startswith("620"):
        return f"+62{compact[3:]}"
    if compact.startswith("62"):
        return f"+{compact}"
    if compact.startswith("0"):
        return f"+62{compact[1:]}"
    if compact.startswith("8"):
        return f"+62{compact}"
    raise ValueError("not a telephone number")


def display(number: str) -> str:
    """0812-3456-7890 for Indonesia, +852 1234 5678 elsewhere is left as +85212345678."""
    if not number.startswith("+628"):
        return f"0{number[3:]}" if number.startswith("+62") else number
    national = f"0{number[3:]}"
    return "-".join(part for part in (national[:4], national[4:8], national[8:]) if part)


def mask(number: str) -> str:
    """Only the last three digits: +62•••••••••890."""
    head = "+62" if number.startswith("+62") else "+"
    return head + "•" * max(len(number) - len(head) - 3, 0) + number[-3:]


def whatsapp_link(number: str) -> str:
    """https://wa.me/62812...; the number must be E.164."""
    return f"https://wa.me/{number.lstrip('+')}"
