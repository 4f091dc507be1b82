"""Saving through the till: what goes in, what may come out, and what the slip says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from desmigratif.access.actor import Actor
from desmigratif.access.door import do
from desmigratif.cooperative.models import (
    Cooperative,
    Entry,
    Member,
    MoneySlip,
    SavingsAccount,
    SavingsProduct,
    TillDay,
)
from desmigratif.cooperative.queries.ledger.books import Chart, trial_balance
from desmigratif.cooperative.queries.savings.accounts import rate_on, savings_of
from desmigratif.cooperative.queries.till import code_of, expected_in, slips_with_code
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Refusal

Acting = Callable[..., dict[str, Any]]
SINCE, TODAY = date(2026, 9, 1), date(2026, 11, 23)


class Counter:
    """A cooperative with its terms set, as the people at its counter use it."""

    def __init__(self, act: Acting, cooperative: Cooperative, board: Actor, treasurer: Actor, cashier: Actor) -> None:
        self.act, self.cooperative = act, cooperative
        self.board, self.treasurer, self.cashier = board, treasurer, cashier

    def do(self, by: Actor, action: str, **given: Any) -> dict[str, Any]:
        return self.act(by, f"cooperative.{action}", cooperative_id=self.cooperative.id, **given)

    def refused(self, by: Actor, action: str, **given: Any) -> str:
        with pytest.raises(Refusal) as refusal:
            self.do(by, action, **given)
        return refusal.value.reasons[0].code

    def product(self, kind: str = "voluntary", **given: Any) -> UUID:
        id = new_id()
        usual = {"name": f"Simpanan {kind}", "kind": kind, "since": SINCE, "annual_percent": Decimal(4)}
        self.do(self.board, "add_savings_product", product_id=id, **{**usual, **given})
        return id

    def candidate(self, nik: str = "3307104107850001") -> UUID:
        id = new_id()
        self.do(
            self.board, "apply_for_membership", member_id=id, on=TODAY, name="Siti Aminah", nik=nik,
            birth_date=date(1985, 7, 1), address="Krajan", in_area=True, is_citizen=True,
        )  # fmt: skip
        return id

    def member(self, nik: str = "3307104107850001") -> UUID:
        id = self.candidate(nik)
        self.capital(id, "entry", 100_000)
        self.do(self.board, "admit_member", member_id=id, on=TODAY)
        return id

    def capital(self, member_id: UUID, kind: str, amount: int) -> dict[str, Any]:
        return self.do(
            self.cashier, "pay_capital", entry_id=new_id(), member_id=member_id, kind=kind, amount_rupiah=amount,
            on=TODAY,
        )  # fmt: skip

    def account(self, member_id: UUID, product_id: UUID, **given: Any) -> UUID:
        id = new_id()
        self.do(
            self.cashier, "open_savings_account", account_id=id, member_id=member_id, product_id=product_id, on=TODAY,
            **given,
        )  # fmt: skip
        return id

    def deposit(self, account_id: UUID, amount: int, *, entry_id: UUID | None = None) -> dict[str, Any]:
        return self.do(
            self.cashier, "deposit", entry_id=entry_id or new_id(), account_id=account_id, amount_rupiah=amount,
            on=TODAY,
        )  # fmt: skip

    def saver(self, amount: int = 500_000, **product: Any) -> tuple[UUID, UUID]:
        member_id = self.member()
        account_id = self.account(member_id, self.product(**product))
        self.deposit(account_id, amount)
        return member_id, account_id


@pytest.fixture
def counter(act: Acting, cooperative: Cooperative, board: Actor, treasurer: Actor, cashier: Actor) -> Counter:
    made = Counter(act, cooperative, board, treasurer, cashier)
    made.do(
        board, "set_membership_terms", terms_id=new_id(), since=SINCE, principal_rupiah=100_000,
        compulsory_rupiah=20_000, decision="Rapat pembentukan",
    )  # fmt: skip
    made.do(
        board, "set_money_limit", limit_id=new_id(), since=SINCE, second_person_above_rupiah=1_000_000,
        decision="Rapat pengurus",
    )  # fmt: skip
    made.do(cashier, "open_till", till_id=new_id(), on=TODAY, opening_rupiah=0)
    return made


def test_a_deposit_gives_a_slip_with_balance_number_and_code(counter: Counter, chart: Chart) -> None:
    member_id, account_id = counter.saver(500_000)

    slip = counter.deposit(account_id, 50_000)

    assert slip["balance_rupiah"] == 550_000
    row = MoneySlip.objects.of(counter.cooperative).get(id=slip["id"])
    assert row.code == slip["code"] == code_of(row.id, TODAY, 50_000, 550_000)
    assert [found.id for found in slips_with_code(counter.cashier, slip["code"].lower())] == [row.id]
    member = Member.objects.of(counter.cooperative).get(id=member_id)
    savings = savings_of(counter.cooperative, member, TODAY)
    assert (savings.principal_rupiah, savings.total_rupiah) == (100_000, 650_000)
    balances = {line.account_id: line.balance_rupiah for line in trial_balance(counter.cooperative, TODAY)}
    assert balances[chart["cash"]] == 650_000
    assert balances[chart["savings_voluntary"]] == 550_000


def test_one_receipt_sent_fifty_times_counts_once(counter: Counter, now: datetime) -> None:
    _, account_id = counter.saver(500_000)
    given = {
        "cooperative_id": counter.cooperative.id, "entry_id": new_id(), "account_id": account_id,
        "amount_rupiah": 50_000, "on": TODAY,
    }  # fmt: skip
    act_id = new_id()

    answers = [do(counter.cashier, "cooperative.deposit", given, now=now, act_id=act_id) for _ in range(50)]

    assert answers == [answers[0]] * 50
    assert MoneySlip.objects.of(counter.cooperative).filter(holder_id=account_id).count() == 2


def test_nobody_takes_out_more_than_is_there(counter: Counter) -> None:
    _, account_id = counter.saver(500_000, minimum_balance_rupiah=20_000)

    def refused(amount: int) -> str:
        return counter.refused(
            counter.cashier, "withdraw", entry_id=new_id(), account_id=account_id, amount_rupiah=amount, on=TODAY
        )

    assert refused(500_001) == "above_balance"
    assert refused(480_001) == "above_balance"
    done = counter.do(
        counter.cashier, "withdraw", entry_id=new_id(), account_id=account_id, amount_rupiah=480_000, on=TODAY
    )
    assert done["balance_rupiah"] == 20_000


def test_above_the_limit_a_second_person_agrees_first_and_only_to_that(counter: Counter) -> None:
    member_id, account_id = counter.saver(3_000_000)

    def approve(by: Actor, amount: int) -> UUID:
        id = new_id()
        counter.do(
            by, "approve_payout", approval_id=id, member_id=member_id, holder_id=account_id, amount_rupiah=amount,
            on=TODAY,
        )  # fmt: skip
        return id

    def given(amount: int, approval: UUID | None = None) -> dict[str, Any]:
        return {
            "entry_id": new_id(), "account_id": account_id, "amount_rupiah": amount, "on": TODAY,
            "approval_id": approval,
        }  # fmt: skip

    approval = approve(counter.treasurer, 2_000_000)
    assert counter.refused(counter.cashier, "withdraw", **given(2_000_000)) == "second_person"
    assert counter.refused(counter.cashier, "withdraw", **given(1_500_000, approval)) == "other_approval"
    assert counter.do(counter.cashier, "withdraw", **given(2_000_000, approval))["balance_rupiah"] == 1_000_000
    assert counter.refused(counter.cashier, "withdraw", **given(1_000_001, approval)) == "above_balance"
    assert counter.do(counter.cashier, "withdraw", **given(1_000_000))["balance_rupiah"] == 0


def test_an_approval_is_used_once_and_by_another_person(counter: Counter) -> None:
    member_id, account_id = counter.saver(5_000_000)
    counter.do(counter.treasurer, "open_till", till_id=new_id(), on=TODAY, opening_rupiah=0)
    approval = new_id()
    counter.do(
        counter.treasurer, "approve_payout", approval_id=approval, member_id=member_id, holder_id=account_id,
        amount_rupiah=2_000_000, on=TODAY,
    )  # fmt: skip
    given = {"account_id": account_id, "amount_rupiah": 2_000_000, "on": TODAY, "approval_id": approval}

    assert counter.refused(counter.treasurer, "withdraw", entry_id=new_id(), **given) == "same_person"
    counter.do(counter.cashier, "withdraw", entry_id=new_id(), **given)
    assert counter.refused(counter.cashier, "withdraw", entry_id=new_id(), **given) == "not_found"


def test_only_members_are_served_and_a_candidate_pays_nothing_but_pokok(counter: Counter) -> None:
    candidate = counter.candidate()
    product = counter.product()

    assert (
        counter.refused(
            counter.cashier,
            "open_savings_account",
            account_id=new_id(),
            member_id=candidate,
            product_id=product,
            on=TODAY,
        )
        == "closed_loop"
    )
    assert counter.refused(
        counter.cashier, "pay_capital", entry_id=new_id(), member_id=candidate, kind="compulsory",
        amount_rupiah=20_000, on=TODAY,
    ) == "closed_loop"  # fmt: skip
    assert counter.capital(candidate, "entry", 100_000)["balance_rupiah"] == 100_000
    assert (
        counter.refused(
            counter.cashier,
            "pay_capital",
            entry_id=new_id(),
            member_id=candidate,
            kind="entry",
            amount_rupiah=1,
            on=TODAY,
        )
        == "paid_once"
    )


def test_open_months_of_simpanan_wajib_are_listed_and_paid_oldest_first(counter: Counter) -> None:
    member_id = counter.member()
    member = Member.objects.of(counter.cooperative).get(id=member_id)
    january = date(2027, 1, 15)

    assert [month.open for month in savings_of(counter.cooperative, member, january).arrears] == [20_000] * 3
    counter.capital(member_id, "compulsory", 30_000)

    left = savings_of(counter.cooperative, member, january)
    assert [(month.month, month.open) for month in left.arrears] == [
        (date(2026, 12, 1), 10_000), (date(2027, 1, 1), 20_000),
    ]  # fmt: skip
    assert left.arrears_rupiah == 30_000


def test_a_rate_above_the_cap_is_refused_and_a_new_one_holds_from_its_day(counter: Counter) -> None:
    product = counter.product()

    assert counter.refused(
        counter.board, "add_savings_product", product_id=new_id(), name="Terlalu tinggi", kind="voluntary",
        since=SINCE, annual_percent=Decimal("9.01"),
    ) == "rate_above_cap"  # fmt: skip
    counter.do(
        counter.board, "change_savings_rate", rate_id=new_id(), product_id=product, since=date(2027, 1, 1),
        annual_percent=Decimal(3),
    )  # fmt: skip

    row = SavingsProduct.objects.of(counter.cooperative).get(id=product)
    assert rate_on(counter.cooperative, row, TODAY) == Decimal(4)
    assert rate_on(counter.cooperative, row, date(2027, 1, 1)) == Decimal(3)
    assert counter.refused(
        counter.board, "change_savings_rate", rate_id=new_id(), product_id=product, since=date(2026, 12, 1),
        annual_percent=Decimal(3),
    ) == "not_after_last"  # fmt: skip


def test_a_term_keeps_its_rate_is_filled_once_and_locked_until_its_end(counter: Counter) -> None:
    member_id = counter.member()
    account_id = counter.account(member_id, counter.product("term", term_months=6), roll_over="principal")
    counter.deposit(account_id, 1_000_000)

    account = SavingsAccount.objects.of(counter.cooperative).get(id=account_id)
    assert (account.matures_on, account.annual_percent) == (date(2027, 5, 23), Decimal(4))
    assert (
        counter.refused(counter.cashier, "deposit", entry_id=new_id(), account_id=account_id, amount_rupiah=1, on=TODAY)
        == "term_filled"
    )
    assert (
        counter.refused(
            counter.cashier, "withdraw", entry_id=new_id(), account_id=account_id, amount_rupiah=1, on=TODAY
        )
        == "locked"
    )


def test_a_goal_is_opened_before_its_day_for_a_reason_by_another_than_the_cashier(counter: Counter) -> None:
    goal = counter.account(
        counter.member(), counter.product("purpose"), purpose="Kurban", target_rupiah=3_000_000,
        target_on=date(2027, 5, 1),
    )  # fmt: skip
    counter.deposit(goal, 250_000)
    taken = {"account_id": goal, "amount_rupiah": 250_000, "on": TODAY}
    opening = {"account_id": goal, "on": TODAY, "event": "qurban", "reason": "Sapi dibeli bersama lebih awal"}
    assert counter.refused(counter.cashier, "withdraw", entry_id=new_id(), **taken) == "locked"
    assert counter.refused(counter.cashier, "unlock_savings", **opening) == "not_found"

    counter.do(counter.treasurer, "unlock_savings", **opening)

    account = SavingsAccount.objects.of(counter.cooperative).get(id=goal)
    assert (account.unlocked_on, account.unlocked_for) == (TODAY, "qurban")
    assert counter.do(counter.cashier, "withdraw", entry_id=new_id(), **taken)["balance_rupiah"] == 0
    assert counter.refused(counter.treasurer, "unlock_savings", **opening) == "unlocked_already"


@pytest.mark.parametrize(("kind", "more"), [("voluntary", {}), ("term", {"roll_over": "none"})])
def test_only_savings_for_a_purpose_are_opened_so(counter: Counter, kind: str, more: dict[str, Any]) -> None:
    months = {"term_months": 6} if kind == "term" else {}
    account = counter.account(counter.member(), counter.product(kind, **months), **more)
    opening = {"account_id": account, "on": TODAY, "event": "other", "reason": "Perlu sekarang"}
    assert counter.refused(counter.treasurer, "unlock_savings", **opening) == "not_for_a_purpose"


def test_the_agreed_part_of_a_remittance_is_saved_until_the_goal_is_reached(counter: Counter) -> None:
    member, product = counter.member(), counter.product("purpose")
    wish = {"purpose": "Sekolah anak", "target_rupiah": 500_000, "target_on": date(2027, 7, 1)}
    goal, other = (
        counter.account(member, product, remittance_percent=20, **wish),
        counter.account(member, product, **wish),
    )
    sent = {"on": TODAY, "received_rupiah": 1_999_999}

    saved = counter.do(counter.cashier, "save_from_remittance", entry_id=new_id(), account_id=goal, **sent)
    rest = counter.do(counter.cashier, "save_from_remittance", entry_id=new_id(), account_id=goal, **sent)

    assert (saved["balance_rupiah"], rest["balance_rupiah"]) == (399_999, 500_000)
    refused = [
        counter.refused(counter.cashier, "save_from_remittance", entry_id=new_id(), account_id=id, **sent)
        for id in (goal, other)
    ]
    assert refused == ["goal_reached", "no_share"]


def test_savings_for_a_purpose_say_what_for_and_wait_for_their_day(counter: Counter) -> None:
    member_id, product = counter.member(), counter.product("purpose")
    assert (
        counter.refused(
            counter.cashier,
            "open_savings_account",
            account_id=new_id(),
            member_id=member_id,
            product_id=product,
            on=TODAY,
        )
        == "purpose"
    )

    account_id = counter.account(
        member_id, product, purpose="Sekolah anak", target_rupiah=3_000_000, target_on=date(2027, 7, 1)
    )
    counter.deposit(account_id, 250_000)
    assert (
        counter.refused(
            counter.cashier, "withdraw", entry_id=new_id(), account_id=account_id, amount_rupiah=1, on=TODAY
        )
        == "locked"
    )


def test_money_needs_an_open_till_of_today(counter: Counter, now: datetime) -> None:
    _, account_id = counter.saver()
    given = {
        "cooperative_id": counter.cooperative.id, "entry_id": new_id(), "account_id": account_id, "amount_rupiah": 1,
    }  # fmt: skip

    assert (
        counter.refused(
            counter.treasurer, "deposit", entry_id=new_id(), account_id=account_id, amount_rupiah=1, on=TODAY
        )
        == "no_till"
    )
    assert counter.refused(
        counter.cashier, "deposit", entry_id=new_id(), account_id=account_id, amount_rupiah=1,
        on=TODAY - timedelta(days=1),
    ) == "not_today"  # fmt: skip
    tomorrow = now + timedelta(days=1)
    with pytest.raises(Refusal) as refusal:
        do(
            counter.cashier, "cooperative.deposit", {**given, "on": TODAY + timedelta(days=1)}, now=tomorrow,
            act_id=new_id(),
        )  # fmt: skip
    assert refusal.value.reasons[0].code == "till_of_another_day"


def test_a_till_begins_with_no_more_than_the_books_know_of(counter: Counter) -> None:
    counter.saver(500_000)
    given = {"till_id": new_id(), "on": TODAY, "opening_rupiah": 1}
    assert counter.refused(counter.treasurer, "open_till", **given) == "more_than_books"
    assert counter.refused(counter.cashier, "open_till", **given) == "open_already"


def test_the_till_closes_with_a_count_and_a_difference_needs_a_reason(counter: Counter, chart: Chart) -> None:
    counter.saver(500_000)
    till = TillDay.objects.of(counter.cooperative).get()
    counter.do(counter.cashier, "move_cash", entry_id=new_id(), on=TODAY, direction="to_bank", amount_rupiah=300_000)
    till.refresh_from_db()
    assert expected_in(till) == 300_000

    close = {"till_id": till.id, "entry_id": new_id(), "counted_rupiah": 295_000}
    assert counter.refused(counter.cashier, "close_till", **close) == "difference"
    done = counter.do(counter.cashier, "close_till", **close, reason="Salah memberi kembalian")

    assert done["difference_rupiah"] == -5_000
    balances = {line.account_id: line.balance_rupiah for line in trial_balance(counter.cooperative, TODAY)}
    assert balances[chart["cash_difference"]] == 5_000
    assert counter.refused(counter.cashier, "close_till", **close, reason="Lagi") == "not_found"


def test_the_till_hands_out_no_more_than_it_holds(counter: Counter) -> None:
    _, account_id = counter.saver(500_000)
    counter.do(counter.cashier, "move_cash", entry_id=new_id(), on=TODAY, direction="to_bank", amount_rupiah=500_000)

    assert (
        counter.refused(
            counter.cashier, "withdraw", entry_id=new_id(), account_id=account_id, amount_rupiah=200_000, on=TODAY
        )
        == "not_in_till"
    )
    assert (
        counter.refused(
            counter.cashier, "move_cash", entry_id=new_id(), on=TODAY, direction="to_bank", amount_rupiah=200_000
        )
        == "not_in_till"
    )


def test_a_mistake_is_taken_back_once_by_the_second_person(counter: Counter) -> None:
    _, account_id = counter.saver(500_000)
    wrong = counter.deposit(account_id, 70_000)
    given = {"slip_id": wrong["id"], "on": TODAY, "reason": "Salah jumlah"}

    assert counter.refused(counter.cashier, "reverse_slip", entry_id=new_id(), **given) == "not_found"
    done = counter.do(counter.treasurer, "reverse_slip", entry_id=new_id(), **given)

    assert done["balance_rupiah"] == 500_000
    assert Entry.objects.of(counter.cooperative).sealed().get(id=done["id"]).reverses_id == UUID(wrong["id"])
    assert counter.refused(counter.treasurer, "reverse_slip", entry_id=new_id(), **given) == "reversed_already"
    mirrored = {**given, "slip_id": done["id"]}
    assert counter.refused(counter.treasurer, "reverse_slip", entry_id=new_id(), **mirrored) == "not_here"


def test_whoever_served_at_the_till_does_not_take_the_slip_back(counter: Counter) -> None:
    _, account_id = counter.saver(500_000)
    counter.do(counter.treasurer, "open_till", till_id=new_id(), on=TODAY, opening_rupiah=0)
    hers = counter.do(
        counter.treasurer, "deposit", entry_id=new_id(), account_id=account_id, amount_rupiah=70_000, on=TODAY
    )
    given = {"entry_id": new_id(), "slip_id": hers["id"], "on": TODAY, "reason": "Salah jumlah"}

    assert counter.refused(counter.treasurer, "reverse_slip", **given) == "same_person"
    assert counter.do(counter.board, "reverse_slip", **given)["balance_rupiah"] == 500_000


def test_the_pokok_that_made_somebody_a_member_stays(counter: Counter) -> None:
    member_id = counter.member()
    slip = MoneySlip.objects.of(counter.cooperative).get(member_id=member_id)
    assert (
        counter.refused(
            counter.treasurer, "reverse_slip", entry_id=new_id(), slip_id=slip.id, on=TODAY, reason="Salah orang"
        )
        == "makes_a_member"
    )


@pytest.mark.parametrize(
    ("action", "given"),
    [
        (
            "cooperative.set_money_limit",
            {"limit_id": new_id(), "since": SINCE, "second_person_above_rupiah": 1, "decision": "RAT"},
        ),
        ("cooperative.open_till", {"till_id": new_id(), "on": TODAY, "opening_rupiah": 0}),
        ("cooperative.close_till", {"till_id": new_id(), "entry_id": new_id(), "counted_rupiah": 0}),
        ("cooperative.move_cash", {"entry_id": new_id(), "on": TODAY, "direction": "to_bank", "amount_rupiah": 1}),
        (
            "cooperative.approve_payout",
            {"approval_id": new_id(), "member_id": new_id(), "holder_id": new_id(), "amount_rupiah": 1, "on": TODAY},
        ),
        (
            "cooperative.reverse_slip",
            {"entry_id": new_id(), "slip_id": new_id(), "on": TODAY, "reason": "Salah jumlah"},
        ),
        (
            "cooperative.add_savings_product",
            {"product_id": new_id(), "name": "Simpanan", "kind": "voluntary", "since": SINCE, "annual_percent": "1"},
        ),
        (
            "cooperative.change_savings_rate",
            {"rate_id": new_id(), "product_id": new_id(), "since": SINCE, "annual_percent": "1"},
        ),
        (
            "cooperative.open_savings_account",
            {"account_id": new_id(), "member_id": new_id(), "product_id": new_id(), "on": TODAY},
        ),
        (
            "cooperative.pay_capital",
            {"entry_id": new_id(), "member_id": new_id(), "kind": "entry", "amount_rupiah": 1, "on": TODAY},
        ),
        (
            "cooperative.unlock_savings",
            {"account_id": new_id(), "on": TODAY, "event": "school", "reason": "Ditagih bulan ini"},
        ),
        ("cooperative.deposit", {"entry_id": new_id(), "account_id": new_id(), "amount_rupiah": 1, "on": TODAY}),
        ("cooperative.withdraw", {"entry_id": new_id(), "account_id": new_id(), "amount_rupiah": 1, "on": TODAY}),
        (
            "cooperative.save_from_remittance",
            {"entry_id": new_id(), "account_id": new_id(), "received_rupiah": 1, "on": TODAY},
        ),
    ],
)
def test_a_stranger_finds_nothing(
    counter: Counter, stranger: Actor, supervisor: Actor, action: str, given: dict[str, Any]
) -> None:
    """Neither another village nor a role that only looks."""
    verb = action.removeprefix("cooperative.")
    assert counter.refused(stranger, verb, **given) == "not_found"
    assert counter.refused(supervisor, verb, **given) == "not_found"
