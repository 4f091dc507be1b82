"""The surplus is shared as the articles say, only when a members' meeting decided, once, and to the rupiah."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from desmigratif.access.actor import Actor
from desmigratif.cooperative.models import Account, Cooperative, SurplusDistribution, SurplusShare
from desmigratif.cooperative.queries.ledger.books import balance_now, holders_now
from desmigratif.cooperative.queries.ledger.verify import verify_books
from desmigratif.cooperative.queries.year.surplus import surplus_of
from desmigratif.cooperative.rules.year.surplus import average, reasons_not_to_set
from desmigratif.cooperative.tests.conftest import KENANGA, somebody
from desmigratif.cooperative.tests.year.test_closing import Year, refused
from desmigratif.shared.ids import new_id

FUNDS = {"reserve_general": "40", "members_by_savings": "20", "members_by_use": "25", "fund_education": "15"}
OPENED, LATER, MEETING = date(2026, 9, 1), date(2027, 1, 5), date(2027, 2, 20)


# --- rules ---


def test_the_parts_of_the_articles_make_a_hundred_and_name_known_funds() -> None:
    assert reasons_not_to_set({code: Decimal(percent) for code, percent in FUNDS.items()}) == []
    short = {"reserve_general": Decimal(40), "dana_arwah": Decimal("59.5")}
    assert [reason.code for reason in reasons_not_to_set(short)] == ["not_a_hundred", "unknown_fund"]
    assert "99,5 %" in reasons_not_to_set(short)[0].text


@given(st.integers(0, 10**9), st.lists(st.integers(0, 10**6), min_size=1, max_size=12))
def test_a_mean_lies_between_the_least_and_the_most_that_stood(opening: int, paid: list[int]) -> None:
    ends = [opening + sum(paid[: place + 1]) for place in range(len(paid))]

    assert min(ends) <= average(opening, paid) <= max(ends)


# --- the act ---


class Sharing(Year):
    """Three members with Rp100.000, Rp200.000 and Rp300.000 of capital, the last of it paid in December, and loans."""

    def __init__(self, cooperative: Cooperative, treasurer: Actor, board: Actor) -> None:
        super().__init__(cooperative, treasurer)
        self.board = board
        self.members: list[UUID] = []
        terms = {"principal_rupiah": 100_000, "compulsory_rupiah": 100_000, "decision": "Rapat pembentukan"}
        self.act(OPENED, "set_membership_terms", by=board, terms_id=new_id(), since=OPENED, **terms)
        limit = {"second_person_above_rupiah": 10**9, "decision": "Rapat"}
        self.act(OPENED, "set_money_limit", by=board, limit_id=new_id(), since=OPENED, **limit)
        self.till = new_id()
        self.act(OPENED, "open_till", till_id=self.till, on=OPENED, opening_rupiah=0)
        for number, name in enumerate(("Siti", "Budi", "Tuti")):
            self.join(number, f"{name} Contoh")
        self.pay(self.members[1], "compulsory", 100_000, date(2026, 9, 1))
        self.pay(self.members[2], "compulsory", 200_000, date(2026, 9, 1))
        self.act(OPENED, "move_cash", entry_id=new_id(), on=OPENED, direction="to_bank", amount_rupiah=600_000)
        self.act(OPENED, "close_till", till_id=self.till, entry_id=new_id(), counted_rupiah=0)

    def join(self, number: int, name: str) -> None:
        id = new_id()
        said = {
            "name": name, "nik": f"33071041078500{number + 1:02d}", "birth_date": "1985-07-01", "address": "Krajan",
            "in_area": True, "is_citizen": True,
        }  # fmt: skip
        self.act(OPENED, "apply_for_membership", by=self.board, member_id=id, on=OPENED, **said)
        self.pay(id, "entry", 100_000, OPENED)
        self.act(OPENED, "admit_member", by=self.board, member_id=id, on=OPENED)
        self.members.append(id)

    def pay(self, member: UUID, kind: str, amount: int, on: date) -> None:
        paid = {"member_id": member, "kind": kind, "amount_rupiah": amount}
        self.act(on, "pay_capital", entry_id=new_id(), on=on, **paid)

    def set_rule(self, savings_basis: str = "year_end", **funds: str) -> None:
        self.act(
            date(2026, 12, 1), "set_surplus_rule", by=self.board, rule_id=new_id(), since="2026-09-01",
            decision="Anggaran dasar pasal 40", savings_basis=savings_basis, use_basis="loans",
            funds=[{"code": code, "percent": percent} for code, percent in (funds or FUNDS).items()],
        )  # fmt: skip

    def decide(self, *, come: int = 3, until: str = "close_meeting") -> UUID:
        """A meeting in February about 2026; `until` the last thing that is done of it."""
        meeting, decision = new_id(), new_id()
        called = {"kind": "annual", "book_year": 2026, "at": "09.00", "place": "Balai desa"}
        seats = [{"member_id": member, "way": "in_person"} for member in self.members[:come]]
        ends = {"led_by": "Ibu Ketua", "written_by": "Pak Sekretaris"}
        steps: list[tuple[str, dict[str, Any]]] = [
            ("call_meeting", {**called, "invited_on": date(2027, 2, 1), "on": MEETING}),
            ("record_attendance", {"seats": seats}),
            ("open_meeting", {}),
            ("decide", {"decision_id": new_id(), "kind": "accounts", "text": "Diterima.", "is_unanimous": True}),
            ("decide", {"decision_id": decision, "kind": "surplus", "text": "SHU dibagi.", "is_unanimous": True}),
            ("close_meeting", ends),
        ]
        for verb, step in steps:
            on = date(2027, 2, 1) if verb == "call_meeting" else MEETING
            self.act(on, verb, by=self.board, meeting_id=meeting, **step)
            if verb == until and step.get("kind") != "accounts":
                break
        return decision

    def distribute(self, decision: UUID, on: date = MEETING) -> dict[str, Any]:
        ids = {"distribution_id": new_id(), "entry_id": new_id(), "decision_id": decision}
        return self.act(on, "distribute_surplus", year=2026, on=on, **ids)

    def now(self, use: str) -> int:
        return balance_now(Account.objects.of(self.cooperative).get(use=use))


@pytest.fixture
def year(places: None, cooperative: Cooperative, treasurer: Actor, board: Actor) -> Sharing:
    made = Sharing(cooperative, treasurer, board)
    made.close_months()
    return made


@pytest.mark.django_db
def test_a_decided_surplus_goes_to_funds_and_members_and_adds_up(year: Sharing) -> None:
    year.set_rule(reserve_general="55", members_by_savings="30", fund_education="15")
    year.close()
    decision = year.decide()

    year.distribute(decision)

    assert [year.now(use) for use in ("shu_undivided", "reserve_general", "fund_education")] == [0, 49_500, 13_500]
    payable = holders_now(Account.objects.of(year.cooperative).get(use="shu_payable"))
    assert [payable[member] for member in year.members] == [4_500, 9_000, 13_500]
    row = SurplusDistribution.objects.of(year.cooperative).get()
    assert row.surplus_rupiah == sum(fund["rupiah"] for fund in row.funds) == 90_000
    shares = SurplusShare.objects.of(year.cooperative)
    assert sorted(shares.values_list("savings_rupiah", flat=True)) == [100_000, 200_000, 300_000]
    assert verify_books().broken == ()


@pytest.mark.django_db
def test_without_the_decision_of_a_meeting_that_is_over_nothing_is_given_out(year: Sharing) -> None:
    year.set_rule(reserve_general="70", members_by_savings="30")
    assert refused(lambda: year.distribute(new_id())) == ["year_open", "not_decided"]
    year.close()
    assert refused(lambda: year.distribute(new_id())) == ["not_decided"]
    open_yet = year.decide(until="decide")
    assert refused(lambda: year.distribute(open_yet)) == ["not_decided"]
    assert year.now("shu_undivided") == 90_000


@pytest.mark.django_db
def test_a_surplus_is_given_out_once_and_stays_as_it_was_given(year: Sharing) -> None:
    year.set_rule(reserve_general="70", members_by_savings="30")
    year.close()
    decision = year.decide()
    year.distribute(decision)

    assert refused(lambda: year.distribute(decision)) == ["distributed_already"]
    assert refused(lambda: year.distribute(new_id())) == ["distributed_already"]
    for rows in (SurplusDistribution.objects.of(year.cooperative), SurplusShare.objects.of(year.cooperative)):
        with pytest.raises(DatabaseError, match="surplus_shared"), transaction.atomic():
            rows._raw_delete("default")


@pytest.mark.django_db
def test_the_articles_choose_on_what_capital_is_reckoned(year: Sharing) -> None:
    on, found = date(2026, 12, 31), []
    year.act(on, "open_till", till_id=new_id(), on=on, opening_rupiah=0)
    year.pay(year.members[2], "compulsory", 400_000, on)
    for basis, since in (("year_end", "2026-09-01"), ("average", "2026-10-01")):
        funds = [{"code": "members_by_savings", "percent": "100"}]
        rule = {"decision": "Anggaran dasar", "use_basis": "loans", "funds": funds, "savings_basis": basis}
        year.act(LATER, "set_surplus_rule", by=year.board, rule_id=new_id(), since=since, **rule)
        found.append([one.savings for one in surplus_of(year.cooperative, 2026, LATER).bases])

    assert found == [[100_000, 200_000, 700_000], [100_000, 200_000, 400_000]]  # one of four months' ends


@pytest.mark.django_db
def test_a_fund_for_use_without_any_use_is_refused_with_its_reason(year: Sharing) -> None:
    year.set_rule()
    year.close()
    decision = year.decide()

    assert refused(lambda: year.distribute(decision)) == ["nobody"]
    assert refused(lambda: year.set_rule(reserve_general="99.5")) == ["not_a_hundred", "same_day"]


@pytest.mark.django_db
def test_a_share_is_fetched_at_the_till(year: Sharing) -> None:
    year.set_rule(reserve_general="70", members_by_savings="30")
    year.close()
    year.distribute(year.decide())
    till, on = new_id(), MEETING
    year.act(on, "open_till", till_id=till, on=on, opening_rupiah=0)
    year.act(on, "move_cash", entry_id=new_id(), on=on, direction="from_bank", amount_rupiah=100_000)

    paid = {"member_id": year.members[0], "use": "shu_payable", "amount_rupiah": 4_500}
    year.act(on, "pay_out_owed", entry_id=new_id(), on=on, **paid)

    assert year.now("cash") == Year.balance(year, "cash", MEETING)
    payable = holders_now(Account.objects.of(year.cooperative).get(use="shu_payable"))
    assert year.members[0] not in payable


STRANGERS = [
    ("cooperative.set_surplus_rule", {
        "rule_id": None, "since": "2026-09-01", "decision": "Rapat", "savings_basis": "average", "use_basis": "loans",
        "funds": [{"code": "reserve_general", "percent": "100"}],
    }),
    ("cooperative.distribute_surplus", {
        "distribution_id": None, "entry_id": None, "decision_id": None, "year": 2026, "on": "2027-01-05",
    }),
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "given"), STRANGERS, ids=[name for name, _ in STRANGERS])
def test_a_stranger_and_a_cashier_share_nothing_out(year: Sharing, name: str, given: dict[str, Any]) -> None:
    given = {key: new_id() if value is None else value for key, value in given.items()}
    for by in (somebody("cooperative_board", KENANGA), somebody("cooperative_cashier")):
        assert refused(lambda by=by: year.act(LATER, name.partition(".")[2], by=by, **given)) == ["not_found"]


# --- pages ---


@pytest.mark.django_db
def test_the_page_reckons_before_the_meeting_and_tells_what_was_given_after_it(
    year: Sharing, browser: Callable[..., Client], django_assert_max_num_queries: Any
) -> None:
    address = reverse("cooperative:surplus", args=[year.cooperative.id]) + "?tahun=2026"
    with time_machine.travel(datetime(2027, 2, 20, 3, tzinfo=UTC), tick=False):
        treasurer, board = browser("cooperative_treasurer"), browser("cooperative_board")
        rule = reverse("cooperative:set_surplus_rule", args=[year.cooperative.id])
        sent = _form(board.get(rule))
        wrong = board.post(rule, {**sent, "reserve_general": "70", "decision": "Anggaran dasar"})
        right = {"reserve_general": "70", "members_by_savings": "30", "decision": "Anggaran dasar"}
        assert board.post(rule, {**sent, **right}).status_code == 302
        with django_assert_max_num_queries(20):
            running = treasurer.get(address).content.decode()
        year.close()
        year.decide()
        with django_assert_max_num_queries(20):
            decided = treasurer.get(address).content.decode()
        give = reverse("cooperative:distribute", args=[year.cooperative.id]) + "?tahun=2026"
        answer = treasurer.post(give, _form(treasurer.get(give)))
        after = treasurer.get(address).content.decode()

    assert "sekarang 70 %" in wrong.content.decode()
    assert "tahunnya belum ditutup" in running
    assert "Rp39.000" in running  # three tenths of Rp130.000: depreciation comes with the closing
    assert "Bagikan SHU" in decided
    assert answer.status_code == 302
    assert "menurut keputusan rapat 20 Februari 2027" in after
    assert "Rp13.500" in after


def _form(page: Any) -> dict[str, Any]:
    form = page.context["form"]
    said = {name: form[name].value() for name in form.fields}
    return {name: f"{v:%d-%m-%Y}" if hasattr(v, "strftime") else v for name, v in said.items() if v not in (None, "")}
