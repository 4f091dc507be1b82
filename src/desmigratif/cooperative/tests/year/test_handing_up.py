"""A unit's surplus goes up to its cooperative once, by two persons, and the members share the whole."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from functools import partial
from typing import Any
from uuid import UUID

import pytest
import time_machine
from beancount import loader
from beancount.core import data
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import load_workbook

from desmigratif.access.actor import Actor
from desmigratif.cooperative.models import (
    BusinessMove,
    Cooperative,
    Meeting,
    Member,
    MoveKind,
    SurplusDistribution,
    UnitSurplus,
)
from desmigratif.cooperative.queries.business.businesses import held_by
from desmigratif.cooperative.queries.ledger.books import chart_of
from desmigratif.cooperative.queries.ledger.export import as_beancount
from desmigratif.cooperative.queries.ledger.verify import verify_books
from desmigratif.cooperative.queries.sharia.units import combined_of
from desmigratif.cooperative.queries.year.statements import books_of_year
from desmigratif.cooperative.queries.year.surplus import surplus_of
from desmigratif.cooperative.rules.ledger import NewLeg
from desmigratif.cooperative.rules.year.combined import owed_between, side_by_side
from desmigratif.cooperative.rules.year.handing_up import (
    Side,
    Waiting,
    legs_of_hand_up,
    reasons_not_to_hand_up,
    reasons_not_to_take_back,
    reasons_not_to_take_in,
)
from desmigratif.cooperative.rules.year.layout import AccountSum, sections_of
from desmigratif.cooperative.rules.year.statements import position
from desmigratif.cooperative.tests.conftest import KENANGA, KURIPAN, somebody
from desmigratif.cooperative.tests.year.test_closing import refused
from desmigratif.cooperative.tests.year.test_surplus import MEETING, OPENED, Sharing
from desmigratif.cooperative.views.annual.wall import ods_sheet, wall_of
from desmigratif.shared.dated import value_on
from desmigratif.shared.ids import new_id

LATER, NEW_YEAR = date(2027, 1, 20), date(2027, 1, 5)


# --- rules ---


def waiting(**changes: Any) -> Waiting:
    usual: dict[str, Any] = {
        "unit": "Unit Toko", "head": "Koperasi", "year": 2026, "is_closed": True, "surplus": 100,
    }  # fmt: skip
    return Waiting(**{**usual, **changes})


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"surplus": -100}, []),  # a loss goes up too
        ({"offered_until": 2025}, []),
        ({"offered_until": 2026}, ["handed_up_already"]),
        ({"is_decided": True}, ["decided_already"]),
        ({"is_closed": False}, ["year_open"]),
        ({"surplus": 0}, ["nothing_to_hand_up"]),
        ({"open_tills": 2, "cash_difference": -500}, ["till_open", "cash_difference"]),
        ({"others": 3}, ["other_members"]),
    ],
)
def test_everything_that_keeps_a_surplus_in_its_unit_is_said(changes: dict[str, Any], codes: list[str]) -> None:
    assert [reason.code for reason in reasons_not_to_hand_up(waiting(**changes))] == codes


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"status": "taken"}, ["taken_already"]),
        ({"status": "reversed"}, ["reversed_already"]),
        ({"is_offerer": True}, ["same_person"]),
        ({"is_decided": True}, ["decided_already"]),
        ({"on": date(2026, 12, 31)}, ["before_year_end"]),
        ({"closed": [("Unit Toko", date(2027, 1, 31)), ("Koperasi", date(2027, 12, 31))]}, ["books_closed"] * 2),
    ],
)
def test_a_second_person_takes_it_in_on_an_open_day_of_the_year_after(
    changes: dict[str, Any], codes: list[str]
) -> None:
    usual: dict[str, Any] = {
        "status": "offered", "is_offerer": False, "year": 2026, "on": LATER, "closed": [("Koperasi", None)],
        "is_decided": False,
    }  # fmt: skip
    assert [reason.code for reason in reasons_not_to_take_in(**{**usual, **changes})] == codes


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"status": "offered", "is_decided": True, "is_taker": True}, []),  # nothing stands in the books yet
        ({"status": "reversed"}, ["reversed_already"]),
        ({"is_decided": True}, ["decided_already"]),
        ({"is_last": False}, ["later_handed_up"]),
        ({"is_taker": True}, ["same_person"]),
        ({"closed": [("Koperasi", LATER)]}, ["books_closed"]),
    ],
)
def test_it_is_taken_back_only_until_the_members_decide(changes: dict[str, Any], codes: list[str]) -> None:
    usual: dict[str, Any] = {
        "status": "taken", "is_taker": False, "year": 2026, "on": LATER, "is_last": True, "is_decided": False,
        "closed": [],
    }  # fmt: skip
    assert [reason.code for reason in reasons_not_to_take_back(**{**usual, **changes})] == codes


@given(st.integers(-(10**9), 10**9).filter(bool), st.integers(0, 10**9))
def test_both_books_balance_and_owe_one_another_the_same(rupiah: int, already: int) -> None:
    """`already` is what the head owed the unit before a surplus, or the unit the head before a loss."""
    uses = ("shu_undivided", "unit_receivable", "unit_payable")
    unit, head = (Side(dict(zip(uses, (new_id(), new_id(), new_id()), strict=True)), new_id()) for _ in range(2))

    in_unit, in_head = legs_of_hand_up(rupiah, already, unit=unit, head=head)

    assert sum(leg.amount_rupiah for leg in in_unit) == sum(leg.amount_rupiah for leg in in_head) == 0
    assert _sum(in_unit, unit, "shu_undivided") == rupiah == -_sum(in_head, head, "shu_undivided")
    assert _sum(in_unit, unit, "unit_receivable") == -_sum(in_head, head, "unit_payable")
    assert _sum(in_unit, unit, "unit_payable") == -_sum(in_head, head, "unit_receivable")
    lowered = "unit_receivable" if rupiah > 0 else "unit_payable"
    assert abs(_sum(in_unit, unit, lowered)) == min(abs(rupiah), already)


@given(st.integers(-(10**9), 10**9).filter(bool), st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**9))
def test_the_consolidated_statements_are_the_same_before_and_after(rupiah: int, lent: int, owed: int, own: int) -> None:
    """Any surplus or loss, whatever one owed the other before, and whatever the head has of its own."""
    unit, head = Side(_ids(), new_id()), Side(_ids(), new_id())
    already = owed if rupiah > 0 else lent
    legs = legs_of_hand_up(rupiah, already, unit=unit, head=head)
    held: tuple[dict[str, int], ...] = (
        {"shu_undivided": -rupiah, "unit_receivable": owed, "unit_payable": -lent, "bank": rupiah - owed + lent},
        {"shu_undivided": -own, "unit_receivable": lent, "unit_payable": -owed, "bank": own - lent + owed},
    )
    before = [_sums(side, one, ()) for side, one in zip((unit, head), held, strict=True)]
    after = [_sums(side, one, moved) for side, one, moved in zip((unit, head), held, legs, strict=True)]

    shape = partial(position, sections_of(value_on("cooperative_statements.position", LATER)))
    told = [side_by_side(shape, sums, None) for sums in (before, after)]

    assert [row.values[-1:] for row in told[0]] == [row.values[-1:] for row in told[1]]
    assert len(set(owed_between(after))) == 1
    whole = {row.code: row.values for row in told[1]}
    assert whole["shu_undivided"] == (0, own + rupiah, 0, own + rupiah)
    assert all(sum(row.values[:-1]) == row.values[-1] for row in told[1] if row.values)


CHART = {
    "bank": ("1-1101", "asset"), "shu_undivided": ("3-1502", "equity"), "unit_receivable": ("1-1701", "asset"),
    "unit_payable": ("2-1601", "liability"),
}  # fmt: skip


def _ids() -> dict[str, UUID]:
    return {use: new_id() for use in CHART}


def _sums(side: Side, held: dict[str, int], moved: Iterable[NewLeg]) -> list[AccountSum]:
    more = Counter[UUID]()
    for leg in moved:
        more[leg.account_id] += leg.amount_rupiah
    return [
        AccountSum(side.chart[use], code, use, kind, "", use, opening=held[use], debit=more[side.chart[use]])
        for use, (code, kind) in CHART.items()
    ]  # fmt: skip


def _sum(legs: list[NewLeg], side: Side, use: str) -> int:
    return sum(leg.amount_rupiah for leg in legs if leg.account_id == side.chart[use])


# --- the acts ---


class WithUnit(Sharing):
    """A cooperative of three with a shop that serves the first of them; the shop's year is closed, the head's not."""

    def __init__(self, cooperative: Cooperative, treasurer: Actor, board: Actor) -> None:
        super().__init__(cooperative, treasurer, board)
        self.unit_id = new_id()
        self.act(
            OPENED, "open_unit", by=board, unit_id=self.unit_id, name="Unit Toko", on=OPENED, is_sharia=False,
            decision="Rapat anggota",
        )  # fmt: skip
        self.unit = Cooperative.objects.in_village(KURIPAN).select_related("parent").get(id=self.unit_id)
        served = {"member_id": new_id(), "served_id": self.members[0], "on": OPENED}
        self.in_unit(OPENED, "serve_in_unit", by=board, **served)

    def in_unit(self, on: date, verb: str, /, *, by: Actor | None = None, **given: Any) -> dict[str, Any]:
        return self.act(on, verb, by=by, cooperative_id=self.unit_id, **given)

    def earn(self, rupiah: int, on: date = date(2026, 11, 30)) -> None:
        """The shop's bank account grows by what it earned, or pays what it lost."""
        use = chart_of(self.unit)
        into, out = (use["bank"], use["other_income"]) if rupiah > 0 else (use["other_expense"], use["unit_payable"])
        if rupiah < 0:
            self.lend(-rupiah)
            into, out = use["other_expense"], use["bank"]
        legs = [
            {"account_id": into, "debit_rupiah": abs(rupiah)}, {"account_id": out, "credit_rupiah": abs(rupiah)},
        ]  # fmt: skip
        self.in_unit(on, "post_manual_entry", entry_id=new_id(), on=on, memo="Hasil toko", legs=legs)

    def lend(self, rupiah: int, on: date = date(2026, 11, 30)) -> None:
        ids = {"entry_id": new_id(), "received_id": new_id()}
        self.act(on, "move_between_units", to_id=self.unit_id, on=on, amount_rupiah=rupiah, memo="Modal", **ids)

    def close_unit(self) -> None:
        for last in (date(2026, 9, 30), date(2026, 10, 31), date(2026, 11, 30)):
            self.in_unit(NEW_YEAR, "close_period", period_id=new_id(), last_on=last)
        self.in_unit(NEW_YEAR, "close_year", closing_id=new_id(), entry_id=new_id(), year=2026)

    def offer(self, on: date = LATER, *, by: Actor | None = None, year: int = 2026) -> UUID:
        id = new_id()
        self.in_unit(on, "hand_up_surplus", by=by, hand_up_id=id, year=year)
        return id

    def take_in(self, id: UUID, on: date = LATER, *, by: Actor | None = None, verb: str = "take_in_surplus",
                **given: Any) -> dict[str, Any]:  # fmt: skip
        ids = {"hand_up_id": id, "entry_id": new_id(), "head_entry_id": new_id()}
        return self.in_unit(on, verb, by=by or self.board, on=on, **ids, **given)

    def take_back(self, id: UUID, *, by: Actor | None = None) -> dict[str, Any]:
        return self.take_in(id, by=by or self.treasurer, verb="take_back_surplus", reason="Salah tanggal")

    def hand_up(self) -> UUID:
        self.take_in(id := self.offer())
        return id

    def held(self, books: Cooperative, use: str, other: UUID) -> int:
        return held_by(books, use, [other]).get(other, 0)

    def sums(self) -> dict[str, int]:
        """Every account of both together by beancount, without what they owe one another."""
        found = Counter[str]()
        for books in (self.cooperative, self.unit):
            entries, errors, _ = loader.load_string("".join(as_beancount(books)), dedent=False)
            assert errors == []
            names = {one.account: one.meta["name"] for one in entries if isinstance(one, data.Open)}
            for one in entries:
                for posting in one.postings if isinstance(one, data.Transaction) else ():
                    found[names[posting.account]] += int(posting.units.number)
        owed = found.pop("Tagihan kepada induk atau unit lain", 0), found.pop("Utang kepada induk atau unit lain", 0)
        assert sum(owed) == 0
        return {name: amount for name, amount in found.items() if amount}


@pytest.fixture
def year(places: None, cooperative: Cooperative, treasurer: Actor, board: Actor) -> WithUnit:
    made = WithUnit(cooperative, treasurer, board)
    made.set_rule(reserve_general="70", members_by_savings="30")
    return made


@pytest.mark.django_db
@pytest.mark.parametrize("rupiah", [60_000, -40_000])
def test_a_surplus_or_a_loss_goes_up_and_the_sum_of_both_stays(year: WithUnit, rupiah: int) -> None:
    year.earn(rupiah)
    year.close_unit()
    year.close_months()
    year.close()
    before = year.sums()
    owed = year.held(year.cooperative, "unit_receivable", year.unit_id)

    year.hand_up()

    assert year.sums() == before
    assert surplus_of(year.cooperative, 2026, LATER).rupiah == 90_000 + rupiah
    told = combined_of(books_of_year(year.cooperative, 2026, LATER))
    assert told.result[-1].values == (90_000, rupiah, 0, 90_000 + rupiah)
    assert year.now("shu_undivided") == 90_000 + rupiah
    assert year.held(year.cooperative, "unit_receivable", year.unit_id) == owed + rupiah
    assert year.held(year.unit, "unit_payable", year.cooperative.id) == owed + rupiah
    told = combined_of(books_of_year(year.cooperative, 2027, LATER))
    sums = {row.code: row.values for row in told.position}
    assert sums["shu_undivided"] == (90_000 + rupiah, 0, 0, 90_000 + rupiah)
    assert told.difference == 0
    assert verify_books().broken == ()


@pytest.mark.django_db
def test_the_members_share_the_whole_and_only_once_it_has_come_up(year: WithUnit) -> None:
    year.earn(60_000)
    year.close_unit()
    year.close_months()
    year.close()
    assert refused(lambda: year.decide()) == ["unit_waits"]
    assert refused(lambda: year.distribute(new_id())) == ["unit_waits", "not_decided"]
    year.hand_up()
    meeting = _meeting_of(year)

    decision = new_id()
    said = {"kind": "surplus", "text": "SHU dibagi.", "is_unanimous": True}
    year.act(MEETING, "decide", by=year.board, meeting_id=meeting, decision_id=decision, **said)
    year.act(MEETING, "close_meeting", by=year.board, meeting_id=meeting, led_by="Ketua", written_by="Sekretaris")
    year.distribute(decision)

    row = SurplusDistribution.objects.of(year.cooperative).get()
    assert row.surplus_rupiah == sum(fund["rupiah"] for fund in row.funds) == 150_000
    assert (year.now("shu_undivided"), year.now("reserve_general")) == (0, 105_000)
    up = UnitSurplus.objects.of(year.unit).get()
    assert refused(lambda: year.take_back(up.id)) == ["decided_already"]
    assert verify_books().broken == ()


@pytest.mark.django_db
def test_the_ministrys_sheet_tells_the_whole_cooperative(year: WithUnit) -> None:
    year.lend(30_000)
    year.earn(60_000)
    year.close_unit()
    year.close_months()
    year.close()
    year.hand_up()
    year.decide()

    sheet = ods_sheet(Meeting.objects.of(year.cooperative).get(), LATER)
    rows = {str(row[0]): row[1] for row in load_workbook(io.BytesIO(sheet)).get_sheet_by_index(0).to_python()}
    told = combined_of(books_of_year(year.cooperative, 2026, LATER))
    [assets] = [row for row in told.position if row.label == "Jumlah aset"]
    assert (rows["SHU"], rows["Di antaranya SHU Unit Toko"]) == (150_000, 60_000)
    assert rows["Aset"] == assets.values[-1] == rows["Modal sendiri"] + rows["Modal luar"] + rows["SHU"]
    assert rows["Aset"] < sum(assets.values[:2])  # what the unit owes the head is nobody's wealth


@pytest.mark.django_db
def test_what_came_in_and_went_out_on_the_wall_leaves_the_surplus_of_the_whole(year: WithUnit) -> None:
    year.lend(30_000)
    year.earn(60_000)
    year.close_unit()
    year.close_months()
    year.close()
    year.hand_up()

    parts = wall_of(year.cooperative, 2026, LATER)
    figures = next(part["items"] for part in parts if part["type"] == "wall")
    money, wealth = [part["rows"] for part in parts if part["type"] == "bars"][:2]
    came, went = _rupiah_of(money[:2]), _rupiah_of(money[2:])
    [assets] = [
        row for row in combined_of(books_of_year(year.cooperative, 2026, LATER)).position if row.code == "assets"
    ]
    assert came - went == _rupiah_of([figures[1]]) == 150_000
    assert _rupiah_of(wealth) == assets.values[-1]


def _rupiah_of(rows: Iterable[dict[str, Any]]) -> int:
    return sum(int("".join(letter for letter in row["value"] if letter.isdigit())) for row in rows)


def _meeting_of(year: WithUnit) -> UUID:
    """The meeting that was opened and had not decided on the surplus."""
    id = Meeting.objects.of(year.cooperative).get(status="open").id
    assert isinstance(id, UUID)
    return id


@pytest.mark.django_db
def test_it_goes_up_once_by_two_persons_after_the_units_year_was_closed(year: WithUnit) -> None:
    year.earn(60_000)
    assert refused(lambda: year.offer()) == ["year_open"]
    year.close_unit()
    id = year.offer()
    assert refused(lambda: year.offer()) == ["handed_up_already"]
    assert refused(lambda: year.take_in(id, by=year.treasurer)) == ["same_person"]
    year.take_in(id)
    assert refused(lambda: year.take_in(id)) == ["taken_already"]
    assert refused(lambda: year.take_back(id, by=year.board)) == ["same_person"]


@pytest.mark.django_db
def test_what_was_taken_back_leaves_its_mirror_and_goes_up_again(year: WithUnit) -> None:
    year.earn(60_000)
    year.close_unit()
    id = year.hand_up()

    year.take_back(id)

    assert year.held(year.unit, "unit_payable", year.cooperative.id) == 0
    assert year.now("shu_undivided") == 0
    year.hand_up()
    assert [one.status for one in UnitSurplus.objects.of(year.unit).order_by("id")] == ["reversed", "taken"]
    assert surplus_of(year.cooperative, 2026, LATER).origins[1].rupiah == 60_000
    for broken in ({"rupiah": 1}, {"year": 2025}, {"offered_by": new_id()}):
        with pytest.raises(DatabaseError, match="unit_surplus"), transaction.atomic():
            UnitSurplus.objects.of(year.unit).update(**broken)
    with pytest.raises(DatabaseError, match="unit_surplus"), transaction.atomic():
        UnitSurplus.objects.of(year.unit)._raw_delete("default")
    assert verify_books().broken == ()


@pytest.mark.django_db
def test_a_till_left_open_and_members_of_the_unit_alone_keep_it_there(year: WithUnit) -> None:
    year.earn(60_000)
    stranger = {
        "name": "Wati Contoh", "nik": "3307104107850099", "birth_date": "1985-07-01", "address": "Krajan",
        "in_area": True, "is_citizen": True,
    }  # fmt: skip
    terms = {"principal_rupiah": 10_000, "compulsory_rupiah": 0, "decision": "Rapat"}
    year.in_unit(OPENED, "set_membership_terms", by=year.board, terms_id=new_id(), since=OPENED, **terms)
    id, till = new_id(), new_id()
    year.in_unit(OPENED, "apply_for_membership", by=year.board, member_id=id, on=OPENED, **stranger)
    year.in_unit(OPENED, "open_till", till_id=till, on=OPENED, opening_rupiah=0)
    paid = {"member_id": id, "kind": "entry", "amount_rupiah": 10_000}
    year.in_unit(OPENED, "pay_capital", entry_id=new_id(), on=OPENED, **paid)
    year.in_unit(OPENED, "admit_member", by=year.board, member_id=id, on=OPENED)
    year.in_unit(OPENED, "move_cash", entry_id=new_id(), on=OPENED, direction="to_bank", amount_rupiah=10_000)
    year.in_unit(OPENED, "close_till", till_id=till, entry_id=new_id(), counted_rupiah=0)
    year.close_unit()
    year.in_unit(date(2027, 1, 18), "open_till", till_id=new_id(), on=date(2027, 1, 18), opening_rupiah=0)

    assert refused(lambda: year.offer()) == ["till_open", "other_members"]


@pytest.mark.django_db
def test_what_comes_after_the_decision_goes_up_with_the_next_year(year: WithUnit) -> None:
    """The head decided before the unit was opened for the day; the loss of one year lowers the surplus of the next."""
    year.close_unit()  # nothing was earned: nothing waits
    year.close_months()
    year.close()
    year.distribute(year.decide())

    assert refused(lambda: year.offer()) == ["decided_already"]
    year.earn(70_000, date(2027, 1, 18))
    assert surplus_of(year.cooperative, 2027, LATER).origins[1].rupiah == 70_000


@pytest.mark.django_db
def test_a_unit_meets_not_and_shares_nothing_itself(year: WithUnit) -> None:
    called = {"kind": "annual", "book_year": 2026, "at": "09.00", "place": "Toko", "invited_on": OPENED, "on": MEETING}
    rule = {
        "rule_id": new_id(), "since": OPENED, "decision": "Rapat", "savings_basis": "average", "use_basis": "loans",
        "funds": [{"code": "reserve_general", "percent": "100"}],
    }  # fmt: skip
    given_out = {"distribution_id": new_id(), "entry_id": new_id(), "decision_id": new_id(), "year": 2026, "on": LATER}
    for by, verb, said in (
        (year.board, "call_meeting", {"meeting_id": new_id(), **called}), (year.board, "set_surplus_rule", rule),
        (year.treasurer, "distribute_surplus", given_out),
    ):  # fmt: skip
        assert refused(lambda by=by, verb=verb, said=said: year.in_unit(LATER, verb, by=by, **said)) == [
            "unit_meets_not"
        ]
    head = {"hand_up_id": new_id(), "year": 2026}
    assert refused(lambda: year.act(LATER, "hand_up_surplus", **head)) == ["no_unit"]


STRANGERS = ("cooperative.hand_up_surplus", "cooperative.take_in_surplus", "cooperative.take_back_surplus")


@pytest.mark.django_db
@pytest.mark.parametrize("name", STRANGERS)
def test_a_stranger_and_a_cashier_hand_nothing_up(year: WithUnit, name: str) -> None:
    verb = name.partition(".")[2]
    said: dict[str, Any] = {"hand_up_id": new_id()}
    said |= {"year": 2026} if verb == "hand_up_surplus" else {
        "entry_id": new_id(), "head_entry_id": new_id(), "on": LATER,
    }  # fmt: skip
    if verb == "take_back_surplus":
        said["reason"] = "Salah tanggal"
    for by in (somebody("cooperative_board", KENANGA), somebody("cooperative_cashier")):
        assert refused(lambda by=by: year.in_unit(LATER, verb, by=by, **said)) == ["not_found"]


@pytest.mark.django_db
def test_what_members_used_in_a_unit_counts_as_their_use(year: WithUnit) -> None:
    """Goods that somebody fetched in the shop: the same person by NIK, under another id."""
    served = Member.objects.of(year.unit).get()
    shop = {"village_code": KURIPAN, "cooperative": year.unit}
    BusinessMove.objects.create(
        **shop, id=new_id(), kind=MoveKind.PURCHASE_HANDED_OUT, on=date(2026, 11, 3), member=served, party=served.name,
        subject_id=new_id(), value_rupiah=80_000, code="K", actor_id=year.treasurer.id,
    )  # fmt: skip
    rule = {"decision": "Rapat", "savings_basis": "year_end", "use_basis": "purchases"}
    funds = [{"code": "members_by_use", "percent": "100"}]
    year.act(LATER, "set_surplus_rule", by=year.board, rule_id=new_id(), since="2026-10-01", funds=funds, **rule)

    assert [one.use for one in surplus_of(year.cooperative, 2026, LATER).bases] == [80_000, 0, 0]


# --- pages ---


@pytest.mark.django_db
def test_the_pages_lead_from_the_closed_year_to_the_meeting_of_the_head(
    year: WithUnit, browser: Callable[..., Client], django_assert_max_num_queries: Any
) -> None:
    year.earn(60_000)
    year.close_months()
    year.close()
    unit, head = (
        reverse("cooperative:surplus", args=[one.id]) + "?tahun=2026" for one in (year.unit, year.cooperative)
    )
    step = reverse("cooperative:hand_up", args=[year.unit_id]) + "?tahun=2026"
    with time_machine.travel(datetime(2027, 1, 20, 3, tzinfo=UTC), tick=False):
        treasurer, board = browser("cooperative_treasurer"), browser("cooperative_board")
        early = treasurer.get(unit).content.decode()
        year.close_unit()
        first = board.get(step).content.decode()
        offered = treasurer.post(step, _form(treasurer.get(step)))
        with django_assert_max_num_queries(20):
            seen = board.get(unit).content.decode()
        same = treasurer.post(step, _form(treasurer.get(step))).content.decode()
        taken = board.post(step, _form(board.get(step)))
        with django_assert_max_num_queries(21):
            whole = treasurer.get(head).content.decode()
        back = treasurer.get(step + "&langkah=batal").content.decode()
        meetings = board.get(reverse("cooperative:meetings", args=[year.unit_id])).content.decode()
        of_head = board.get(reverse("cooperative:hand_up", args=[year.cooperative.id])).content.decode()

    assert "belum ditutup" in early and "Serahkan ke induk" not in early
    assert "Bendahara yang menyerahkan SHU unit" in first
    assert (offered.status_code, taken.status_code) == (302, 302)
    assert "Periksa dan terima" in seen and "Rp60.000" in seen
    assert "harus dua orang" in same
    assert "Dari mana SHU ini" in whole and "diserahkan 20 Januari 2027" in whole and "Rp150.000" in whole
    assert "dibalik dengan catatan baru" in back
    assert "Unit tidak mengadakan rapat anggota sendiri" in meetings and "Undang rapat" not in meetings
    assert "Ini bukan unit" in of_head


def _form(page: Any) -> dict[str, Any]:
    form = page.context["form"]
    said = {name: form[name].value() for name in form.fields}
    return {name: f"{v:%d-%m-%Y}" if hasattr(v, "strftime") else v for name, v in said.items() if v not in (None, "")}
