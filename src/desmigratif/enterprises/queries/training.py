"""Trainings, who came, and how many hours somebody has learnt."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Count, Sum

from desmigratif.access.actor import Actor
from desmigratif.access.scope import get_or_refuse
from desmigratif.enterprises.models import Participant, Presence, Training
from desmigratif.enterprises.models.will import ParticipantQuerySet, TrainingQuerySet


def trainings_seen(by: Actor) -> TrainingQuerySet:
    """Trainings of this person's villages with `invited`, the latest first."""
    rows = Training.objects.visible_to(by).annotate(invited=Count("participants"))
    return rows.order_by("-starts_on", "-id")


def training_of(by: Actor, training_id: UUID) -> Training:
    """One training. Raises `NotFoundOrNotYours`."""
    return get_or_refuse(Training.objects.visible_to(by), "training_id", id=training_id)


def participants_of(training: Training) -> ParticipantQuerySet:
    """Who was invited, by name."""
    rows = Participant.objects.in_village(training.village_code).filter(training=training)
    return rows.select_related("resident__household").order_by("resident__name_key", "id")


def attended_hours(training: Training) -> dict[UUID, int]:
    """By participant how many hours of a training they were there. One query."""
    rows = Presence.objects.in_village(training.village_code).filter(day__training=training)
    return dict(rows.values_list("participant_id").annotate(hours=Sum("day__hours")))


def trained_hours(village_code: str, residents: Collection[UUID]) -> dict[UUID, int]:
    """By resident how many hours of all trainings they were there. One query."""
    rows = Presence.objects.in_village(village_code).filter(participant__resident__in=residents)
    return dict(rows.values_list("participant__resident_id").annotate(hours=Sum("day__hours")))
