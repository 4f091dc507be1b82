"""To whom a complaint can go: villages with an officer, and the regencies above them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from desmigratif.access.queries import regions_with
from desmigratif.access.roles import REGENCY_COORDINATOR, VILLAGE_OFFICER
from desmigratif.regions.queries import UnknownRegion, region_name, village

Group = tuple[str, list[tuple[str, str]]]
_DOTS_OF_A_VILLAGE = 3


def served_places(today: date) -> list[Group]:
    """Per regency: its own inbox for whoever does not know the village, then its villages by name."""
    officers = [code for code in regions_with(VILLAGE_OFFICER.code, today) if code.count(".") == _DOTS_OF_A_VILLAGE]
    regencies = {_regency(code) for code in officers}
    regencies |= {code for code in regions_with(REGENCY_COORDINATOR.code, today) if code.count(".") == 1}
    groups = []
    for regency in sorted(regencies):
        rows = sorted((village(code).near_name, code) for code in _known(officers) if _regency(code) == regency)
        groups.append((_name(regency), [(regency, ""), *((code, name) for name, code in rows)]))
    return groups


def is_served(code: str, today: date) -> bool:
    return any(code == place for _, places in served_places(today) for place, _ in places)


def _regency(code: str) -> str:
    return ".".join(code.split(".")[:2])


def _known(codes: Iterable[str]) -> list[str]:
    found = []
    for code in codes:
        try:
            village(code)
        except UnknownRegion:
            continue
        found.append(code)
    return found


def _name(regency: str) -> str:
    try:
        return region_name(regency)
    except UnknownRegion:
        return regency
