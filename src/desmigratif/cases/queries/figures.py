"""The four measures over many migrations: of everything, by place, by country of work; and what stands behind each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet, Sum, Value
from django.db.models.functions import StrIndex, Substr

from desmigratif.access.actor import NATION, Actor
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import region_filter
from desmigratif.audit.models import FactDelta
from desmigratif.cases.models import Case, CaseStep
from desmigratif.cases.rules.measures import CHEAP, EASY, FAST, LABELS, SAFE, Measure

CODES = (SAFE, FAST, EASY, CHEAP)
Row = tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """The measures of everything that somebody may count, of each place in it, and of each country ("" = not known)."""

    total: Row
    places: dict[str, Row]
    countries: dict[str, Row]


def figures(by: Actor, *, before: date | None = None) -> Figures:
    """One query: the facts summed by measure, village and country. Whoever sees a nation or province gets regencies.

    `before`: only what was counted until then, so that tomorrow's sums less today's tell nobody.
    """
    counted_then = _facts(by) if before is None else _facts(by).filter(on__lt=before)
    facts = counted_then.annotate(country=Substr("key", 1, StrIndex("key", Value(":")) - 1))
    rows = (
        facts.order_by().values_list("code", "village_code", "country").annotate(Sum("numerator"), Sum("denominator"))
    )
    total: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    places: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    countries: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    parts = 2 if any(_is_wide(code) for code in by.regions_for(Permission.FIGURES_SEE)) else 4
    for code, village_code, country, met, of in rows:
        place = ".".join(village_code.split(".")[:parts])
        for sums in (total[code], places[place][code], countries[country][code]):
            sums[0] += met
            sums[1] += of
    return Figures(_row(total), _rows(places), _rows(countries))


def _is_wide(region_code: str) -> bool:
    return region_code == NATION or "." not in region_code


def _row(sums: Mapping[str, list[int]]) -> Row:
    return tuple(Measure(code, *sums.get(code, (0, 0))) for code in CODES)


def _rows(groups: Mapping[str, Mapping[str, list[int]]]) -> dict[str, Row]:
    return {name: _row(groups[name]) for name in sorted(groups)}


def _facts(by: Actor) -> QuerySet[FactDelta]:
    return FactDelta.objects.filter(region_filter(by.regions_for(Permission.FIGURES_SEE)), code__in=CODES)


@dataclass(frozen=True, slots=True)
class Counted:
    """One thing that a measure counted: a finished step, or (for AMAN) a departure; and whether it met it."""

    case: Case
    step: str
    numerator: int
    denominator: int


def counted(by: Actor, code: str, *, place: str, country: str | None, most: int) -> list[Counted]:
    """What stands behind one number, what did not meet it first; only cases that this person may see. Three queries."""
    if code not in LABELS:
        return []
    facts = FactDelta.objects.filter(region_filter(by.regions_for(Permission.CASE_SEE)), code=code)
    if place:
        facts = facts.filter(Q(village_code=place) | Q(village_code__startswith=f"{place}."))
    if country is not None:
        facts = facts.filter(key__startswith=f"{country}:")
    sums = facts.order_by().values("key").annotate(n=Sum("numerator"), d=Sum("denominator")).filter(d__gt=0)
    found = {_id_in(row["key"]): (row["n"], row["d"]) for row in sums.order_by("n", "key")[:most]}
    cases, steps = _cases(by, found), _steps(by, found)
    listed = []
    for record_id, (met, of) in found.items():
        step = steps.get(record_id)
        case = step.case if step is not None else cases.get(record_id)
        if case is not None:
            listed.append(Counted(case, step.step if step else "", met, of))
    return listed


def _id_in(key: str) -> UUID:
    return UUID(key.partition(":")[2])


def _cases(by: Actor, ids: Iterable[UUID]) -> dict[UUID, Case]:
    return {row.id: row for row in Case.objects.visible_to(by).filter(id__in=list(ids)).select_related("resident")}


def _steps(by: Actor, ids: Iterable[UUID]) -> dict[UUID, CaseStep]:
    rows = CaseStep.objects.visible_to(by).filter(id__in=list(ids))
    return {row.id: row for row in rows.select_related("case__resident")}
