"""Candidates with their scores, and the plan of a year: quotas, what is unmet, who is left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from desmigratif.access.actor import Actor, covers
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse, region_filter
from desmigratif.programme.figures import published
from desmigratif.programme.models import (
    CandidateQuerySet,
    CandidateVillage,
    ProgrammeVillage,
    ProgrammeVillageQuerySet,
    VillageFigure,
    VillageQuota,
)
from desmigratif.programme.rules import need
from desmigratif.programme.rules import selection as rules

FIGURES = Permission.FIGURES_SEE
VILLAGE, REGENCY = 4, 2  # levels of a region's code


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with what it scores."""

    candidate: CandidateVillage
    need: need.Need | None
    score: rules.Score


def scored(candidates: Iterable[CandidateVillage], today: date) -> list[Scored]:
    """The highest score first; who has none comes last. One query. The caller was shown these candidates.

    A village is compared with the other villages of its regency whose figures are known; alone it has no index.
    Who is not known whole comes after who is.
    """
    rows = list(candidates)
    regencies = {_regency(one.village_code) for one in rows}
    inside = Q(pk__in=[])
    for regency in regencies:
        inside |= Q(village_code__startswith=f"{regency}.")
    figures = list(VillageFigure.objects.everywhere().filter(inside)) if rows else []
    needs: dict[str, need.Need] = {}
    for regency in regencies:
        found = need.needs([one for one in figures if _regency(one.village_code) == regency], VILLAGE, today)
        needs |= {one.region: one for one in found if len(found) > 1}
    scores = [_scored(one, needs.get(one.village_code), today) for one in rows]
    return sorted(
        scores, key=lambda one: (not one.score.is_whole, -(one.score.total or -1), one.candidate.village_code)
    )


def _regency(village_code: str) -> str:
    return ".".join(village_code.split(".")[:2])


def _scored(one: CandidateVillage, needed: need.Need | None, today: date) -> Scored:
    criteria = rules.criteria_on(one.programme, today)
    index = needed.score if needed else None
    return Scored(one, needed, rules.score(need=index, signs=one.signs, criteria=criteria, on=today))


def candidates_seen(by: Actor, year: int) -> list[CandidateVillage]:
    """Candidates of a year in this person's regions."""
    return list(CandidateVillage.objects.visible_to(by).filter(year=year).order_by("village_code"))


def candidate_of(by: Actor, candidate_id: UUID) -> CandidateVillage:
    """One candidate. Raises `NotFoundOrNotYours`."""
    return get_or_refuse(CandidateVillage.objects.visible_to(by), id=candidate_id)


def figures_of(by: Actor, village_code: str) -> list[VillageFigure]:
    """Every figure of a village, the newest year first, sources side by side."""
    rows = VillageFigure.objects.visible_to(by).filter(village_code=village_code)
    return list(rows.order_by("metric", "-year", "source"))


def plans(by: Actor, year: int, today: date) -> list[rules.Plan]:
    """Quotas of this person's regions with what is unmet and which needy regency is left out. Three queries."""
    regions = by.regions_for(FIGURES)
    if not regions:
        return []
    quotas = list(VillageQuota.objects.filter(region_filter(regions, "region_code"), year=year).order_by("region_code"))
    if not quotas:
        return []
    named = _codes(ProgrammeVillage.objects.everywhere().filter(decreed_on__year=year))
    waiting = _codes(CandidateVillage.objects.everywhere().open().filter(year=year))
    needy, least = need.needs(published(), REGENCY, today), need.threshold_on(today)
    return [
        rules.Plan(
            one.region_code, year, one.villages, one.paper,
            len(_inside(one.region_code, named)), len(_inside(one.region_code, waiting)),
            rules.without_anybody(needy, one.region_code, {*named, *waiting}, least),
        )
        for one in quotas
    ]  # fmt: skip


def _codes(rows: ProgrammeVillageQuerySet | CandidateQuerySet) -> set[str]:
    return set(rows.values_list("village_code", flat=True))


def _inside(region: str, codes: Iterable[str]) -> list[str]:
    return [code for code in codes if covers(region, code)]
