"""One page shape for nation, province, regency, district and village: what it holds, before anybody draws it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from desmigratif.access.actor import NATION, Actor
from desmigratif.access.permissions import Permission
from desmigratif.indicators.cockpit import queries
from desmigratif.indicators.cockpit.queries import Pillars, Standing
from desmigratif.indicators.queries.aims import targets_of
from desmigratif.indicators.queries.figures import Reading, level_of, readings
from desmigratif.indicators.rules import cockpit as rules
from desmigratif.indicators.rules.periods import Month, Period
from desmigratif.programme.figures import published, villages
from desmigratif.programme.rules import progress
from desmigratif.programme.rules.steps import Step, steps_on
from desmigratif.regions.queries import RegionChoice, names_of, trail_of
from desmigratif.regions.rules import NATION_NAME, is_code
from desmigratif.shared.reasons import NotFoundOrNotYours

FIGURES = Permission.FIGURES_SEE
REGENCY, VILLAGE = 2, 4
LENGTHS = queries.LENGTHS


@dataclass(frozen=True, slots=True)
class Place:
    """A region of the page; `own`: whoever looks works for it, so that its villages are named."""

    code: str
    name: str
    level: int
    own: bool
    above: tuple[tuple[str, str], ...]  # (code, name) from the nation down


@dataclass(frozen=True, slots=True)
class Figure:
    """One number that opens: what it is of, how sure, as of when, by which version."""

    code: str
    name: str
    value: str
    percent: int | None
    above: str
    below: str
    reading: Reading
    target: str  # what the region aims at in the year of the period; empty where nothing was set


@dataclass(frozen=True, slots=True)
class Dial:
    label: str
    figure: Figure
    beside: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Child:
    """A region below this one with its villages in the programme: of record here, named by reports only, silent."""

    code: str
    name: str
    pillars: Pillars
    news: int
    silent: int
    may_open: bool

    @property
    def villages(self) -> int:
        return self.pillars.villages + self.news


@dataclass(frozen=True, slots=True)
class Board:
    """Everything that the page of one region and period says."""

    place: Place
    period: Period
    month: Month
    pillars: Pillars
    silent: int
    overdue: tuple[tuple[str, int], ...]
    dials: tuple[Dial, ...]
    parts: tuple[tuple[str, tuple[Figure, ...]], ...]
    years: tuple[progress.Year, ...]
    children: tuple[Child, ...]
    steps: tuple[Step, ...]
    standings: Mapping[str, Standing]

    @property
    def last_year(self) -> progress.Year | None:
        """The latest year of which a report says how many villages there are."""
        known = [one for one in self.years if one.total is not None]
        return known[-1] if known else None


def place_of(by: Actor, code: str) -> Place:
    """A region that this person may see: any down to the regency, below that only their own.

    Raises `NotFoundOrNotYours`.
    """
    own = by.may(FIGURES, code)
    if code == NATION:
        return Place(NATION, NATION_NAME, 0, own, ())
    if not is_code(code) or (level_of(code) > REGENCY and not own):
        raise NotFoundOrNotYours
    trail = trail_of(code)
    if not trail:
        raise NotFoundOrNotYours
    opened = [one for one in trail[:-1] if level_of(one.code) <= REGENCY or by.may(FIGURES, one.code)]
    above = ((NATION, NATION_NAME), *((one.code, _name(one)) for one in opened))
    return Place(code, _name(trail[-1]), level_of(code), own, above)


def _name(region: RegionChoice) -> str:
    return f"{region.kind} {region.name}"


def board_of(by: Actor, place: Place, period: Period, today: date) -> Board:
    """Read from roll-ups and from the steps of the programme: as many statements for a village as for the nation."""
    steps = tuple(steps_on(today))
    labels = {step.code: step.label for step in steps}
    month = min(period.last, Month.of(today))
    figures = _figures(by, place, period, today)
    children = _children(by, place, month, steps)
    overdue = queries.overdue_in(place.code, steps, today)
    return Board(
        place=place,
        period=period,
        month=month,
        pillars=queries.pillars_by(place.code, place.level, steps).get(place.code, Pillars()),
        silent=sum(queries.silent_by(place.code, place.level, month).values()),
        overdue=tuple((labels[code], count) for code, count in overdue.items()),
        dials=_dials(figures, today),
        parts=_parts(figures, today),
        years=tuple(progress.years(published(), place.code, today)),
        children=children,
        steps=tuple(step for step in steps if step.is_pillar),
        standings=_standings(place, period, children, today),
    )


def _figures(by: Actor, place: Place, period: Period, today: date) -> dict[str, Figure]:
    codes = rules.codes_on(today)
    found = readings(by, regions=[place.code], codes=codes, period=period, today=today)
    year = period.last.year
    targets = {code: row.value for (_region, code, _year), row in targets_of([place.code], [year]).items()}
    return {code: _figure(found[place.code, code], targets.get(code)) for code in codes}


def _figure(reading: Reading, target: Decimal | None) -> Figure:
    """One number in words; what is too small for whoever looks was hidden by the reading already."""
    definition, shown = reading.definition, reading.shown
    name, above, below = rules.CASE_MEASURES.get(
        reading.code, (definition.name, definition.numerator, definition.denominator)
    )
    percent = None if shown is None or definition.unit != "percent" else max(0, min(100, round(shown)))
    aim = "" if target is None else rules.written(Fraction(target), definition.unit)
    value = rules.CLOSED if reading.hidden else rules.written(shown, definition.unit)
    return Figure(reading.code, name, value, percent, above, below, reading, aim)


def _dials(figures: Mapping[str, Figure], today: date) -> tuple[Dial, ...]:
    return tuple(
        Dial(one.label, figures[one.main], tuple(figures[code] for code in one.beside)) for one in rules.dials_on(today)
    )


def _parts(figures: Mapping[str, Figure], today: date) -> tuple[tuple[str, tuple[Figure, ...]], ...]:
    return tuple(
        (rules.PART_LABELS[part], tuple(figures[code] for code in codes))
        for part, codes in rules.numbers_on(today).items()
    )


def _children(by: Actor, place: Place, month: Month, steps: Iterable[Step]) -> tuple[Child, ...]:
    """The regions below with a village in the programme: provinces, their regencies, then villages."""
    if place.level == VILLAGE or (place.level >= REGENCY and not place.own):
        return ()
    level = place.level + 1 if place.level < REGENCY else VILLAGE
    pillars = queries.pillars_by(place.code, level, steps)
    silent = queries.silent_by(place.code, level, month)
    news = Counter(code[: LENGTHS[level]] for code in queries.news_only(place.code, [one.code for one in villages()]))
    names = _names([*pillars, *news])
    found = [
        Child(
            code, names[code], pillars.get(code, Pillars()), news[code], silent.get(code, 0),
            level <= REGENCY or by.may(FIGURES, code),
        )
        for code in {*pillars, *news}
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (level == VILLAGE and not one.silent, one.name, one.code)))


def _names(codes: Collection[str]) -> dict[str, str]:
    """One statement for all; a village with its district, as two of one regency may have one name."""
    above = {code: code.rpartition(".")[0] for code in codes if level_of(code) == VILLAGE}
    known = names_of([*codes, *above.values()])
    return {
        code: f"{known.get(code, code)}, {known.get(above[code], '')}" if code in above else known.get(code, code)
        for code in codes
    }


def _standings(place: Place, period: Period, children: Iterable[Child], today: date) -> dict[str, Standing]:
    """Villages of one's own beside villages like them; nobody else's village is named anywhere."""
    if not place.own or place.level < REGENCY:
        return {}
    mine = [place.code] if place.level == VILLAGE else [one.code for one in children if one.pillars.villages]
    sizes, years = rules.alike_on(today)
    return queries.league(mine, rules.quarters_on(today), period, sizes=sizes, years=years, today=today)


def periods_of(today: date, chosen: Period) -> list[tuple[Period, str]]:
    """The periods to choose from: this year, quarter and month, and the year before."""
    now = Month.of(today)
    known = [
        (Period.of(now, "year"), _("Tahun ini")),
        (Period.of(now, "quarter"), _("Triwulan ini")),
        (Period.of(now, "month"), _("Bulan ini")),
        (Period.of(Month(now.year - 1, 12), "year"), _("Tahun lalu")),
    ]
    return known if chosen in [one for one, _word in known] else [*known, (chosen, chosen.label)]
