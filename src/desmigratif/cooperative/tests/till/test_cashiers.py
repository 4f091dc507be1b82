"""Two cashiers at once at one account: nobody takes out what is not there, and no slip is lost or doubled."""

from __future__ import annotations

import threading
from collections import Counter
from uuid import UUID

import pytest
from django.db import connection

from desmigratif.access.door import do
from desmigratif.cooperative.models import MoneySlip, TillDay
from desmigratif.cooperative.queries.ledger.verify import verify_books
from desmigratif.cooperative.queries.till import expected_in
from desmigratif.cooperative.tests.lender import SINCE, Lender
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Refusal


class TwoTills(Lender):
    """A cooperative with a second cashier, and one member who saves in two accounts."""

    def __init__(self) -> None:
        super().__init__()
        self.cashiers = (self.cashier, self._somebody("cashier"))
        self.do(self.cashiers[1], "open_till", till_id=new_id(), on=self.today, opening_rupiah=0)
        member, product = self.member(), new_id()
        self.do(
            self.board, "add_savings_product", product_id=product, name="Simpanan sukarela", kind="voluntary",
            since=SINCE, annual_percent=0,
        )  # fmt: skip
        self.account, self.other = new_id(), new_id()
        for id in (self.account, self.other):
            self.do(
                self.cashier, "open_savings_account", account_id=id, member_id=member, product_id=product,
                on=self.today,
            )  # fmt: skip
        for id, amount in ((self.account, 100_000), (self.other, 1_000_000)):
            self.at_till(1, "deposit", id, amount)

    def at_till(self, which: int, verb: str, account: UUID, amount: int, entry: UUID | None = None) -> UUID:
        """Money over the counter; a request that is sent again has the ids it had before."""
        entry = entry or new_id()
        payload = {
            "cooperative_id": self.id, "entry_id": entry, "account_id": account, "amount_rupiah": amount,
            "on": self.today,
        }  # fmt: skip
        do(self.cashiers[which], f"cooperative.{verb}", payload, now=self.now, act_id=entry)
        return entry


def _at_once(tills: TwoTills, requests: list[tuple[int, str, int, UUID]]) -> list[tuple[str, str]]:
    """Send all at the same moment; what was answered to each: nothing, or the reason."""
    start, answers = threading.Barrier(len(requests)), []

    def send(which: int, verb: str, amount: int, entry: UUID) -> None:
        try:
            start.wait()
            tills.at_till(which, verb, tills.account, amount, entry)
            answers.append((verb, ""))
        except Refusal as refusal:
            answers.append((verb, refusal.reasons[0].code))
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=one) for one in requests]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def _held(tills: TwoTills) -> int:
    return tills.held("savings_voluntary", tills.account)


def _in_tills(tills: TwoTills) -> int:
    return sum(expected_in(till) for till in TillDay.objects.of(tills.cooperative))


@pytest.mark.django_db(transaction=True)
def test_two_cashiers_cannot_hand_out_more_than_a_member_has() -> None:
    tills = TwoTills()

    answers = _at_once(tills, [(each % 2, "withdraw", 30_000, new_id()) for each in range(6)])

    assert Counter(answers) == {("withdraw", ""): 3, ("withdraw", "above_balance"): 3}
    assert _held(tills) == 10_000
    slips = MoneySlip.objects.of(tills.cooperative).filter(holder_id=tills.account).order_by("number")
    assert [slip.balance_rupiah for slip in slips] == [100_000, 70_000, 40_000, 10_000]
    assert _in_tills(tills) == tills.balances()["cash"]
    assert verify_books(tills.id).broken == ()


@pytest.mark.django_db(transaction=True)
def test_what_two_cashiers_send_twice_while_both_pay_in_and_out_counts_once() -> None:
    tills = TwoTills()
    acts = [(0, "deposit", 1_000, new_id()), (1, "deposit", 2_000, new_id()), (0, "withdraw", 4_000, new_id()),
            (1, "withdraw", 8_000, new_id())]  # fmt: skip

    answers = _at_once(tills, [*acts, *acts])

    assert {code for _verb, code in answers} == {""}
    assert _held(tills) == 100_000 + 1_000 + 2_000 - 4_000 - 8_000
    slips = MoneySlip.objects.of(tills.cooperative).filter(holder_id=tills.account)
    assert {slip.id for slip in slips if slip.amount_rupiah != 100_000} == {entry for *_rest, entry in acts}
    assert slips.count() == 1 + len(acts)
    assert len({slip.number for slip in slips}) == slips.count()
    assert _in_tills(tills) == tills.balances()["cash"]
    assert verify_books(tills.id).broken == ()
