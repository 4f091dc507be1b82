"""Trainings: planned, invited to, held, scored, ended with certificates."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Sum

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.audit import unit
from desmigratif.audit.unit import Subject
from desmigratif.enterprises.actions.common import HERE, resident_here, tell
from desmigratif.enterprises.inputs.will import CloseTraining, Invite, PlanTraining, RecordDay, RecordScores
from desmigratif.enterprises.models import Participant, Presence, Training, TrainingDay
from desmigratif.enterprises.queries.training import attended_hours
from desmigratif.enterprises.rules import training as rules
from desmigratif.people.actions.common import checked_day, refuse_taken_ids
from desmigratif.shared.reasons import NotFoundOrNotYours, Reason, Refusal


class CannotChangeTraining(Refusal):
    code = "cannot_change_training"


@action("enterprises.plan_training", Permission.ENTERPRISE_MENTOR)
def plan_training(*, by: Actor, given: PlanTraining, now: datetime) -> Training:
    """Write down a course that will be, or was, held."""
    require(by, Permission.ENTERPRISE_MENTOR, given.village_code)
    checked_day(given.on, given.village_code, now)
    refuse_taken_ids(Training, [given.training_id])
    training = Training.objects.create(
        id=given.training_id, village_code=given.village_code, title=given.title, trainer=given.trainer,
        place=given.place, starts_on=given.starts_on, hours=given.hours,
    )  # fmt: skip
    _note("training.planned", training)
    return training


@action("enterprises.invite", Permission.ENTERPRISE_MENTOR)
def invite(*, by: Actor, given: Invite, now: datetime) -> Training:
    """Invite people to a training; who is invited already stays so."""
    training = _open_training(by, given.village_code, given.training_id)
    checked_day(given.on, given.village_code, now)
    residents = [resident_here(given.village_code, id, "resident_ids") for id in given.resident_ids]
    if gone := [one for one in residents if one.life_status not in HERE]:
        text = f"{gone[0].shown_name} tercatat meninggal, pindah, atau tidak valid."
        raise CannotChangeTraining(Reason("resident_gone", text, field="resident_ids"))
    rows = Participant.objects.in_village(given.village_code).filter(training=training)
    known = set(rows.values_list("resident_id", flat=True))
    for one in dict.fromkeys(residents):
        if one.id not in known:
            row = Participant.objects.create(
                village_code=given.village_code, training=training, resident=one, invited_on=given.on
            )
            unit.changed("enterprises.participant", given.village_code, row.id)
            tell("enterprise.invited", one, given.on, title=training.title)
    _note("training.invited", training, *(Subject("resident", one.id) for one in residents))
    return training


@action("enterprises.record_day", Permission.ENTERPRISE_MENTOR)
def record_day(*, by: Actor, given: RecordDay, now: datetime) -> TrainingDay:
    """Write down a day that was held and who was there; the same day again corrects it."""
    training = _open_training(by, given.village_code, given.training_id)
    checked_day(given.on, given.village_code, now)
    if reasons := rules.reasons_not_to_hold(on=given.on, starts_on=training.starts_on, closed_on=training.closed_on):
        raise CannotChangeTraining(reasons)
    there = _participants(training, given.participant_ids, "participant_ids")
    days = TrainingDay.objects.in_village(given.village_code).filter(training=training, on=given.on)
    day = days.first()
    if day is None:
        refuse_taken_ids(TrainingDay, [given.day_id])
        day = TrainingDay(id=given.day_id, village_code=given.village_code, training=training, on=given.on)
    day.hours = given.hours
    day.save()
    Presence.objects.in_village(given.village_code).filter(day=day).delete()
    Presence.objects.bulk_create([
        Presence(village_code=given.village_code, day=day, participant=one) for one in there
    ])  # fmt: skip
    unit.changed("enterprises.trainingday", given.village_code, day.id)
    _note("training.held", training, *(Subject("resident", one.resident_id) for one in there))
    return day


@action("enterprises.record_scores", Permission.ENTERPRISE_MENTOR)
def record_scores(*, by: Actor, given: RecordScores, now: datetime) -> Training:
    """Write down what participants knew before and after."""
    training = _open_training(by, given.village_code, given.training_id)
    checked_day(given.on, given.village_code, now)
    reasons = []
    for place, score in enumerate(given.scores):
        reasons += rules.reasons_against_score(score.pre, f"scores.{place}.pre")
        reasons += rules.reasons_against_score(score.post, f"scores.{place}.post")
    if reasons:
        raise CannotChangeTraining(reasons)
    rows = _participants(training, [one.participant_id for one in given.scores], "scores")
    by_id = {one.participant_id: one for one in given.scores}
    for row in rows:
        row.pre_score, row.post_score = by_id[row.id].pre, by_id[row.id].post
        row.save(update_fields=["pre_score", "post_score"])
        unit.changed("enterprises.participant", given.village_code, row.id)
    _note("training.scored", training, *(Subject("resident", one.resident_id) for one in rows))
    return training


@action("enterprises.close_training", Permission.ENTERPRISE_MENTOR)
def close_training(*, by: Actor, given: CloseTraining, now: datetime) -> Training:
    """End a training: who was there enough gets a numbered certificate."""
    training = _open_training(by, given.village_code, given.training_id)
    checked_day(given.on, given.village_code, now)
    held: int = training.days.in_village(given.village_code).aggregate(sum=Sum("hours"))["sum"] or 0
    attended = attended_hours(training)
    rows = Participant.objects.in_village(given.village_code).filter(training=training)
    earning = [
        one for one in rows.select_related("resident").order_by("resident__name_key", "id")
        if rules.earns_certificate(attended_hours=attended.get(one.id, 0), held_hours=held, on=given.on)
    ]  # fmt: skip
    if reasons := rules.reasons_not_to_close(held_hours=held, earning=len(earning), closed_on=training.closed_on):
        raise CannotChangeTraining(reasons)
    first = _next_certificate(given.village_code, given.on.year)
    for place, one in enumerate(earning, start=first):
        one.certificate = rules.certificate_number(place, given.on.year)
        one.save(update_fields=["certificate"])
        unit.changed("enterprises.participant", given.village_code, one.id)
        tell("enterprise.trained", one.resident, given.on, title=training.title, hours=attended[one.id])
    training.closed_on = given.on
    training.save(update_fields=["closed_on"])
    _note("training.closed", training, *(Subject("resident", one.resident_id) for one in earning))
    return training


def _next_certificate(village_code: str, year: int) -> int:
    """The next number of the village and year; whoever else ends a training there waits."""
    list(Training.objects.in_village(village_code).select_for_update().order_by("id").values_list("id"))
    rows = Participant.objects.in_village(village_code).filter(certificate__startswith=f"PLT-{year}-")
    return rows.count() + 1


def _open_training(by: Actor, village_code: str, training_id: UUID) -> Training:
    """A training that goes on, locked. Raises `NotFoundOrNotYours` and `CannotChangeTraining`."""
    require(by, Permission.ENTERPRISE_MENTOR, village_code)
    rows = Training.objects.in_village(village_code).select_for_update()
    training = get_or_refuse(rows, "training_id", id=training_id)
    if reasons := rules.closed(training.closed_on):
        raise CannotChangeTraining(reasons)
    return training


def _participants(training: Training, ids: list[UUID] | tuple[UUID, ...], field: str) -> list[Participant]:
    """Those of a training with these ids. Raises `NotFoundOrNotYours` for anybody else's."""
    wanted = set(ids)
    rows = list(Participant.objects.in_village(training.village_code).filter(training=training, id__in=wanted))
    if len(rows) < len(wanted):
        raise NotFoundOrNotYours(field)
    return rows


def _note(event: str, training: Training, *subjects: Subject) -> None:
    about = [Subject("training", training.id), *subjects]
    unit.record(event, village_code=training.village_code, subjects=about)
    unit.changed("enterprises.training", training.village_code, training.id)
