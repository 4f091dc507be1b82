"""The right to an answer: requests for a letter and objections."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from desmigratif.access.permissions import Permission
from desmigratif.access.scope import ScopedQuerySet
from desmigratif.cases.models.cases import Case
from desmigratif.shared.models import VillageOwned


class LetterRequestQuerySet(ScopedQuerySet["LetterRequest"]):
    see_permission = Permission.CASE_SEE


class ObjectionQuerySet(ScopedQuerySet["Objection"]):
    see_permission = Permission.CASE_SEE


class LetterRequest(VillageOwned):
    """A candidate asked for the letter: the village answers in time, with the letter or with a lawful reason.

    `refused_because` is a code of regulations/rights.yaml.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="letter_requests")
    asked_on = models.DateField()
    due_on = models.DateField()
    issued_on = models.DateField(null=True)
    refused_on = models.DateField(null=True)
    refused_because = models.CharField(max_length=30, blank=True)

    objects: ClassVar[LetterRequestQuerySet] = LetterRequestQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(issued_on=None, refused_on=None), name="letterrequest_one_waits"
            ),
            models.CheckConstraint(condition=Q(issued_on=None) | Q(refused_on=None), name="letterrequest_one_answer"),
        ]
        indexes = [models.Index(fields=["village_code", "due_on"], name="letterrequest_by_due")]

    class Privacy:
        internal = ("id", "village_code", "case", "asked_on", "due_on", "issued_on", "refused_on")
        personal = ("refused_because",)


class ObjectionAnswer(models.TextChoices):
    UPHELD = "upheld", "Keberatan diterima"
    DISMISSED = "dismissed", "Keberatan ditolak"


class Objection(VillageOwned):
    """Against a refusal or the silence of a village; the regency answers in time. The story is sealed."""

    request = models.ForeignKey(LetterRequest, on_delete=models.PROTECT, related_name="objections")
    on = models.DateField()
    due_on = models.DateField()
    story_sealed = models.BinaryField(null=True)
    answered_on = models.DateField(null=True)
    answer = models.CharField(max_length=10, choices=ObjectionAnswer.choices, blank=True)
    answered_by = models.CharField(max_length=40, blank=True)
    answer_sealed = models.BinaryField(null=True)

    objects: ClassVar[ObjectionQuerySet] = ObjectionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request"], condition=Q(answered_on=None), name="objection_one_waits")
        ]
        indexes = [models.Index(fields=["village_code", "answered_on", "due_on"], name="objection_by_due")]

    class Privacy:
        internal = ("id", "village_code", "request", "on", "due_on", "answered_on", "answered_by")
        personal = ("answer",)
        specific = ("story_sealed", "answer_sealed")
