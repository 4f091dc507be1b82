"""A savings group on its way to a cooperative: each step written down, and the day on which it is one."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.audit import unit
from desmigratif.audit.unit import Subject
from desmigratif.cooperative.actions.ledger.books import books_of, refuse_future
from desmigratif.cooperative.actions.ledger.posting_sql import lock_book_of
from desmigratif.cooperative.inputs.founding import BecomeCooperative, RecordFoundingStep
from desmigratif.cooperative.models import Cooperative, CooperativeKind, FoundingStep
from desmigratif.cooperative.queries.members.founding import group_of, steps_recorded
from desmigratif.cooperative.rules.members.founding import reasons_not_to_become
from desmigratif.shared.reasons import Reason, Refusal


class CannotFound(Refusal):
    code = "cannot_found"


@action("cooperative.record_founding_step", Permission.COOPERATIVE_SET_UP)
def record_founding_step(*, by: Actor, given: RecordFoundingStep, now: datetime) -> FoundingStep:
    """Write down one step of the checklist with its proof."""
    cooperative = _group(by, given.cooperative_id)
    refuse_future(cooperative.village_code, given.on, now)
    if given.code in steps_recorded(cooperative):
        raise CannotFound(Reason("recorded_already", "Langkah ini sudah tercatat.", field="code"))
    step = FoundingStep.objects.create(
        id=given.step_id, village_code=cooperative.village_code, cooperative=cooperative, code=given.code,
        on=given.on, proof=given.proof,
    )  # fmt: skip
    _note("founding_step.recorded", cooperative, step=given.code)
    return step


@action("cooperative.become_cooperative", Permission.COOPERATIVE_SET_UP)
def become_cooperative(*, by: Actor, given: BecomeCooperative, now: datetime) -> Cooperative:
    """Go on as a cooperative, or a unit of one: members, savings, loans and books stay as they are."""
    cooperative = _group(by, given.cooperative_id)
    refuse_future(cooperative.village_code, given.on, now)
    if given.on < cooperative.opened_on:
        raise CannotFound(Reason("before_books", "Tanggalnya sebelum buku dibuka.", field="on"))
    if reasons := reasons_not_to_become(group_of(cooperative, given.on), given.kind, given.legal_number, given.on):
        raise CannotFound(reasons)
    cooperative.kind, cooperative.name, cooperative.became_on = CooperativeKind(given.kind), given.name, given.on
    cooperative.legal_number = given.legal_number
    cooperative.save(update_fields=["kind", "name", "became_on", "legal_number"])
    _note("cooperative.became", cooperative, kind=given.kind, on=given.on.isoformat())
    return cooperative


def _group(by: Actor, cooperative_id: UUID) -> Cooperative:
    """A savings group that this person may lead on. Raises `CannotFound` for what is a cooperative already."""
    cooperative = books_of(by, cooperative_id, Permission.COOPERATIVE_SET_UP)
    lock_book_of(cooperative.id)
    cooperative.refresh_from_db(fields=["kind"])
    if cooperative.kind != CooperativeKind.SAVINGS_GROUP:
        raise CannotFound(Reason("no_group", "Ini bukan lagi kelompok simpan pinjam."))
    return cooperative


def _note(event: str, cooperative: Cooperative, **details: object) -> None:
    subjects = [Subject("cooperative", cooperative.id)]
    unit.record(event, village_code=cooperative.village_code, subjects=subjects, **details)
    unit.changed("cooperative.cooperative", cooperative.village_code, cooperative.id)
