"""Reading what waits for the head: letters that could be written, with what was found and said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from desmigratif.access.actor import Actor
from desmigratif.access.keys.subject_keys import load_keys
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import region_filter
from desmigratif.cases.models import (
    ENDED,
    LEFT,
    Case,
    CaseStep,
    FamilyTalk,
    HeadAnswer,
    HeadDecision,
    LetterRequest,
    OfferCheck,
    StepState,
)
from desmigratif.cases.queries.before.plans import latest_check, latest_talk, reasons_for
from desmigratif.shared.reasons import Reason

ASKED_WITH_LETTER = "hold_not_explained"  # the officer writes that into the letter's own form
Row = TypeVar("Row", OfferCheck, FamilyTalk, HeadDecision, LetterRequest)


@dataclass(frozen=True, slots=True)
class ToSign:
    """One letter for the head: what was found, what was said, what still stands against it."""

    case: Case
    check: OfferCheck
    talk: FamilyTalk
    reasons: list[Reason]
    decision: HeadDecision | None
    asked: LetterRequest | None

    @property
    def approved(self) -> bool:
        return self.decision is not None and self.decision.answer == HeadAnswer.APPROVED


def plans_to_sign(by: Actor) -> QuerySet[Case]:
    """Plans whose letter can be written now and was not: checked, talked about, the permission's step is open."""
    ready = CaseStep.objects.everywhere().filter(
        case=OuterRef("pk"), step="family_permission", state__in=[StepState.OPEN, StepState.HELD]
    )
    cases = Case.objects.visible_to(by).filter(region_filter(by.regions_for(Permission.LETTER_APPROVE)))
    cases = cases.exclude(state__in=[*ENDED, *LEFT]).filter(Exists(ready))
    return cases.select_related("resident__household").order_by("opened_on", "id")


def waiting_for_head(by: Actor) -> QuerySet[Case]:
    """The plans to whose letter the head has said nothing; a talk or check since then wants a new word."""
    said = HeadDecision.objects.everywhere().filter(case=OuterRef("pk"))
    return plans_to_sign(by).filter(~Exists(said))


def letters_to_sign(by: Actor, today: date, *, most: int) -> list[ToSign]:
    """The plans with what a signature leans on. Six queries, whatever their number."""
    cases = list(plans_to_sign(by)[:most])
    ids = [case.id for case in cases]
    checks = _newest(OfferCheck.objects.visible_to(by).filter(case__in=ids).order_by("on", "at", "id"))
    talks = _newest(FamilyTalk.objects.visible_to(by).filter(case__in=ids).order_by("on", "at", "id"))
    said = _newest(HeadDecision.objects.visible_to(by).filter(case__in=ids).order_by("at", "id"))
    asked = _newest(LetterRequest.objects.visible_to(by).filter(case__in=ids, issued_on=None, refused_on=None))
    keys = load_keys([case.resident_id for case in cases])
    found = []
    for case in cases:
        check, talk = checks.get(case.id), talks.get(case.id)
        if check is None or talk is None:
            continue
        against = reasons_for(case, check, talk, keys.get(case.resident_id), what_was_checked="", today=today)
        reasons = [reason for reason in against if reason.code != ASKED_WITH_LETTER]
        found.append(ToSign(case, check, talk, reasons, _of(said.get(case.id), check, talk), asked.get(case.id)))
    return found


def _newest(rows: Iterable[Row]) -> dict[UUID, Row]:
    """Case -> its last row, of rows in their order."""
    return {row.case_id: row for row in rows}


def _of(decision: HeadDecision | None, check: OfferCheck, talk: FamilyTalk) -> HeadDecision | None:
    """A word of the head counts for the check and the talk that were shown."""
    if decision is None or (decision.check_seen, decision.talk_seen) != (check.id, talk.id):
        return None
    return decision


def decision_on(case: Case, check: OfferCheck | None = None, talk: FamilyTalk | None = None) -> HeadDecision | None:
    """What the head said last to this plan as it stands; None when nothing was, or before a newer check or talk."""
    check, talk = check or latest_check(case), talk or latest_talk(case)
    if check is None or talk is None:
        return None
    rows = HeadDecision.objects.in_village(case.village_code).filter(case=case).order_by("-at", "-id")
    return _of(rows.first(), check, talk)
