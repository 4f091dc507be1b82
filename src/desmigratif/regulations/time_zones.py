"""In which time zones the world's countries lie, by ISO 3166-1 alpha-3 code."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

import yaml


@cache
def time_zones() -> dict[str, tuple[str, ...]]:
    """Country -> names of its zones, the most peopled first."""
    text = files("desmigratif.regulations").joinpath("time_zones.yaml").read_text(encoding="utf-8")
    return {code: tuple(zones) for code, zones in yaml.safe_load(text).items()}


def zones_of(country: str) -> tuple[str, ...]:
    """The zones of a country; of one that nobody knows, none."""
    return time_zones().get(country, ())


@cache
def zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def place_of_zone(name: str) -> str:
    """Asia/Hong_Kong -> Hong Kong: how a zone is called on a screen."""
    return name.rpartition("/")[2].replace("_", " ")
