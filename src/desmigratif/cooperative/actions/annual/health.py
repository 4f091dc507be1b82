"""What the health score cannot read from books: how the cooperative is led, as its supervisors see it."""

from __future__ import annotations

from datetime import date, datetime

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.audit import unit
from desmigratif.audit.unit import Subject
from desmigratif.cooperative.actions.ledger.books import books_of
from desmigratif.cooperative.actions.loans.lending import voice_of
from desmigratif.cooperative.inputs.annual.health import AnswerHealth
from desmigratif.cooperative.models import HealthAnswers
from desmigratif.cooperative.rules.annual import health as rules
from desmigratif.regions.queries import today_in
from desmigratif.shared.reasons import NotFoundOrNotYours, Refusal

PARTS = ("general", "institution", "capital", "assets", "liquidity")


class CannotAssess(Refusal):
    code = "cannot_assess"


@action("cooperative.answer_health", Permission.COOPERATIVE_SEE)
def answer_health(*, by: Actor, given: AnswerHealth, now: datetime) -> HealthAnswers:
    """The supervisors' answers for a year that is over; given again, they take the place of the old ones."""
    cooperative = books_of(by, given.cooperative_id, Permission.COOPERATIVE_SEE)
    if voice_of(by, cooperative) != "supervisors":
        raise NotFoundOrNotYours
    today = today_in(cooperative.village_code, now)
    reasons = rules.reasons_not_to_assess(
        year=given.year, first_year=cooperative.opened_on.year, today=today, is_classed=True, has_form=True
    )
    answers = {part: int(getattr(given, part)) for part in PARTS}
    if not reasons:
        reasons = rules.reasons_not_to_answer(answers, rules.form_on("2016", date(given.year, 12, 31)))
    if reasons:
        raise CannotAssess(reasons)
    row = HealthAnswers.objects.of(cooperative).filter(year=given.year).first() or HealthAnswers(
        id=given.answers_id, village_code=cooperative.village_code, cooperative=cooperative, year=given.year
    )
    row.answers, row.answered_on, row.person_id = answers, today, str(by.id)
    row.save()
    subjects = [Subject("cooperative", cooperative.id)]
    unit.record("health.answered", village_code=cooperative.village_code, subjects=subjects, year=given.year)
    return row
