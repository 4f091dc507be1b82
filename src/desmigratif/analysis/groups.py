"""Villages of a region in groups: by programme, by how long they are in one, with those like them.

Each village stands in one group of a kind, also where it is in two programmes: groups add up to everybody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from desmigratif.analysis.rules import state
from desmigratif.indicators.cockpit.queries import kinds_of, standing_in
from desmigratif.indicators.roll_ups.summing import code_today, newer_codes
from desmigratif.indicators.rules.cockpit import alike_on
from desmigratif.indicators.rules.league import Alike, year_class
from desmigratif.programme.rules.steps import types_on, year_of_support


@dataclass(frozen=True, slots=True)
class Groups:
    """Key -> label, in the order of the table; key -> its villages; programme -> all villages that are in it."""

    labels: Mapping[str, str]
    members: Mapping[str, frozenset[str]]
    by_programme: Mapping[str, frozenset[str]]

    @property
    def everybody(self) -> frozenset[str]:
        return frozenset[str]().union(*self.members.values())

    def with_code(self, programme: str) -> frozenset[str]:
        return self.by_programme.get(programme, frozenset())


def groups_of(dimension: str, region: str, today: date) -> Groups:
    """The villages of a region that are in a programme today. One statement, three for villages that are alike."""
    newer = newer_codes()
    programmes: dict[str, set[str]] = defaultdict(set)
    since: dict[str, date] = {}
    by_programme: dict[str, set[str]] = defaultdict(set)
    for code, programme, on in standing_in(region).values_list("village_code", "programme", "decreed_on"):
        village = code_today(code, newer)
        programmes[village].add(programme)
        by_programme[programme].add(village)
        since[village] = min(on, since.get(village, on))
    key_of, label_of = _kind(dimension, programmes, since, newer, today)
    members: dict[str, set[str]] = defaultdict(set)
    for village in programmes:
        members[key_of(village)].add(village)
    return Groups(
        {key: label_of(key) for key in sorted(members)},
        {key: frozenset(ones) for key, ones in members.items()},
        {code: frozenset(ones) for code, ones in by_programme.items()},
    )


_Words = tuple[Callable[[str], str], Callable[[str], str]]  # village -> key, key -> label


def _kind(
    dimension: str, programmes: Mapping[str, set[str]], since: Mapping[str, date], newer: dict[str, str], today: date
) -> _Words:
    sizes, years = alike_on(today)
    if dimension == state.SUPPORT:
        return (
            lambda village: str(year_class(year_of_support(since[village], today), years)),
            lambda key: _year(int(key), years),
        )
    if dimension == state.ALIKE:
        kinds = {code_today(code, newer): one for code, one in kinds_of(sizes, years, today).items()}
        return lambda village: _key(kinds[village]), lambda key: _alike(key, years)
    labels = {code: str(row["label"]) for code, row in types_on(today).items()}
    return (
        lambda village: "+".join(sorted(programmes[village])),
        lambda key: _(" dan ").join(labels.get(one, one) for one in key.split("+")),
    )


def _key(one: Alike) -> str:
    return f"{one.year}.{one.size}"


def _year(year: int, years: int) -> str:
    return _("Tahun ke-%s") % year if year <= years else _("Sesudah masa pendampingan")


def _alike(key: str, years: int) -> str:
    year, size = (int(part) for part in key.split("."))
    sizes = (_("sedikit"), _("sedang"), _("banyak"))
    return _("%(year)s, %(size)s warga di luar negeri") % {"year": _year(year, years), "size": sizes[min(size, 2)]}
