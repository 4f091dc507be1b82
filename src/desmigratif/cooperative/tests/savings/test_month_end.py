"""The end of a month, the end of a term, the end of a membership: what the books and the slips say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from desmigratif.access.actor import Actor
from desmigratif.access.door import do
from desmigratif.audit.models import TimelineEntry
from desmigratif.cooperative.models import Account, Cooperative, Entry, Member, MoneySlip, SavingsAccount, TillDay
from desmigratif.cooperative.queries.ledger.books import balance_now, trial_balance
from desmigratif.cooperative.queries.savings.month_end import interest_and_tax, interest_of_month
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Refusal

pytestmark = pytest.mark.django_db
START, END = date(2026, 9, 1), date(2026, 9, 30)
Set = Callable[..., Cooperative]


class Books:
    """A cooperative whose days pass: every act says on which day it is done."""

    def __init__(self, cooperative: Cooperative, board: Actor, treasurer: Actor, cashier: Actor) -> None:
        self.cooperative, self.board, self.treasurer, self.cashier = cooperative, board, treasurer, cashier
        self.on, self.serial = START, 0
        decided = {"since": START, "decision": "Rapat"}
        sums = {"principal_rupiah": 100_000, "compulsory_rupiah": 20_000}
        self.do(board, "set_membership_terms", terms_id=new_id(), **sums, **decided)
        self.do(board, "set_money_limit", limit_id=new_id(), second_person_above_rupiah=10**11, **decided)
        self.do(cashier, "open_till", till_id=new_id(), on=START, opening_rupiah=0)

    def do(self, by: Actor, verb: str, **given: Any) -> dict[str, Any]:
        now = datetime(self.on.year, self.on.month, self.on.day, 3, tzinfo=UTC)
        content = {"cooperative_id": self.cooperative.id, **given}
        return do(by, f"cooperative.{verb}", content, now=now, act_id=new_id())

    def refused(self, by: Actor, verb: str, **given: Any) -> str:
        with pytest.raises(Refusal) as refusal:
            self.do(by, verb, **given)
        return refusal.value.reasons[0].code

    def product(self, kind: str, percent: str = "6", **more: Any) -> UUID:
        id = new_id()
        self.do(
            self.board, "add_savings_product", product_id=id, name=f"Simpanan {kind}", kind=kind, since=START,
            annual_percent=Decimal(percent), **more,
        )  # fmt: skip
        return id

    def member(self) -> UUID:
        id, self.serial = new_id(), self.serial + 1
        self.do(
            self.board, "apply_for_membership", member_id=id, on=self.on, name="Siti Aminah",
            nik=f"330710410785{self.serial:04d}", birth_date=date(1985, 7, 1), address="Krajan", in_area=True,
            is_citizen=True,
        )  # fmt: skip
        paid = {"member_id": id, "kind": "entry", "amount_rupiah": 100_000, "on": self.on}
        self.do(self.cashier, "pay_capital", entry_id=new_id(), **paid)
        self.do(self.board, "admit_member", member_id=id, on=self.on)
        return id

    def savings(self, member: UUID, product: UUID, amount: int, **more: Any) -> UUID:
        id = new_id()
        self.do(
            self.cashier, "open_savings_account", account_id=id, member_id=member, product_id=product, on=self.on,
            **more,
        )  # fmt: skip
        self.do(self.cashier, "deposit", entry_id=new_id(), account_id=id, amount_rupiah=amount, on=self.on)
        return id

    def balance(self, use: str, holder: UUID | None = None) -> int:
        return balance_now(Account.objects.of(self.cooperative).get(use=use), holder)

    def later(self, on: date) -> None:
        """Close the till of the day, and begin another."""
        counted = self.balance("cash")
        till = self.cooperative_till()
        self.do(self.cashier, "close_till", till_id=till, entry_id=new_id(), counted_rupiah=counted)
        self.on = on
        self.do(self.cashier, "open_till", till_id=new_id(), on=on, opening_rupiah=counted)

    def cooperative_till(self) -> UUID:
        return TillDay.objects.of(self.cooperative).open_of(self.cashier.id).get().id

    def adds_up(self) -> bool:
        lines = trial_balance(self.cooperative, self.on)
        return sum(one.debit_rupiah for one in lines) == sum(one.credit_rupiah for one in lines)


@pytest.fixture
def books(cooperative: Cooperative, board: Actor, treasurer: Actor, cashier: Actor) -> Books:
    return Books(cooperative, board, treasurer, cashier)


def test_interest_is_paid_once_a_month_with_a_slip_for_each_account(books: Books) -> None:
    member = books.member()
    account = books.savings(member, books.product("voluntary"), 3_650_000)
    books.on = END

    done = books.do(books.treasurer, "pay_savings_interest", last_on=END)

    assert (done["interest_rupiah"], done["tax_rupiah"], done["members"]) == (18_000, 0, 1)  # 30 days at 600 a day
    assert books.balance("savings_voluntary", account) == 3_668_000
    slip = MoneySlip.objects.of(books.cooperative).get(kind="savings.interest")
    assert (slip.amount_rupiah, slip.balance_rupiah, slip.number) == (18_000, 3_668_000, done["number"])
    assert books.balance("savings_interest") == 18_000 and books.adds_up()
    assert books.refused(books.treasurer, "pay_savings_interest", last_on=END) == "paid_already"


def test_above_the_free_sum_the_tax_is_a_tenth_of_everything_over_all_accounts(books: Books) -> None:
    member = books.member()
    first = books.savings(member, books.product("voluntary"), 36_500_000)
    second = books.savings(
        member, books.product("purpose"), 18_250_000, purpose="Sekolah", target_rupiah=20_000_000,
        target_on=date(2027, 7, 1),
    )  # fmt: skip
    books.on = END

    done = books.do(books.treasurer, "pay_savings_interest", last_on=END)

    assert (done["interest_rupiah"], done["tax_rupiah"]) == (270_000, 27_000)
    assert books.balance("tax_payable") == 27_000
    assert books.balance("savings_voluntary", first) == 36_500_000 + 180_000 - 18_000
    assert books.balance("savings_purpose", second) == 18_250_000 + 90_000 - 9_000
    assert interest_and_tax(books.cooperative, END) == {member: (270_000, 27_000)}
    assert books.adds_up()


def test_the_basis_of_the_product_decides(books: Books) -> None:
    member = books.member()
    books.savings(member, books.product("voluntary", basis="minimum", minimum_balance_rupiah=50_000), 40_000)

    assert interest_of_month(books.cooperative, END) == []
    books.on = END
    assert books.refused(books.treasurer, "pay_savings_interest", last_on=END) == "nothing_earned"
    assert books.refused(books.treasurer, "pay_savings_interest", last_on=END - timedelta(days=1)) == "not_month_end"


def test_interest_for_a_closed_month_is_refused_and_nothing_of_it_stands(books: Books) -> None:
    books.savings(books.member(), books.product("voluntary"), 3_650_000)
    books.on = date(2026, 10, 1)
    books.do(books.treasurer, "close_period", period_id=new_id(), last_on=END)

    assert books.refused(books.treasurer, "pay_savings_interest", last_on=END) == "closed_month"
    assert not MoneySlip.objects.of(books.cooperative).filter(kind="savings.interest").exists()


@pytest.mark.parametrize(
    ("roll_over", "in_term", "in_savings", "ends"),
    [
        ("none", 1_022_500, 0, date(2026, 12, 1)),
        ("principal", 1_000_000, 22_500, date(2027, 3, 1)),
        ("all", 1_022_500, 0, date(2027, 3, 1)),
    ],
)
def test_a_term_ends_as_the_member_wished(
    books: Books, roll_over: str, in_term: int, in_savings: int, ends: date
) -> None:
    member = books.member()
    voluntary = books.savings(member, books.product("voluntary", "0"), 1)
    account = books.savings(member, books.product("term", "9", term_months=3), 1_000_000, roll_over=roll_over)
    row = SavingsAccount.objects.of(books.cooperative).get(id=account)
    books.later(date(2026, 12, 1))

    if roll_over == "none":
        given = {"account_id": account, "amount_rupiah": 1_000, "on": books.on}
        assert books.refused(books.cashier, "withdraw", entry_id=new_id(), **given) == "term_not_settled"
    assert books.do(books.treasurer, "mature_terms", on=books.on)["ended"] == 1

    row.refresh_from_db()
    assert row.matures_on == ends
    assert books.balance("savings_term", account) == in_term
    assert books.balance("savings_voluntary", voluntary) == 1 + in_savings
    assert books.adds_up()
    assert books.refused(books.treasurer, "mature_terms", on=books.on) == "none_ended"


@pytest.mark.parametrize(("roll_over", "ends"), [("none", date(2026, 12, 1)), ("principal", date(2027, 3, 1))])
def test_a_term_without_interest_ends_too(books: Books, roll_over: str, ends: date) -> None:
    member = books.member()
    account = books.savings(member, books.product("term", "0", term_months=3), 1_000_000, roll_over=roll_over)
    row = SavingsAccount.objects.of(books.cooperative).get(id=account)
    books.later(date(2026, 12, 1))

    if roll_over == "none":
        assert books.refused(books.treasurer, "mature_terms", on=books.on) == "none_ended"
        books.do(books.cashier, "withdraw", entry_id=new_id(), account_id=account, amount_rupiah=1_000_000, on=books.on)
        assert books.balance("savings_term", account) == 0
    else:
        assert books.do(books.treasurer, "mature_terms", on=books.on) == {"number": None, "ended": 1}
        given = {"account_id": account, "amount_rupiah": 1_000, "on": books.on}
        assert books.refused(books.cashier, "withdraw", entry_id=new_id(), **given) == "locked"

    row.refresh_from_db()
    assert row.matures_on == ends and books.adds_up()


def test_a_broken_term_leaves_what_the_product_says(books: Books) -> None:
    member = books.member()
    product = books.product("term", term_months=6, kept_percent_of_rate=Decimal(50), penalty_percent=Decimal(1))
    account = books.savings(member, product, 3_650_000, roll_over="none")
    books.later(date(2026, 9, 11))

    done = books.do(books.cashier, "break_term", entry_id=new_id(), account_id=account, on=books.on)

    assert done["balance_rupiah"] == 0
    handed_out = MoneySlip.objects.of(books.cooperative).get(id=done["id"])
    assert handed_out.amount_rupiah == -(3_650_000 + 3_000 - 36_500)  # ten days at half of 600; a hundredth off
    assert books.balance("early_break_fees") == 36_500 and books.adds_up()
    again = {"entry_id": new_id(), "account_id": account, "on": books.on}
    assert books.refused(books.cashier, "break_term", **again) == "not_running"


def test_a_membership_ends_with_a_settlement_and_a_later_payout(books: Books) -> None:
    member = books.member()
    account = books.savings(member, books.product("voluntary"), 400_000)

    done = books.do(books.board, "leave_cooperative", member_id=member, on=books.on, reason="moved")

    assert done["to_pay_out_rupiah"] == 500_000
    row = Member.objects.of(books.cooperative).get(id=member)
    assert (row.status, row.left_on, row.left_reason) == ("left", books.on, "moved")
    assert books.balance("savings_principal", member) == books.balance("savings_voluntary", account) == 0
    assert books.balance("leavers_payable", member) == 500_000
    deposit = {"entry_id": new_id(), "account_id": account, "amount_rupiah": 1, "on": books.on}
    assert books.refused(books.cashier, "deposit", **deposit) == "closed_loop"
    assert books.refused(books.board, "leave_cooperative", member_id=member, on=books.on, reason="moved") == "left"

    owed = {"member_id": member, "use": "leavers_payable", "on": books.on}
    too_much = {**owed, "entry_id": new_id(), "amount_rupiah": 500_001}
    assert books.refused(books.cashier, "pay_out_owed", **too_much) == "above_balance"
    paid = books.do(books.cashier, "pay_out_owed", entry_id=new_id(), amount_rupiah=500_000, **owed)
    assert paid["balance_rupiah"] == 0 and books.balance("cash") == 0 and books.adds_up()


def owing_from_paper_books(books: Books, member: UUID, loan: int, interest: int) -> dict[str, Any]:
    """What stood in the paper books was entered by hand, under the member's own name. How the member leaves."""
    accounts = {one.use: one.id for one in Account.objects.of(books.cooperative)}
    owed = [
        {"account_id": accounts[use], "amount_rupiah": amount, "holder_id": member}
        for use, amount in (("loans", loan), ("interest_receivable", interest))
    ]
    books.do(books.treasurer, "post_opening_balances", entry_id=new_id(), on=START, balances=owed)
    return {"member_id": member, "on": books.on, "reason": "own_wish"}


def test_a_debt_of_the_paper_books_is_set_off_against_the_savings_of_who_leaves(books: Books) -> None:
    member = books.member()
    left = owing_from_paper_books(books, member, 50_000, 4_000)

    done = books.do(books.board, "leave_cooperative", **left)

    assert done["to_pay_out_rupiah"] == 100_000 - 54_000 == books.balance("leavers_payable", member)
    assert books.balance("loans", member) == books.balance("interest_receivable", member) == 0
    slips = MoneySlip.objects.of(books.cooperative).filter(kind="loan.set_off", member_id=member)
    assert sorted(slip.amount_rupiah for slip in slips) == [-54_000, 4_000, 50_000]
    assert books.adds_up()


def test_a_debt_above_the_savings_waits_until_the_rest_is_saved(books: Books) -> None:
    member = books.member()
    left = owing_from_paper_books(books, member, 149_000, 1_000)
    assert books.refused(books.board, "leave_cooperative", **left) == "still_owes"

    books.savings(member, books.product("voluntary"), 50_000)
    done = books.do(books.board, "leave_cooperative", **left)

    assert done["to_pay_out_rupiah"] == 0 == books.balance("loans", member)
    assert books.adds_up()


def test_a_payout_to_a_leaver_above_the_limit_needs_two(books: Books) -> None:
    member = books.member()
    limit = {"since": START + timedelta(days=1), "second_person_above_rupiah": 50_000, "decision": "Rapat"}
    books.do(books.board, "set_money_limit", limit_id=new_id(), **limit)
    books.later(START + timedelta(days=1))
    books.do(books.board, "leave_cooperative", member_id=member, on=books.on, reason="died")

    owed = {"member_id": member, "use": "leavers_payable", "on": books.on, "amount_rupiah": 100_000}
    heir = {"connection_id": new_id(), "kind": "heir", "name": "Ani", "relation": "anak", "on": books.on}
    books.do(books.board, "connect_person", member_id=member, **heir)
    owed["receiver_id"] = heir["connection_id"]
    assert books.refused(books.cashier, "pay_out_owed", entry_id=new_id(), **owed) == "second_person"


def test_savings_of_who_died_go_to_a_heir_who_is_written_down(books: Books) -> None:
    member = books.member()
    books.do(books.board, "leave_cooperative", member_id=member, on=books.on, reason="died")
    owed = {"member_id": member, "use": "leavers_payable", "on": books.on}

    def connect(kind: str, name: str) -> UUID:
        id = new_id()
        books.do(
            books.board, "connect_person", connection_id=id, member_id=member, kind=kind, name=name, relation="anak",
            on=books.on,
        )  # fmt: skip
        return id

    def refused(receiver: UUID | None) -> str:
        return books.refused(
            books.cashier, "pay_out_owed", entry_id=new_id(), amount_rupiah=1_000, receiver_id=receiver, **owed
        )

    proxy = {"connection_id": new_id(), "member_id": member, "kind": "proxy", "name": "Tri", "relation": "anak"}
    assert books.refused(books.board, "connect_person", on=books.on, **proxy) == "left"
    assert refused(None) == "heir_needed" and refused(new_id()) == "not_found"
    first, second = connect("heir", "Ani"), connect("heir", "Budi")

    for heir in (first, second):
        books.do(
            books.cashier, "pay_out_owed", entry_id=new_id(), amount_rupiah=50_000, receiver_id=heir, **owed
        )  # fmt: skip

    slips = MoneySlip.objects.of(books.cooperative).filter(kind="owed.paid_out")
    assert {slip.receiver_id for slip in slips} == {first, second}
    assert books.balance("leavers_payable", member) == 0 and books.adds_up()


def test_a_proxy_takes_money_of_the_living_and_a_heir_or_payer_does_not(books: Books) -> None:
    member = books.member()
    account = books.savings(member, books.product("voluntary"), 400_000)
    ids = {}
    for kind in ("proxy", "heir", "payer"):
        ids[kind] = new_id()
        books.do(
            books.board, "connect_person", connection_id=ids[kind], member_id=member, kind=kind, name="Ani",
            relation="anak", on=books.on,
        )  # fmt: skip
    given = {"account_id": account, "amount_rupiah": 10_000, "on": books.on}

    for kind in ("heir", "payer"):
        given["receiver_id"] = ids[kind]
        assert books.refused(books.cashier, "withdraw", entry_id=new_id(), **given) == "proxy_needed"
    given["receiver_id"] = ids["proxy"]
    slip = books.do(books.cashier, "withdraw", entry_id=new_id(), **given)

    assert MoneySlip.objects.of(books.cooperative).get(id=slip["id"]).receiver_id == ids["proxy"]
    books.do(books.board, "disconnect_person", connection_id=ids["proxy"], on=books.on)
    assert books.refused(books.cashier, "withdraw", entry_id=new_id(), **given) == "not_found"


@pytest.mark.parametrize(
    ("verb", "given"),
    [
        ("cooperative.pay_savings_interest", {"last_on": END}),
        ("cooperative.mature_terms", {"on": START}),
        ("cooperative.break_term", {"entry_id": new_id(), "account_id": new_id(), "on": START}),
        ("cooperative.leave_cooperative", {"member_id": new_id(), "on": START, "reason": "moved"}),
        (
            "cooperative.pay_out_owed",
            {"entry_id": new_id(), "member_id": new_id(), "use": "leavers_payable", "amount_rupiah": 1, "on": START},
        ),
    ],
)
def test_a_stranger_finds_nothing(
    books: Books, stranger: Actor, supervisor: Actor, verb: str, given: dict[str, Any]
) -> None:
    """Neither another village nor a role that only looks."""
    short = verb.removeprefix("cooperative.")
    assert books.refused(stranger, short, **given) == "not_found"
    assert books.refused(supervisor, short, **given) == "not_found"
    assert Entry.objects.of(books.cooperative).count() == TimelineEntry.objects.count() == 0


def test_a_till_that_was_forgotten_is_counted_after_its_month_was_closed(books: Books) -> None:
    books.member()
    till = TillDay.objects.of(books.cooperative).get()
    books.on = END + timedelta(days=2)
    books.do(books.treasurer, "close_period", period_id=new_id(), last_on=END)
    counted = {"till_id": till.id, "entry_id": new_id(), "counted_rupiah": 99_000, "reason": "Salah kembalian"}

    assert books.do(books.cashier, "close_till", **counted)["difference_rupiah"] == -1_000
    entry = Entry.objects.of(books.cooperative).sealed().get(id=counted["entry_id"])
    assert (till.on, entry.on) == (START, books.on)
