"""What people could do and want to do, and what they learnt."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from desmigratif.access.permissions import Permission
from desmigratif.access.scope import ScopedQuerySet
from desmigratif.people.models import Resident
from desmigratif.shared.models import VillageOwned


class PotentialQuerySet(ScopedQuerySet["Potential"]):
    see_permission = Permission.ENTERPRISE_SEE


class TrainingQuerySet(ScopedQuerySet["Training"]):
    see_permission = Permission.ENTERPRISE_SEE


class ParticipantQuerySet(ScopedQuerySet["Participant"]):
    see_permission = Permission.ENTERPRISE_SEE


class TrainingDayQuerySet(ScopedQuerySet["TrainingDay"]):
    see_permission = Permission.ENTERPRISE_SEE


class PresenceQuerySet(ScopedQuerySet["Presence"]):
    see_permission = Permission.ENTERPRISE_SEE


class Potential(VillageOwned):
    """What somebody told of their skill and will, in codes of regulations/enterprises.yaml; empty = not said.

    A new talk is a new row and the one before it is no longer `is_latest`.
    """

    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="enterprise_potentials")
    on = models.DateField()
    skills = models.JSONField(default=list)
    trade = models.CharField(max_length=20, blank=True)
    hours = models.CharField(max_length=10, blank=True)
    capital = models.CharField(max_length=10, blank=True)
    market = models.CharField(max_length=12, blank=True)
    will = models.CharField(max_length=10)
    is_latest = models.BooleanField(default=True)

    objects: ClassVar[PotentialQuerySet] = PotentialQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["resident"], condition=Q(is_latest=True), name="potential_latest_once")
        ]
        indexes = [models.Index(fields=["village_code", "is_latest", "will"], name="potential_of_village")]

    class Privacy:
        internal = ("id", "village_code", "resident", "on", "is_latest")
        personal = ("skills", "trade", "hours", "market", "will")
        specific = ("capital",)


class Training(VillageOwned):
    """A course for those who want to begin; `closed_on` is the day its certificates were given."""

    title = models.CharField(max_length=100)
    trainer = models.CharField(max_length=100)
    place = models.CharField(max_length=100, blank=True)
    starts_on = models.DateField()
    hours = models.PositiveSmallIntegerField()
    closed_on = models.DateField(null=True)

    objects: ClassVar[TrainingQuerySet] = TrainingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(hours__gte=1, hours__lte=500), name="training_of_some_hours")]
        indexes = [models.Index(fields=["village_code", "-starts_on", "-id"], name="training_of_village")]

    class Privacy:
        internal = ("id", "village_code", "title", "place", "starts_on", "hours", "closed_on")
        personal = ("trainer",)


class Participant(VillageOwned):
    """Somebody invited to a training: what they knew before and after, of a hundred, and the certificate."""

    training = models.ForeignKey(Training, on_delete=models.PROTECT, related_name="participants")
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="enterprise_trainings")
    invited_on = models.DateField()
    pre_score = models.PositiveSmallIntegerField(null=True)
    post_score = models.PositiveSmallIntegerField(null=True)
    certificate = models.CharField(max_length=30, blank=True)

    objects: ClassVar[ParticipantQuerySet] = ParticipantQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["training", "resident"], name="participant_once_in_a_training"),
            models.CheckConstraint(
                condition=(Q(pre_score=None) | Q(pre_score__lte=100)) & (Q(post_score=None) | Q(post_score__lte=100)),
                name="participant_scores_of_a_hundred",
            ),
            models.UniqueConstraint(
                fields=["village_code", "certificate"], condition=~Q(certificate=""), name="training_certificate_once"
            ),
        ]

    class Privacy:
        internal = ("id", "village_code", "training", "resident", "invited_on")
        personal = ("pre_score", "post_score", "certificate")


class TrainingDay(VillageOwned):
    """One day of a training that was held, and for how many hours."""

    training = models.ForeignKey(Training, on_delete=models.PROTECT, related_name="days")
    on = models.DateField()
    hours = models.PositiveSmallIntegerField()

    objects: ClassVar[TrainingDayQuerySet] = TrainingDayQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["training", "on"], name="training_day_once"),
            models.CheckConstraint(condition=Q(hours__gte=1, hours__lte=12), name="training_day_of_some_hours"),
        ]

    class Privacy:
        internal = ("id", "village_code", "training", "on", "hours")


class Presence(VillageOwned):
    """A participant was there on that day."""

    day = models.ForeignKey(TrainingDay, on_delete=models.PROTECT, related_name="presences")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="presences")

    objects: ClassVar[PresenceQuerySet] = PresenceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "participant"], name="presence_once_a_day")]

    class Privacy:
        internal = ("id", "village_code", "day")
        personal = ("participant",)
