"""Who looked at a resident's data, from the memory's own rows: for the paper that the resident is handed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count
from django.utils.timezone import localdate

from desmigratif.access.actor import COMMAND_ID, PUBLIC_ID, SET_UP_ID
from desmigratif.access.models import Grant, User
from desmigratif.access.queries import name_of_region
from desmigratif.access.roles import ROLES
from desmigratif.audit.models import Event, EventSubject
from desmigratif.desk.rules.traces import LISTS, TraceKind, trace_of
from desmigratif.people.models import Resident
from desmigratif.regions.queries import village
from desmigratif.shared.dates import format_clock, local_day

MOST = 2_000  # events read; more is said on the paper
_COLUMNS = ("at", "actor_id", "actor_role", "via", "event")
_MACHINES = {
    str(COMMAND_ID): "Operator lewat perintah di server",
    str(SET_UP_ID): "Pemasangan program",
    str(PUBLIC_ID): "Pemegang kode, tanpa akun",
}
_WAYS = {"sync": "dari HP", "import": "lewat impor", "api": "lewat program lain"}


@dataclass(frozen=True, slots=True)
class Looker:
    """Somebody who worked with the data: the officer's name, role and office as they were on that day."""

    name: str
    role: str
    office: str


@dataclass(frozen=True, slots=True)
class TraceLine:
    """What one person did on one day, `times` times between two clock times of the village."""

    on: date
    who: Looker
    kind: TraceKind
    text: str
    way: str
    times: int
    first: str
    last: str

    @property
    def clock(self) -> str:
        return self.first if self.first == self.last else f"{self.first}–{self.last}"


@dataclass(frozen=True, slots=True)
class TracePaper:
    """The whole paper. `lists` counts the looks at lists in which everybody of the village may have stood."""

    lines: list[TraceLine]
    counts: Counter[TraceKind]
    people: int
    lists: int
    list_people: int
    is_cut: bool


_Row = tuple[datetime, str, str, str, str]


def trace_paper(resident: Resident, *, since: datetime | None) -> TracePaper:
    """What was done with this person's data, the newest first; the caller may see the resident. Seven queries."""
    offset = village(resident.village_code).utc_offset
    rows = _events_about(resident, since)
    told = [row for row in rows[:MOST] if trace_of(row[4])]
    lookers = _lookers(told)
    lines = list(_folded(told, lookers, offset))
    looks = Event.objects.filter(village_code=resident.village_code, event__in=LISTS)
    if since is not None:
        looks = looks.filter(at__gte=since)
    listed = looks.aggregate(looks=Count("id"), people=Count("actor_id", distinct=True))
    counts: Counter[TraceKind] = Counter()
    for line in lines:
        counts[line.kind] += line.times
    return TracePaper(
        lines=lines,
        counts=counts,
        people=len({row[1] for row in told}),
        lists=listed["looks"],
        list_people=listed["people"],
        is_cut=len(rows) > MOST,
    )


def _events_about(resident: Resident, since: datetime | None) -> Sequence[_Row]:
    """Events that name the resident, a record merged into theirs, or a letter that names them as holder or giver."""
    merged = Resident.objects.in_village(resident.village_code).filter(merged_into_id=resident.id)
    about = [resident.id, *merged.values_list("id", flat=True)]
    letters = EventSubject.objects.filter(
        subject_type="letter", event__event="letter.issued", event__subject_rows__subject_id__in=about
    )
    about += list(letters.values_list("subject_id", flat=True))
    named = EventSubject.objects.filter(subject_id__in=about).values("event_id")
    events = Event.objects.filter(id__in=named)
    if since is not None:
        events = events.filter(at__gte=since)
    return list(events.order_by("-at", "-audit_no").values_list(*_COLUMNS)[: MOST + 1])


def _lookers(rows: Iterable[_Row]) -> dict[tuple[str, str, date], Looker]:
    """(actor, role, day in Jakarta, as roles are given) -> who that was then."""
    wanted = {(actor, role, localdate(at)) for at, actor, role, _via, _event in rows}
    ids = {UUID(actor) for actor, _role, _on in wanted if actor not in _MACHINES}
    names = {str(user): name for user, name in User.objects.filter(id__in=ids).values_list("id", "name")}
    grants = list(Grant.objects.filter(user_id__in=ids).order_by("valid_from", "id"))
    return {
        (actor, role, on): Looker(
            name=_MACHINES.get(actor) or names.get(actor) or "Akun yang sudah tidak ada",
            role=ROLES[role].label if role in ROLES else "",
            office=_office(grants, actor, role, on),
        )
        for actor, role, on in wanted
    }


def _office(grants: Sequence[Grant], actor: str, role: str, on: date) -> str:
    """The region of the role on that day; the last one known when none held."""
    mine = [grant for grant in grants if str(grant.user_id) == actor and grant.role == role]
    then = [g for g in mine if g.valid_from <= on and (g.valid_until is None or on < g.valid_until)]
    found = (then or mine)[-1:]
    return name_of_region(found[0].region_code) if found else ""


def _folded(rows: Iterable[_Row], lookers: dict[tuple[str, str, date], Looker], offset: int) -> Iterator[TraceLine]:
    """The same deed of the same person on the same day is one line, in the place of its newest event."""
    found: dict[tuple[date, str, str, str, str], TraceLine] = {}
    for at, actor, role, via, event in rows:
        said = trace_of(event)
        if said is None:
            continue
        on, clock, way = local_day(at, offset), format_clock(at, offset), _WAYS.get(via, "")
        key = (on, actor, role, said.text, way)
        if key in found:  # newest first: this one is earlier
            found[key] = replace(found[key], times=found[key].times + 1, first=clock)
        else:
            who = lookers[actor, role, localdate(at)]
            found[key] = TraceLine(on, who, said.kind, said.text, way, 1, clock, clock)
    return iter(found.values())


def since_of(period: str, now: datetime) -> datetime | None:
    """The moment from which a period counts; None is everything."""
    days = {"30": 30, "365": 365}.get(period)
    return now - timedelta(days=days) if days else None
