"""Reading the steps of a case: rows, standings, measures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast
from uuid import UUID

from django.db.models import Sum

from desmigratif.access.actor import Actor
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse, region_filter
from desmigratif.audit.models import FactDelta
from desmigratif.cases.models import Case, CaseStep, OfferCheck, StepState, TopicTold
from desmigratif.cases.rules.journey import Journey, Standing
from desmigratif.cases.rules.journey import StepState as State
from desmigratif.cases.rules.measures import CHEAP, EASY, FAST, SAFE, Finished, Measure, Safeguards, of_case
from desmigratif.documents.models import Letter
from desmigratif.documents.rules.letter_text import FAMILY_PERMISSION


def steps_of(case: Case) -> dict[str, CaseStep]:
    """Step code -> row, of the steps that have begun."""
    return {row.step: row for row in CaseStep.objects.in_village(case.village_code).filter(case=case)}


def letter_holds(case: Case) -> bool:
    letters = Letter.objects.in_village(case.village_code).filter(resident_id=case.resident_id, revoked_on=None)
    return letters.filter(kind=FAMILY_PERMISSION, issued_on__gte=case.opened_on).exists()


def standings_of(case: Case, rows: Mapping[str, CaseStep], *, holds: bool | None = None) -> dict[str, Standing]:
    """How far each step is. A permission whose letter was taken back is not finished, whatever its row says."""
    standings = {code: Standing(cast(State, row.state), row.since, row.done_on) for code, row in rows.items()}
    permission = standings.get("family_permission")
    if permission is None or permission.state != "done":
        return standings
    if not (letter_holds(case) if holds is None else holds):
        standings["family_permission"] = Standing("open", permission.since)
    return standings


def safeguards_of(
    case: Case, rows: Mapping[str, CaseStep], *, holds: bool, last_check: OfferCheck | None, departure_ok: bool | None
) -> Safeguards:
    """What protects this candidate now; what the journey has not come to yet is not asked for."""
    done = {code for code, row in rows.items() if row.state in (StepState.DONE, StepState.LEFT_OUT)}
    begun = "offer_check" in done or "family_permission" in rows
    return Safeguards(
        informed="information" in done,
        offer_checked=last_check is not None and last_check.level != "stop",
        own_choice=case.own_choice_confirmed is True if begun else None,
        family_permission=holds if "family_permission" in rows else None,
        checked_at_departure=departure_ok,
    )


def finished_steps(journey: Journey, rows: Mapping[str, CaseStep]) -> list[Finished]:
    """How each finished step of a case went."""
    return [
        Finished(
            row.due_on,
            row.done_on,
            row.trips,
            row.asked_again,
            row.paid_rupiah,
            free=journey.step(code).free,
            elsewhere=row.elsewhere,
        )
        for code, row in rows.items()
        if row.state == StepState.DONE and row.done_on is not None
    ]


def measures_of_case(journey: Journey, rows: Mapping[str, CaseStep], safeguards: Safeguards) -> tuple[Measure, ...]:
    return of_case(finished_steps(journey, rows), safeguards)


def measures_of(by: Actor, *, village_code: str = "", country: str = "") -> tuple[Measure, ...]:
    """The four measures over everything that this person may count: of one village, of one country of work."""
    facts = FactDelta.objects.filter(region_filter(by.regions_for(Permission.FIGURES_SEE)))
    facts = facts.filter(code__in=(SAFE, FAST, EASY, CHEAP))
    if village_code:
        facts = facts.filter(village_code=village_code)
    if country:
        facts = facts.filter(key__startswith=f"{country}:")
    sums = {
        row["code"]: row for row in facts.order_by().values("code").annotate(n=Sum("numerator"), d=Sum("denominator"))
    }
    return tuple(
        Measure(code, sums[code]["n"], sums[code]["d"]) if code in sums else Measure(code, 0, 0)
        for code in (SAFE, FAST, EASY, CHEAP)
    )


def topics_told(case: Case) -> dict[str, TopicTold]:
    """Topic -> when and by whom the candidate was told, of those that were."""
    return {row.topic: row for row in TopicTold.objects.in_village(case.village_code).filter(case=case)}


def step_of(by: Actor, step_id: UUID) -> CaseStep:
    """One step with its case, resident and household. Raises `NotFoundOrNotYours`."""
    return get_or_refuse(CaseStep.objects.visible_to(by).select_related("case__resident__household"), id=step_id)
