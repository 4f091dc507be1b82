"""Reading the service centre: who waits, a case with its steps, what stands against a letter."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery

from desmigratif.access.actor import Actor
from desmigratif.access.keys.subject_keys import key_of
from desmigratif.access.scope import get_or_refuse
from desmigratif.cases.models import (
    ABROAD,
    ENDED,
    LEFT,
    Bundle,
    Case,
    CaseStep,
    FamilyTalk,
    HeadDecision,
    OfferCheck,
    Stay,
)
from desmigratif.cases.queries.papers.offices import last_bundles
from desmigratif.cases.rules.journey import Journey, journey_on
from desmigratif.cases.rules.letters.permission import Candidate, CheckStanding, TalkStanding, reasons_not_to_issue
from desmigratif.cases.sealing import signs_of
from desmigratif.documents.models import Letter
from desmigratif.documents.queries import letters_of
from desmigratif.documents.rules.letter_text import FAMILY_PERMISSION
from desmigratif.people.models import LifeStatus, Resident
from desmigratif.regions.queries import today_in
from desmigratif.shared.dated import subject, value_on
from desmigratif.shared.reasons import Reason


def latest_check(case: Case) -> OfferCheck | None:
    """The newest check of a case's offer; what was asked about a worker abroad says nothing of the offer."""
    checks = OfferCheck.objects.in_village(case.village_code).filter(case=case).exclude(stage="abroad")
    return checks.order_by("-on", "-at", "-id").first()


def latest_talk(case: Case) -> FamilyTalk | None:
    """The newest family talk of a case, with its giver."""
    talks = FamilyTalk.objects.in_village(case.village_code).filter(case=case)
    return talks.select_related("giver__household").order_by("-on", "-at", "-id").first()


def reasons_against_letter(case: Case, *, what_was_checked: str, today: date) -> list[Reason]:
    """What stands between this case and the family's permission letter today; empty means nothing."""
    check, talk, key = latest_check(case), latest_talk(case), key_of(case.resident_id)
    return reasons_for(case, check, talk, key, what_was_checked=what_was_checked, today=today)


def reasons_for(
    case: Case,
    check: OfferCheck | None,
    talk: FamilyTalk | None,
    key: bytes | None,
    *,
    what_was_checked: str,
    today: date,
) -> list[Reason]:
    """The same for a check and a talk that were read already, with the candidate's key."""
    return reasons_not_to_issue(
        candidate=Candidate(case.resident.birth_date, case.resident.sex, case.resident.marital_status),
        check=_check_standing(check),
        talk=_talk_standing(talk, key),
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


def _talk_standing(talk: FamilyTalk | None, key: bytes | None) -> TalkStanding | None:
    if talk is None:
        return None
    signs = signs_of(talk, key)
    return TalkStanding(
        talk.permission, talk.giver_capacity, signs.disputed, signs.pressure, talk.candidate_confirms_alone
    )


def standing_letter(case: Case) -> Letter | None:
    """The family's permission for this plan that holds, if there is one."""
    letters = Letter.objects.in_village(case.village_code).filter(resident_id=case.resident_id, revoked_on=None)
    letters = letters.filter(kind=FAMILY_PERMISSION)
    return letters.filter(issued_on__gte=case.opened_on).first()


def open_cases(by: Actor) -> QuerySet[Case]:
    """Cases under way that this person may see, oldest first."""
    cases = Case.objects.visible_to(by).exclude(state__in=ENDED)
    return cases.select_related("resident__household").order_by("opened_on", "id")


def open_cases_with_check(by: Actor) -> QuerySet[Case]:
    """The same, each with its newest check's level and what that left open as `last_level` and `last_unknown` (None
    before the first), and whether a letter of it holds as `letter_holds`."""
    checks = OfferCheck.objects.visible_to(by).filter(case=OuterRef("pk")).order_by("-on", "-at", "-id")
    letters = Letter.objects.visible_to(by).filter(
        kind=FAMILY_PERMISSION,
        resident_id=OuterRef("resident_id"),
        issued_on__gte=OuterRef("opened_on"),
        revoked_on=None,
    )
    return open_cases(by).annotate(
        last_level=Subquery(checks.values("level")[:1]),
        last_unknown=Subquery(checks.values("unknown")[:1]),
        letter_holds=Exists(letters),
    )


def case_counts(by: Actor) -> dict[str, int]:
    """How many cases stand in each state, of those that this person may see and that are under way."""
    rows = open_cases(by).order_by().values_list("state").annotate(Count("id"))
    return dict(rows)


def case_of(by: Actor, case_id: UUID) -> Case:
    """One case with its resident and household. Raises `NotFoundOrNotYours`."""
    return get_or_refuse(Case.objects.visible_to(by).select_related("resident__household"), id=case_id)


def check_of(by: Actor, check_id: UUID) -> OfferCheck:
    """One offer check with its case and resident. Raises `NotFoundOrNotYours`."""
    checks = OfferCheck.objects.visible_to(by).select_related("case__resident__household")
    return get_or_refuse(checks, id=check_id)


def open_case_id(by: Actor, resident_id: UUID) -> UUID | None:
    """The plan that a resident has under way, if any."""
    return open_cases(by).filter(resident_id=resident_id).values_list("id", flat=True).first()


def living_with(by: Actor, resident: Resident) -> list[Resident]:
    """The others of a resident's household who live, oldest first; of unknown age last."""
    members = Resident.objects.visible_to(by).filter(household_id=resident.household_id).exclude(id=resident.id)
    gone = [LifeStatus.DEAD, LifeStatus.MOVED, LifeStatus.INVALID]
    return sorted(members.exclude(life_status__in=gone), key=lambda member: member.birth_date or date.max)


def unsure_citations(check: OfferCheck) -> dict[str, str]:
    """Which of a check's citations we know only from the press (`press`) or have yet to read (`to_confirm`)."""
    statuses = {
        version.citation: version.status
        for file in ("offer_safety", "destinations", "placement_costs")
        for versions in subject(file).values()
        for version in versions
        if version.holds_on(check.rules_as_of) and version.status != "read"
    }
    cited = [citation for flag in check.flags for citation in flag["citation"].split("; ")]
    return {citation: statuses[citation] for citation in dict.fromkeys(cited) if citation in statuses}


def reasons_of_unknown_work(case: Case, today: date) -> list[Reason]:
    """A letter names country and job: the fields that manpower offices ask for. Where households are closed it must
    also be known that the employer is none."""
    reasons = []
    if not case.country:
        reasons.append(Reason("country_missing", "Negara tujuan belum diketahui.", way_out="Isi di periksa tawaran."))
    if not case.job:
        reasons.append(Reason("job_missing", "Pekerjaannya belum diketahui.", way_out="Isi di periksa tawaran."))
    closed_for_households = value_on("offer_safety.household_ban_countries", today)
    if case.country in closed_for_households and not case.employer_type:
        text = "Di negara ini pemberi kerja perorangan masih ditutup, dan pemberi kerjanya belum diketahui."
        reasons.append(Reason("employer_missing", text, way_out="Isi di periksa tawaran."))
    return reasons


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case as its page shows it, on a day in its village; `key` opens what is sealed of the candidate."""

    case: Case
    today: date
    checks: list[OfferCheck]
    talks: list[FamilyTalk]
    letters: list[Letter]
    reasons: list[Reason]
    key: bytes | None = field(repr=False)
    journey: Journey
    steps: dict[str, CaseStep]
    bundles: dict[str, Bundle]
    head_said: HeadDecision | None
    stay: Stay | None = None

    @property
    def check(self) -> OfferCheck | None:
        return self.checks[0] if self.checks else None

    @property
    def talk(self) -> FamilyTalk | None:
        return self.talks[0] if self.talks else None

    @property
    def decision(self) -> HeadDecision | None:
        """What the head said to the newest check and talk."""
        said = self.head_said
        if said is None or self.check is None or self.talk is None:
            return None
        return said if (said.check_seen, said.talk_seen) == (self.check.id, self.talk.id) else None

    @property
    def was_stopped(self) -> bool:
        """Some offer was stopped: what became of the candidate is asked again."""
        return any(check.level == "stop" for check in self.checks)

    @property
    def standing_letter(self) -> Letter | None:
        holding = (letter for letter in self.letters if letter.revoked_on is None)
        return next((letter for letter in holding if letter.kind == FAMILY_PERMISSION), None)

    @property
    def is_over(self) -> bool:
        return self.case.state in ENDED

    @property
    def is_abroad(self) -> bool:
        return self.case.state in ABROAD

    @property
    def has_left(self) -> bool:
        """Abroad, or back from there: the steps before the departure are past."""
        return self.case.state in LEFT


def case_file(by: Actor, case_id: UUID, *, now: datetime) -> CaseFile:
    """Everything about one case. Raises `NotFoundOrNotYours`."""
    case = case_of(by, case_id)
    today = today_in(case.village_code, now)
    checks = list(OfferCheck.objects.visible_to(by).filter(case=case).order_by("-on", "-at", "-id"))
    talks = list(
        FamilyTalk.objects.visible_to(by)
        .filter(case=case)
        .select_related("giver__household")
        .order_by("-on", "-at", "-id")
    )
    letters = list(
        letters_of(by, resident_id=case.resident_id).select_related("replaced_by").filter(issued_on__gte=case.opened_on)
    )
    key = key_of(case.resident_id) if talks else None
    reasons = reasons_for(
        case, checks[0] if checks else None, talks[0] if talks else None, key, what_was_checked="", today=today
    )
    if checks:
        reasons += reasons_of_unknown_work(case, today)
    said = HeadDecision.objects.visible_to(by).filter(case=case).order_by("-at", "-id")
    head_said = said.first() if checks and talks else None
    steps = {row.step: row for row in CaseStep.objects.visible_to(by).filter(case=case)}
    stay = Stay.objects.visible_to(by).filter(case=case).first() if case.state in LEFT else None
    return CaseFile(
        case, today, checks, talks, letters, reasons, key, journey_on(today), steps, last_bundles(case), head_said, stay
    )
