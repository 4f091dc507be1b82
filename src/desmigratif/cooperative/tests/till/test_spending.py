"""Bills paid out of a till, and cash between till and safe."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from desmigratif.cooperative.models import Account, BusinessMove, Entry
from desmigratif.cooperative.queries.overview import accounts_paid_at_till
from desmigratif.cooperative.queries.till import bought_with, cash_outside_tills, expected_in, open_till
from desmigratif.cooperative.rules.spending import Bill, paid_together, payee_of, reasons_not_to_spend_on
from desmigratif.cooperative.tests.market import KENANGA, TODAY, Market
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Refusal

BILL = {"party": "Toko Sumber Ilmu", "purpose": "Dua rim kertas", "paper": "Nota 12"}


def account(market: Market, use: str) -> UUID:
    found: UUID = Account.objects.of(market.cooperative).get(use=use).id
    return found


def spend(market: Market, amount: int, use: str = "stationery", **given: Any) -> dict[str, Any]:
    usual = {"entry_id": new_id(), "on": TODAY, "account_id": account(market, use), "amount_rupiah": amount}
    return market.do(market.cashier, "spend_cash", **{**usual, **BILL, **given})


def spend_refused(market: Market, amount: int, **given: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        spend(market, amount, **given)
    return refusal.value.reasons[0].code


def in_till(market: Market) -> int:
    till = open_till(market.cooperative, market.cashier)
    assert till is not None
    return expected_in(till)


def carry(market: Market, direction: str, amount: int) -> dict[str, Any]:
    return market.do(
        market.cashier, "move_cash", entry_id=new_id(), on=TODAY, direction=direction, amount_rupiah=amount
    )


@pytest.mark.parametrize(
    ("kind", "use", "may"),
    [
        ("expense", "stationery", True), ("expense", "", True), ("liability", "tax_payable", True),
        ("liability", "fund_social", True), ("expense", "savings_interest", False),
        ("expense", "depreciation_expense", False), ("income", "other_income", False), ("asset", "bank", False),
        ("equity", "reserve_general", False),
    ],
)  # fmt: skip
def test_a_till_pays_what_is_bought_and_not_what_the_books_reckon(kind: str, use: str, may: bool) -> None:
    assert bool(reasons_not_to_spend_on(kind=kind, use=use, has_holders=False)) != may
    assert reasons_not_to_spend_on(kind=kind, use=use, has_holders=True)


def test_a_bill_stands_in_the_till_and_in_the_books_with_its_paper_and_without_a_name(market: Market) -> None:
    before = in_till(market)
    done = spend(market, 96_000)

    assert (in_till(market), market.balance("stationery")) == (before - 96_000, 96_000)
    row = BusinessMove.objects.of(market.cooperative).get(id=done["id"])
    assert (row.party, row.amount_rupiah, row.code) == ("Toko Sumber Ilmu", -96_000, done["code"])
    assert bought_with(row) == ("Alat tulis dan cetak", "Dua rim kertas; Nota 12")
    assert "Toko" not in Entry.objects.of(market.cooperative).get(id=row.id).memo


def test_the_same_bill_sent_again_is_paid_once(market: Market) -> None:
    entry = new_id()
    spend(market, 96_000, entry_id=entry)
    left = in_till(market)
    assert spend_refused(market, 96_000, entry_id=entry) == "recorded_already"
    assert (in_till(market), market.balance("stationery")) == (left, 96_000)


def test_a_bill_above_the_limit_needs_another_person_who_agreed_to_just_this_sum(market: Market) -> None:
    assert spend_refused(market, 2_000_001) == "second_person"
    agreed = market.approved(account(market, "stationery"), 2_000_001)
    assert spend_refused(market, 2_000_002, approval_id=agreed) == "other_approval"
    assert spend_refused(market, 2_000_001, use="transport", approval_id=agreed) == "other_approval"
    spend(market, 2_000_001, approval_id=agreed)
    assert spend_refused(market, 2_000_001, approval_id=agreed) == "not_found"


def test_nobody_spends_what_is_not_in_the_till_nor_on_another_day_nor_for_savings(market: Market) -> None:
    agreed = market.approved(account(market, "stationery"), 20_000_000)
    assert spend_refused(market, 20_000_000, approval_id=agreed) == "not_in_till"
    assert spend_refused(market, 5_000, on=TODAY - timedelta(days=1)) == "not_today"
    assert spend_refused(market, 5_000, use="savings_principal") == "not_paid_at_till"
    assert {"bank", "cash", "savings_interest"}.isdisjoint(one.use for one in accounts_paid_at_till(market.cooperative))


def test_a_wrong_bill_is_taken_back_by_the_second_person_while_the_till_is_open(market: Market) -> None:
    before, done = in_till(market), spend(market, 96_000)
    given = {"move_id": done["id"], "on": TODAY, "reason": "Salah jumlah"}

    assert market.refused(market.cashier, "reverse_business_move", entry_id=new_id(), **given) == "not_found"
    market.do(market.treasurer, "reverse_business_move", entry_id=new_id(), **given)

    assert (in_till(market), market.balance("stationery")) == (before, 0)


def test_cash_goes_to_the_safe_and_back_and_stays_cash_in_the_books(market: Market) -> None:
    all_of_it, books = in_till(market), market.balance("cash")
    carry(market, "to_safe", 4_000_000)
    assert (in_till(market), cash_outside_tills(market.cooperative)) == (all_of_it - 4_000_000, 4_000_000)
    assert market.refused(
        market.cashier, "move_cash", entry_id=new_id(), on=TODAY, direction="from_safe", amount_rupiah=4_000_001
    ) == "not_in_safe"  # fmt: skip

    carry(market, "from_safe", 1_000_000)
    assert (in_till(market), market.balance("cash")) == (all_of_it - 3_000_000, books)
    carry(market, "from_safe", 3_000_000)
    assert (in_till(market), cash_outside_tills(market.cooperative)) == (all_of_it, 0)


def test_what_went_to_the_safe_and_left_it_is_not_taken_back(market: Market) -> None:
    there = carry(market, "to_safe", 4_000_000)
    carry(market, "from_safe", 1_000_000)
    given = {"move_id": there["id"], "on": TODAY, "reason": "Salah tulis"}
    assert market.refused(market.treasurer, "reverse_business_move", entry_id=new_id(), **given) == "not_in_safe"
    carry(market, "from_safe", 3_000_000)


def test_a_stranger_spends_nothing(market: Market) -> None:
    verb = "cooperative.spend_cash".removeprefix("cooperative.")
    given = {"on": TODAY, "account_id": account(market, "stationery"), "amount_rupiah": 1_000, **BILL}
    for who in (market._somebody("cashier", KENANGA), market.supervisor, market.board):
        assert market.refused(who, verb, entry_id=new_id(), **given) == "not_found"


# --- bills that count together ---

STATIONERY, TRANSPORT, TAX = new_id(), new_id(), new_id()


@pytest.mark.parametrize(
    ("party", "account", "is_cost", "together"),
    [
        ("Toko Sumber Ilmu", STATIONERY, True, 900_000),
        ("sumber  ilmu.", STATIONERY, True, 900_000),  # the same shop, written otherwise
        ("UD. SUMBER ILMU", TRANSPORT, True, 900_000),  # another account does not cut a bill
        ("Toko Sumber Ilmu Baru", STATIONERY, True, 0),  # another shop is another need
        ("Toko Sumber Ilmu", TAX, False, 0),  # what the books owe is no part of what is bought
    ],
)
def test_bills_to_one_payee_count_together_and_other_needs_do_not(
    party: str, account: UUID, is_cost: bool, together: int
) -> None:
    earlier = [Bill("Toko Sumber Ilmu", STATIONERY, True, 900_000)]
    assert paid_together(Bill(party, account, is_cost, 200_000), earlier) == together


def test_what_the_books_owe_counts_by_account() -> None:
    earlier = [Bill("Kantor Pajak", TAX, False, 900_000)]
    assert paid_together(Bill("Kantor Pajak", TAX, False, 1), earlier) == 900_000
    assert paid_together(Bill("Kantor Pajak", new_id(), False, 1), earlier) == 0


def test_a_payee_whose_name_is_only_a_form_is_still_a_payee() -> None:
    assert (payee_of("Toko"), payee_of("PT. Toko"), payee_of("Bu Tini")) == ("toko", "pt toko", "tini")


def test_small_bills_of_a_day_that_together_pass_the_limit_need_the_second_person(market: Market) -> None:
    spend(market, 1_500_000)
    with pytest.raises(Refusal) as refusal:
        spend(market, 500_001, use="transport", party="toko sumber ilmu")
    (reason,) = refusal.value.reasons
    assert (reason.code, reason.text) == (
        "second_person",
        "Hari ini sudah Rp1.500.000 dibayar kepada penerima yang sama. Bersama tagihan ini jumlahnya di atas "
        "Rp2.000.000, jadi perlu persetujuan orang kedua.",
    )
    assert reason.way_out == "Minta bendahara atau pengurus menyetujui Rp500.001 di Usaha, Setujui pembayaran."
    spend(market, 500_000)  # exactly the limit, as for one bill
    spend(market, 500_001, party="Toko Lain Lagi")

    agreed = market.approved(account(market, "stationery"), 300_000)
    spend(market, 300_000, approval_id=agreed)
    assert spend_refused(market, 1) == "second_person"


def test_what_was_agreed_to_or_taken_back_counts_no_more(market: Market) -> None:
    agreed = market.approved(account(market, "stationery"), 2_500_000)
    spend(market, 2_500_000, approval_id=agreed)
    wrong = spend(market, 1_900_000)
    given = {"move_id": wrong["id"], "on": TODAY, "reason": "Salah jumlah"}
    market.do(market.treasurer, "reverse_business_move", entry_id=new_id(), **given)
    spend(market, 1_900_000)


def test_another_till_of_the_same_day_is_no_way_around(market: Market) -> None:
    spend(market, 1_500_000)
    till = open_till(market.cooperative, market.cashier)
    assert till is not None
    left = expected_in(till)
    market.do(market.cashier, "close_till", till_id=till.id, entry_id=new_id(), counted_rupiah=left)
    market.do(market.cashier, "open_till", till_id=new_id(), on=TODAY, opening_rupiah=left)

    assert spend_refused(market, 600_000) == "second_person"
