"""The world's countries by ISO 3166-1 alpha-3 code, with their Indonesian names."""

from __future__ import annotations

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
