"""Small words of letters: text that any printer can set, numbers in words, Roman months, short names."""

from __future__ import annotations

import re
import unicodedata

HOLDER_WORDS = 8  # more words of a name are left out
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_ONES = (
    "nol", "satu", "dua", "tiga", "empat", "lima",
    "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas",
)  # fmt: skip
_PRINTABLE = (
    (0x20, 0x7E), (0xA0, 0x17F), (0x1E00, 0x1EFF), (0x2010, 0x2014), (0x2018, 0x201E),
    (0x2022, 0x2022),
    (0x2026, 0x2026),
)  # fmt: skip


def printable(text: str) -> str:
    """The text as letters print and sign it: one line, single spaces, no invisible or right-to-left marks.

    Characters outside Latin writing become "?": the archive format forbids a letter with missing glyphs, and
    a letter must never fail because of one odd character.
    """
    if text.isascii() and text.isprintable():  # almost everything
        return " ".join(text.split())
    kept = []
    for character in unicodedata.normalize("NFC", text):
        category = unicodedata.category(character)
        if character.isspace() or category == "Cc":
            kept.append(" ")
        elif category not in ("Cf", "Mn"):
            kept.append(character if _is_printable(character) else "?")
    return " ".join("".join(kept).split())


def _is_printable(character: str) -> bool:
    return any(first <= ord(character) <= last for first, last in _PRINTABLE)


def roman_month(month: int) -> str:
    """11 is XI. Raises `ValueError` outside 1 to 12."""
    if not 1 <= month <= 12:
        raise ValueError(f"not a month: {month}")
    return _ROMAN[month - 1]


def in_words(number: int) -> str:
    """24 is "dua puluh empat". Raises `ValueError` outside 0 to 999."""
    if not 0 <= number <= 999:
        raise ValueError(f"cannot write in words: {number}")
    if number < 12:
        return _ONES[number]
    if number < 20:
        return f"{_ONES[number - 10]} belas"
    if number < 100:
        tens, rest = divmod(number, 10)
        return f"{_ONES[tens]} puluh" + (f" {_ONES[rest]}" if rest else "")
    hundreds, rest = divmod(number, 100)
    head = "seratus" if hundreds == 1 else f"{_ONES[hundreds]} ratus"
    return head + (f" {in_words(rest)}" if rest else "")


def short_holder(name: str) -> str:
    """First word and initials: "Siti Nur Aisyah" is "Siti N. A.".

    An abbreviation or title in front keeps the next word whole: "M. Rizki Fauzi" is "M. Rizki F.".
    """
    words = printable(name).split()
    shown, whole_word_seen = [], False
    for word in words[:HOLDER_WORDS]:
        if whole_word_seen:
            shown.append(f"{_initial(word)}.")
        else:
            shown.append(word[:24])
            whole_word_seen = not _is_abbreviation(word)
    return " ".join(shown)


def _is_abbreviation(word: str) -> bool:
    return len(word) == 1 or (word.endswith(".") and len(word) <= 4)


def _initial(word: str) -> str:
    letters = re.sub(r"\W", "", word)
    return letters[:1].upper() or "?"


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters, cut at a word and closed with "…" when something was left out."""
    text = printable(text)
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    return (cut[: cut.rfind(" ")] if " " in cut[limit // 2 :] else cut).rstrip(" ,.-") + "…"
