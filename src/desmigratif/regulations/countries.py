"""The world's countries by ISO 3166-1 alpha-3 code, with their Indonesian names."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from importlib.resources import files

import yaml


@cache
def country_names() -> dict[str, str]:
    """Code -> Indonesian name, in the order of the names: what a form offers."""
    text = files("desmigratif.regulations").joinpath("countries.yaml").read_text(encoding="utf-8")
    names: dict[str, str] = yaml.safe_load(text)
    return dict(sorted(names.items(), key=lambda item: item[1]))


def country_name(code: str) -> str:
    """The Indonesian name of a country; a code that is not in the list is its own name."""
    return country_names().get(code, code)


def countries_called(text: str) -> list[str]:
    """Codes of the countries, never Indonesia, that somebody may mean who writes this: the one of exactly that name,
    else those whose name has a word that begins so."""
    wanted, codes = _plain(text), _codes_abroad()
    if wanted in codes:
        return [codes[wanted]]
    return [code for name, code in codes.items() if wanted and f" {wanted}" in f" {name}"]


def countries_spelled_like(text: str) -> list[str]:
    """Codes of up to three countries whose names look much like this, the likest first."""
    codes = _codes_abroad()
    return [codes[name] for name in get_close_matches(_plain(text), codes, n=3, cutoff=0.7)]


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _codes_abroad() -> dict[str, str]:
    return {_plain(name): code for code, name in country_names().items() if code != "IDN"}
