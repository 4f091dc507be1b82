"""Reading the service centre: who waits, a case with its steps, what stands against a letter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from desmigratif.access.actor import Actor
from desmigratif.access.scope import get_or_refuse
from desmigratif.cases.models import Case, CaseState, FamilyTalk, OfferCheck, Visit
from desmigratif.cases.rules.permission import Candidate, CheckStanding, TalkStanding, reasons_not_to_issue
from desmigratif.documents.models import Letter
from desmigratif.documents.queries import letters_of
from desmigratif.shared.reasons import Reason


def latest_check(case: Case) -> OfferCheck | None:
    """The newest offer check of a case."""
    return OfferCheck.objects.in_village(case.village_code).filter(case=case).order_by("-on", "-at").first()


def latest_talk(case: Case) -> FamilyTalk | None:
    """The newest family talk of a case, with its giver."""
    talks = FamilyTalk.objects.in_village(case.village_code).filter(case=case)
    return talks.select_related("giver__household").order_by("-on", "-at").first()


def reasons_against_letter(case: Case, *, what_was_checked: str, today: date) -> list[Reason]:
    """What stands between this case and the family's permission letter today; empty means nothing."""
    return reasons_for(case, latest_check(case), latest_talk(case), what_was_checked=what_was_checked, today=today)


def reasons_for(
    case: Case, check: OfferCheck | None, talk: FamilyTalk | None, *, what_was_checked: str, today: date
) -> list[Reason]:
    """The same for a check and a talk that were read already."""
    return reasons_not_to_issue(
        candidate=Candidate(case.resident.birth_date, case.resident.sex, case.resident.marital_status),
        check=_check_standing(check),
        talk=_talk_standing(talk),
        what_was_checked=what_was_checked,
        today=today,
    )


def _check_standing(check: OfferCheck | None) -> CheckStanding | None:
    if check is None:
        return None
    grave = [flag for flag in check.flags if flag["level"] == check.level]
    return CheckStanding(
        check.level,
        tuple(Reason(f["code"], f["reason"], f["citation"], way_out=f["lawful_alternative"]) for f in grave),
    )


def _talk_standing(talk: FamilyTalk | None) -> TalkStanding | None:
    if talk is None:
        return None
    return TalkStanding(
        talk.permission, talk.giver_capacity, talk.disputed, talk.pressure, talk.candidate_confirms_alone
    )


def waiting_list(by: Actor, village_code: str, today: date) -> list[Visit]:
    """Who came today and was not served yet, first come first."""
    visits = Visit.objects.visible_to(by).filter(village_code=village_code, on=today, served_at__isnull=True)
    return list(visits.select_related("resident").order_by("came_at")[:50])


def visits_of_month(by: Actor, village_code: str, today: date) -> QuerySet[Visit]:
    return Visit.objects.visible_to(by).filter(village_code=village_code, on__gte=today.replace(day=1), on__lte=today)


def open_cases(by: Actor) -> QuerySet[Case]:
    """Cases under way that this person may see, oldest first."""
    cases = Case.objects.visible_to(by).exclude(state__in=[CaseState.WITHDREW])
    return cases.select_related("resident__household").order_by("opened_on", "id")


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case as its page shows it."""

    case: Case
    checks: list[OfferCheck]
    talks: list[FamilyTalk]
    letters: list[Letter]
    reasons: list[Reason]

    @property
    def check(self) -> OfferCheck | None:
        return self.checks[0] if self.checks else None

    @property
    def talk(self) -> FamilyTalk | None:
        return self.talks[0] if self.talks else None


def case_file(by: Actor, case_id: UUID, *, today: date) -> CaseFile:
    """Everything about one case. Raises `NotFoundOrNotYours`."""
    cases = Case.objects.visible_to(by).select_related("resident__household")
    case = get_or_refuse(cases, id=case_id)
    checks = list(OfferCheck.objects.visible_to(by).filter(case=case).order_by("-on", "-at"))
    talks = list(
        FamilyTalk.objects.visible_to(by).filter(case=case).select_related("giver__household").order_by("-on", "-at")
    )
    letters = list(letters_of(by, resident_id=case.resident_id).filter(issued_on__gte=case.opened_on))
    reasons = reasons_for(
        case, checks[0] if checks else None, talks[0] if talks else None, what_was_checked="", today=today
    )
    return CaseFile(case, checks, talks, letters, reasons)
