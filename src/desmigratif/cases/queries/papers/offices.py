"""Reading bundles: an office's inbox, and where the papers of a village lie."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from desmigratif.access.actor import Actor
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse
from desmigratif.cases.models import AT_OFFICE, ENDED, Bundle, BundleState, Case, CaseStep, StepState
from desmigratif.cases.rules.journey import Journey, journey_on
from desmigratif.cases.rules.papers.requirements import Requirement, papers_for


def offices_of(by: Actor) -> tuple[str, ...]:
    """The offices that this person works for, each once."""
    return tuple(dict.fromkeys(g.role.office for g in by.grants if Permission.BUNDLE_ANSWER in g.role.may))


def inbox_of(by: Actor) -> QuerySet[Bundle]:
    """Everything that was ever sent to this person's office, with case and candidate."""
    return Bundle.objects.sent_to(by).select_related("case__resident")


def inbox_counts(by: Actor, today: date) -> dict[str, int]:
    """How many bundles stand in each state at this person's office; "late" = over their day and not answered."""
    rows = Bundle.objects.sent_to(by).order_by().values_list("state").annotate(Count("id"))
    counts: dict[str, int] = dict(rows)
    late = Bundle.objects.sent_to(by).filter(state__in=AT_OFFICE, due_on__lt=today)
    return counts | {"late": late.count()}


def bundle_sent_to(by: Actor, bundle_id: UUID) -> Bundle:
    """One bundle of this person's office. Raises `NotFoundOrNotYours`."""
    return get_or_refuse(inbox_of(by), id=bundle_id)


def bundles_at_offices(by: Actor) -> QuerySet[Bundle]:
    """What the villages of this person wait for, and what came back and was not sent again; the oldest first."""
    of_step = {"case_id": OuterRef("case_id"), "step": OuterRef("step")}
    sent_again = Bundle.objects.everywhere().filter(**of_step, round__gt=OuterRef("round"))
    unfinished = CaseStep.objects.everywhere().filter(**of_step, state__in=[StepState.OPEN, StepState.HELD])
    came_back = Q(~Exists(sent_again), Exists(unfinished), state=BundleState.RETURNED)
    rows = Bundle.objects.visible_to(by).filter(Q(state__in=AT_OFFICE) | came_back)
    return rows.exclude(case__state__in=ENDED).select_related("case__resident").order_by("due_on", "id")


def last_bundles(case: Case) -> dict[str, Bundle]:
    """Step -> the newest bundle of it."""
    rows = Bundle.objects.in_village(case.village_code).filter(case=case).order_by("round")
    return {bundle.step: bundle for bundle in rows}


def papers_before(case: Case, step: str, day: date) -> tuple[Requirement, ...]:
    """The papers that the law asks of this plan up to a step: what a bundle for it may hold."""
    return _up_to(journey_on(day), step, papers_for(known_of(case), on=day))


def _up_to(journey: Journey, step: str, papers: Iterable[Requirement]) -> tuple[Requirement, ...]:
    rests_on = {other.code for other in journey.before(step)} | {step}
    return tuple(paper for paper in papers if paper.step in rests_on)


def known_of(case: Case) -> Mapping[str, str]:
    """What is known of a plan, as the list of papers asks."""
    return {
        "country": case.country, "job": case.job, "employer_type": case.employer_type,
        "marital_status": case.resident.marital_status,
    }  # fmt: skip
