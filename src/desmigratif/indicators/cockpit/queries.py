"""What the cockpit asks beside its figures: which villages are in the programme, what is silent, late or alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from django.db.models import Count, Exists, Min, OuterRef, Q, Value
from django.db.models.functions import Substr

from desmigratif.access.actor import NATION
from desmigratif.access.scope import region_filter
from desmigratif.indicators.models import RollUp
from desmigratif.indicators.queries.figures import definition_of
from desmigratif.indicators.rules.cockpit import ABROAD, VISITS
from desmigratif.indicators.rules.league import Alike, Stand, groups, size_class, stand, year_class
from desmigratif.indicators.rules.periods import EVER, Month, Period
from desmigratif.programme.models import ProgrammeVillage, ProgrammeVillageQuerySet, VillageStep, VillageStepQuerySet
from desmigratif.programme.rules.steps import Step, year_of_support
from desmigratif.shared.dates import add_months

LENGTHS = (0, 2, 5, 8, 13)  # of the code of the nation, a province, a regency, a district, a village
VILLAGE = 4


@dataclass(slots=True)
class Pillars:
    """Villages of one region that are in a programme, and in how many each pillar works; `whole`: all four do."""

    villages: int = 0
    at_work: dict[str, int] = field(default_factory=dict)
    whole: int = 0


def standing_in(region: str) -> ProgrammeVillageQuerySet:
    """Villages of a region that are in a programme now. Decrees and steps are public; nothing here is of a person."""
    here = ProgrammeVillage.objects.everywhere().standing()
    return here.filter(region_filter((region,))) if region != NATION else here


def pillars_by(region: str, level: int, steps: Iterable[Step]) -> dict[str, Pillars]:
    """Region of a level inside this one -> its villages and pillars. Three statements with a row for each region.

    A village that is in two programmes counts once; a pillar works in it when it does in one of them.
    """
    here = standing_in(region).order_by()
    place = _place(level)
    villages = Count("village_code", distinct=True)
    found: dict[str, Pillars] = defaultdict(Pillars)
    for code, count in here.annotate(place=place).values_list("place").annotate(villages):
        found[code].villages = count
    pillars = [step.code for step in steps if step.is_pillar]
    rows = VillageStep.objects.everywhere().filter(membership__in=here, step__in=pillars).order_by()
    for code, pillar, count in rows.annotate(place=place).values_list("place", "step").annotate(villages):
        found[code].at_work[pillar] = count
    all_four = here.filter(*(Exists(_taken(pillar)) for pillar in pillars))
    for code, count in all_four.annotate(place=place).values_list("place").annotate(villages):
        found[code].whole = count
    return dict(found)


def _place(level: int) -> Substr | Value:
    return Value(NATION) if level == 0 else Substr("village_code", 1, LENGTHS[level])


def _taken(step: str) -> VillageStepQuerySet:
    """The step of the membership that is looked at."""
    return VillageStep.objects.everywhere().filter(membership=OuterRef("pk"), step=step)


def silent_in(region: str, month: Month) -> ProgrammeVillageQuerySet:
    """Villages in a programme that noted no visit in a month."""
    told = RollUp.objects.filter(level=VILLAGE, code=VISITS, period=month.key, region_code=OuterRef("village_code"))
    return standing_in(region).filter(~Exists(told)).order_by()


def silent_by(region: str, level: int, month: Month) -> dict[str, int]:
    """Region of a level inside this one -> its silent villages. One statement."""
    rows = silent_in(region, month).annotate(place=_place(level)).values_list("place")
    return dict(rows.annotate(Count("village_code", distinct=True)))


def news_only(region: str, named: Iterable[str]) -> list[str]:
    """Villages that reports name and that do not stand in a programme here. One statement."""
    here = [code for code in named if region == NATION or code.startswith(f"{region}.") or code == region]
    known = set(standing_in(region).filter(village_code__in=here).values_list("village_code", flat=True))
    return [code for code in here if code not in known]


def overdue_in(region: str, steps: Iterable[Step], today: date) -> dict[str, int]:
    """Step bound to a month -> villages of the region in which it is late. One statement."""
    late = {
        step.code: Count(
            "village_code",
            distinct=True,
            filter=Q(~Exists(_taken(step.code)), decreed_on__lte=add_months(today, -step.from_month)),
        )
        for step in steps
        if step.from_month
    }
    counts: Mapping[str, int] = standing_in(region).order_by().aggregate(**late)
    return {code: count for code, count in counts.items() if count}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a village stands: its kind, how many are alike, and its place in each indicator that was compared.

    `years` of support tell villages apart; a later year means: after the support. `known`: of how many villages the
    figure is known that most have told, this one too.
    """

    kind: Alike
    years: int
    alike: int
    stands: Mapping[str, Stand]
    known: int


def league(
    villages: Sequence[str], codes: Sequence[str], period: Period, *, sizes: Sequence[int], years: int, today: date
) -> dict[str, Standing]:
    """Each of these villages among all that are like it in the country. Four statements; no other village is named."""
    kinds = kinds_of(sizes, years, today)
    values = _values(codes, period)
    most = max((sum(one in kinds for one in values[code]) for code in codes), default=0)
    found = {}
    for village in villages:
        if village not in kinds:
            continue
        wider = groups(kinds[village], kinds.items())
        stands = {}
        for code in codes:
            place = stand(village, wider, values[code], better=definition_of(code).better)
            if place:
                stands[code] = place
        found[village] = Standing(kinds[village], years, len(wider[0]), stands, most)
    return found


def kinds_of(sizes: Sequence[int], years: int, today: date) -> dict[str, Alike]:
    """Village in a programme -> what makes it like others. Two statements."""
    rows = ProgrammeVillage.objects.everywhere().standing().order_by()
    since = dict(rows.values_list("village_code").annotate(Min("decreed_on")))
    abroad = RollUp.objects.filter(level=VILLAGE, code=ABROAD, period=EVER).values_list("region_code", "denominator")
    people = dict(abroad)
    return {
        code: Alike(year_class(year_of_support(first, today), years), size_class(people.get(code, 0), sizes))
        for code, first in since.items()
    }


def _values(codes: Sequence[str], period: Period) -> dict[str, dict[str, Fraction]]:
    """Indicator -> village -> its value; what is a ratio of nothing is not known."""
    found: dict[str, dict[str, Fraction]] = {code: {} for code in codes}
    for kind, key in (("flow", period.key), ("stock", EVER)):
        wanted = [code for code in codes if definition_of(code).kind == kind]
        rows = RollUp.objects.filter(level=VILLAGE, code__in=wanted, period=key, denominator__gt=0)
        for code, village, above, below in rows.values_list("code", "region_code", "numerator", "denominator"):
            found[code][village] = Fraction(above, below)
    return found
