"""After a stopped offer: ask again in time, tell of lawful vacancies, keep what came of it."""

from __future__ import annotations

from datetime import date, datetime

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.audit import unit
from desmigratif.audit.unit import Subject
from desmigratif.cases.actions.common import open_case_of, refuse_future, remember
from desmigratif.cases.actions.refusals import CannotFollowUp, CannotRelayVacancy
from desmigratif.cases.inputs import FinishFollowUp, RecordVacancyOutcome, RelayVacancy
from desmigratif.cases.models import Case, FollowUp, FollowUpOutcome, OfferCheck, VacancyRelay
from desmigratif.cases.queries.offer.alternatives import open_follow_up
from desmigratif.cases.rules.offer.follow_up import due_after_stop
from desmigratif.people.actions.common import refuse_taken_ids
from desmigratif.placement.models import JobOrder
from desmigratif.placement.queries import regions_above
from desmigratif.shared.reasons import Reason


def follow_stop(case: Case, check: OfferCheck, on: date) -> None:
    """A stop opens a follow-up, or moves the open one on; a check without one finishes it. Inside an action."""
    standing = open_follow_up(case)
    if check.level != "stop":
        if standing is not None:
            _finish(standing, FollowUpOutcome.LAWFUL_OFFER, on)
        return
    standing = standing or FollowUp(village_code=case.village_code, case=case, opened_on=on)
    standing.check_made, standing.due_on = check, due_after_stop(on)
    standing.save()
    unit.changed("cases.followup", case.village_code, standing.id)


def _finish(row: FollowUp, outcome: FollowUpOutcome, on: date) -> None:
    row.done_on, row.outcome = max(on, row.opened_on), outcome
    row.save(update_fields=["done_on", "outcome"])
    unit.changed("cases.followup", row.village_code, row.id)


@action("cases.finish_follow_up", Permission.CASE_OPEN)
def finish_follow_up(*, by: Actor, given: FinishFollowUp, now: datetime) -> FollowUp:
    """Write down what the candidate said; who still wants it, or was not met, is asked again."""
    require(by, Permission.CASE_OPEN, given.village_code)
    refuse_future(given.village_code, given.on, now, CannotFollowUp)
    rows = FollowUp.objects.visible_to(by).filter(village_code=given.village_code)
    row = get_or_refuse(rows, "follow_up_id", id=given.follow_up_id)
    case = open_case_of(by, given.village_code, row.case_id)
    row = rows.select_for_update().get(id=row.id)
    if row.done_on is not None:
        raise CannotFollowUp(Reason("already_done", "Tindak lanjut ini sudah dicatat."))
    if given.on < row.opened_on:
        text = "Tanggalnya tidak boleh sebelum tawarannya berhenti."
        raise CannotFollowUp(Reason("before_stop", text, field="on"))
    outcome = FollowUpOutcome(given.outcome)
    _finish(row, outcome, given.on)
    if outcome in (FollowUpOutcome.STILL_WANTS, FollowUpOutcome.NOT_REACHED):
        again = FollowUp.objects.create(
            village_code=case.village_code, case=case, check_made=row.check_made, opened_on=given.on,
            due_on=due_after_stop(given.on),
        )  # fmt: skip
        unit.changed("cases.followup", case.village_code, again.id)
    remember(case, "offer.followed_up", given.on, subjects=[Subject("follow_up", row.id)], outcome=given.outcome)
    return row


@action("cases.relay_vacancy", Permission.CASE_OPEN)
def relay_vacancy(*, by: Actor, given: RelayVacancy, now: datetime) -> VacancyRelay:
    """Tell a candidate of a live vacancy; what the list said of it on this day is kept."""
    require(by, Permission.CASE_OPEN, given.village_code)
    refuse_future(given.village_code, given.on, now, CannotRelayVacancy)
    refuse_taken_ids(VacancyRelay, [given.relay_id])
    case = open_case_of(by, given.village_code, given.case_id)
    here = JobOrder.objects.filter(load__region_code__in=regions_above(given.village_code)).select_related("load")
    order = get_or_refuse(here, "job_order_id", id=given.job_order_id)
    if order.valid_until is not None and order.valid_until < given.on:
        text = "Lowongan ini sudah tutup pada hari itu."
        raise CannotRelayVacancy(Reason("vacancy_over", text, way_out="Pilih lowongan lain yang masih berlaku."))
    if VacancyRelay.objects.in_village(case.village_code).filter(case=case, job_order=order.id).exists():
        raise CannotRelayVacancy(Reason("told_before", "Lowongan ini sudah pernah disampaikan kepada calon."))
    relay = VacancyRelay.objects.create(
        id=given.relay_id,
        village_code=case.village_code,
        case=case,
        job_order=order.id,
        on=given.on,
        relayed_by=str(by.id),
        agency_name=order.agency_name,
        country=order.country,
        job=order.job,
        title=order.title,
        employer_type=order.employer_type,
        permit_number=order.permit_number,
        valid_until=order.valid_until,
        list_as_of=order.load.as_of,
        list_source=order.load.source,
    )
    unit.changed("cases.vacancyrelay", case.village_code, relay.id)
    remember(case, "vacancy.told", given.on, subjects=[Subject("vacancy", relay.id)], country=order.country)
    return relay


@action("cases.record_vacancy_outcome", Permission.CASE_OPEN)
def record_vacancy_outcome(*, by: Actor, given: RecordVacancyOutcome, now: datetime) -> VacancyRelay:
    """Write down what came of a vacancy."""
    require(by, Permission.CASE_OPEN, given.village_code)
    refuse_future(given.village_code, given.on, now, CannotRelayVacancy)
    rows = VacancyRelay.objects.visible_to(by).filter(village_code=given.village_code)
    relay = get_or_refuse(rows, "relay_id", id=given.relay_id)
    case = open_case_of(by, given.village_code, relay.case_id)
    if given.on < relay.on:
        text = "Tanggalnya tidak boleh sebelum lowongan disampaikan."
        raise CannotRelayVacancy(Reason("before_told", text, field="on"))
    relay.outcome, relay.outcome_on = given.outcome, given.on
    relay.save(update_fields=["outcome", "outcome_on"])
    unit.changed("cases.vacancyrelay", relay.village_code, relay.id)
    remember(case, "vacancy.answered", given.on, subjects=[Subject("vacancy", relay.id)], outcome=given.outcome)
    return relay
