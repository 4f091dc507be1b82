"""Posting: once, whole, in order; one by one, many at a time, or by a question."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import connection

from desmigratif.access.actor import Actor
from desmigratif.audit import unit
from desmigratif.cooperative.actions.ledger.posting import (
    CannotPost,
    legs_of,
    post_entries,
    post_entry,
    post_reversal,
    post_selected,
)
from desmigratif.cooperative.models import Account, Book, Cooperative, Entry, Holding, Leg, Period, Seal
from desmigratif.cooperative.queries.ledger.books import (
    Chart,
    NoSuchAccount,
    balance_now,
    balance_on,
    entries_of_day,
    holders_now,
    statement,
    trial_balance,
)
from desmigratif.cooperative.queries.ledger.verify import verify_books
from desmigratif.cooperative.rules.ledger import NewEntry, credit, debit, merged, same_legs
from desmigratif.shared.ids import new_id

ON = date(2026, 11, 20)
pytestmark = pytest.mark.django_db
Working = Callable[..., Any]


def deposit(chart: Chart, amount: int, holder: Any, on: date = ON) -> NewEntry:
    legs = [debit(chart["cash"], amount), credit(chart["savings_voluntary"], amount, holder)]
    return NewEntry(new_id(), on, "savings.deposited", legs, "Setoran")


def withdrawal(chart: Chart, amount: int, holder: Any, on: date = ON) -> NewEntry:
    legs = [debit(chart["savings_voluntary"], amount, holder), credit(chart["cash"], amount)]
    return NewEntry(new_id(), on, "savings.withdrawn", legs, "Penarikan")


def codes(caught: pytest.ExceptionInfo[CannotPost]) -> list[tuple[str, str]]:
    return [(reason.code, reason.field) for reason in caught.value.reasons]


def account(cooperative: Cooperative, use: str) -> Account:
    return Account.objects.of(cooperative).get(use=use)


def test_one_receipt_sent_fifty_times_is_one_entry(
    cooperative: Cooperative, chart: Chart, cashier: Actor, working: Working
) -> None:
    ani = new_id()
    entry = deposit(chart, 25_000, ani)

    answers = []
    for _ in range(50):
        with working(cashier):
            answers.append(post_entry(cooperative, entry))

    assert [answer.again for answer in answers] == [False] + [True] * 49
    assert {answer.number for answer in answers} == {1}
    assert balance_now(account(cooperative, "savings_voluntary"), ani) == 25_000
    assert Leg.objects.count() == 2


def test_another_content_under_a_known_id_is_refused(
    cooperative: Cooperative, chart: Chart, cashier: Actor, working: Working
) -> None:
    entry = deposit(chart, 25_000, new_id())
    with working(cashier):
        post_entry(cooperative, entry)

    for other in (
        replace(entry, memo="Lain"), replace(entry, on=date(2026, 11, 19)), replace(entry, kind="x"),
        deposit(chart, 26_000, entry.legs[1].holder_id),
    ):  # fmt: skip
        with pytest.raises(CannotPost) as caught, working(cashier):
            post_entry(cooperative, replace(other, id=entry.id))
        assert codes(caught) == [("entry_exists", "")]


def test_a_known_id_of_another_cooperative_is_refused(
    cooperative: Cooperative, chart: Chart, cashier: Actor, working: Working, set_up: Callable[..., Cooperative]
) -> None:
    entry = deposit(chart, 25_000, new_id())
    with working(cashier):
        post_entry(cooperative, entry)
    other = set_up()

    with pytest.raises(CannotPost) as caught, working(cashier):
        post_entry(other, entry)

    assert codes(caught) == [("entry_exists", "")]


def test_nobody_posts_outside_an_action(cooperative: Cooperative, chart: Chart) -> None:
    with pytest.raises(unit.NoUnitOfWork):
        post_entry(cooperative, deposit(chart, 1, new_id()))

    assert not Seal.objects.exists()


def test_an_entry_carries_who_when_and_by_which_act(
    cooperative: Cooperative, chart: Chart, cashier: Actor, working: Working
) -> None:
    act_id = new_id()
    with working(cashier) as note:
        note.act_id = act_id
        post_entry(cooperative, deposit(chart, 1, new_id()))

    seal = Seal.objects.get()
    assert (seal.actor_id, seal.act_id, seal.recorded_at) == (str(cashier.id), act_id, note.at)
    assert verify_books().broken == ()


def test_more_than_there_is_cannot_be_taken_out(
    cooperative: Cooperative, chart: Chart, cashier: Actor, working: Working
) -> None:
    ani, budi = new_id(), new_id()
    with working(cashier):
        post_entry(cooperative, deposit(chart, 10_000, ani))
        post_entry(cooperative, deposit(chart, 90_000, budi))

    with pytest.raises(CannotPost) as caught, working(cashier):
        post_entry(cooperative, withdrawal(chart, 10_001, ani))

    assert codes(caught) == [("overdrawn", "legs")]
    assert caught.value.reasons[0].text == "Saldonya tidak cukup."
    assert holders_now(account(cooperative, "savings_voluntary")) == {ani: 10_000, budi: 90_000}


def test_what_is_unfit_is_said_before_the_books_are_asked(
    cooperative: Cooperative, chart: Chart, cashier: Actor, working: Working
) -> None:
    cash, grants = chart["cash"], chart["grants"]
    unfit = {
        "unbalanced": NewEntry(new_id(), ON, "x", [debit(cash, 2), credit(grants, 1)]),
        "zero_leg": NewEntry(new_id(), ON, "x", [debit(cash, 0), credit(grants, 0)]),
        "too_few_legs": NewEntry(new_id(), ON, "x", []),
        "amount_too_large": NewEntry(new_id(), ON, "x", [debit(cash, 10**16), credit(grants, 10**16)]),
        "before_books": NewEntry(new_id(), date(2026, 8, 31), "x", [debit(cash, 1), credit(grants, 1)]),
    }

    for code, entry in unfit.items():
        with pytest.raises(CannotPost) as caught, working(cashier):
            post_entry(cooperative, entry)
        assert [reason.code for reason in caught.value.reasons] == [code]


def test_many_entries_are_one_seal_and_all_or_none(
    cooperative: Cooperative, chart: Chart, cashier: Actor, working: Working
) -> None:
    good = [deposit(chart, 1_000 + n, new_id()) for n in range(60)]

    with working(cashier):
        posted = post_entries(cooperative, good)
    with pytest.raises(CannotPost) as caught, working(cashier):
        post_entries(cooperative, [deposit(chart, 5, new_id()), withdrawal(chart, 5, new_id())])
    with pytest.raises(CannotPost) as again, working(cashier):
        post_entries(cooperative, [deposit(chart, 5, new_id()), good[0]])
    with pytest.raises(CannotPost) as unfit, working(cashier):
        post_entries(cooperative, [good[0], NewEntry(new_id(), ON, "x", [])])

    assert posted.number == 1
    assert codes(caught) == [("overdrawn", "legs")]
    assert codes(again) == [("entry_exists", "")]
    assert codes(unfit) == [("too_few_legs", "entries.1.legs")]
    assert (Seal.objects.get().entry_count, Entry.objects.of(cooperative).count()) == (60, 60)
    assert verify_books().broken == ()


def test_strange_memos_survive_both_ways(
    cooperative: Cooperative, chart: Chart, cashier: Actor, working: Working
) -> None:
    memos = ["tab\tbaris\nbaru\\akhir", "50% 'kutip' \"dua\" | pipa", "é ﷼ 😀", "\\N"]
    entries = [replace(deposit(chart, 1, new_id()), memo=memo) for memo in memos]

    with working(cashier):
        post_entries(cooperative, entries)
        for entry in entries:
            post_entry(cooperative, replace(entry, id=new_id()))

    kept = Entry.objects.of(cooperative).order_by("seal__number", "id").values_list("memo", flat=True)
    assert list(kept) == memos * 2
    assert verify_books().broken == ()


def test_month_end_is_one_question(cooperative: Cooperative, chart: Chart, treasurer: Actor, working: Working) -> None:
    holders = [new_id() for _ in range(30)]
    savings, cost = chart["savings_voluntary"], chart["savings_interest"]
    with working(treasurer):
        post_entries(cooperative, [deposit(chart, 1_000 * (n + 1), who) for n, who in enumerate(holders)])

    select = (
        "SELECT account_id, holder_id, balance_rupiah / 100 FROM cooperative_holding"
        " WHERE account_id = %s AND balance_rupiah / 100 <> 0"
    )
    with working(treasurer):
        posted = post_selected(
            cooperative, NewEntry(new_id(), ON, "savings.interest", (), "Jasa"), select, [savings.hex], against=cost
        )

    held = holders_now(account(cooperative, "savings_voluntary"))
    assert posted.number == 2
    assert [held[who] for who in holders] == [1_010 * (n + 1) for n in range(30)]
    assert balance_now(account(cooperative, "savings_interest")) == sum(10 * (n + 1) for n in range(30))
    assert verify_books().broken == ()


def test_month_end_of_nobody_is_refused_and_leaves_no_seal(
    cooperative: Cooperative, chart: Chart, treasurer: Actor, working: Working
) -> None:
    select = "SELECT account_id, holder_id, balance_rupiah FROM cooperative_holding WHERE account_id = %s"
    entry = NewEntry(new_id(), ON, "savings.interest", ())

    with pytest.raises(CannotPost) as caught, working(treasurer):
        post_selected(cooperative, entry, select, [chart["savings_voluntary"].hex], against=chart["savings_interest"])

    assert codes(caught) == [("nothing_to_post", "")]
    assert not Seal.objects.exists()


def test_a_reversal_undoes_once_in_an_open_month(
    cooperative: Cooperative, chart: Chart, treasurer: Actor, working: Working
) -> None:
    ani = new_id()
    entry = deposit(chart, 7_000, ani, on=date(2026, 9, 15))
    with working(treasurer):
        post_entry(cooperative, entry)
        Period.objects.create(
            village_code=cooperative.village_code, cooperative=cooperative, last_on=date(2026, 9, 30),
            closed_at="2026-10-01T00:00:00Z", actor_id="x", seal_number=1,
        )  # fmt: skip
    standing = Entry.objects.of(cooperative).get(id=entry.id)

    with pytest.raises(CannotPost) as closed, working(treasurer):
        post_reversal(cooperative, standing, entry_id=new_id(), on=entry.on, reason="salah orang")
    with working(treasurer):
        post_reversal(cooperative, standing, entry_id=new_id(), on=ON, reason="salah orang")
    with pytest.raises(CannotPost) as twice, working(treasurer):
        post_reversal(cooperative, standing, entry_id=new_id(), on=ON, reason="salah orang")

    savings = account(cooperative, "savings_voluntary")
    assert codes(closed) == [("closed_month", "on")]
    assert codes(twice) == [("reversed_already", "entry_id")]
    assert (balance_on(savings, date(2026, 9, 30), ani), balance_now(savings, ani)) == (7_000, 0)
    assert Entry.objects.of(cooperative).get(reverses_id=entry.id).memo == "Pembalikan: salah orang"
    assert same_legs(merged([*legs_of(entry.id), *entry.legs]), merged([*entry.legs, *entry.legs]))


def test_balances_on_any_day_agree(cooperative: Cooperative, chart: Chart, cashier: Actor, working: Working) -> None:
    ani, cash = new_id(), account(cooperative, "cash")
    days = [date(2026, 9, 1), date(2026, 9, 30), date(2026, 10, 15), date(2026, 10, 31), date(2026, 11, 2)]
    with working(cashier):
        post_entries(cooperative, [deposit(chart, 10**place, ani, on) for place, on in enumerate(days)])

    savings = account(cooperative, "savings_voluntary")
    for on, sum_until in (
        (date(2026, 9, 1), 1), (date(2026, 9, 29), 1), (date(2026, 9, 30), 11), (date(2026, 10, 30), 111),
        (date(2026, 10, 31), 1_111), (date(2026, 11, 30), 11_111),
    ):  # fmt: skip
        lines = {line.code: line for line in trial_balance(cooperative, on)}
        assert balance_on(savings, on, ani) == balance_on(cash, on) == sum_until
        assert (lines["1-1001"].balance_rupiah, lines["2-1101"].balance_rupiah) == (sum_until, sum_until)
        assert sum(line.debit_rupiah - line.credit_rupiah for line in lines.values()) == 0


def test_a_statement_has_a_running_balance(
    cooperative: Cooperative, chart: Chart, cashier: Actor, working: Working
) -> None:
    ani, budi = new_id(), new_id()
    with working(cashier):
        post_entry(cooperative, deposit(chart, 100, ani, date(2026, 9, 3)))
        post_entry(cooperative, deposit(chart, 70, budi, date(2026, 10, 2)))
        post_entry(cooperative, withdrawal(chart, 30, ani, date(2026, 10, 5)))
        post_entry(cooperative, deposit(chart, 5, ani, date(2026, 10, 4)))

    opening, lines = statement(
        account(cooperative, "savings_voluntary"), date(2026, 10, 1), date(2026, 10, 31), holder_id=ani
    )
    of_day = entries_of_day(cooperative, date(2026, 10, 2))

    assert opening == 100
    assert [(line.on.day, line.amount_rupiah, line.balance_rupiah) for line in lines] == [(4, 5, 105), (5, -30, 75)]
    assert [[leg.account.code for leg in entry.legs.all()] for entry in of_day] == [["1-1001", "2-1101"]]


def test_the_number_of_questions_does_not_grow(
    cooperative: Cooperative, chart: Chart, cashier: Actor, working: Working, django_assert_num_queries: Any
) -> None:
    asked: set[str] = set()
    entry = deposit(chart, 100, new_id())
    with working(cashier), django_assert_num_queries(0 if connection.vendor == "sqlite" else 1):  # the book is read
        if connection.vendor == "sqlite":  # all goes to the driver itself; a guard's steps bear their question's text
            connection.connection.set_trace_callback(asked.add)
        post_entry(cooperative, entry)
        if connection.vendor == "sqlite":
            connection.connection.set_trace_callback(None)
            assert len(asked) == 4

    with django_assert_num_queries(3):
        trial_balance(cooperative, ON)


def test_an_unknown_use_is_a_mistake_of_the_programme(chart: Chart) -> None:
    with pytest.raises(NoSuchAccount):
        chart["cahs"]
    assert len(chart) > 50
    assert "cash" in list(chart)


@pytest.mark.django_db(transaction=True)
def test_two_cashiers_on_one_account_cannot_both_empty_it(
    cooperative: Cooperative, chart: Chart, cashier: Actor, working: Working
) -> None:
    ani = new_id()
    with working(cashier):
        post_entry(cooperative, deposit(chart, 10_000, ani))
    answers: list[str] = []
    start = threading.Barrier(4)

    def take() -> None:
        try:
            start.wait()
            with working(cashier):
                post_entry(cooperative, withdrawal(chart, 6_000, ani))
            answers.append("done")
        except CannotPost as refused:
            answers.append(refused.reasons[0].code)
        finally:
            connection.close()

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == ["done", "overdrawn", "overdrawn", "overdrawn"]
    assert Holding.objects.get(holder_id=ani).balance_rupiah == -4_000
    assert Book.objects.get().last_number == 2
    assert verify_books().broken == ()
