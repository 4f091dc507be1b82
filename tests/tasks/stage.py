"""What stands in the village before a task begins, put there by the actions that people use."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from desmigratif.access.actor import Actor, person
from desmigratif.access.door import do
from desmigratif.cases.models import CaseStep
from desmigratif.cases.rules.before.visits import topics_on
from desmigratif.cases.rules.journey import journey_on
from desmigratif.regions.queries import today_in
from desmigratif.shared.ids import new_id

VILLAGE = "33.07.10.2004"
FAMILIES = (
    ("Krajan", ("Budi Santoso", "M", date(1992, 1, 3), "head"), ("Siti Aminah", "F", date(1996, 4, 21), "wife")),
    ("Sawahan", ("Joko Susilo", "M", date(1988, 2, 11), "head"), ("Ratna Wijayanti", "F", date(1994, 9, 30), "wife")),
)
OFFER: dict[str, Any] = {
    "candidate": {"can_name": ["employer", "city", "wage", "hours", "contact"]},
    "offer": {
        "country": "HKG", "employer_type": "household", "job": "domestic_worker", "scheme": "P3MI", "visa": "work",
        "agency": {"name": "PT Contoh Karya", "licence_active": True, "permit_for_job_order": True},
        "channel": "official", "written_contract": True, "placement_agreement": True,
    },
}  # fmt: skip


def somebody(role: str) -> Actor:
    return person(new_id(), "Orang desa", (role, VILLAGE))


class Stage:
    """Two families and an office; whatever else a task needs is asked for by name."""

    def __init__(self) -> None:
        self.now = timezone.now()
        self.today = today_in(VILLAGE, self.now)
        self.officer = somebody("village_officer")
        self.ids: dict[str, UUID] = {}
        for hamlet, *members in FAMILIES:
            rows = [
                {"resident_id": self._id(name), "person_id": new_id(), "name": name, "sex": sex, "birth_date": born,
                 "relation": relation, "marital_status": "married"}
                for name, sex, born, relation in members
            ]  # fmt: skip
            self._do(self.officer, "people.register_household", household_id=new_id(), hamlet=hamlet, members=rows)
        self._do(
            somebody("administrator"), "documents.set_up_office", office_id=new_id(), key_id=new_id(), on=None,
            address="Jalan Balai Desa 1", head_name="Suwarno Hadi", letter_code="DS-KRP",
        )  # fmt: skip

    def _id(self, name: str) -> UUID:
        return self.ids.setdefault(name, new_id())

    def _do(self, by: Actor, action: str, /, **given: Any) -> None:
        content = {"village_code": VILLAGE, "on": self.today, **given}
        do(by, action, {k: v for k, v in content.items() if v is not None}, now=self.now, act_id=new_id())

    def nothing_more(self) -> None: ...

    # --- a plan of Ratna's ---

    def a_plan(self) -> None:
        self._do(self.officer, "cases.open_case", case_id=self._id("rencana"), resident_id=self.ids["Ratna Wijayanti"])

    def a_stopped_plan(self) -> None:
        self.a_plan()
        self._check(country="SAU", visa="umrah")

    def a_plan_at_its_last_step(self) -> None:
        self.a_plan()
        self._check()
        plan, agency = {"case_id": self._id("rencana")}, "PT Contoh Karya"
        self._do(
            self.officer, "cases.record_family_talk", talk_id=new_id(), permission="given", giver_capacity="husband",
            giver_id=self.ids["Joko Susilo"], disputed=False, pressure=False, candidate_confirms_alone=True, **plan,
        )  # fmt: skip
        self._do(self.officer, "cases.issue_family_permission", letter_id=new_id(), agency=agency, **plan)
        self._do(self.officer, "cases.record_information", topics=list(topics_on(self.today)), received=True, **plan)
        for step in journey_on(self.today).steps:
            if step.written == "form":
                row = CaseStep.objects.in_village(VILLAGE).filter(step=step.code).first()
                seen = row.version if row else 0
                self._do(self.officer, "cases.record_step_result", step=step.code, seen=seen, **plan)

    def _check(self, **offer: Any) -> None:
        answers = copy.deepcopy(OFFER)
        answers["offer"] |= offer
        self._do(self.officer, "cases.check_offer", check_id=new_id(), case_id=self._id("rencana"), answers=answers)

    # --- a cooperative with one saver ---

    def a_saver(self) -> None:
        board, cashier = somebody("cooperative_board"), somebody("cooperative_cashier")
        books, member, till = {"cooperative_id": new_id()}, {"member_id": new_id()}, new_id()
        decided = {"since": self.today, "decision": "Rapat pembentukan"}
        self._book(board, "set_up_cooperative", name="Koperasi Kuripan", kind="cooperative", opened_on=self.today,
                   village_code=VILLAGE, **books)  # fmt: skip
        terms = {"principal_rupiah": 100_000, "compulsory_rupiah": 20_000}
        self._book(board, "set_membership_terms", terms_id=new_id(), **terms, **decided, **books)
        self._book(
            board, "set_money_limit", limit_id=new_id(), second_person_above_rupiah=2_000_000, **decided, **books
        )
        product = {"product_id": new_id()}
        self._book(board, "add_savings_product", name="Simpanan Sukarela", kind="voluntary", since=self.today,
                   annual_percent="4", **product, **books)  # fmt: skip
        self._book(cashier, "open_till", till_id=till, on=self.today, opening_rupiah=0, **books)
        self._book(
            board, "apply_for_membership", on=self.today, name="Budi Santoso", nik="3307100301920001",
            birth_date=date(1992, 1, 3), address="Krajan", in_area=True, is_citizen=True, **member, **books,
        )  # fmt: skip
        paid = {"entry_id": new_id(), "kind": "entry", "amount_rupiah": 100_000, "on": self.today}
        self._book(cashier, "pay_capital", **paid, **member, **books)
        self._book(board, "admit_member", on=self.today, **member, **books)
        self._book(cashier, "open_savings_account", account_id=new_id(), on=self.today, **product, **member, **books)
        self._book(cashier, "close_till", till_id=till, entry_id=new_id(), counted_rupiah=100_000, **books)

    def _book(self, by: Actor, verb: str, /, **given: Any) -> None:
        do(by, f"cooperative.{verb}", given, now=self.now, act_id=new_id())
