"""What treasurers do with the books, and what they are refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from desmigratif.access.actor import Actor
from desmigratif.access.door import Act, perform
from desmigratif.audit.models import Event
from desmigratif.cooperative.models import Account, AccountKind, Cooperative, Entry, Period
from desmigratif.cooperative.queries.ledger.books import Chart, balance_now, balance_on
from desmigratif.shared.dated import subject
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Refusal

pytestmark = pytest.mark.django_db
Acting = Callable[..., dict[str, Any]]
KENANGA = "32.12.16.2004"


def manual(chart: Chart, amount: int = 75_000, on: str = "2026-11-20", **more: Any) -> dict[str, Any]:
    legs = [
        {"account_id": chart["cash"], "debit_rupiah": amount},
        {"account_id": chart["grants"], "credit_rupiah": amount},
    ]
    return {"entry_id": new_id(), "on": on, "memo": "Hibah dari desa", "legs": legs, **more}


def code_of(run: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as caught:
        run()
    return caught.value.reasons[0].code


def test_books_are_opened_with_the_chart_of_the_day(cooperative: Cooperative) -> None:
    (version,) = subject("cooperative_chart")["chart"]
    accounts = Account.objects.of(cooperative)

    assert accounts.count() == len(version.value)
    assert cooperative.chart_since == version.since
    assert accounts.get(use="cash").side == 1
    assert accounts.get(use="loan_provision").side == -1
    assert set(accounts.filter(side=-1).values_list("kind", flat=True)) == {"asset", "liability", "equity", "income"}
    assert Event.objects.filter(event="cooperative.set_up").count() == 1


def test_every_line_of_the_chart_is_whole() -> None:
    (version,) = subject("cooperative_chart")["chart"]
    kinds = {"1": "asset", "2": "liability", "3": "equity", "4": "income", "5": "expense"}

    assert all(kinds[row["code"][0]] == row["kind"] for row in version.value)
    assert {row["kind"] for row in version.value} == set(AccountKind.values)
    assert len({row["use"] for row in version.value}) == len({row["code"] for row in version.value})
    assert all(row.get("overdraw") for row in version.value if row["kind"] in ("income", "expense"))


def test_books_are_not_opened_twice_nor_from_tomorrow(cooperative: Cooperative, board: Actor, act: Acting) -> None:
    given = {"village_code": cooperative.village_code, "name": "Koperasi", "kind": "kdmp_unit"}
    name = "cooperative.set_up_cooperative"

    again = code_of(lambda: act(board, name, **given, cooperative_id=cooperative.id, opened_on="2026-11-01"))
    tomorrow = code_of(lambda: act(board, name, **given, cooperative_id=new_id(), opened_on="2026-11-24"))

    assert (again, tomorrow) == ("set_up_already", "date_in_future")


def test_a_manual_entry_is_entered_once(cooperative: Cooperative, chart: Chart, treasurer: Actor, act: Acting) -> None:
    given = manual(chart, cooperative_id=cooperative.id)

    first = act(treasurer, "cooperative.post_manual_entry", **given)
    again = act(treasurer, "cooperative.post_manual_entry", **given)

    assert first == again == {"id": str(given["entry_id"]), "number": 1}
    assert balance_now(Account.objects.of(cooperative).get(use="cash")) == 75_000


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"on": "2026-11-24"}, "date_in_future"),
        ({"on": "2026-08-31"}, "before_books"),
        ({"legs": "one side"}, "unbalanced"),
        ({"legs": "both"}, "debit_or_credit"),
        ({"legs": "members"}, "wrong_account"),
    ],
)
def test_a_manual_entry_that_is_wrong_is_refused_with_a_reason(
    cooperative: Cooperative, chart: Chart, treasurer: Actor, act: Acting, change: dict[str, Any], code: str
) -> None:
    legs = {
        "one side": [{"account_id": chart["cash"], "debit_rupiah": n} for n in (1, 2)],
        "both": [{"account_id": chart["cash"], "debit_rupiah": 1, "credit_rupiah": 1}] * 2,
        "members": [
            {"account_id": chart["cash"], "debit_rupiah": 1},
            {"account_id": chart["savings_voluntary"], "credit_rupiah": 1},
        ],
    }
    given = manual(chart, cooperative_id=cooperative.id) | {
        key: legs.get(value, value) for key, value in change.items()
    }

    assert code_of(lambda: act(treasurer, "cooperative.post_manual_entry", **given)) == code
    assert not Entry.objects.of(cooperative).exists()


def test_a_month_is_closed_in_its_order_and_takes_nothing_more(
    cooperative: Cooperative, chart: Chart, treasurer: Actor, act: Acting
) -> None:
    def close(last_on: str) -> object:
        return act(
            treasurer, "cooperative.close_period", period_id=new_id(), cooperative_id=cooperative.id, last_on=last_on
        )

    assert code_of(lambda: close("2026-10-31")) == "not_next_month"
    assert code_of(lambda: close("2026-09-29")) == "not_month_end"
    close("2026-09-30")
    assert code_of(lambda: close("2026-09-30")) == "closed_already"
    close("2026-10-31")
    assert code_of(lambda: close("2026-11-30")) == "month_not_over"
    late = manual(chart, on="2026-10-31", cooperative_id=cooperative.id)
    assert code_of(lambda: act(treasurer, "cooperative.post_manual_entry", **late)) == "closed_month"
    assert Period.objects.of(cooperative).count() == 2
    assert Event.objects.filter(event="period.closed").count() == 2


def test_an_entry_by_hand_is_reversed_with_its_reason(
    cooperative: Cooperative, chart: Chart, treasurer: Actor, act: Acting
) -> None:
    given = manual(chart, cooperative_id=cooperative.id)
    act(treasurer, "cooperative.post_manual_entry", **given)
    undo = {"cooperative_id": cooperative.id, "reverses_id": given["entry_id"], "on": "2026-11-21"}

    act(treasurer, "cooperative.reverse_entry", entry_id=new_id(), **undo, reason="tercatat dua kali")

    cash = Account.objects.of(cooperative).get(use="cash")
    twice = code_of(
        lambda: act(treasurer, "cooperative.reverse_entry", entry_id=new_id(), **undo, reason="tercatat dua kali")
    )
    back = Entry.objects.of(cooperative).get(reverses_id=given["entry_id"])
    undo["reverses_id"] = back.id
    of_reversal = code_of(
        lambda: act(treasurer, "cooperative.reverse_entry", entry_id=new_id(), **undo, reason="salah balik")
    )
    assert (balance_on(cash, date(2026, 11, 20)), balance_now(cash)) == (75_000, 0)
    assert (twice, of_reversal) == ("reversed_already", "not_reversed")


def test_opening_balances_show_what_does_not_fit(
    cooperative: Cooperative, chart: Chart, treasurer: Actor, act: Acting
) -> None:
    ani, loan = new_id(), new_id()
    balances = [
        {"account_id": chart["cash"], "amount_rupiah": 300_000},
        {"account_id": chart["loans"], "amount_rupiah": 1_000_000, "holder_id": loan},
        {"account_id": chart["savings_principal"], "amount_rupiah": 100_000, "holder_id": ani},
        {"account_id": chart["loan_provision"], "amount_rupiah": 50_000},
    ]

    act(
        treasurer, "cooperative.post_opening_balances", entry_id=new_id(), cooperative_id=cooperative.id,
        on="2026-09-01", balances=balances,
    )  # fmt: skip

    accounts = Account.objects.of(cooperative)
    assert balance_now(accounts.get(use="savings_principal"), ani) == 100_000
    assert balance_now(accounts.get(use="loan_provision")) == 50_000
    assert balance_now(accounts.get(use="opening_balances")) == 1_150_000


def test_an_opening_balance_names_an_account_of_these_books(
    cooperative: Cooperative, treasurer: Actor, act: Acting
) -> None:
    given = {"entry_id": new_id(), "cooperative_id": cooperative.id, "on": "2026-09-01"}
    unknown = [{"account_id": new_id(), "amount_rupiah": 1}]

    code = code_of(lambda: act(treasurer, "cooperative.post_opening_balances", **given, balances=unknown))

    assert code == "wrong_account"


def test_an_account_is_opened_used_emptied_and_closed(
    cooperative: Cooperative, chart: Chart, treasurer: Actor, act: Acting
) -> None:
    new, own = new_id(), {"cooperative_id": cooperative.id}
    line = {**own, "code": "5-1307", "name": "Perbaikan atap", "kind": "expense"}
    act(treasurer, "cooperative.open_account", account_id=new, **line)
    pay = manual(chart, **own)
    act(treasurer, "cooperative.post_manual_entry", **pay)

    def move(amount: int, there: UUID, back: UUID) -> None:
        legs = [{"account_id": there, "debit_rupiah": amount}, {"account_id": back, "credit_rupiah": amount}]
        act(treasurer, "cooperative.post_manual_entry", **(manual(chart, **own) | {"legs": legs}))

    def close() -> object:
        return act(treasurer, "cooperative.close_account", account_id=new, on="2026-11-23", **own)

    move(500, new, chart["cash"])
    assert code_of(close) == "balance_left"
    move(500, chart["cash"], new)
    close()
    assert code_of(close) == "closed_already"
    assert code_of(lambda: move(500, new, chart["cash"])) == "wrong_account"
    assert code_of(lambda: act(treasurer, "cooperative.open_account", account_id=new_id(), **line)) == "code_taken"
    used = {"account_id": chart["cash"], "on": "2026-11-23", **own}
    assert code_of(lambda: act(treasurer, "cooperative.close_account", **used)) == "account_in_use"


WISHES: dict[str, Callable[[Cooperative, Chart], dict[str, Any]]] = {
    "cooperative.open_account": lambda c, _: {
        "account_id": new_id(), "code": "5-1399", "name": "Lain", "kind": "expense",
    },
    "cooperative.close_account": lambda c, chart: {"account_id": chart["cash"], "on": "2026-11-23"},
    "cooperative.post_manual_entry": lambda c, chart: manual(chart),
    "cooperative.reverse_entry": lambda c, _: {
        "entry_id": new_id(), "reverses_id": new_id(), "on": "2026-11-23", "reason": "salah catat",
    },
    "cooperative.close_period": lambda c, _: {"period_id": new_id(), "last_on": "2026-09-30"},
    "cooperative.post_opening_balances": lambda c, chart: {
        "entry_id": new_id(), "on": "2026-09-01", "balances": [{"account_id": chart["cash"], "amount_rupiah": 1}],
    },
    "cooperative.export_books": lambda c, _: {"format": "csv"},
}  # fmt: skip


@pytest.mark.parametrize("name", WISHES)
def test_a_stranger_finds_no_books(
    cooperative: Cooperative, chart: Chart, name: str, act: Acting, officer: Actor, stranger: Actor, now: Any
) -> None:
    """Somebody of the village without a role in the cooperative, and treasurers of another village's."""
    elsewhere = Actor(new_id(), "Bendahara Kenanga", ())
    given = {"cooperative_id": cooperative.id, **WISHES[name](cooperative, chart)}

    for who in (officer, stranger, elsewhere):
        assert code_of(lambda who=who: act(who, name, **given)) == "not_found"  # type: ignore[misc]
    assert not Entry.objects.of(cooperative).exists()


def test_a_stranger_opens_no_books_in_this_village(act: Acting, stranger: Actor, officer: Actor, db: None) -> None:
    name = "cooperative.set_up_cooperative"
    given = {
        "cooperative_id": new_id(), "village_code": "33.07.10.2004", "name": "Koperasi Lain", "kind": "cooperative",
        "opened_on": "2026-11-01",
    }  # fmt: skip

    assert code_of(lambda: act(stranger, name, **given)) == "not_found"
    assert code_of(lambda: act(officer, name, **given)) == "not_found"


@pytest.mark.parametrize("role", ["cashier", "supervisor", "board"])
def test_who_may_only_look_enters_nothing(
    cooperative: Cooperative, chart: Chart, role: str, now: Any, request: pytest.FixtureRequest
) -> None:
    who: Actor = request.getfixturevalue(role)
    given = manual(chart, cooperative_id=cooperative.id)

    receipt = perform(who, Act("cooperative.post_manual_entry", new_id(), given), now=now)

    assert (receipt.outcome, receipt.reasons[0]["code"]) == ("refused", "not_found")
