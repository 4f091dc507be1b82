"""Sessions: what comes, what was, who came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, Sum
from django.db.models.functions import TruncMonth

from desmigratif.access.actor import Actor
from desmigratif.access.scope import get_or_refuse
from desmigratif.parenting.models import (
    CaregiverScore,
    Centre,
    Child,
    RollMark,
    Session,
    SessionState,
    TimetableSlot,
)
from desmigratif.parenting.models.sessions import SessionQuerySet
from desmigratif.parenting.rules.centre import CAREGIVERS_CLASS
from desmigratif.people.models import Resident
from desmigratif.shared.dates import age_on


def sessions_of(by: Actor, centre: Centre) -> SessionQuerySet:
    rows = Session.objects.visible_to(by).filter(centre=centre)
    return rows.select_related("own_theme", "leader").order_by("on", "at", "id")


def session_of(by: Actor, session_id: UUID) -> Session:
    """One session with its centre. Raises `NotFoundOrNotYours`."""
    rows = Session.objects.visible_to(by).select_related("centre", "own_theme", "leader")
    return get_or_refuse(rows, "session_id", id=session_id)


def waiting_sessions(by: Actor, centre: Centre, today: date, *, days: int = 7) -> list[Session]:
    """Planned and not written down, of the last two weeks and the next days: what somebody must do something about."""
    rows = sessions_of(by, centre).filter(state=SessionState.PLANNED, on__gte=today - timedelta(days=14))
    return list(rows.filter(on__lte=today + timedelta(days=days))[:12])


def todays_sessions(by: Actor, today: date) -> list[Session]:
    """What is planned for today wherever this person runs a centre, with the centre."""
    rows = Session.objects.visible_to(by).filter(state=SessionState.PLANNED, on=today)
    return list(rows.select_related("centre").order_by("at", "id")[:5])


def timetable_of(by: Actor, centre: Centre) -> list[TimetableSlot]:
    rows = TimetableSlot.objects.visible_to(by).standing().filter(centre=centre)
    return list(rows.select_related("leader").order_by("weekday", "at", "id"))


# --- the roll ---


@dataclass(frozen=True, slots=True)
class Called:
    """A child on the roll. `number`: its place on every paper sheet of the village, for ever the same."""

    id: UUID
    number: int
    name: str
    mark: str


def roll_of(by: Actor, session: Session) -> list[Called]:
    """The children of the centre on the session's day by name, with their marks. Two queries."""
    rows = RollMark.objects.visible_to(by).filter(session=session).values_list("child_id", "mark")
    marks = dict(rows)
    children = sheet_of(by, session.village_code, session.on)
    return [replace(child, mark=marks.get(child.id, "")) for child in children]


def sheet_of(by: Actor, village_code: str, on: date) -> list[Called]:
    """The children of a day by name, with their numbers and no mark yet."""
    children = numbered_children(by, village_code, on)
    names = Counter(child.resident.shown_name for _, child in children)
    return [Called(child.id, number, _name_in(names, child, on), "") for number, child in children]


def _name_in(names: Counter[str], child: Child, on: date) -> str:
    """The name; with the age where two children are called alike."""
    name, born = child.resident.shown_name, child.resident.birth_date
    return f"{name}, {age_on(born, on)}" if names[name] > 1 and born else name


def numbered_children(by: Actor, village_code: str, on: date) -> list[tuple[int, Child]]:
    """The children enrolled on a day by name, each with its number: its place in the order of all that ever came."""
    rows = Child.objects.visible_to(by).filter(village_code=village_code).order_by("id")
    numbers = {id: place for place, id in enumerate(rows.values_list("id", flat=True), 1)}
    enrolled = rows.filter(enrolled_on__lte=on).filter(Q(left_on=None) | Q(left_on__gte=on))
    children = enrolled.select_related("resident").order_by("resident__name_key", "id")
    return [(numbers[child.id], child) for child in children]


@dataclass(frozen=True, slots=True)
class Pupil:
    """A caregiver in a class: came or not, and both scores."""

    id: UUID
    name: str
    came: bool
    before: int | None
    after: int | None


def class_of(by: Actor, session: Session) -> list[Pupil]:
    """The caregivers of the centre's children by name, with their scores. Two queries."""
    scores = {one.caregiver_id: one for one in CaregiverScore.objects.visible_to(by).filter(session=session)}
    children = Child.objects.visible_to(by).filter(village_code=session.village_code, caregiver__isnull=False)
    wanted = Q(id__in=children.filter(left_on=None).values("caregiver")) | Q(id__in=list(scores))
    caregivers = Resident.objects.in_village(session.village_code).filter(wanted).order_by("name_key", "id")
    found = []
    for one in caregivers:
        score = scores.get(one.id)
        before, after = (score.before, score.after) if score else (None, None)
        found.append(Pupil(one.id, one.shown_name, score is not None, before, after))
    return found


# --- pictures ---


@dataclass(frozen=True, slots=True)
class Month:
    """How the children's sessions of one month were attended."""

    first: date
    present: int
    called: int

    @property
    def percent(self) -> int | None:
        return round(self.present * 100 / self.called) if self.called else None


def attendance_by_month(by: Actor, centre: Centre, today: date, *, months: int = 12) -> list[Month]:
    """The last months, the oldest first, also those in which nothing was held. One query."""
    wanted = _months_back(today, months)
    rows = Session.objects.visible_to(by).filter(centre=centre, state=SessionState.HELD, on__gte=wanted[0])
    sums = rows.exclude(kind=CAREGIVERS_CLASS).annotate(month=TruncMonth("on")).order_by().values_list("month")
    counted = {
        month: (present, present + excused + absent)
        for month, present, excused, absent in sums.annotate(Sum("present"), Sum("excused"), Sum("absent"))
    }
    return [Month(first, *counted.get(first, (0, 0))) for first in wanted]


def _months_back(today: date, count: int) -> list[date]:
    last = today.year * 12 + today.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(last - count + 1, last + 1)]


def absent_in_a_row(children: Sequence[UUID], village_code: str, *, most: int = 10) -> dict[UUID, int]:
    """How many sessions running, up to the newest, each child missed without excuse. One query."""
    rows = RollMark.objects.in_village(village_code).filter(child__in=list(children))
    missed: dict[UUID, int] = {}
    over: set[UUID] = set()
    for child, mark in rows.order_by("-on", "-id").values_list("child_id", "mark")[: most * max(1, len(children))]:
        if child in over:
            continue
        if mark == "absent":
            missed[child] = missed.get(child, 0) + 1
        elif mark == "present":
            over.add(child)
    return missed
