"""Recounting A1 to A22 and F10: who was served, who left and how, who is abroad, who came back."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from desmigratif.audit.tallying import Tally
from desmigratif.cases.models import (
    ABROAD,
    Bundle,
    Case,
    CaseCost,
    CaseStep,
    OfferCheck,
    Paper,
    Return,
    Stay,
    StepState,
    TopicTold,
    Visit,
)
from desmigratif.cases.rules.before.costs import CostsInput, Paid, check_costs
from desmigratif.cases.rules.papers.papers import PAPER_OF_STEP, PAPERS_OF_LETTER
from desmigratif.cases.rules.papers.requirements import article_13_missing
from desmigratif.documents.models import Letter
from desmigratif.people.models import Resident
from desmigratif.placement.queries import placed_among
from desmigratif.shared.dated import value_on
from desmigratif.shared.dates import add_months

STOPPED = ("WITHDREW", "UNFIT", "REJECTED", "FAILED_DEPARTURE")


def _done(case: Case) -> dict[str, date]:
    rows = CaseStep.objects.in_village(case.village_code).filter(case=case, state=StepState.DONE)
    return {row.step: row.done_on for row in rows if row.done_on is not None}


def count_visits(village_code: str, until: date, tally: Tally) -> None:
    """A1 every visit; A2 every person once a quarter."""
    told = []
    for visit in Visit.objects.in_village(village_code):
        tally.add("A1", visit.on, 1, 0)
        if visit.topics and visit.resident_id:
            told.append((visit.resident_id, visit.on))
    for topic in TopicTold.objects.in_village(village_code).select_related("case"):
        told.append((topic.case.resident_id, topic.on))
    merged = {row.id: row.merged_into_id for row in Resident.objects.in_village(village_code).only("id", "merged_into")}
    seen = set()
    for who, day in sorted(told, key=lambda one: one[1]):
        person = merged.get(who) or who
        quarter = (person, day.year, (day.month - 1) // 3)
        if quarter not in seen:
            seen.add(quarter)
            tally.add("A2", day, 1, 0)


def count_clearances(village_code: str, until: date, tally: Tally) -> None:
    """A3, A10, A11 from the steps of each plan; A7 from the letters; A8 from the checks; A12 from the bundles."""
    for case in Case.objects.in_village(village_code):
        done = _done(case)
        cleared, left = done.get("family_permission"), done.get("departure")
        if cleared:
            tally.add("A3", cleared, "information" in done, 1)
            tally.add("A10", cleared, (cleared - case.opened_on).days, 1)
        if cleared and left:
            tally.add("A11", left, (left - cleared).days, 1)
    for letter in Letter.objects.in_village(village_code).filter(kind="family_permission", replaces=None):
        checks = OfferCheck.objects.in_village(village_code).filter(case__resident=letter.resident_id)
        tally.add("A7", letter.issued_on, any(check.on <= letter.issued_on for check in checks), 1)
    for check in OfferCheck.objects.in_village(village_code).filter(stage="permission"):
        tally.add("A8", check.on, check.level == "stop", 1)
    for bundle in Bundle.objects.in_village(village_code).filter(round=1, office="manpower_office"):
        judged = bundle.accepted_on or bundle.returned_on
        if judged:
            tally.add("A12", judged, bundle.returned_on is None, 1)


def count_stopped_offers(village_code: str, until: date, tally: Tally) -> None:
    """A9: people whose offer was stopped, in the month of the first stop."""
    stops = OfferCheck.objects.in_village(village_code).filter(level="stop").exclude(stage="abroad")
    rows = sorted(stops.select_related("case"), key=lambda check: (str(check.case_id), check.on))
    for _case_id, checks in groupby(rows, key=lambda check: check.case_id):
        first = next(checks)
        averted = first.case.state in STOPPED or first.case.procedural_status == "PROCEDURAL"
        tally.add("A9", first.on, averted, 1)


def count_departures(village_code: str, until: date, tally: Tally) -> None:
    """A4, A5 of all departures that are known; A13 of those that the village saw; A16, A17 where costs are known."""
    for case in Case.objects.in_village(village_code):
        on = case.opened_on if case.found_abroad else case.departed_on
        if on is None:
            continue
        tally.add("A4", on, not case.found_abroad, 1)
        if case.procedural_status != "UNKNOWN":
            tally.add("A5", on, case.procedural_status == "PROCEDURAL", 1)
        if not case.found_abroad:
            tally.add("A13", on, not article_13_missing(_papers(case, on), on=on), 1)
        if case.departed_on:
            _count_costs(case, case.departed_on, tally)


def _papers(case: Case, on: date) -> set[str]:
    held = {row.kind for row in Paper.objects.in_village(case.village_code) if row.resident_id == case.resident_id}
    for letter in Letter.objects.in_village(case.village_code).filter(resident_id=case.resident_id):
        if letter.issued_on <= on and letter.revoked_on is None:
            held |= set(PAPERS_OF_LETTER.get(letter.kind, ()))
    for step in CaseStep.objects.in_village(case.village_code).filter(case=case, state="done"):
        if step.step in PAPER_OF_STEP and (step.paper_number or step.valid_until):
            held.add(PAPER_OF_STEP[step.step])
    return held


def _count_costs(case: Case, on: date, tally: Tally) -> None:
    rows = CaseCost.objects.in_village(case.village_code).filter(case=case)
    paid = [row for row in rows if row.paid_rupiah is not None and row.struck_out_on is None]
    if not paid:
        return
    given = CostsInput(
        country=case.country or None, job=case.job or None, employer_type=case.employer_type or None,
        paid=tuple(Paid(component=row.component, amount=row.paid_rupiah) for row in paid),
    )  # fmt: skip
    lawful = check_costs(given, on=on).lawful_total
    if lawful is not None:
        total = sum(row.paid_rupiah or 0 for row in paid)
        tally.add("A16", on, total <= lawful, 1)
        tally.add("A17", on, max(total - lawful, 0), 1)


def count_abroad(village_code: str, until: date, tally: Tally) -> None:
    """How everybody abroad stands: A6, A14, A15, A18 to A20, and F10 of whom papers and cover are whole."""
    for case in Case.objects.in_village(village_code).filter(state__in=ABROAD):
        tally.add("A6", until, case.procedural_status in ("", "UNKNOWN"), 1)
        placed = placed_among(village_code, [case.resident.nik_index], until)
        if placed is not None:
            tally.add("A19", until, bool(placed), 1)
        stay = Stay.objects.in_village(village_code).filter(case=case).first()
        if stay is None:
            continue
        papers = Paper.objects.in_village(village_code).filter(resident=case.resident_id, kind="employment_contract")
        insured = stay.cover_until is not None and stay.cover_until >= max(until, stay.contract_until or until)
        fresh = (until - stay.updated_on).days <= value_on("abroad.fresh_days", stay.updated_on)
        tally.add("B8", until, 0, 1)
        tally.add("A14", until, any(paper.copy_id for paper in papers), 1)
        tally.add("A15", until, insured, 1)
        tally.add("A18", until, fresh, 1)
        tally.add("A20", until, case.agreed_contact_days is not None and stay.overdue_since is None, 1)
        if case.departed_on and not case.found_abroad and insured:
            tally.add("F10", until, 0, not article_13_missing(_papers(case, case.departed_on), on=case.departed_on))


def count_returns(village_code: str, until: date, tally: Tally) -> None:
    """A21 of all that came back; A22 of those that live, who left again; B8 of deaths."""
    for back in Return.objects.in_village(village_code).filter(withdrawn_on=None):
        tally.add("A21", back.known_on, (back.known_on - back.returned_on).days <= 14, 1)
        if back.kind == "dead":
            tally.add("B8", back.known_on, 1, 0)
            continue
        tally.add("A22", until, 0, 1)
        for later in Case.objects.in_village(village_code).filter(previous=back.case):
            left = later.opened_on if later.found_abroad else later.departed_on
            if left is not None and left <= add_months(back.returned_on, 24):
                tally.add("A22", until, 1, 0)


COUNTS_OF_PEOPLE = (
    count_visits, count_clearances, count_stopped_offers, count_departures, count_abroad, count_returns,
)  # fmt: skip
