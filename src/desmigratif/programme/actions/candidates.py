"""Villages are proposed, surveyed and deliberated before a decree names them; regions have a quota for a year."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.checks import checked_day, refuse_taken_ids
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.audit import unit
from desmigratif.audit.unit import Subject
from desmigratif.programme.inputs.candidates import (
    DeliberateCandidate,
    ProposeCandidate,
    RecordFigure,
    SetQuota,
    SurveyCandidate,
)
from desmigratif.programme.models import CandidateVillage, ProgrammeVillage, VillageFigure, VillageQuota
from desmigratif.programme.rules import need
from desmigratif.programme.rules import selection as rules
from desmigratif.regions.queries import today_in
from desmigratif.shared.reasons import Reason, Refusal

RECORD = Permission.PROGRAMME_RECORD


class CannotSetQuota(Refusal):
    code = "cannot_set_quota"


class CannotRecordFigure(Refusal):
    code = "cannot_record_figure"


class CannotPropose(Refusal):
    code = "cannot_propose"


class CannotSurvey(Refusal):
    code = "cannot_survey"


class CannotDeliberate(Refusal):
    code = "cannot_deliberate"


@action("programme.set_quota", RECORD)
def set_quota(*, by: Actor, given: SetQuota, now: datetime) -> VillageQuota:
    """Say how many villages a region is to name in a year."""
    require(by, RECORD, given.region_code)
    today = today_in(given.region_code, now)
    if given.year < today.year:
        text = f"Tahun {given.year} sudah lewat; kuotanya tidak diubah lagi."
        raise CannotSetQuota(Reason("year_over", text, field="year"))
    quota = VillageQuota.objects.select_for_update().filter(region_code=given.region_code, year=given.year).first()
    before = quota.villages if quota else None
    if quota is None:
        refuse_taken_ids(VillageQuota, [given.quota_id])
        quota = VillageQuota(id=given.quota_id, region_code=given.region_code, year=given.year)
    quota.villages, quota.paper = given.villages, given.paper
    quota.save()
    about = [Subject("village_quota", quota.id)]
    unit.record(
        "programme.quota_set", village_code=quota.region_code, subjects=about, year=quota.year,
        villages=quota.villages, before=before,
    )  # fmt: skip
    return quota


@action("programme.record_figure", RECORD)
def record_figure(*, by: Actor, given: RecordFigure, now: datetime) -> VillageFigure:
    """Write down a figure of a village; another source's figure of the same year stands beside it."""
    require(by, RECORD, given.village_code)
    today = checked_day(given.on, given.village_code, now)
    refuse_taken_ids(VillageFigure, [given.figure_id])
    reasons = []
    if given.metric not in need.weights_on(today):
        reasons.append(Reason("unknown_metric", "Pilih salah satu angka.", field="metric"))
    if given.year > today.year:
        reasons.append(Reason("year_in_future", "Tahun ini masih di depan.", field="year"))
    same = VillageFigure.objects.in_village(given.village_code)
    if same.filter(metric=given.metric, year=given.year, source__iexact=given.source).exists():
        text = "Angka dari sumber dan tahun ini sudah tercatat."
        reasons.append(Reason("noted_already", text, field="source", way_out="Sebutkan sumber yang lain."))
    if reasons:
        raise CannotRecordFigure(reasons)
    figure = VillageFigure.objects.create(
        id=given.figure_id, village_code=given.village_code, metric=given.metric, year=given.year, value=given.value,
        source=given.source, noted_on=given.on,
    )  # fmt: skip
    about = [Subject("village_figure", figure.id)]
    unit.record("programme.figure_recorded", village_code=figure.village_code, subjects=about, metric=figure.metric)
    return figure


@action("programme.propose_candidate", RECORD)
def propose_candidate(*, by: Actor, given: ProposeCandidate, now: datetime) -> CandidateVillage:
    """Propose a village for a programme in a year."""
    require(by, RECORD, given.village_code)
    checked_day(given.on, given.village_code, now)
    refuse_taken_ids(CandidateVillage, [given.candidate_id])
    here = CandidateVillage.objects.in_village(given.village_code).filter(programme=given.programme)
    standing = ProgrammeVillage.objects.in_village(given.village_code).standing().filter(programme=given.programme)
    reasons = rules.reasons_not_to_propose(
        programme=given.programme, year=given.year, is_in=standing.exists(),
        is_proposed=here.filter(year=given.year).exists(), on=given.on,
    )  # fmt: skip
    if reasons:
        raise CannotPropose(reasons)
    candidate = CandidateVillage.objects.create(
        id=given.candidate_id, village_code=given.village_code, programme=given.programme, year=given.year,
        proposed_on=given.on,
    )  # fmt: skip
    _note("programme.candidate_proposed", candidate, programme=given.programme, year=given.year)
    return candidate


@action("programme.survey_candidate", RECORD)
def survey_candidate(*, by: Actor, given: SurveyCandidate, now: datetime) -> CandidateVillage:
    """Write down what the survey found, sign by sign."""
    require(by, RECORD, given.village_code)
    today = checked_day(given.on, given.village_code, now)
    candidate = _locked(given.village_code, given.candidate_id)
    reasons = rules.reasons_not_to_survey(
        signs=given.signs, criteria=rules.criteria_on(candidate.programme, today), since=candidate.proposed_on,
        is_named=candidate.membership_id is not None, on=given.on,
    )  # fmt: skip
    if reasons:
        raise CannotSurvey(reasons)
    candidate.signs, candidate.surveyed_on = dict(given.signs), given.on
    candidate.save(update_fields=["signs", "surveyed_on"])
    _note("programme.candidate_surveyed", candidate, signs=dict(given.signs))
    return candidate


@action("programme.deliberate_candidate", RECORD)
def deliberate_candidate(*, by: Actor, given: DeliberateCandidate, now: datetime) -> CandidateVillage:
    """Write down what the village's deliberation said, with the number of its minutes."""
    require(by, RECORD, given.village_code)
    checked_day(given.on, given.village_code, now)
    candidate = _locked(given.village_code, given.candidate_id)
    reasons = rules.reasons_not_to_deliberate(
        surveyed_on=candidate.surveyed_on, is_named=candidate.membership_id is not None, on=given.on
    )
    if reasons:
        raise CannotDeliberate(reasons)
    candidate.agreed, candidate.minutes, candidate.deliberated_on = given.agreed, given.minutes, given.on
    candidate.save(update_fields=["agreed", "minutes", "deliberated_on"])
    _note("programme.candidate_deliberated", candidate, agreed=given.agreed)
    return candidate


def candidate_to_name(village_code: str, programme: str) -> CandidateVillage | None:
    """The newest candidacy of a village for a programme that no decree answered yet, locked."""
    rows = CandidateVillage.objects.in_village(village_code).select_for_update()
    return rows.filter(programme=programme, membership=None).order_by("-proposed_on", "-id").first()


def reasons_not_to_name(candidate: CandidateVillage | None, on: date, today: date) -> list[Reason]:
    """Whether the decree has its deliberation."""
    return rules.reasons_not_to_name(
        agreed=candidate.agreed if candidate else None,
        deliberated_on=candidate.deliberated_on if candidate else None, on=on, today=today,
    )  # fmt: skip


def _locked(village_code: str, candidate_id: UUID) -> CandidateVillage:
    rows = CandidateVillage.objects.in_village(village_code).select_for_update()
    return get_or_refuse(rows, "candidate_id", id=candidate_id)


def _note(event: str, candidate: CandidateVillage, **details: object) -> None:
    about = [Subject("candidate_village", candidate.id)]
    unit.record(event, village_code=candidate.village_code, subjects=about, **details)
    unit.changed("programme.candidatevillage", candidate.village_code, candidate.id)
