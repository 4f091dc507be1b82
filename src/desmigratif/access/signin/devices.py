"""Which browser on which device, in words that its owner knows again. Plain Python; keeps no version numbers."""

from __future__ import annotations

_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Internet Samsung"),
    ("UCBrowser", "UC Browser"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Android", "HP Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "komputer Windows"),
    ("CrOS", "Chromebook"),
    ("Macintosh", "komputer Mac"),
    ("Linux", "komputer Linux"),
)


def device_words(user_agent: str) -> str:
    """`Chrome di komputer Windows`; what nobody can tell is called so."""
    browser = next((name for sign, name in _BROWSERS if sign in user_agent), "Peramban lain")
    system = next((name for sign, name in _SYSTEMS if sign in user_agent), "perangkat lain")
    return f"{browser} di {system}"
