"""Who waits for an answer: candidates for their letter, and for the regency's word on an objection."""

from __future__ import annotations

from django.db.models import QuerySet

from desmigratif.access.actor import Actor
from desmigratif.cases.models import ENDED, LetterRequest, Objection


def unanswered_requests(by: Actor) -> QuerySet[LetterRequest]:
    """Of plans that go on; who waits longest first."""
    waiting = LetterRequest.objects.visible_to(by).filter(issued_on=None, refused_on=None)
    return waiting.exclude(case__state__in=ENDED).select_related("case__resident").order_by("due_on", "id")


def unanswered_objections(by: Actor) -> QuerySet[Objection]:
    """Who waits longest first."""
    waiting = Objection.objects.visible_to(by).filter(answered_on=None)
    return waiting.select_related("request__case__resident").order_by("due_on", "id")
