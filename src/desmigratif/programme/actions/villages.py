"""Villages come into a programme, take its steps, and leave it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.checks import checked_day, refuse_taken_ids
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.audit import memory, unit
from desmigratif.audit.unit import Subject
from desmigratif.programme.actions.candidates import candidate_to_name, reasons_not_to_name
from desmigratif.programme.inputs.villages import JoinProgramme, LeaveProgramme, RecordStep
from desmigratif.programme.models import ProgrammeVillage, VillageStep, VillageStepQuerySet
from desmigratif.programme.rules import steps as rules
from desmigratif.shared.reasons import Reason, Refusal

RECORD = Permission.PROGRAMME_RECORD
# The steps that an indicator counts: villages with four pillars (F2), village regulations in force (F8).
REGULATION = "village_regulation"


class CannotJoinProgramme(Refusal):
    code = "cannot_join_programme"


class CannotRecordStep(Refusal):
    code = "cannot_record_step"


class CannotLeaveProgramme(Refusal):
    code = "cannot_leave_programme"


@action("programme.join_programme", RECORD)
def join_programme(*, by: Actor, given: JoinProgramme, now: datetime) -> ProgrammeVillage:
    """Write down that a decree named a village for a programme. A village may be in several at once."""
    require(by, RECORD, given.village_code)
    today = checked_day(given.on, given.village_code, now)
    refuse_taken_ids(ProgrammeVillage, [given.membership_id])
    here = ProgrammeVillage.objects.in_village(given.village_code).standing()
    programmes = set(here.values_list("programme", flat=True))
    candidate = candidate_to_name(given.village_code, given.programme)
    reasons = rules.reasons_not_to_join(programme=given.programme, is_in=given.programme in programmes, on=given.on)
    if reasons := reasons or reasons_not_to_name(candidate, given.on, today):
        raise CannotJoinProgramme(reasons)
    membership = ProgrammeVillage.objects.create(
        id=given.membership_id, village_code=given.village_code, programme=given.programme, decree=given.decree,
        decreed_on=given.on,
    )  # fmt: skip
    if candidate is not None and candidate.agreed:
        candidate.membership = membership
        candidate.save(update_fields=["membership"])
    if not programmes:  # in however many it is, a village counts once
        memory.add_fact("F1", given.village_code, given.on, key=f"{given.programme}:{membership.id}")
    _note("programme.joined", membership, programme=given.programme)
    return membership


@action("programme.record_step", RECORD)
def record_step(*, by: Actor, given: RecordStep, now: datetime) -> VillageStep:
    """Write down a step that the village took; with a reason, correct the day or the paper of one already written."""
    require(by, RECORD, given.village_code)
    today = checked_day(given.on, given.village_code, now)
    membership = _locked(given.village_code, given.membership_id)
    known = rules.steps_on(today)
    step = next((one for one in known if one.code == given.step), None)
    reasons = rules.reasons_not_to_record(step=step, since=membership.decreed_on, until=membership.left_on, on=given.on)
    if reasons:
        raise CannotRecordStep(reasons)
    standing = _steps_of(membership).filter(step=given.step).first()
    if standing is not None:
        return _corrected(standing, given)
    taken = VillageStep.objects.create(
        village_code=given.village_code, membership=membership, step=given.step, on=given.on, paper=given.paper
    )
    _count(membership, given.step, given.on, known)
    _note("programme.step_taken", membership, step=given.step)
    return taken


def _corrected(standing: VillageStep, given: RecordStep) -> VillageStep:
    if (standing.on, standing.paper) == (given.on, given.paper):
        text = "Langkah ini sudah tercatat dengan tanggal dan nomor yang sama."
        raise CannotRecordStep(Reason("recorded_already", text))
    if not given.reason:
        text = "Langkah ini sudah tercatat. Tulis alasan untuk membetulkannya."
        raise CannotRecordStep(Reason("reason_needed", text, field="reason"))
    before = {"on": standing.on.isoformat(), "paper": standing.paper}
    standing.on, standing.paper = given.on, given.paper
    standing.save(update_fields=["on", "paper"])
    _note("programme.step_corrected", standing.membership, step=given.step, reason=given.reason, before=before)
    return standing


def _count(membership: ProgrammeVillage, step: str, on: date, known: list[rules.Step]) -> None:
    """F2 when the last of the four pillars came to work, F8 when the village regulation stands: once for a village,
    whatever its other programmes did before."""
    key, village = str(membership.id), membership.village_code
    others = _steps_of_others(membership)
    if step == REGULATION and not any(REGULATION in taken for taken in others):
        memory.add_fact("F8", village, on, key=key)
    pillar = next(one for one in known if one.code == step).is_pillar
    mine = set(_steps_of(membership).values_list("step", flat=True))
    if pillar and rules.has_all_pillars(known, mine) and not any(rules.has_all_pillars(known, one) for one in others):
        memory.add_fact("F2", village, on, key=key)


def _steps_of_others(membership: ProgrammeVillage) -> list[set[str]]:
    """What the village did in each of its other programmes that still stand."""
    rows = VillageStep.objects.in_village(membership.village_code).filter(membership__left_on=None)
    taken: dict[object, set[str]] = defaultdict(set)
    for other, step in rows.exclude(membership=membership).values_list("membership_id", "step"):
        taken[other].add(step)
    return list(taken.values())


@action("programme.leave_programme", RECORD)
def leave_programme(*, by: Actor, given: LeaveProgramme, now: datetime) -> ProgrammeVillage:
    """Write down that a village left a programme, and why; what it did stays."""
    require(by, RECORD, given.village_code)
    checked_day(given.on, given.village_code, now)
    membership = _locked(given.village_code, given.membership_id)
    reasons = rules.reasons_not_to_leave(
        because=given.because, since=membership.decreed_on, until=membership.left_on, on=given.on
    )
    if reasons:
        raise CannotLeaveProgramme(reasons)
    membership.left_on, membership.left_because = given.on, given.because
    membership.save(update_fields=["left_on", "left_because"])
    _note("programme.left", membership, because=given.because)
    return membership


def _locked(village_code: str, membership_id: UUID) -> ProgrammeVillage:
    rows = ProgrammeVillage.objects.in_village(village_code).select_for_update()
    return get_or_refuse(rows, "membership_id", id=membership_id)


def _steps_of(membership: ProgrammeVillage) -> VillageStepQuerySet:
    return VillageStep.objects.in_village(membership.village_code).filter(membership=membership)


def _note(event: str, membership: ProgrammeVillage, **details: Any) -> None:
    about = [Subject("programme_village", membership.id)]
    unit.record(event, village_code=membership.village_code, subjects=about, **details)
    unit.changed("programme.programmevillage", membership.village_code, membership.id)
