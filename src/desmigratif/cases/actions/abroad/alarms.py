"""The alarm about somebody abroad: silence longer than agreed, a passport taken, a ransom asked."""

from __future__ import annotations

from datetime import date, datetime

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.keys.subject_keys import key_of
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import require
from desmigratif.audit import unit
from desmigratif.audit.unit import Subject
from desmigratif.cases.actions import keeping
from desmigratif.cases.actions.abroad import stays
from desmigratif.cases.actions.common import refuse_future, remember
from desmigratif.cases.actions.offer.screening import keep_check, screen
from desmigratif.cases.actions.refusals import CannotRecordAbroad
from desmigratif.cases.inputs import ReviewStays
from desmigratif.cases.models import Case, CaseState, OfferCheck, Stay
from desmigratif.cases.queries import latest_check
from desmigratif.cases.queries.abroad.stays import to_review
from desmigratif.cases.rules.abroad.contact import days_silent, is_overdue
from desmigratif.cases.rules.offer.input import AfterDeparture, OfferCheckInput
from desmigratif.cases.sealing import answers_of
from desmigratif.shared.ids import new_id


def ask_flag(
    stay: Stay, case: Case, *, on: date, now: datetime, passport_taken: bool | None = None,
    ransom_asked: bool | None = None,
) -> OfferCheck:  # fmt: skip
    """Screen once more, now that the worker is abroad: the twentieth flag says what to do, and is kept with its day."""
    last = latest_check(case)
    known = answers_of(last, key_of(case.resident_id)) if last else None
    after = AfterDeparture(
        last_contact_days=days_silent(stay.heard_at, now) if stay.heard_at else None,
        agreed_contact_days=case.agreed_contact_days,
        passport_taken=passport_taken,
        ransom_asked=ransom_asked,
    )
    answers = (known or OfferCheckInput()).model_copy(update={"stage": "abroad", "after_departure": after})
    check = keep_check(case, screen(answers, case, on=on), check_id=new_id(), on=on, now=now)
    unit.changed("cases.offercheck", case.village_code, check.id)
    return check


def lose(stay: Stay, case: Case, *, now: datetime, on: date) -> None:
    """Nobody knows where somebody is: they are looked for. A case in trouble stays one, with the alarm."""
    if stay.overdue_since is None:
        _raise(stay, case, since=stay.due_at if stay.due_at and stay.due_at < now else now, now=now, on=on)
    if case.state not in (CaseState.PROBLEM, CaseState.LOST_CONTACT):
        keeping.go_on(case, CaseState.LOST_CONTACT, on)


def _raise(stay: Stay, case: Case, *, since: datetime, now: datetime, on: date) -> None:
    stays.sound(stay, case, since)
    check = ask_flag(stay, case, on=on, now=now)
    remember(case, "contact.overdue", on, subjects=[Subject("offer_check", check.id)])


@action("cases.review_stays", Permission.CASE_OPEN)
def review_stays(*, by: Actor, given: ReviewStays, now: datetime) -> dict[str, int]:
    """What time did: stays that were never begun begin, silence becomes an alarm, figures follow the calendar."""
    require(by, Permission.CASE_OPEN, given.village_code)
    refuse_future(given.village_code, given.on, now, CannotRecordAbroad)
    done = {"begun": 0, "alarms": 0}
    due = Case.objects.in_village(given.village_code).filter(to_review(now, given.on)).order_by("id")
    for case in due.select_related("resident__household").select_for_update(of=("self",)):
        done["begun"] += not Stay.objects.in_village(given.village_code).filter(case=case).exists()
        stay = stays.stay_of(case, given.on)
        if stay.overdue_since is None and stay.due_at is not None and is_overdue(stay.due_at, now):
            _raise(stay, case, since=stay.due_at, now=now, on=given.on)
            done["alarms"] += 1
        stays.count_again(stay, case, given.on)
        stay.save()
    return done
