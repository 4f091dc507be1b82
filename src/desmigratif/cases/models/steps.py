"""The steps of a journey, what was told, what was asked and paid."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from desmigratif.access.permissions import Permission
from desmigratif.access.scope import ScopedQuerySet
from desmigratif.cases.models.cases import Case
from desmigratif.shared.models import VillageOwned


class CaseStepQuerySet(ScopedQuerySet["CaseStep"]):
    see_permission = Permission.CASE_SEE


class StepCorrectionQuerySet(ScopedQuerySet["StepCorrection"]):
    see_permission = Permission.CASE_SEE


class TopicToldQuerySet(ScopedQuerySet["TopicTold"]):
    see_permission = Permission.CASE_SEE


class CaseCostQuerySet(ScopedQuerySet["CaseCost"]):
    see_permission = Permission.CASE_SEE


class StepState(models.TextChoices):
    OPEN = "open", "Berjalan"
    HELD = "held", "Tertahan"
    DONE = "done", "Selesai"
    LEFT_OUT = "left_out", "Tidak perlu menurut aturan"


class CaseStep(VillageOwned):
    """One step of one case: since when it runs, who holds it, when it is due, how it went. Rupiah are whole.

    `elsewhere`: it was done before the village knew, so its clock and counts say nothing. `reason` is a code of
    regulations/journey.yaml: why it is held, or by which rule it is left out.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=30)
    state = models.CharField(max_length=10, choices=StepState.choices, default=StepState.OPEN)
    since = models.DateField()
    due_on = models.DateField(null=True)
    holder = models.CharField(max_length=30)
    holder_since = models.DateField()
    done_on = models.DateField(null=True)
    elsewhere = models.BooleanField(default=False)
    reason = models.CharField(max_length=30, blank=True)
    trips = models.PositiveSmallIntegerField(null=True)
    places_visited = models.PositiveSmallIntegerField(null=True)
    asked_again = models.PositiveSmallIntegerField(default=0)
    paid_rupiah = models.BigIntegerField(null=True)
    paper_number = models.CharField(max_length=60, blank=True)
    valid_until = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[CaseStepQuerySet] = CaseStepQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "step"], name="casestep_one_per_step"),
            models.CheckConstraint(condition=Q(paid_rupiah=None) | Q(paid_rupiah__gte=0), name="casestep_paid_whole"),
        ]
        indexes = [models.Index(fields=["village_code", "state", "due_on"], name="casestep_by_due")]

    class Privacy:
        internal = (
            "id", "village_code", "case", "step", "state", "since", "due_on", "holder", "holder_since", "done_on",
            "elsewhere", "reason", "version",
        )  # fmt: skip
        personal = ("trips", "places_visited", "asked_again", "paper_number", "valid_until")
        specific = ("paid_rupiah",)


class StepCorrection(VillageOwned):
    """What was written of a step before it was put right, and why (a code of regulations/journey.yaml)."""

    step = models.ForeignKey(CaseStep, on_delete=models.PROTECT, related_name="corrections")
    at = models.DateTimeField()
    actor_id = models.CharField(max_length=40)
    reason = models.CharField(max_length=30)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    objects: ClassVar[StepCorrectionQuerySet] = StepCorrectionQuerySet.as_manager()  # type: ignore[assignment]

    class Privacy:
        internal = ("id", "village_code", "step", "at", "actor_id", "reason")
        specific = ("before", "after")


class TopicTold(VillageOwned):
    """One topic that a candidate was told (PP 59/2021): when, by whom, and whether they say that they got it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="topics_told")
    topic = models.CharField(max_length=40)
    on = models.DateField()
    giver_id = models.CharField(max_length=40)
    received = models.BooleanField(default=False)

    objects: ClassVar[TopicToldQuerySet] = TopicToldQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "topic"], name="topictold_once")]

    class Privacy:
        internal = ("id", "village_code", "case", "topic", "on", "giver_id", "received")


class CaseCost(VillageOwned):
    """What was asked of, or paid by, a candidate for one thing; whole rupiah, None = not known.

    `evidence_sealed` is where the receipt or the message lies, for a claim. One written wrongly is struck out with a
    reason (a code of regulations/journey.yaml) and stays.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="costs")
    on = models.DateField()
    component = models.CharField(max_length=30)
    asked_rupiah = models.BigIntegerField(null=True)
    paid_rupiah = models.BigIntegerField(null=True)
    evidence_sealed = models.BinaryField(null=True)
    struck_out_on = models.DateField(null=True)
    struck_out_because = models.CharField(max_length=30, blank=True)

    objects: ClassVar[CaseCostQuerySet] = CaseCostQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(asked_rupiah__gte=0) | Q(paid_rupiah__gte=0))
                & (Q(asked_rupiah=None) | Q(asked_rupiah__gte=0))
                & (Q(paid_rupiah=None) | Q(paid_rupiah__gte=0)),
                name="casecost_an_amount_is_known",
            )
        ]

    class Privacy:
        internal = ("id", "village_code", "case", "on", "component", "struck_out_on", "struck_out_because")
        specific = ("asked_rupiah", "paid_rupiah", "evidence_sealed")
