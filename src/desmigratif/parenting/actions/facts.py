"""What the centre's indicators count: D2 regular children, D3 sessions held, D5 calls, the gain of classes (D6).

Each is told as the difference of two states: how it stood before the act and how it stands after.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Q

from desmigratif.audit import memory
from desmigratif.parenting.models import ParentCall, RollMark, Session
from desmigratif.parenting.rules import roll as rules

REGULAR, HELD, IN_CONTACT, GAIN = "D2", "D3", "D5", "D6_gain"
State = Mapping[str, tuple[int, int]]


def planned(sessions: Iterable[Session], sign: int = 1) -> None:
    """D3: sessions that are to be held, or (-1) no longer are."""
    by_day: dict[tuple[str, date], dict[str, tuple[int, int]]] = {}
    for one in sessions:
        by_day.setdefault((one.village_code, one.on), {})[str(one.id)] = (0, sign)
    for (village_code, on), deltas in by_day.items():
        memory.add_facts(HELD, village_code, on, deltas)


def held(session: Session) -> None:
    """D3: one more was held."""
    memory.add_fact(HELD, session.village_code, session.on, numerator=1, key=str(session.id))


def regular(session: Session, children: Iterable[UUID]) -> State:
    """D2: who of these children comes regularly in the session's month, as the marks stand now."""
    month = session.on.replace(day=1)
    after = (month + timedelta(days=32)).replace(day=1)
    marks = RollMark.objects.in_village(session.village_code).filter(child__in=list(children))
    rows = marks.filter(on__gte=month, on__lt=after).order_by().values("child_id")
    counted = rows.annotate(came=Count("id", filter=Q(mark=rules.PRESENT)), called=Count("id"))
    return {str(row["child_id"]): (int(rules.is_regular(row["came"], row["called"], session.on)), 1) for row in counted}


def regular_became(session: Session, before: State, now: State) -> None:
    _became(REGULAR, session.village_code, session.on.replace(day=1), before, now)


def in_contact(village_code: str, child_id: UUID, on: date) -> State:
    """D5: whether a child talked with its parent in the week of a day, of the weeks in which a call was agreed."""
    monday = on - timedelta(days=on.weekday())
    calls = ParentCall.objects.in_village(village_code).filter(child=child_id, on__gte=monday)
    missed = list(calls.filter(on__lt=monday + timedelta(days=7)).values_list("missed_because", flat=True))
    return {str(child_id): (int("" in missed), 1)} if missed else {}


def in_contact_became(village_code: str, on: date, before: State, now: State) -> None:
    _became(IN_CONTACT, village_code, on - timedelta(days=on.weekday()), before, now)


def taught(session: Session, before: Iterable[rules.Score], now: Iterable[rules.Score]) -> None:
    """D6_gain: by how many points those gained of whom both scores are known. Who was trained at all is reckoned."""
    key = str(session.id)
    _became(GAIN, session.village_code, session.on, {key: rules.gain(before)}, {key: rules.gain(now)})


def _became(code: str, village_code: str, on: date, before: State, now: State) -> None:
    """Append what changed between two states."""
    deltas = {}
    for key in sorted({*before, *now}):
        old, new = before.get(key, (0, 0)), now.get(key, (0, 0))
        if new != old:
            deltas[key] = (new[0] - old[0], new[1] - old[1])
    if deltas:
        memory.add_facts(code, village_code, on, deltas)
