"""Visits: who came, what for, what was explained."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.keys.subject_keys import key_of
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.audit import memory, unit
from desmigratif.audit.unit import Subject
from desmigratif.cases.actions.common import GONE, resident_of
from desmigratif.cases.actions.refusals import CannotRecordVisit
from desmigratif.cases.inputs import FinishVisit, RecordVisit
from desmigratif.cases.models import Visit
from desmigratif.cases.rules.before import visits as rules
from desmigratif.cases.sealing import opened_text, sealed_text, visit_note_place
from desmigratif.people.actions.common import refuse_taken_ids
from desmigratif.people.models import LifeStatus, Resident
from desmigratif.regions.queries import today_in
from desmigratif.shared.reasons import NeedsReview, Reason


@action("cases.record_visit", Permission.VISIT_RECORD)
def record_visit(*, by: Actor, given: RecordVisit, now: datetime) -> Visit:
    """Write down that somebody came (or was met) and what for."""
    require(by, Permission.VISIT_RECORD, given.village_code)
    today = today_in(given.village_code, now)
    reasons = rules.reasons_not_to_record(on=given.on, today=today, topics=given.topics)
    if given.resident_id is None and not given.visitor_name:
        reasons.append(Reason("no_visitor", "Tulis nama tamu atau pilih warganya.", field="visitor_name"))
    if reasons:
        raise CannotRecordVisit(reasons)
    refuse_taken_ids(Visit, [given.visit_id])
    resident = resident_of(by, given.village_code, given.resident_id) if given.resident_id else None
    if resident is not None and resident.life_status in GONE:
        said = GONE[LifeStatus(resident.life_status)]
        raise NeedsReview(
            Reason("resident_gone", f"Warga ini tercatat {said}. Periksa dulu orangnya.", field="resident_id")
        )
    visit = Visit(
        id=given.visit_id,
        village_code=given.village_code,
        resident=resident,
        visitor_name="" if resident else (given.visitor_name or ""),
        on=given.on,
        came_at=given.came_at or now,
        served_at=None if given.waiting else (given.came_at or now),
        place=given.place,
        purpose=given.purpose,
        topics=list(given.topics),
        giver_id="" if given.waiting else str(by.id),
    )
    visit.note_sealed = sealed_text(_note_subject(visit), given.note, place=visit_note_place(visit.id))
    visit.save(force_insert=True)
    _remember_visit(visit, resident)
    return visit


def _about(visit: Visit) -> list[Subject]:
    known = [Subject("resident", visit.resident_id)] if visit.resident_id else []
    return [Subject("visit", visit.id), *known]


def _note_subject(visit: Visit) -> UUID:
    return visit.resident_id or visit.id


def _with_note(visit: Visit, note: str) -> bytes | None:
    """What was written when the visitor came stays; what was found out while serving comes below it."""
    place, subject = visit_note_place(visit.id), _note_subject(visit)
    before = opened_text(key_of(subject), visit.note_sealed, place=place)
    return sealed_text(subject, "\n".join(filter(None, (before, note))), place=place)


def _remember_visit(visit: Visit, resident: Resident | None) -> None:
    unit.record("visit.recorded", village_code=visit.village_code, subjects=_about(visit), topics=visit.topics)
    unit.changed("cases.visit", visit.village_code, visit.id)
    memory.add_fact("A1", visit.village_code, visit.on, key=str(visit.id))
    if resident:
        memory.add_timeline(
            village_code=visit.village_code,
            household_id=resident.household_id,
            resident_id=resident.id,
            kind="visit.recorded",
            on=visit.on,
            purpose=visit.purpose,
            place=visit.place,
        )


@action("cases.finish_visit", Permission.VISIT_RECORD)
def finish_visit(*, by: Actor, given: FinishVisit, now: datetime) -> Visit:
    """The visitor was served: take them off the list of those who wait."""
    require(by, Permission.VISIT_RECORD, given.village_code)
    visits = Visit.objects.visible_to(by).filter(village_code=given.village_code).select_for_update()
    visit = get_or_refuse(visits, "visit_id", id=given.visit_id)
    if visit.served_at is not None:
        raise CannotRecordVisit(Reason("already_served", "Tamu ini sudah dilayani.", field="visit_id"))
    today = today_in(given.village_code, now)
    if reasons := rules.reasons_not_to_record(on=visit.on, today=today, topics=given.topics):
        raise CannotRecordVisit(reasons)
    visit.served_at = now
    visit.topics = sorted({*visit.topics, *given.topics})
    visit.giver_id = str(by.id)
    if given.note:
        visit.note_sealed = _with_note(visit, given.note)
    visit.version += 1
    visit.save(update_fields=["served_at", "topics", "giver_id", "note_sealed", "version"])
    unit.record("visit.finished", village_code=visit.village_code, subjects=_about(visit), topics=visit.topics)
    unit.changed("cases.visit", visit.village_code, visit.id)
    return visit
