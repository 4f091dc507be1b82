"""What happened in the demo villages: visits, plans, checks, talks and letters, all through the one door."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from random import Random
from typing import Any
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.door import Act, perform
from desmigratif.audit.models import Outcome
from desmigratif.cases.models import Case, CaseStep
from desmigratif.cases.rules.before.visits import topics_on
from desmigratif.cases.rules.journey import journey_on
from desmigratif.demo.people.population import VillagePlan
from desmigratif.people.models import Resident
from desmigratif.regions.queries import village
from desmigratif.shared.dates import age_on
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Refusal

LAWFUL: dict[str, Any] = {
    "candidate": {
        "can_name": ["employer", "city", "wage", "hours", "contact"], "children_under_12": 0,
        "irregular_trips_before": 0, "deported_before": False,
    },
    "offer": {
        "country": "HKG", "employer_type": "household", "job": "domestic_worker", "scheme": "P3MI",
        "agency": {"name": "PT Contoh Karya Mandiri", "licence_active": True, "permit_for_job_order": True},
        "visa": "work", "told_to_hide_purpose": False, "qualification_asked": True, "channel": "official",
        "written_contract": True, "placement_agreement": True, "training_planned": True,
        "medical_facility_appointed": True, "orientation_planned": True, "advance_to_family": 0,
        "debt_to_work_off": 0, "fees": [], "wage_cut_months": 0, "papers_made_elsewhere": False,
        "papers_held_by_recruiter": [], "refuses": [], "route_via": [], "destination_changed_after_signing": False,
        "departure": {"hurried": False, "at_night": False, "secret": False},
    },
    "recruiter": {"complaints_before": 0, "relation": "none", "assignment_letter": True},
}  # fmt: skip
# What changes against the lawful offer, by the path of the answer.
STORIES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("letter", {}),
    ("stopped", {"offer.country": "SAU", "offer.visa": "umrah", "offer.channel": "messenger",
                 "offer.agency.licence_active": False, "offer.advance_to_family": 5_000_000}),
    ("letter", {"offer.country": "TWN", "offer.job": "elderly_carer"}),
    ("held", {"offer.country": "MYS", "offer.job": "plantation_worker", "offer.employer_type": "company",
              "candidate.can_name": ["city"], "recruiter.relation": "neighbour",
              "recruiter.assignment_letter": False}),
    ("stopped", {"offer.country": "KHM", "offer.job": "customer_service", "offer.employer_type": "company",
                 "offer.channel": "social_media", "offer.agency.licence_active": None,
                 "offer.qualification_asked": False,
                 "offer.wage": {"amount": 18_000_000, "currency": "IDR", "per": "month"}}),
    ("refused", {}),
    ("talk_pending", {"offer.country": "SGP"}),
    ("intent", {}),
    ("revoked", {"offer.country": "BRN", "offer.job": "cook"}),
    ("overcharged", {"offer.fees": [{"component": "training", "amount": 6_500_000}]}),
    ("withdrew", {}),
    ("letter", {"offer.country": "MYS", "offer.job": "factory_worker", "offer.employer_type": "company"}),
    ("ready", {"offer.country": "TWN", "offer.job": "elderly_carer"}),
    ("departed", {"offer.country": "SGP"}),
)  # fmt: skip
LONG_AGO = 58  # days before the day that is shown: time enough to go through every office
PURPOSES = ("ask_information", "ask_information", "offer", "papers", "letter", "other", "trouble", "return")


@dataclass
class Teller:
    """Tells one village's stories as its officer."""

    officer: Actor
    plan: VillagePlan
    today: date
    random: Random

    def moment(self, on: date, hour: int, minute: int = 0) -> datetime:
        zone = timezone(timedelta(hours=village(self.plan.code).utc_offset))
        return datetime.combine(on, time(hour, minute), tzinfo=zone)

    def act(self, name: str, on: date, at: datetime, /, **payload: Any) -> None:
        """One act on one day; a refusal would be a mistake of the story."""
        content = {"village_code": self.plan.code, "on": on.isoformat(), **payload}
        receipt = perform(self.officer, Act(name, new_id(), content, via="demo"), now=at)
        if receipt.outcome != Outcome.DONE:
            raise StoryRefused(name, receipt.reasons)

    def tell(self) -> None:
        """All stories of the village, then a few weeks of visitors, some of them waiting this morning."""
        for number, ((ending, changes), (candidate, spouse)) in enumerate(zip(STORIES, self._couples(), strict=False)):
            start = self.today - timedelta(days=LONG_AGO if ending == "departed" else 44 - 3 * number)
            self._tell_one(ending, changes, candidate, spouse, start)
        self._letters()
        self._visitors()

    def _letters(self) -> None:
        """Letters of the village for those who plan to leave; one was wrong and another stands in its place."""
        here = Case.objects.in_village(self.plan.code).filter(departed_on=None)
        plans = here.exclude(state="WITHDREW").order_by("opened_on", "id")
        on = self.today - timedelta(days=3)
        holders = list(plans.values_list("resident_id", flat=True)[:3])
        for resident_id in holders:
            self._letter(on, resident_id, "skck_cover", {"purpose": "Syarat bekerja di luar negeri"})
        for resident_id in holders[:1]:
            self._letter(on, resident_id, "marital_status", {"basis": "Buku nikah", "purpose": "Syarat Disnaker"})
            wrong = self._letter(on, resident_id, "domicile", {"purpose": "Membuka rekening"})
            self._letter(
                on, resident_id, "domicile", {"purpose": "Membuka rekening", "lives_since": "2015"}, replaces=wrong,
                reason="wrong_data",
            )  # fmt: skip

    def _letter(self, on: date, resident_id: UUID, kind: str, facts: dict[str, str], **more: Any) -> str:
        letter_id = str(new_id())
        self.act(
            "cases.issue_village_letter", on, self.moment(on, 13), letter_id=letter_id, resident_id=str(resident_id),
            kind=kind, asked_by="self", facts=facts, **more,
        )  # fmt: skip
        return letter_id

    def _couples(self) -> Iterator[tuple[Resident, Resident]]:
        """Married adults at home with a spouse at home: wives first, as most who leave these villages are."""
        residents = Resident.objects.in_village(self.plan.code).filter(marital_status="married", life_status="alive")
        by_home: dict[UUID, list[Resident]] = {}
        for resident in residents.order_by("name_key", "birth_date"):
            if resident.birth_date and 22 <= age_on(resident.birth_date, self.today) <= 42:
                by_home.setdefault(resident.household_id, []).append(resident)
        couples = [tuple(sorted(pair, key=lambda r: r.sex)) for pair in by_home.values() if len(pair) == 2]
        self.random.shuffle(couples)
        for wife, husband in couples:
            if (wife.sex, husband.sex) == ("F", "M"):
                yield wife, husband

    def _tell_one(self, ending: str, changes: dict[str, Any], who: Resident, spouse: Resident, start: date) -> None:
        case_id, next_day = str(new_id()), start + timedelta(days=1)
        self.act(
            "cases.record_visit", start, self.moment(start, 9), visit_id=str(new_id()), resident_id=str(who.id),
            purpose="report_intention", topics=["rights_and_duties", "procedure", "costs"],
        )  # fmt: skip
        self.act("cases.open_case", start, self.moment(start, 9, 20), case_id=case_id, resident_id=str(who.id))
        if ending == "intent":
            return
        self.act(
            "cases.check_offer", start, self.moment(start, 9, 40), check_id=str(new_id()), case_id=case_id,
            answers=changed(LAWFUL, changes),
        )  # fmt: skip
        if ending == "withdrew":
            self.act("cases.withdraw_case", next_day, self.moment(next_day, 11), case_id=case_id)
        if ending in {"stopped", "held", "talk_pending", "withdrew", "overcharged"}:
            return
        self._talk(case_id, spouse, next_day, given=ending != "refused")
        if ending in {"refused", "ready"}:  # the second waits for the head's yes
            return
        letter_id, later = str(new_id()), start + timedelta(days=2)
        self.act(
            "cases.issue_family_permission", later, self.moment(later, 10), letter_id=letter_id, case_id=case_id,
            agency="PT Contoh Karya Mandiri", contract_months=24,
        )  # fmt: skip
        if ending == "departed":
            self._depart(case_id, later)
        if ending == "revoked":
            self.act("documents.revoke_letter", later, self.moment(later, 14), letter_id=letter_id, reason="wrong_data")

    def _depart(self, case_id: str, letter_on: date) -> None:
        """Through every office in one visit each, then away by the lawful way: all four words have something to say."""
        on = letter_on
        self.act(
            "cases.record_information", on, self.moment(on, 11), case_id=case_id, received=True,
            topics=list(topics_on(on)),
        )  # fmt: skip
        for number, step in enumerate(one.code for one in journey_on(on).steps if one.written == "form"):
            on = letter_on + timedelta(days=2 * number)
            row = CaseStep.objects.in_village(self.plan.code).filter(case_id=case_id, step=step).first()
            self.act(
                "cases.record_step_result", on, self.moment(on, 10), case_id=case_id, step=step, trips=1,
                paid_rupiah=0, seen=row.version if row else 0,
            )  # fmt: skip
        case, on = Case.objects.in_village(self.plan.code).get(id=case_id), on + timedelta(days=4)
        self.act(
            "cases.record_departure", on, self.moment(on, 8), case_id=case_id, check_id=str(new_id()),
            seen=case.version, agreed_contact_days=30, caregiver_named=True,
        )  # fmt: skip

    def _talk(self, case_id: str, spouse: Resident, on: date, *, given: bool) -> None:
        self.act(
            "cases.record_family_talk", on, self.moment(on, 19), talk_id=str(new_id()), case_id=case_id,
            permission="given" if given else "refused", giver_capacity="husband", giver_id=str(spouse.id),
            disputed=not given, pressure=False, candidate_confirms_alone=True,
        )  # fmt: skip

    def _visitors(self) -> None:
        residents = list(
            Resident.objects.in_village(self.plan.code).filter(life_status="alive").order_by("name_key", "id")[:1500]
        )
        residents = [r for r in residents if r.birth_date and age_on(r.birth_date, self.today) >= 17]
        for days_ago in range(28, 0, -2):
            on = self.today - timedelta(days=days_ago)
            for hour in (9, 11):
                self._visit(on, self.moment(on, hour, self.random.randint(0, 50)), residents, waiting=False)
        for minute in (5, 20, 40):
            self._visit(self.today, self.moment(self.today, 9, minute), residents, waiting=True)

    def _visit(self, on: date, at: datetime, residents: list[Resident], *, waiting: bool) -> None:
        purpose = self.random.choice(PURPOSES)
        topics = ["costs", "countries"] if purpose == "ask_information" and not waiting else []
        self.act(
            "cases.record_visit", on, at, visit_id=str(new_id()), resident_id=str(self.random.choice(residents).id),
            purpose=purpose, topics=topics, waiting=waiting,
        )  # fmt: skip


class StoryRefused(Refusal):
    """The door refused an act of the demo: the story must be mended, not the door."""

    code = "story_refused"

    def __init__(self, name: str, reasons: list[dict[str, str]]) -> None:
        Exception.__init__(self, f"{name}: {reasons}")
        self.reasons = ()


def changed(answers: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """The answers with some of them replaced, by dotted path."""
    new = copy.deepcopy(answers)
    for path, value in changes.items():
        *folders, name = path.split(".")
        place = new
        for folder in folders:
            place = place[folder]
        place[name] = value
    return new
