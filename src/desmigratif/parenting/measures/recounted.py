"""The oracle of D1 to D7: counted straight from the records, slow and plain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from desmigratif.audit.models import Signal
from desmigratif.audit.tallying import Counts, Tally, tallied
from desmigratif.parenting.models import CaregiverScore, Child, ChildPlan, ParentCall, RollMark, Session
from desmigratif.parenting.queries.situations import situations_of
from desmigratif.parenting.rules.risk import level_of, signs_of
from desmigratif.people.models import Resident
from desmigratif.shared.dated import value_on
from desmigratif.shared.dates import age_on


def recount(village_codes: Sequence[str], until: date) -> Counts:
    return tallied((count_children, count_sessions, count_calls, count_classes), village_codes, until)


def count_children(village_code: str, until: date, tally: Tally) -> None:
    """D1 enrolled of all whose parent is abroad, D4 in school, D7 at high risk with a plan."""
    enrolled = [
        child
        for child in Child.objects.in_village(village_code).select_related("resident", "caregiver")
        if child.left_on is None
    ]
    known = _left_behind(village_code, until) | {child.resident.person_id for child in enrolled}
    if known:
        tally.add("D1", until, len(enrolled), len(known))
    ages, schooling = value_on("parenting.school_age", until), value_on("parenting.schooling", until)
    for child in enrolled:
        born = child.resident.birth_date
        if born is not None and ages["from"] <= age_on(born, until) <= ages["until"]:
            said = schooling.get(child.schooling, {})
            tally.add("D4", until, bool(said.get("in_school")), 1)
        situation = situations_of([child], until)[child.id]
        if level_of(signs_of(situation, until), until) == "high":
            plans = ChildPlan.objects.in_village(village_code).filter(child=child)
            tally.add("D7", until, any(plan.done_on is None for plan in plans), 1)


def _left_behind(village_code: str, until: date) -> set[UUID]:
    away = {row.resident_id for row in Signal.objects.filter(kind="worker_abroad") if row.until is None}
    homes: dict[UUID, list[Resident]] = defaultdict(list)
    for person in Resident.objects.in_village(village_code):
        homes[person.household_id].append(person)
    years = value_on("parenting.under_age", until)
    found = set()
    for people in homes.values():
        workers = [one for one in people if one.id in away]
        for child in people:
            if child.birth_date is None or child.birth_date > until or age_on(child.birth_date, until) >= years:
                continue
            others = [one for one in workers if not (one.relation == "child" == child.relation)]
            if others and child.life_status == "alive" and child.merged_into_id is None:
                found.add(child.person_id)
    return found


def count_sessions(village_code: str, until: date, tally: Tally) -> None:
    """D2 by child and month, of the rolls on which it stood; D3 of sessions that were not called off for a holiday."""
    marks: dict[tuple[UUID, date], list[str]] = defaultdict(list)
    for mark in RollMark.objects.in_village(village_code):
        marks[mark.child_id, mark.on.replace(day=1)].append(mark.mark)
    for (_child, month), said in marks.items():
        percent = value_on("parenting_centre.regular_percent", month)
        tally.add("D2", month, said.count("present") * 100 >= len(said) * percent, 1)
    for session in Session.objects.in_village(village_code):
        if not (session.state == "cancelled" and session.cancelled_because == "holiday"):
            tally.add("D3", session.on, session.state == "held", 1)


def count_calls(village_code: str, until: date, tally: Tally) -> None:
    """D5: each child in each week in which a call was agreed and written down."""
    weeks: dict[tuple[UUID, date], list[bool]] = defaultdict(list)
    for call in ParentCall.objects.in_village(village_code):
        weeks[call.child_id, call.on - timedelta(days=call.on.weekday())].append(call.missed_because == "")
    for (_child, monday), talked in weeks.items():
        tally.add("D5", monday, any(talked), 1)


def count_classes(village_code: str, until: date, tally: Tally) -> None:
    """D6: caregivers of children of the centre who came to a class; D6_gain by the points of those asked twice."""
    merged = {row.id: row.merged_into_id or row.id for row in Resident.objects.in_village(village_code)}
    came = set()
    for score in CaregiverScore.objects.in_village(village_code).select_related("session"):
        came.add(merged[score.caregiver_id])
        if score.before is not None and score.after is not None:
            tally.add("D6_gain", score.session.on, score.after - score.before, 1)
    caring = {
        merged[child.caregiver_id]
        for child in Child.objects.in_village(village_code)
        if child.left_on is None and child.caregiver_id
    }
    for caregiver in caring:
        tally.add("D6", until, caregiver in came, 1)
