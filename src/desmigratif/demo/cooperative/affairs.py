"""The demo village's cooperative: three dozen members, two months of money, an open till this morning.

Everything came through the door, on the day on which it is said to have happened.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from itertools import count
from random import Random
from typing import Any
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.door import Act, do, perform
from desmigratif.access.models import User
from desmigratif.access.queries import actor_for
from desmigratif.audit.models import Outcome
from desmigratif.cooperative.models import Cooperative
from desmigratif.cooperative.queries.collection.sheets import next_seal
from desmigratif.demo.centre.stories import StoryRefused
from desmigratif.demo.cooperative.book_year import begin_book_year
from desmigratif.demo.cooperative.businesses import Businesses
from desmigratif.demo.cooperative.meetings import tell_meetings
from desmigratif.demo.cooperative.sharia import ShariaUnit
from desmigratif.demo.people.names import JAVA
from desmigratif.demo.people.population import VillagePlan
from desmigratif.regions.queries import today_in, village
from desmigratif.shared.ids import new_id

NAME = "Koperasi Desmigratif Kuripan"
MEMBERS = 40
PRINCIPAL, COMPULSORY, LIMIT = 100_000, 20_000, 1_000_000
LENT = (1_000_000, 900_000, 800_000)
JOBS = ("Petani", "Pedagang", "Perajin", "Buruh harian", "Guru honorer")
FIRST_NEIGHBOUR = 9  # two of the borrowers are among them
ABROAD = (("HKG", "istri"), ("MYS", "suami"), ("TWN", "anak"))


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Somebody of the village's own register who joins, with what they say of themselves."""

    said: dict[str, Any]


@dataclass
class Saver:
    """A member of the demo with the savings account."""

    id: UUID
    account: UUID


class CooperativeAffairs:
    """Told by its cashier, treasurer and board, who sign in under their own names."""

    def __init__(self, village_code: str, now: datetime, seed: int, neighbours: list[Neighbour]) -> None:
        self.neighbours = neighbours
        self.village_code, self.now, self.random = village_code, now, Random(seed)
        today = self.today = today_in(village_code, now)
        self.cooperative_id, self.serial = new_id(), count(1)
        self.opened_on = (today.replace(day=1) - timedelta(days=40)).replace(day=1)
        self.zone = timezone(timedelta(hours=village(village_code).utc_offset))
        self.product, self.term, self.goal = new_id(), new_id(), new_id()
        self.savers: list[Saver] = []
        self.loan, self.loans = new_id(), list[UUID]()
        self.businesses, self.sharia = Businesses(self), ShariaUnit(self)

    def tell(self, *, chair: Actor, board: Actor, treasurer: Actor, cashier: Actor) -> None:
        """From the founding meeting to this morning."""
        self.chair, self.board, self.treasurer, self.cashier = chair, board, treasurer, cashier
        self._found()
        self._first_day()
        for weeks in (2, 4):
            self._day_of_savings(self.opened_on + timedelta(weeks=weeks))
        last_on = self.opened_on.replace(day=28) + timedelta(days=4)
        last_on -= timedelta(days=last_on.day)
        self.act(treasurer, "pay_savings_interest", last_on + timedelta(days=1), last_on=last_on)
        closed = {"period_id": new_id(), "last_on": last_on}
        self.act(treasurer, "close_period", last_on + timedelta(days=2), **closed)
        tell_meetings(self)
        self._this_morning()
        begin_book_year(self)

    def act(self, by: Actor, verb: str, day: date, /, **given: Any) -> dict[str, Any]:
        at = min(datetime.combine(day, time(9, next(self.serial) % 60), self.zone), self.now)
        content = {"cooperative_id": self.cooperative_id, **given}
        return do(by, f"cooperative.{verb}", content, now=at, act_id=new_id(), via="demo")

    def _found(self) -> None:
        on, decision = self.opened_on, "Rapat pembentukan"
        self.act(
            self.board, "set_up_cooperative", on, village_code=self.village_code, name=NAME, kind="cooperative",
            opened_on=on,
        )  # fmt: skip
        decided = {"since": on, "decision": decision}
        sums = {"principal_rupiah": PRINCIPAL, "compulsory_rupiah": COMPULSORY}
        self.act(self.board, "set_membership_terms", on, terms_id=new_id(), **sums, **decided)
        limited = {"limit_id": new_id(), "second_person_above_rupiah": LIMIT}
        self.act(self.board, "set_money_limit", on, **limited, **decided)
        self._offer(self.product, "Simpanan Sukarela", "voluntary", "3")
        self._offer_loan()
        self._offer(self.goal, "Simpanan Sekolah", "purpose", "3.5")
        self._offer(self.term, "Simpanan Berjangka 6 bulan", "term", "6", term_months=6, kept_percent_of_rate="50")

    def _offer(self, id: UUID, name: str, kind: str, percent: str, **more: Any) -> None:
        given = {"product_id": id, "name": name, "kind": kind, "annual_percent": percent, "since": self.opened_on}
        self.act(self.board, "add_savings_product", self.opened_on, **given, **more)

    # --- days at the till ---

    def _open(self, on: date, opening: int = 0) -> UUID:
        id = new_id()
        self.act(self.cashier, "open_till", on, till_id=id, on=on, opening_rupiah=opening)
        return id

    def _close(self, on: date, till: UUID, counted: int) -> None:
        """All the money goes to the bank, and the till is empty."""
        if counted:
            carried = {"entry_id": new_id(), "direction": "to_bank", "amount_rupiah": counted}
            self.act(self.cashier, "move_cash", on, on=on, **carried)
        self.act(self.cashier, "close_till", on, till_id=till, entry_id=new_id(), counted_rupiah=0)

    def _pay_in(self, on: date, verb: str, amount: int, /, **given: Any) -> int:
        self.act(self.cashier, verb, on, entry_id=new_id(), amount_rupiah=amount, on=on, **given)
        return amount

    def _first_day(self) -> None:
        """Everybody joins, and pays what makes a member."""
        on, taken = self.opened_on + timedelta(days=1), 0
        till = self._open(on)
        for number in range(MEMBERS):
            id, account = self._apply(number, on), new_id()
            taken += self._pay_in(on, "pay_capital", PRINCIPAL, member_id=id, kind="entry")
            self.act(self.board, "admit_member", on, member_id=id, on=on)
            opened = {"account_id": account, "member_id": id, "product_id": self.product}
            self.act(self.cashier, "open_savings_account", on, on=on, **opened)
            if number % 4:
                taken += self._pay_in(on, "pay_capital", COMPULSORY, member_id=id, kind="compulsory")
            self.savers.append(Saver(id, account))
        for number, (country, relation) in enumerate(ABROAD):
            self._connect(self.savers[number].id, "payer", relation, on, country=country)
            self._connect(self.savers[number + 5].id, "heir", "anak", on)
        self._close(on, till, taken)

    def _called(self, *, female: bool) -> str:
        first, second = (JAVA.women_young, JAVA.second_women) if female else (JAVA.men_young, JAVA.second_men)
        return f"{self.random.choice(first)} {self.random.choice(second)}"

    def _apply(self, number: int, on: date) -> UUID:
        id, female = new_id(), self.random.random() < 0.6
        neighbour = self.neighbours[number - FIRST_NEIGHBOUR] if self._is_neighbour(number) else None
        born = date(1960 + self.random.randrange(38), 1 + self.random.randrange(12), 1 + self.random.randrange(28))
        day = born.day + 40 if female else born.day
        nik = f"330710{day:02d}{born.month:02d}{born.year % 100:02d}{9000 + number:04d}"
        said: dict[str, Any] = {
            "name": self._called(female=female), "nik": nik, "birth_date": born, "birth_place": "Wonosobo",
            "sex": "F" if female else "M", "occupation": self.random.choice(JOBS),
            "address": f"Kuripan RT {1 + number % 6}",
        }  # fmt: skip
        if neighbour is not None:
            said |= neighbour.said
        self.act(self.board, "apply_for_membership", on, member_id=id, on=on, in_area=True, is_citizen=True, **said)
        return id

    def _is_neighbour(self, number: int) -> bool:
        return FIRST_NEIGHBOUR <= number < FIRST_NEIGHBOUR + len(self.neighbours)

    def _connect(self, member_id: UUID, kind: str, relation: str, on: date, **more: Any) -> None:
        name = self._called(female=relation == "istri")
        given = {"connection_id": new_id(), "member_id": member_id, "kind": kind, "relation": relation, "name": name}
        self.act(self.board, "connect_person", on, on=on, **given, **more)

    def _day_of_savings(self, on: date) -> None:
        till, taken = self._open(on), 0
        for saver in self.random.sample(self.savers, 24):
            amount = self.random.randrange(5, 60) * 10_000
            taken += self._pay_in(on, "deposit", amount, account_id=saver.account)
        if not self.loans:
            taken -= sum(self._lend(on, saver, amount) for saver, amount in zip(self.savers[8:], LENT, strict=False))
        else:
            taken += self.businesses.begin(on)
        self._close(on, till, taken)
        if self.businesses.began_on == on:
            self.sharia.begin(on)

    # --- loans ---

    def _offer_loan(self) -> None:
        offer = {"method": "declining", "annual_percent": "18", "most_instalments": 12, "most_rupiah": 5_000_000}
        given = {"product_id": self.loan, "name": "Pinjaman Usaha", "since": self.opened_on, "offer": offer}
        self.act(self.board, "add_loan_product", self.opened_on, **given)

    def _lend(self, on: date, saver: Saver, amount: int) -> int:
        """Asked for, looked at, agreed to by two, and handed out."""
        id = new_id()
        asked = {"member_id": saver.id, "product_id": self.loan, "amount_rupiah": amount, "instalments": 5}
        self.act(self.cashier, "apply_for_loan", on, loan_id=id, on=on, purpose="Modal warung", **asked)
        self.act(self.cashier, "record_loan_survey", on, loan_id=id, on=on, survey="Warung ramai, kiriman tiap bulan.")
        for who in (self.chair, self.board):
            self.act(who, "approve_loan", on, loan_id=id, on=on, approval_id=new_id())
        self.act(self.cashier, "disburse_loan", on, loan_id=id, on=on, entry_id=new_id())
        self.loans.append(id)
        return amount

    def _pay_back(self, on: date) -> None:
        """One has paid every instalment, one the first only, one none; one more asks for a loan."""
        for loan, times in zip(self.loans, (2, 1), strict=False):
            given = {"loan_id": loan, "entry_id": new_id(), "amount_rupiah": times * 215_000}
            self.act(self.cashier, "take_instalment", on, on=on, **given)
        asked = {"member_id": self.savers[12].id, "product_id": self.loan, "amount_rupiah": 1_500_000}
        self.act(
            self.cashier, "apply_for_loan", on, loan_id=new_id(), on=on, purpose="Bibit ayam", instalments=10, **asked
        )

    def _this_morning(self) -> None:
        """Some have come already; one waits as a candidate, one saves for school, one for six months."""
        on = self.today
        taken_along = next_seal(self.books)
        self._open(on)
        first, second, third, *others = self.savers
        for saver in others[:6]:
            self._pay_in(on, "deposit", 250_000, account_id=saver.account)
        for saver in others[4:28]:
            self._pay_in(on, "pay_capital", 3 * COMPULSORY, member_id=saver.id, kind="compulsory")
        self._pay_in(on, "deposit", 3_000_000, account_id=first.account)
        for saver, product, amount, more in (
            (second, self.goal, 400_000, self._school()), (third, self.term, 5_000_000, {"roll_over": "principal"}),
        ):  # fmt: skip
            account = new_id()
            opened = {"account_id": account, "member_id": saver.id, "product_id": product}
            self.act(self.cashier, "open_savings_account", on, on=on, **opened, **more)
            self._pay_in(on, "deposit", amount, account_id=account)
        self._pay_in(on, "withdraw", 200_000, account_id=first.account)
        self._pay_back(on)
        self.businesses.go_on(on)
        self.sharia.go_on(on)
        self._apply(MEMBERS, on)
        self._late_sheet(taken_along)

    @property
    def books(self) -> Cooperative:
        return Cooperative.objects.in_village(self.village_code).get(id=self.cooperative_id)

    def _late_sheet(self, taken_along: int) -> None:
        """Last evening's meeting had no signal: its sheet comes when that day's till is long closed, and one of those
        who paid there has paid at the office too. It waits for the treasurer."""
        met, savers = self.today - timedelta(days=1), self.savers
        paid: dict[str, list[dict[str, Any]]] = {
            "lines": [{"loan_id": loan, "amount_rupiah": 215_000} for loan in self.loans[1:3]],
            "compulsory": [{"member_id": saver.id, "amount_rupiah": COMPULSORY} for saver in savers[33:37]],
            "savings": [{"account_id": saver.account, "amount_rupiah": 50_000} for saver in savers[33:35]],
        }
        rows = {name: [{"entry_id": new_id(), **row} for row in found] for name, found in paid.items()}
        content = {
            "cooperative_id": self.cooperative_id, "village_code": self.village_code, "on": met, **rows,
            "counted_rupiah": sum(row["amount_rupiah"] for found in paid.values() for row in found),
            "seen_version": taken_along,
        }  # fmt: skip
        act = Act("cooperative.take_collection", new_id(), content, via="sync")
        receipt = perform(self.cashier, act, now=min(datetime.combine(self.today, time(10), self.zone), self.now))
        if receipt.outcome != Outcome.NEEDS_REVIEW:
            raise StoryRefused(act.name, receipt.reasons)

    def _school(self) -> dict[str, Any]:
        target_on = date(self.today.year + 1, 7, 1)
        return {"purpose": "Sekolah anak", "target_rupiah": 3_000_000, "target_on": target_on}


def tell_cooperative(plan: VillagePlan, now: datetime, neighbours: list[Neighbour]) -> None:
    """The cooperative of one village, by the people of the demo who hold its offices."""
    chair, board, treasurer, cashier = (
        actor_for(User.objects.get(username=f"{office}.{plan.username_part}"), today=now.date())
        for office in ("ketua", "pengurus", "bendahara", "kasir")
    )
    CooperativeAffairs(plan.code, now, plan.seed, neighbours).tell(
        chair=chair, board=board, treasurer=treasurer, cashier=cashier
    )
