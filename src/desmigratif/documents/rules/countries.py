"""Names of countries as they stand in letters, by ISO 3166-1 alpha-3.

`countries.json` is also bundled into the public check page, so that paper, file check and browser use one
name. Codes: ISO 3166-1. Names: Unicode CLDR, Indonesian (Unicode licence), shortened where everyday speech
is shorter.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files


@cache
def country_names() -> dict[str, str]:
    """Every known country, `{"SAU": "Arab Saudi", ...}`."""
    text = files("desmigratif.documents.rules").joinpath("countries.json").read_text(encoding="utf-8")
    names: dict[str, str] = json.loads(text)
    return names


def country_name(code: str) -> str:
    """The Indonesian name of a country. Raises `KeyError` for a code that is not ISO 3166-1 alpha-3."""
    return country_names()[code]
