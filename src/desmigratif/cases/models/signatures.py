"""What the village head said to a letter that is ready to be written."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from desmigratif.access.permissions import Permission
from desmigratif.access.scope import ScopedQuerySet
from desmigratif.cases.models.cases import Case
from desmigratif.shared.models import VillageOwned


class HeadDecisionQuerySet(ScopedQuerySet["HeadDecision"]):
    see_permission = Permission.CASE_SEE


class HeadAnswer(models.TextChoices):
    APPROVED = "approved", "Disetujui"
    POSTPONED = "postponed", "Ditunda"


class HeadDecision(VillageOwned):
    """A yes, or a "not yet" with its reason (regulations/signatures.yaml), to one check and one talk: a newer check
    or talk wants a new one."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="head_decisions")
    on = models.DateField()
    at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=HeadAnswer.choices)
    postponed_because = models.CharField(max_length=30, blank=True)
    postponed_until = models.DateField(null=True)
    check_seen = models.UUIDField()
    talk_seen = models.UUIDField()
    actor_id = models.CharField(max_length=40)

    objects: ClassVar[HeadDecisionQuerySet] = HeadDecisionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="approved", postponed_until=None, postponed_because="")
                | Q(answer="postponed", postponed_until__isnull=False),
                name="headdecision_says_until_when",
            )
        ]

    class Privacy:
        internal = (
            "id", "village_code", "case", "on", "at", "answer", "postponed_because", "postponed_until", "check_seen",
            "talk_seen", "actor_id",
        )  # fmt: skip
