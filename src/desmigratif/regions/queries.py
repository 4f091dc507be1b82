"""Looking regions up: by code, by name in any spelling, by parent; and what day it is there.

Look-ups by code are remembered for the life of the process (the list changes only with `load_regions`, which calls
`forget`). A code that is not in the list is never remembered.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from desmigratif.regions import rules
from desmigratif.regions.models import Level, Region, RegionAlias
from desmigratif.shared.dates import local_day


class UnknownRegion(LookupError):
    """No region has this code, in this list or in an older one that this database knew."""


@dataclass(frozen=True, slots=True)
class VillageInfo:
    """A village with the names of what it lies in, short as on screens: "Kec. Watumalang"."""

    code: str
    name: str
    kind: str
    district: str
    regency: str
    province: str
    postal_code: str
    utc_offset: int

    @property
    def label(self) -> str:
        """Desa Kuripan."""
        return f"{self.kind} {self.name}"

    @property
    def near_name(self) -> str:
        """Desa Kuripan, Kec. Watumalang: two villages of one regency may share a name."""
        return f"{self.label}, {self.district}"

    @property
    def full_name(self) -> str:
        """Desa Kuripan, Kec. Watumalang, Kab. Wonosobo."""
        return f"{self.label}, {self.district}, {self.regency}"


@dataclass(frozen=True, slots=True)
class RegionChoice:
    """A region in a list to choose from; `label` names its parents, so that two of one name differ."""

    code: str
    level: int
    kind: str
    name: str
    label: str


@lru_cache(maxsize=4096)
def village(code: str) -> VillageInfo:
    """A village by its code. Raises `UnknownRegion`."""
    found = Region.objects.in_bulk(rules.path_of(code)) if rules.level_of(code) == Level.VILLAGE else {}
    if code not in found:
        raise UnknownRegion(code)
    here = found[code]
    province, regency, district = (_short(found.get(c)) for c in rules.path_of(code)[:3])
    return VillageInfo(
        code=code,
        name=here.name,
        kind=here.kind,
        district=district,
        regency=regency,
        province=province,
        postal_code=here.postal_code,
        utc_offset=rules.utc_offset_of(code),
    )


def _short(region: Region | None) -> str:
    if region is None:
        return ""
    return region.name if region.level == Level.PROVINCE else rules.short_label(region.kind, region.name)


def near_name(code: str) -> str:
    """A village with its district, for two of one regency may share a name; any other region by its name.

    Raises `UnknownRegion`.
    """
    return village(code).near_name if rules.level_of(code) == Level.VILLAGE else region_name(code)


@lru_cache(maxsize=4096)
def region_name(code: str) -> str:
    """ "Desa Kuripan", "Kabupaten Wonosobo", "Provinsi Jawa Tengah"; "Indonesia" for the nation.

    Raises `UnknownRegion`.
    """
    if code == rules.NATION:
        return rules.NATION_NAME
    here = Region.objects.filter(code=code).first()
    if here is None:
        raise UnknownRegion(code)
    return f"{here.kind} {here.name}"


def forget() -> None:
    """Drop what look-ups remember; after a load, and before each test."""
    for remembered in (village, region_name, _aliases, prefixes_of, district_digits):
        remembered.cache_clear()


@lru_cache(maxsize=1)
def district_digits() -> frozenset[str]:
    """The six digits of every district, as a NIK begins; empty when no regions are loaded."""
    codes = Region.objects.filter(level=Level.DISTRICT).values_list("code", flat=True)
    return frozenset(code.replace(".", "") for code in codes)


def today_in(code: str, now: datetime) -> date:
    """The calendar day in a region at a moment (aware): in Merauke tomorrow begins two hours before Jakarta's."""
    return local_day(now, rules.utc_offset_of(code))


@lru_cache(maxsize=4096)
def prefixes_of(code: str) -> tuple[str, ...]:
    """This code and every old code that now lies at it or inside it, for scope by prefix.

    Records keep the code they were made under: who works in Merauke today (93.01) also sees what was recorded
    under 91.01. Old codes of old codes are followed too.
    """
    found = [code]
    for newer in found:
        for old in sorted(old for old, new in _aliases() if _lies_in(new, newer)):
            if not any(_lies_in(old, known) for known in found):
                found.append(old)
    return tuple(found)


@lru_cache(maxsize=1)
def _aliases() -> tuple[tuple[str, str], ...]:
    """(old code, new code) of every region that moved: a few dozen, asked for once."""
    return tuple(RegionAlias.objects.values_list("old_code", "new_code"))


def _lies_in(code: str, region: str) -> bool:
    return code == region or code.startswith(region + ".")


def children_of(code: str = "") -> list[RegionChoice]:
    """The regions directly inside one, by name; provinces for an empty code or the nation."""
    parent = "" if code == rules.NATION else code
    rows = Region.objects.filter(parent_code=parent, valid_until__isnull=True).order_by("name", "code")
    return [RegionChoice(r.code, r.level, r.kind, r.name, rules.short_label(r.kind, r.name)) for r in rows]


def trail_of(code: str) -> list[RegionChoice]:
    """The regions from the province down to this one, for a trail; empty when the code is unknown."""
    rows = Region.objects.in_bulk(rules.path_of(code)) if rules.is_code(code) else {}
    if code not in rows:
        return []
    return labelled(rows[c] for c in rules.path_of(code) if c in rows)


def labelled(regions: Iterable[Region]) -> list[RegionChoice]:
    """Regions as choices whose labels name the parents: one query for all the parents."""
    rows = list(regions)
    above = Region.objects.in_bulk({c for row in rows for c in rules.path_of(row.code)[:-1]})
    return [RegionChoice(r.code, r.level, r.kind, r.name, _label(r, above)) for r in rows]


def _label(region: Region, above: dict[str, Region]) -> str:
    parents: Sequence[str] = [_short(above.get(c)) for c in reversed(rules.path_of(region.code)[:-1])]
    if region.level == Level.VILLAGE:  # the regency tells the province
        parents = parents[:2]
    return ", ".join([rules.short_label(region.kind, region.name), *filter(None, parents)])


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """Code -> "Kabupaten Wonosobo" for those that are in the list; one query."""
    return {row.code: f"{row.kind} {row.name}" for row in Region.objects.filter(code__in=set(codes))}
