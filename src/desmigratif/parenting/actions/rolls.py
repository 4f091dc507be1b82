"""A session was held: who came, and what a caregivers' class taught."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.audit import memory, unit
from desmigratif.audit.unit import Subject
from desmigratif.parenting.actions import facts
from desmigratif.parenting.actions.judging import judge
from desmigratif.parenting.actions.refusals import CannotCallRoll
from desmigratif.parenting.actions.running import (
    RUN,
    bump_last_held,
    own_theme,
    reasons_against_theme,
    session_to_run,
)
from desmigratif.parenting.inputs.sessions import CallRoll, ScoreClass
from desmigratif.parenting.models import CaregiverScore, Child, RollMark, Session, SessionState
from desmigratif.parenting.rules import roll as rules
from desmigratif.parenting.rules.centre import is_for_caregivers
from desmigratif.regions.queries import today_in
from desmigratif.shared import bulk
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Reason

ABSENCES = "absences"  # the sign of who missed several times in a row (regulations/parenting_risk.yaml)


@action("parenting.call_roll", RUN)
def call_roll(*, by: Actor, given: CallRoll, now: datetime) -> dict[str, Any]:
    """Who came to a session, all at once; called again it is corrected."""
    session = session_to_run(by, given.village_code, given.session_id)
    reasons = _reasons_not_to_hold(session, given.seen, now, for_caregivers=False)
    called = [mark.child_id for mark in given.marks]
    residents = _enrolled(session) if not reasons else {}
    reasons = reasons or rules.reasons_against_roll(called, residents.keys())
    own = own_theme(session.centre, given.own_theme_id)
    if reasons := reasons + reasons_against_theme(given.theme, own, session.on):
        raise CannotCallRoll(reasons)
    if given.theme or own:
        session.theme, session.own_theme = given.theme or "", own
    standing = RollMark.objects.in_village(session.village_code).filter(session=session)
    touched = {*called, *standing.values_list("child_id", flat=True)}
    before = facts.regular(session, touched)
    standing.delete()
    bulk.insert_columns(
        RollMark,
        {
            "id": [new_id() for _ in called], "child_id": called, "mark": [mark.mark for mark in given.marks],
        },
        {"village_code": session.village_code, "session_id": session.id, "on": session.on},
    )  # fmt: skip
    facts.regular_became(session, before, facts.regular(session, touched))
    _look_again(session, {mark.child_id: mark.mark for mark in given.marks}, today_in(given.village_code, now))
    counts = rules.tally(mark.mark for mark in given.marks)
    _hold(session, counts, [residents[id] for id in called])
    return {"session": str(session.id), **counts}


@action("parenting.score_class", RUN)
def score_class(*, by: Actor, given: ScoreClass, now: datetime) -> dict[str, Any]:
    """Which caregivers came to their class, and what they knew before and after; written again it is corrected."""
    session = session_to_run(by, given.village_code, given.session_id)
    scores = [rules.Score(one.caregiver_id, one.before, one.after) for one in given.scores]
    reasons = _reasons_not_to_hold(session, given.seen, now, for_caregivers=True)
    known = _caregivers(session) if not reasons else {}
    if reasons := reasons or rules.reasons_against_scores(scores, known.keys(), session.on):
        raise CannotCallRoll(reasons)
    rows = CaregiverScore.objects.in_village(session.village_code).filter(session=session)
    before = [rules.Score(*row) for row in rows.values_list("caregiver_id", "before", "after")]
    rows.delete()
    bulk.insert([
        CaregiverScore(
            village_code=session.village_code, session=session, caregiver_id=one.caregiver, before=one.before,
            after=one.after,
        )
        for one in scores
    ])  # fmt: skip
    facts.taught(session, before, scores)
    _tell_families(session, {one.caregiver for one in scores} - {one.caregiver for one in before}, known)
    _hold(session, rules.tally([rules.PRESENT] * len(scores)), [one.caregiver for one in scores])
    return {"session": str(session.id), "present": len(scores)}


def _reasons_not_to_hold(session: Session, seen: int, now: datetime, *, for_caregivers: bool) -> list[Reason]:
    today = today_in(session.village_code, now)
    reasons = rules.reasons_not_to_hold(on=session.on, today=today, state=session.state)
    if is_for_caregivers(session.kind) != for_caregivers:
        reasons.append(Reason("other_kind", "Macam kegiatan ini dicatat di halaman lain."))
    if session.version != seen:
        text = "Daftar ini baru saja disimpan dari tempat lain."
        reasons.append(Reason("changed_meanwhile", text, way_out="Muat ulang halaman ini, lalu lihat yang tertulis."))
    return reasons


def _enrolled(session: Session) -> dict[UUID, UUID]:
    """Children of the centre on the session's day: id -> resident."""
    rows = Child.objects.in_village(session.village_code).filter(enrolled_on__lte=session.on)
    return dict(rows.filter(Q(left_on=None) | Q(left_on__gte=session.on)).values_list("id", "resident_id"))


def _look_again(session: Session, marks: dict[UUID, str], today: date) -> None:
    """Who missed, and who came back after missing, may show other signs now."""
    rows = Child.objects.in_village(session.village_code).enrolled().filter(id__in=list(marks))
    for child in rows.select_related("resident__household", "caregiver").order_by("id"):
        if marks[child.id] == rules.ABSENT or ABSENCES in child.risk_because:
            judge(child, today)


def _caregivers(session: Session) -> dict[UUID, UUID]:
    """Whom a class is for: caregivers of children of the centre, id -> household."""
    rows = Child.objects.in_village(session.village_code).filter(caregiver__isnull=False)
    return dict(rows.values_list("caregiver_id", "caregiver__household_id"))


def _tell_families(session: Session, caregivers: Iterable[UUID], homes: dict[UUID, UUID]) -> None:
    """One line in the history of each caregiver's family."""
    for caregiver in sorted(caregivers):
        memory.add_timeline(
            village_code=session.village_code, household_id=homes[caregiver], resident_id=caregiver,
            kind="caregivers_class.held", on=session.on,
        )  # fmt: skip


def _hold(session: Session, counts: dict[str, int], residents: list[UUID]) -> None:
    """The session stands as held, with its counts; its people are the subjects of the event."""
    first = session.state != SessionState.HELD
    session.state = SessionState.HELD
    session.present, session.excused, session.absent = (counts[mark] for mark in rules.MARKS)
    session.version += 1
    session.save(update_fields=["state", "present", "excused", "absent", "version", "theme", "own_theme"])
    if first:
        facts.held(session)
        bump_last_held(session)
    unit.record(
        "session.held" if first else "session.corrected", village_code=session.village_code,
        subjects=[Subject("session", session.id), *(Subject("resident", id) for id in residents)], **counts,
    )  # fmt: skip
    unit.changed("parenting.session", session.village_code, session.id)
