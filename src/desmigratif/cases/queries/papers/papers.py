"""Reading the papers of candidates: what is known of each, whose run out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from desmigratif.access.actor import Actor
from desmigratif.access.keys.subject_keys import key_of
from desmigratif.access.scope import get_or_refuse
from desmigratif.cases.models import ENDED, Case, CaseStep, Paper, StepState
from desmigratif.cases.rules.offer.input import OfferCheckInput
from desmigratif.cases.rules.papers.papers import (
    IDENTITY_PAPERS,
    PAPER_OF_STEP,
    PAPERS_OF_LETTER,
    Compared,
    PaperFacts,
    Validity,
    longest_warning,
    side_by_side,
    validity_on,
)
from desmigratif.cases.rules.papers.requirements import papers_for
from desmigratif.cases.sealing import facts_of
from desmigratif.documents.models import Letter
from desmigratif.documents.queries import letters_of
from desmigratif.people.models import Resident
from desmigratif.shared.dated import NoValueOnDate

CHECKED = ("ktp", "kk", "birth_certificate", "school_certificate")  # whose words the offer check compares
REGISTER = "register"


@dataclass(frozen=True, slots=True)
class ExpiringPaper:
    """One paper of somebody with a running plan that is over or soon will be."""

    case_id: UUID
    resident: Resident
    kind: str
    document: str
    valid_until: date
    validity: Validity

    def days_left(self, today: date) -> int:
        """Below zero when it is over."""
        return (self.valid_until - today).days


def papers_of(by: Actor, case: Case, *, specific: bool) -> dict[str, PaperFacts]:
    """What is known of each paper of a case by its code: written down as a paper, on a step, or a letter of the
    village. What a paper says of the person is left out unless `specific`."""
    rows = Paper.objects.visible_to(by).filter(resident=case.resident_id)
    key = key_of(case.resident_id) if specific else None
    known = _from_letters(letters_of(by).filter(resident_id=case.resident_id, revoked_on=None))
    known |= _from_steps(CaseStep.objects.visible_to(by).filter(case=case), specific=specific)
    return known | {row.kind: facts_of(row, key) for row in rows}


def _from_letters(letters: QuerySet[Letter]) -> dict[str, PaperFacts]:
    found = {}
    for letter in letters:
        for kind in PAPERS_OF_LETTER.get(letter.kind, ()):
            found[kind] = PaperFacts(number=letter.number, issued_on=letter.issued_on)
    return found


def _from_steps(steps: Iterable[CaseStep], *, specific: bool) -> dict[str, PaperFacts]:
    return {
        PAPER_OF_STEP[row.step]: PaperFacts(
            number=row.paper_number if specific else "", valid_until=row.valid_until, issued_on=None
        )
        for row in steps
        if row.step in PAPER_OF_STEP and row.state == StepState.DONE and (row.paper_number or row.valid_until)
    }


def papers_held(case: Case) -> set[str]:
    """Codes of the papers of which something is on file: written down, on a finished step, or a letter that stands."""
    letters = Letter.objects.in_village(case.village_code).filter(resident_id=case.resident_id, revoked_on=None)
    steps = CaseStep.objects.in_village(case.village_code).filter(case=case)
    papers = Paper.objects.in_village(case.village_code).filter(resident=case.resident_id)
    return {*_from_letters(letters), *_from_steps(steps, specific=False), *papers.values_list("kind", flat=True)}


def paper_of(by: Actor, case: Case, kind: str) -> Paper:
    """One written paper of a case's person, with its copy. Raises `NotFoundOrNotYours`."""
    rows = Paper.objects.visible_to(by).filter(resident=case.resident_id).select_related("copy")
    return get_or_refuse(rows, "kind", kind=kind)


def paper_for_step(by: Actor, case: Case, step: str) -> PaperFacts | None:
    """What is written already of the paper that a step's form asks about."""
    row = Paper.objects.visible_to(by).filter(resident=case.resident_id, kind=PAPER_OF_STEP.get(step, "")).first()
    return facts_of(row, key_of(case.resident_id)) if row else None


def compared(resident: Resident, known: Mapping[str, PaperFacts]) -> list[Compared]:
    """Who the register and each paper say that somebody is, side by side; papers that say nothing are left out."""
    papers = [(kind, known[kind].name, known[kind].birth_date) for kind in IDENTITY_PAPERS if kind in known]
    said = [row for row in papers if row[1] or row[2]]
    return side_by_side([(REGISTER, resident.name, resident.birth_date), *said])


def with_papers(answers: OfferCheckInput, resident: Resident) -> OfferCheckInput:
    """The answers of an offer check with what is written of the candidate's papers, which stands above what was
    typed: nobody types it twice."""
    papers = answers.candidate.papers
    for kind, stands in _said_on_papers(resident).items():
        papers = papers.model_copy(update={kind: getattr(papers, kind).model_copy(update=stands)})
    return answers.model_copy(update={"candidate": answers.candidate.model_copy(update={"papers": papers})})


def facts_on_papers(resident: Resident) -> frozenset[str]:
    """Paths of an offer check that the written papers answer already: not asked again."""
    said = _said_on_papers(resident)
    return frozenset(f"candidate.papers.{kind}.{name}" for kind, stands in said.items() for name in stands)


def _said_on_papers(resident: Resident) -> dict[str, dict[str, Any]]:
    """What the papers that a check compares say of name and birth date, where they say anything."""
    rows = Paper.objects.in_village(resident.village_code).filter(resident=resident, kind__in=CHECKED)
    known = [row for row in rows if row.said_sealed is not None]
    key = key_of(resident.id) if known else None
    found = {}
    for row in known:
        facts = facts_of(row, key)
        said = {"name": facts.name or None, "birth_date": facts.birth_date}
        found[row.kind] = {name: value for name, value in said.items() if value is not None}
    return found


def papers_due(by: Actor, case: Case, steps: Iterable[CaseStep], today: date) -> list[ExpiringPaper]:
    """Papers of one plan that are over or must be renewed, the most urgent first; `steps` are those of the case."""
    rows = Paper.objects.visible_to(by).filter(resident=case.resident_id, valid_until__isnull=False)
    days = {kind: facts.valid_until for kind, facts in _from_steps(steps, specific=False).items()}
    days |= dict(rows.values_list("kind", "valid_until"))
    try:
        titles = {paper.code: paper.document for paper in papers_for({}, on=today)}
        found = [
            ExpiringPaper(case.id, case.resident, kind, titles.get(kind, kind), day, validity_on(today, kind, day))
            for kind, day in days.items()
            if day
        ]
    except NoValueOnDate:
        return []
    return sorted((one for one in found if one.validity != "valid"), key=lambda one: (one.valid_until, one.kind))


def papers_expiring(by: Actor, village_code: str, today: date) -> list[ExpiringPaper]:
    """Papers of people with a running plan in a village that are over or must be renewed, the most urgent first."""
    try:
        last, titles = (
            today + longest_warning(today),
            {paper.code: paper.document for paper in papers_for({}, on=today)},
        )
    except NoValueOnDate:
        return []
    plans = Case.objects.visible_to(by).filter(village_code=village_code).exclude(state__in=ENDED)
    papers = Paper.objects.visible_to(by).filter(village_code=village_code)
    running = papers.filter(resident__in=plans.values("resident"))
    dates = {(row.resident_id, row.kind): row.valid_until for row in running.only("resident_id", "kind", "valid_until")}
    steps = CaseStep.objects.visible_to(by).filter(
        village_code=village_code, state=StepState.DONE, valid_until__lte=last, step__in=PAPER_OF_STEP, case__in=plans
    )
    for row in steps.select_related("case"):
        dates.setdefault((row.case.resident_id, PAPER_OF_STEP[row.step]), row.valid_until)
    due = {place: day for place, day in dates.items() if day and validity_on(today, place[1], day) != "valid"}
    cases = {
        case.resident_id: case
        for case in plans.filter(resident__in={place[0] for place in due}).select_related("resident__household")
    }
    found = [
        ExpiringPaper(
            cases[resident].id,
            cases[resident].resident,
            kind,
            titles.get(kind, kind),
            day,
            validity_on(today, kind, day),
        )
        for (resident, kind), day in due.items()
        if resident in cases
    ]
    return sorted(found, key=lambda one: (one.valid_until, one.resident.name, one.kind))
