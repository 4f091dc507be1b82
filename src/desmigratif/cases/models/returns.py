"""Coming back: the return, who told of it, whose child this is, what is needed, the plan, the visits afterwards."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from desmigratif.access.permissions import Permission
from desmigratif.access.scope import ScopedQuerySet
from desmigratif.cases.models.brokers import Broker
from desmigratif.cases.models.cases import Case
from desmigratif.people.models import Resident
from desmigratif.shared.models import VillageOwned


class ReturnQuerySet(ScopedQuerySet["Return"]):
    see_permission = Permission.CASE_SEE


class ReturnSourceQuerySet(ScopedQuerySet["ReturnSource"]):
    see_permission = Permission.CASE_SEE


class OriginQuerySet(ScopedQuerySet["Origin"]):
    see_permission = Permission.CASE_SEE


class NeedsAssessmentQuerySet(ScopedQuerySet["NeedsAssessment"]):
    see_permission = Permission.CASE_SEE


class ReintegrationStepQuerySet(ScopedQuerySet["ReintegrationStep"]):
    see_permission = Permission.CASE_SEE


class AftercareQuerySet(ScopedQuerySet["Aftercare"]):
    see_permission = Permission.CASE_SEE


class ExperienceQuerySet(ScopedQuerySet["Experience"]):
    see_permission = Permission.CASE_SEE


class Return(VillageOwned):
    """One migration came back, of whatever kind (codes of regulations/returns.yaml). One stands for a case at a time.

    `state_before` and `life_before` are what the case and the register said, for a report that proves wrong: it is
    withdrawn with a reason, and stays.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="returns")
    kind = models.CharField(max_length=10)
    cause = models.CharField(max_length=20)
    returned_on = models.DateField()
    known_on = models.DateField()
    travel_paper = models.CharField(max_length=10, blank=True)
    note_sealed = models.BinaryField(null=True)
    state_before = models.CharField(max_length=20)
    life_before = models.CharField(max_length=10, blank=True)
    withdrawn_on = models.DateField(null=True)
    withdrawn_because = models.CharField(max_length=30, blank=True)

    objects: ClassVar[ReturnQuerySet] = ReturnQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(withdrawn_on=None), name="return_one_stands"),
            models.CheckConstraint(
                condition=Q(kind__in=["normal", "problem", "deported", "sick", "dead"]), name="return_known_kind"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None, withdrawn_because="")
                | (Q(withdrawn_on__isnull=False) & ~Q(withdrawn_because="")),
                name="return_withdrawn_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["village_code", "returned_on", "id"], name="return_by_day")]

    class Privacy:
        internal = (
            "id", "village_code", "case", "returned_on", "known_on", "state_before", "withdrawn_on",
            "withdrawn_because",
        )  # fmt: skip
        specific = ("kind", "cause", "travel_paper", "note_sealed", "life_before")


class ReturnSource(VillageOwned):
    """Who told of a return, and when. A death told twice is one death with two sources."""

    told = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="sources")
    on = models.DateField()
    source = models.CharField(max_length=20)
    said_on = models.DateField()
    teller_sealed = models.BinaryField(null=True)

    objects: ClassVar[ReturnSourceQuerySet] = ReturnSourceQuerySet.as_manager()  # type: ignore[assignment]

    class Privacy:
        internal = ("id", "village_code", "told", "on", "said_on")
        personal = ("source",)
        specific = ("teller_sealed",)


class Origin(VillageOwned):
    """Whose child this is: who confirmed it and by what, so that nobody is brought to the wrong province."""

    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="origins")
    on = models.DateField()
    confirmed_by = models.CharField(max_length=20)
    confirmer_sealed = models.BinaryField(null=True)
    proofs = models.JSONField(default=list)
    is_sure = models.BooleanField()

    objects: ClassVar[OriginQuerySet] = OriginQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["resident", "-on", "-id"], name="origin_latest")]

    class Privacy:
        internal = ("id", "village_code", "resident", "on", "is_sure")
        personal = ("confirmed_by", "proofs")
        specific = ("confirmer_sealed",)


class NeedsAssessment(VillageOwned):
    """What somebody who came back needs, as they say it themselves (sealed: {"needs", "wish", "note"})."""

    back = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="assessments")
    on = models.DateField()
    said_sealed = models.BinaryField()

    objects: ClassVar[NeedsAssessmentQuerySet] = NeedsAssessmentQuerySet.as_manager()  # type: ignore[assignment]

    class Privacy:
        internal = ("id", "village_code", "back", "on")
        specific = ("said_sealed",)


class PlanOutcome(models.TextChoices):
    DONE = "done", "Terlaksana"
    DECLINED = "declined", "Tidak mau"
    NOT_POSSIBLE = "not_possible", "Belum bisa"


class ReintegrationStep(VillageOwned):
    """One step of a plan: what, in whose hands, until when, and how it ended. `step` tells of a need: specific."""

    back = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="plan_steps")
    step = models.CharField(max_length=20)
    holder = models.CharField(max_length=30)
    planned_on = models.DateField()
    due_on = models.DateField()
    done_on = models.DateField(null=True)
    outcome = models.CharField(max_length=15, choices=PlanOutcome.choices, blank=True)

    objects: ClassVar[ReintegrationStepQuerySet] = ReintegrationStepQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["back", "step"], condition=Q(done_on=None), name="planstep_open_once"),
            models.CheckConstraint(
                condition=Q(done_on=None, outcome="") | (Q(done_on__isnull=False) & ~Q(outcome="")),
                name="planstep_done_with_outcome",
            ),
        ]
        indexes = [models.Index(fields=["village_code", "done_on", "due_on"], name="planstep_by_due")]

    class Privacy:
        internal = ("id", "village_code", "back", "planned_on", "due_on", "done_on", "outcome")
        specific = ("step", "holder")


class Aftercare(VillageOwned):
    """A visit six or twelve months after a return, with its answers (sealed) and their score in hundredths.

    `tried` counts how often nobody was met; the visit stays due.
    """

    back = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="aftercare")
    month = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    done_on = models.DateField(null=True)
    answers_sealed = models.BinaryField(null=True)
    score = models.PositiveSmallIntegerField(null=True)
    tried = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[AftercareQuerySet] = AftercareQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["back", "month"], name="aftercare_once_a_month"),
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__lte=100, done_on__isnull=False), name="aftercare_scored_when_done"
            ),
        ]
        indexes = [models.Index(fields=["village_code", "done_on", "due_on"], name="aftercare_by_due")]

    class Privacy:
        internal = ("id", "village_code", "back", "month", "due_on", "done_on", "tried")
        specific = ("answers_sealed", "score")


class Experience(VillageOwned):
    """How it was with the agency and the recruiter, told after coming back. None = not said.

    `agency_key` is one for the spellings of a company, so that later offers of it are found.
    """

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="experience")
    on = models.DateField()
    agency = models.CharField(max_length=200, blank=True)
    agency_key = models.CharField(max_length=200, blank=True)
    promises_kept = models.BooleanField(null=True)
    paid_more = models.BooleanField(null=True)
    papers_held = models.BooleanField(null=True)
    would_recommend = models.BooleanField(null=True)
    broker = models.ForeignKey(Broker, on_delete=models.PROTECT, null=True, related_name="experiences")
    story_sealed = models.BinaryField(null=True)

    objects: ClassVar[ExperienceQuerySet] = ExperienceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["agency_key"], condition=~Q(agency_key=""), name="experience_by_agency")]

    class Privacy:
        internal = ("id", "village_code", "case", "on")
        personal = ("agency", "agency_key", "promises_kept", "paid_more", "papers_held", "would_recommend")
        specific = ("broker", "story_sealed")
