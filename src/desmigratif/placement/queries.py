"""What the newest lists say; every village reads those of the regions it lies in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from desmigratif.access.actor import NATION
from desmigratif.placement.models import Agency, Body, Destination, JobOrder, LicenceStatus, ListKind, ListLoad, Placed
from desmigratif.placement.rules.destinations import LoadedDestinations
from desmigratif.placement.rules.freshness import may_answer
from desmigratif.placement.rules.matching import Match, company_key, match_company

_PERMITS_LOOKED_AT = 200


def regions_above(code: str) -> tuple[str, ...]:
    """A village's code, those of the regions it lies in, and the nation's."""
    parts = code.split(".")
    return (*(".".join(parts[:count]) for count in range(len(parts), 0, -1)), NATION)


def newest_load(kind: str, region_code: str, on: date) -> ListLoad | None:
    """The list that holds there on a day: the latest of those as of that day or before."""
    loads = ListLoad.objects.filter(kind=kind, region_code__in=regions_above(region_code), as_of__lte=on)
    return loads.order_by("-as_of", "-loaded_at", "-id").first()


ASKED = (ListKind.AGENCIES, ListKind.PERMITS, ListKind.DESTINATIONS)  # what an offer is checked against
_NEWEST = """SELECT * FROM (
    SELECT * FROM placement_listload WHERE kind = %s AND region_code IN ({regions}) AND as_of <= %s
    ORDER BY as_of DESC, loaded_at DESC, id DESC LIMIT 1) AS newest"""


def newest_loads(region_code: str, on: date) -> dict[str, ListLoad]:
    """The list of each kind about offers that holds there on a day, in one question; without a list none."""
    regions = regions_above(region_code)
    # Three limited parts in one statement: the ORM cannot say it on SQLite, and three times costs half of a check.
    part = _NEWEST.format(regions=", ".join(["%s"] * len(regions)))
    wanted = [value for kind in ASKED for value in (kind, *regions, on)]
    return {load.kind: load for load in ListLoad.objects.raw(" UNION ALL ".join([part] * len(ASKED)), wanted)}


def loads_of(region_codes: Iterable[str]) -> QuerySet[ListLoad]:
    """Every load that one of these regions reads, the newest first."""
    wanted = {code for region in region_codes for code in regions_above(region)}
    loads = ListLoad.objects.all() if NATION in set(region_codes) else ListLoad.objects.filter(region_code__in=wanted)
    return loads.order_by("-as_of", "-loaded_at", "-id")


class Listed(NamedTuple):
    """A company as one load says."""

    name: str
    status: str
    licence_number: str
    valid_until: date | None

    def is_active(self, on: date) -> bool:
        return self.status == LicenceStatus.ACTIVE and (self.valid_until is None or self.valid_until >= on)


_SAID = ("name_key", "name", "status", "licence_number", "valid_until")


@lru_cache(maxsize=32)
def _companies(load_id: UUID) -> dict[str, tuple[Listed, ...]]:
    """A load's companies by their keys; a load never changes, so the process may remember it."""
    rows = Agency.objects.filter(load_id=load_id).order_by("name", "id")
    found: dict[str, tuple[Listed, ...]] = {}
    for key, name, status, number, until in rows.values_list(*_SAID):
        found[key] = (*found.get(key, ()), Listed(name, status, number, until))
    return found


@dataclass(frozen=True, slots=True)
class ListAnswer:
    """What the lists say about a company and an offer; None = they do not say.

    `other_names`: companies that lie near the one that was written. `is_old`: the list has grown too old to answer.
    """

    licence_active: bool | None = None
    permit_for_job_order: bool | None = None
    name: str = ""
    spelt_otherwise: bool = False
    licence_number: str = ""
    status: str = ""
    valid_until: date | None = None
    other_names: tuple[str, ...] = ()
    permit_number: str = ""
    permit_until: date | None = None
    agencies_as_of: date | None = None
    agencies_source: str = ""
    agencies_old: bool = False
    permits_as_of: date | None = None
    permits_source: str = ""
    permits_old: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Days as text: a check keeps it."""
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(self).items()}


def ask_lists(
    name: str | None, *, country: str | None, job: str | None, employer_type: str | None,
    loads: Mapping[str, ListLoad], on: date,
) -> ListAnswer:  # fmt: skip
    """Whether this company may place workers, and for this work, by the lists that hold there on that day."""
    said: dict[str, Any] = {}
    agencies, permits = loads.get(ListKind.AGENCIES), loads.get(ListKind.PERMITS)
    for word, load in (("agencies", agencies), ("permits", permits)):
        if load is not None:
            said |= {f"{word}_as_of": load.as_of, f"{word}_source": load.source}
            said[f"{word}_old"] = not may_answer(load.kind, load.as_of, on)
    if not name or agencies is None or said["agencies_old"]:
        return ListAnswer(**said)
    companies = _companies(agencies.id)
    match = match_company(name, tuple(companies))
    said |= _agency_facts(companies, match, on)
    if match.key and permits is not None and not said["permits_old"]:
        said |= _permit_facts(permits, match.key, country, job, employer_type, on)
    return ListAnswer(**said)


def _agency_facts(companies: dict[str, tuple[Listed, ...]], match: Match, on: date) -> dict[str, Any]:
    meant = companies.get(match.key, ())
    others = [row.name for key in match.others for row in companies[key]]
    if len({row.is_active(on) for row in meant}) != 1:  # nobody is meant, or two of that name differ
        return {"other_names": tuple(dict.fromkeys([*(row.name for row in meant), *others]))}
    row = meant[0]
    return {
        "licence_active": row.is_active(on), "name": row.name, "spelt_otherwise": match.near, "status": row.status,
        "licence_number": row.licence_number, "valid_until": row.valid_until,
        "other_names": tuple(dict.fromkeys(others)),
    }  # fmt: skip


def _permit_facts(
    load: ListLoad, key: str, country: str | None, job: str | None, employer_type: str | None, on: date
) -> dict[str, Any]:
    """Nothing is said while country or job is unknown, or while a job that we do not know might be the one."""
    if country is None or job is None:
        return {}
    rows = JobOrder.objects.filter(load=load, agency_key=key, country=country)  # no order: that is another index
    found = rows.values_list("job", "employer_type", "permit_number", "valid_until")[:_PERMITS_LOOKED_AT]
    live = [row for row in found if row[3] is None or row[3] >= on]
    fitting = [row for row in live if row[0] == job and (not row[1] or employer_type in (None, row[1]))]
    if fitting:
        _job, _employer, number, until = max(fitting, key=lambda row: (row[3] or date.max, row[2]))
        return {"permit_for_job_order": True, "permit_number": number, "permit_until": until}
    unclear = any(row[0] == "other" for row in live)
    return {} if unclear else {"permit_for_job_order": False}


def loaded_destinations(village_code: str, on: date) -> LoadedDestinations | None:
    return destinations_in(newest_load(ListKind.DESTINATIONS, village_code, on))


def destinations_in(load: ListLoad | None) -> LoadedDestinations | None:
    return None if load is None else LoadedDestinations(load.as_of, load.source, _destinations(load.id))


@lru_cache(maxsize=32)
def _destinations(load_id: UUID) -> dict[str, tuple[bool | None, bool | None]]:
    rows = Destination.objects.filter(load_id=load_id).values_list("country", "household_open", "company_open")
    return {country: (household, company) for country, household, company in rows}


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person looks for; None or empty = does not matter or is unknown."""

    country: str = ""
    job: str = ""
    employer_type: str = ""
    sex: str = ""
    age: int | None = None


def live_orders(load: ListLoad, wish: Wish, on: date) -> QuerySet[JobOrder]:
    """Job orders of a list that are live on a day and fit a wish, the one that lasts longest first."""
    rows = JobOrder.objects.filter(load=load).filter(Q(valid_until=None) | Q(valid_until__gte=on))
    for name in ("country", "job"):
        if wanted := getattr(wish, name):
            rows = rows.filter(**{name: wanted})
    if wish.employer_type:
        rows = rows.filter(employer_type__in=("", wish.employer_type))
    if wish.sex:
        rows = rows.filter(sex__in=("", wish.sex))
    if wish.age is not None:
        rows = rows.filter(Q(least_age=None) | Q(least_age__lte=wish.age))
        rows = rows.filter(Q(most_age=None) | Q(most_age__gte=wish.age))
    return rows.order_by("-valid_until", "agency_name", "id")


def active_keys(load: ListLoad | None, keys: Iterable[str], on: date) -> frozenset[str]:
    """Of these companies those that a list calls active; none without a list that may answer."""
    if load is None or not may_answer(load.kind, load.as_of, on):
        return frozenset()
    companies = _companies(load.id)
    return frozenset(key for key in keys if key in companies and all(row.is_active(on) for row in companies[key]))


def bodies_for(village_code: str, on: date) -> list[Body]:
    """The bodies that serve a village, the nearest first: of each region above it the newest list that holds.

    A regency's own list stands beside the nation's; who is in both stands once, as the nearer list says.
    """
    regions = regions_above(village_code)
    loads = ListLoad.objects.filter(kind=ListKind.BODIES, region_code__in=regions, as_of__lte=on)
    newest = dict(loads.order_by("as_of", "loaded_at", "id").values_list("region_code", "id"))
    rows = list(Body.objects.filter(load__in=newest.values(), region_code__in=regions).select_related("load"))
    found: dict[tuple[str, str, str], Body] = {}
    for body in sorted(rows, key=lambda body: regions.index(body.load.region_code)):
        found.setdefault((body.kind, body.region_code, company_key(body.name)), body)
    return sorted(found.values(), key=lambda body: (regions.index(body.region_code), body.name, str(body.id)))


def placed_among(village_code: str, nik_indexes: Iterable[str], on: date) -> frozenset[str] | None:
    """Of these prints those that the ministry's newest list of placements holds; None where no list was loaded."""
    load = newest_load(ListKind.PLACEMENTS, village_code, on)
    if load is None:
        return None
    wanted = [one for one in nik_indexes if one]
    return frozenset(Placed.objects.filter(load=load, nik_index__in=wanted).values_list("nik_index", flat=True))
