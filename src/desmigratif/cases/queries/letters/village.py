"""Reading what a letter of the village needs: the holder as the register knows them, their plan, what holds already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from desmigratif.access.actor import Actor
from desmigratif.access.scope import get_or_refuse
from desmigratif.cases.models import LEFT, Case
from desmigratif.cases.queries.before.plans import latest_check, open_cases
from desmigratif.cases.rules.labels import JOBS
from desmigratif.cases.rules.letters.village import PlanStanding, Wish, reasons_before_asking
from desmigratif.documents.models import Letter
from desmigratif.documents.rules.letter_text import Person
from desmigratif.documents.rules.village_kinds import Kind
from desmigratif.people.letters import as_named_in_letter
from desmigratif.people.models import MaritalStatus, Resident, Sex
from desmigratif.regulations.countries import country_name
from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import Reason


@dataclass(frozen=True, slots=True)
class Holder:
    """A resident as a letter of the village would name them, and the plan abroad they have under way."""

    resident: Resident
    person: Person
    known: dict[str, str]
    plan: PlanStanding | None

    def reasons_before_asking(self, kind: Kind, *, on: date, standing_number: str) -> list[Reason]:
        """What stands against a letter whatever is filled in."""
        wish = Wish(kind, self.known, self.resident.birth_date, {}, "", on)
        return reasons_before_asking(wish, plan=self.plan, standing_number=standing_number)


def holder_of(by: Actor, resident: Resident) -> Holder:
    """What is known of a resident for a letter. Reads the household's row, the NIK and the plan."""
    case = open_cases(by).filter(resident_id=resident.id).exclude(state__in=LEFT).first()
    person = as_named_in_letter(resident)
    return Holder(resident, person, _known(resident, person, case), _plan(case) if case else None)


def _known(resident: Resident, person: Person, case: Case | None) -> dict[str, str]:
    home, born = resident.household, format_date(resident.birth_date) if resident.birth_date else ""
    return {
        "name": person.name,
        "nik": person.nik,
        "birth_date": born,
        "born": ", ".join(part for part in (person.birth_place, born) if part),
        "sex": str(Sex(resident.sex).label) if resident.sex else "",
        "marital_status": str(MaritalStatus(resident.marital_status).label) if resident.marital_status else "",
        "occupation": person.occupation,
        "address": person.address if home.address or home.hamlet or home.rt else "",
        "plan_country": country_name(case.country) if case and case.country else "",
        "plan_job": JOBS.get(case.job, "") if case else "",
    }


def _plan(case: Case) -> PlanStanding:
    check = latest_check(case)
    if check is None:
        return PlanStanding(None)
    grave = [flag for flag in check.flags if flag["level"] == "stop"]
    return PlanStanding(
        check.level,
        tuple(Reason(f["code"], f["reason"], f["citation"], way_out=f["lawful_alternative"]) for f in grave),
    )


def holding(letters: QuerySet[Letter], on: date) -> QuerySet[Letter]:
    """Those that are neither taken back nor over on a day."""
    return letters.filter(revoked_on=None).filter(Q(valid_until=None) | Q(valid_until__gte=on))


def standing_numbers(village_code: str, residents: Iterable[UUID], on: date) -> dict[tuple[UUID, str], str]:
    """(resident, kind) -> the number of the newest letter that holds on a day."""
    letters = Letter.objects.in_village(village_code).filter(resident_id__in=list(residents))
    rows = holding(letters, on).order_by("issued_on", "sequence").values_list("resident_id", "kind", "number")
    return {(resident_id, kind): number for resident_id, kind, number in rows}


def letter_to_replace(by: Actor, village_code: str, letter_id: UUID, *, lock: bool = False) -> Letter:
    """A letter that another may be written in place of. Raises `NotFoundOrNotYours`."""
    letters = Letter.objects.visible_to(by).filter(village_code=village_code)
    return get_or_refuse(letters.select_for_update() if lock else letters, "replaces", id=letter_id)
