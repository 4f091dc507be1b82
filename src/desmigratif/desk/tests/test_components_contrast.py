"""Colours that can be read: contrast by the WCAG 2.2 formula, for light and for dark."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).resolve().parents[4] / "frontend" / "src" / "desk" / "css" / "tokens.css"
STATES = ("aman", "cek", "henti", "tidaktahu")
AA, AAA, EDGE = 4.5, 7.0, 3.0


def colours(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-fA-F]{6});", css))


def schemes() -> dict[str, dict[str, str]]:
    light, _, dark = TOKENS.read_text().partition("@media (prefers-color-scheme: dark)")
    return {"light": colours(light), "dark": colours(light) | colours(dark)}


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def pairs() -> list[tuple[str, str, float]]:
    grounds = ("ground", "surface", "sunken", "teal-tint", "next-tint", *(f"{state}-tint" for state in STATES))
    body = [("ink", ground, AAA) for ground in grounds]
    soft = [("ink-soft", ground, AA) for ground in grounds]
    links = [("teal", ground, AA) for ground in ("ground", "surface", "sunken", "teal-tint")]
    badges = [(state, f"{state}-tint", AA) for state in STATES] + [("next", "next-tint", AA), ("next", "surface", AA)]
    bands = [(f"on-{state}", f"{state}-solid", AA) for state in STATES]
    rest = [
        ("on-next", "next", AA),
        ("on-next", "next-strong", AA),
        ("on-band", "band", AAA),
        ("on-band-soft", "band", AA),
        ("on-band", "band-raised", AA),
        ("henti", "surface", AA),
        ("henti", "ground", AA),
    ]
    edges = [(line, ground, EDGE) for line in ("line-strong", "focus") for ground in ("surface", "ground")]
    return [*body, *soft, *links, *badges, *bands, *rest, *edges]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_and_edges_stand_out_from_what_is_behind_them(scheme: str) -> None:
    colour = schemes()[scheme]
    weak = {
        f"{front} on {back}": round(contrast(colour[front], colour[back]), 2)
        for front, back, least in pairs()
        if contrast(colour[front], colour[back]) < least
    }
    assert weak == {}


def test_the_formula_knows_black_on_white() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
