"""Sharia contracts through the door: what each enters in the books, and what is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from beancount import loader

from desmigratif.access.actor import person
from desmigratif.cooperative.models import BusinessMove
from desmigratif.cooperative.queries.ledger.export import as_beancount
from desmigratif.cooperative.queries.sharia.funds import fund_year, reconciliation
from desmigratif.cooperative.tests.market import KURIPAN, SINCE, TODAY, Market
from desmigratif.cooperative.tests.sharia.conftest import MURABAHAH, QARDH, Souk
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Refusal

WEEKS_AGO = date(2026, 11, 1)


def margin(souk: Souk) -> int:
    return souk.balance("murabahah_margin")


def test_goods_are_bought_sold_and_paid_and_the_margin_is_earned_with_each_instalment(souk: Souk) -> None:
    id = souk.sold()
    assert (souk.balance("murabahah_receivable", id), souk.balance("murabahah_deferred", id)) == (1_680_000, 180_000)
    assert (souk.balance("murabahah_goods", id), margin(souk)) == (0, 0)

    souk.money("take_contract_payment", contract_id=id, amount_rupiah=140_000)
    assert (margin(souk), souk.standing(id).open_rupiah, souk.standing(id).state) == (15_000, 1_540_000, "running")
    souk.money("take_contract_payment", contract_id=id, amount_rupiah=1_540_000)

    assert (margin(souk), souk.balance("murabahah_deferred", id)) == (180_000, 0)
    assert souk.standing(id).state == "done"


def test_goods_that_are_not_the_cooperatives_yet_are_not_sold(souk: Souk) -> None:
    id = souk.agreed("murabahah", **MURABAHAH)
    sale = {"entry_id": new_id(), "contract_id": id, "on": TODAY}

    assert souk.refused(souk.cashier, "sell_contract_goods", **sale) == "not_owned"
    assert souk.money_refused("buy_contract_goods", contract_id=id, amount_rupiah=1_500_001) == "above_agreed"
    assert souk.money_refused("take_contract_payment", contract_id=id, amount_rupiah=1) == "more_than_owed"


def test_a_member_buys_as_agent_and_what_is_left_comes_back_and_lowers_the_price(souk: Souk) -> None:
    id = souk.agreed("murabahah", **MURABAHAH, by_agent=True)
    assert souk.money_refused("buy_contract_goods", contract_id=id, amount_rupiah=1_500_000) == "by_agent"
    souk.money("hand_agent_money", contract_id=id, amount_rupiah=1_500_000)
    sale = {"entry_id": new_id(), "contract_id": id, "on": TODAY}
    assert souk.refused(souk.cashier, "sell_contract_goods", **sale) == "not_owned"
    before = souk.till
    souk.money("record_agent_purchase", contract_id=id, amount_rupiah=1_450_000)
    souk.do(souk.cashier, "sell_contract_goods", **sale)

    assert souk.till - before == 50_000
    assert souk.balance("murabahah_receivable", id) == 1_630_000


def test_early_settlement_forgives_what_the_board_granted_for_the_day_and_no_more(souk: Souk) -> None:
    id = souk.sold()
    grant = {"contract_id": id, "on": TODAY, "reason": "Lunas lebih awal"}
    assert souk.refused(souk.board, "grant_rebate", **grant, amount_rupiah=180_001) == "rebate_too_large"
    souk.do(souk.board, "grant_rebate", **grant, amount_rupiah=60_000)

    assert souk.money_refused("take_contract_payment", contract_id=id, amount_rupiah=1_640_000) == "more_than_owed"
    paid = souk.money("take_contract_payment", contract_id=id, amount_rupiah=1_620_000)
    assert (margin(souk), souk.standing(id).state) == (120_000, "done")

    back = {"move_id": paid["id"], "entry_id": new_id(), "on": TODAY, "reason": "Salah catat"}
    souk.do(souk.treasurer, "reverse_business_move", **back)
    assert (margin(souk), souk.standing(id).open_rupiah) == (0, 1_680_000)


def test_a_late_charge_is_asked_only_when_late_and_feeds_the_benevolent_fund(souk: Souk) -> None:
    id = souk.sold()
    assert souk.money_refused("charge_late", contract_id=id, amount_rupiah=10_000) == "not_late"
    late = souk.sold(first_due_on=date(2026, 11, 2), on=WEEKS_AGO)

    assert souk.money_refused("charge_late", contract_id=late, amount_rupiah=10_001) == "above_agreed"
    souk.money("charge_late", contract_id=late, amount_rupiah=10_000)
    assert (souk.balance("fund_benevolent"), souk.balance("late_fees"), margin(souk)) == (10_000, 0, 0)


@pytest.mark.parametrize(
    ("kind", "given", "result", "part"),
    [
        ("mudharabah", {}, 250_000, 100_000), ("mudharabah", {}, -300_000, -300_000),
        ("musyarakah", {"members_capital_rupiah": 2_000_000}, -300_000, -100_000),
    ],
)  # fmt: skip
def test_a_realised_result_is_shared_by_the_ratio_and_a_loss_lowers_the_capital(
    souk: Souk, kind: str, given: dict[str, Any], result: int, part: int
) -> None:
    id = souk.venture(kind, **given)
    souk.reported(id, result)
    standing = souk.standing(id)

    if part > 0:
        souk.money("take_profit_share", contract_id=id, amount_rupiah=part)
        assert (souk.balance("profit_share"), standing.capital) == (part, 1_000_000)
    else:
        assert (souk.balance("profit_share_loss"), standing.capital) == (-part, 1_000_000 + part)
    days = {"first_on": date(2026, 10, 31), "last_on": TODAY, "on": TODAY, "result_rupiah": 1}
    again = {"entry_id": new_id(), "contract_id": id, **days}
    assert souk.refused(souk.treasurer, "report_venture_result", **again) == "reported_already"
    souk.money("take_contract_payment", contract_id=id, amount_rupiah=souk.standing(id).capital)
    assert souk.standing(id).state == "done"


def test_a_loss_by_negligence_stays_with_who_was_negligent(souk: Souk) -> None:
    id = souk.venture("mudharabah")
    souk.reported(id, -300_000, by_negligence=True)

    assert (souk.balance("profit_share_loss"), souk.standing(id).capital) == (0, 1_000_000)


def test_a_leased_thing_is_used_up_with_the_rent_and_sold_or_taken_back_at_the_end(souk: Souk) -> None:
    lease = {
        "goods": "Traktor tangan", "amount_rupiah": 1_800_000, "rent_rupiah": 2_000_000, "residual_rupiah": 300_000,
        "instalments": 2, "first_due_on": date(2026, 12, 23),
    }  # fmt: skip
    sold, kept = souk.agreed("ijarah", **lease), souk.agreed("ijarah", **lease)
    for id in (sold, kept):
        souk.money("buy_contract_goods", contract_id=id, amount_rupiah=1_800_000)
        assert souk.money_refused("end_lease", contract_id=id, amount_rupiah=0) == "rent_left"
        souk.money("take_contract_payment", contract_id=id, amount_rupiah=1_000_000)
        assert souk.balance("ijarah_depreciation", id) == 750_000
        souk.money("take_contract_payment", contract_id=id, amount_rupiah=1_000_000)
    souk.money("end_lease", contract_id=sold, amount_rupiah=350_000)
    souk.money("end_lease", contract_id=kept, amount_rupiah=0)

    assert (souk.balance("ijarah_rent"), souk.balance("ijarah_depreciation_expense")) == (4_000_000, 3_000_000)
    assert (souk.balance("ijarah_gain"), souk.balance("inventory")) == (50_000, 300_000)
    assert {souk.standing(id).state for id in (sold, kept)} == {"done"}


def test_a_qardh_brings_back_just_what_was_lent_and_its_fee_once(souk: Souk) -> None:
    asked = {"contract_id": new_id(), "member_id": souk.siti, "on": TODAY, "kind": "qardh", **QARDH}
    assert souk.refused(souk.cashier, "ask_for_contract", **asked, margin_rupiah=1_000) == "gain"
    id = souk.agreed("qardh", **QARDH, fee_rupiah=6_000, fee_for="Meterai")
    souk.money("hand_out_financing", contract_id=id, amount_rupiah=600_000)
    souk.money("take_contract_fee", contract_id=id, amount_rupiah=6_000)
    assert souk.money_refused("take_contract_fee", contract_id=id, amount_rupiah=6_000) == "other_sum"
    for _ in range(6):
        souk.money("take_contract_payment", contract_id=id, amount_rupiah=100_000)

    assert souk.money_refused("take_contract_payment", contract_id=id, amount_rupiah=1) == "more_than_owed"
    assert (souk.standing(id).state, souk.balance("contract_fees")) == ("done", 6_000)


def test_who_wrote_a_request_down_does_not_decide_on_it_and_a_no_stays(souk: Souk) -> None:
    id = souk.asked("murabahah", **MURABAHAH)
    assert souk.money_refused("buy_contract_goods", contract_id=id, amount_rupiah=1) == "not_agreed"
    souk.do(souk.board, "decide_contract", contract_id=id, on=TODAY, answer="no", decision="Belum mampu")

    again = {"contract_id": id, "on": TODAY, "answer": "yes", "decision": "Boleh"}
    assert souk.refused(souk.board, "decide_contract", **again) == "decided_already"
    assert souk.money_refused("buy_contract_goods", contract_id=id, amount_rupiah=1) == "not_agreed"


def test_a_person_of_two_offices_does_not_decide_on_what_that_person_wrote_down(souk: Souk) -> None:
    both = person(new_id(), "Orang Koperasi", ("cooperative_board", KURIPAN), ("cooperative_cashier", KURIPAN))
    asked = {"contract_id": new_id(), "member_id": souk.siti, "on": TODAY}
    souk.do(both, "ask_for_contract", kind="murabahah", **asked, **MURABAHAH)

    answer = {"contract_id": asked["contract_id"], "on": TODAY, "answer": "yes", "decision": "Boleh"}
    assert souk.refused(both, "decide_contract", **answer) == "entered_it"


def test_money_above_the_limit_leaves_only_with_a_second_person(souk: Souk) -> None:
    id = souk.agreed("murabahah", **{**MURABAHAH, "amount_rupiah": 3_000_000})
    assert souk.money_refused("buy_contract_goods", contract_id=id, amount_rupiah=2_500_000) == "second_person"
    approval = souk.approved(id, 2_500_000)
    souk.money("buy_contract_goods", contract_id=id, amount_rupiah=2_500_000, approval_id=approval)

    assert souk.balance("murabahah_goods", id) == 2_500_000


def test_only_the_last_movement_of_a_contract_is_taken_back(souk: Souk) -> None:
    id = souk.sold()
    bought, sold = BusinessMove.objects.of(souk.cooperative).filter(subject_id=id).order_by("number")
    back: dict[str, Any] = {"on": TODAY, "reason": "Salah catat"}

    refused = souk.refused(souk.treasurer, "reverse_business_move", move_id=bought.id, entry_id=new_id(), **back)
    assert refused == "later_first"
    for move in (sold, bought):
        souk.do(souk.treasurer, "reverse_business_move", move_id=move.id, entry_id=new_id(), **back)
    assert (souk.standing(id).state, souk.balance("murabahah_goods", id)) == ("agreed", 0)


def test_the_benevolent_fund_says_where_its_money_came_from_and_went(souk: Souk) -> None:
    late = souk.sold(first_due_on=date(2026, 11, 2), on=WEEKS_AGO)
    souk.money("charge_late", contract_id=late, amount_rupiah=10_000)
    souk.money("move_benevolent_fund", kind="donated", party="Hamba Allah", amount_rupiah=50_000)
    gift = {"kind": "poor", "party": "Keluarga yatim"}
    assert souk.money_refused("move_benevolent_fund", **gift, amount_rupiah=60_001) == "fund_too_small"
    souk.money("move_benevolent_fund", **gift, amount_rupiah=40_000)

    told = fund_year(souk.cooperative, SINCE, TODAY)
    assert (told.opening, told.came, told.went, told.closing, told.otherwise) == (0, 60_000, 40_000, 20_000, 0)
    assert dict(told.sources)["Denda keterlambatan"] == 10_000


def test_income_is_reconciled_to_what_came_in_and_bean_check_accepts_the_books(souk: Souk) -> None:
    souk.money("take_contract_payment", contract_id=souk.sold(), amount_rupiah=140_000)
    venture = souk.venture("mudharabah")
    souk.reported(venture, 250_000)
    souk.money("take_profit_share", contract_id=venture, amount_rupiah=70_000)

    told = reconciliation(souk.cooperative, SINCE, TODAY)
    _, errors, _ = loader.load_string("".join(as_beancount(souk.cooperative)), dedent=False)
    assert errors == []
    assert (told.margin, told.profit_share, told.waiting_after, told.received) == (15_000, 100_000, 30_000, 85_000)


def test_conventional_books_refuse_contracts_and_sharia_books_refuse_interest(market: Market, souk: Souk) -> None:
    asked = {"contract_id": new_id(), "member_id": market.siti, "on": TODAY, "kind": "qardh", **QARDH}
    assert market.refused(market.cashier, "ask_for_contract", **asked) == "not_sharia"
    fund = {"kind": "donated", "party": "Hamba Allah", "amount_rupiah": 1}
    assert market.money_refused("move_benevolent_fund", **fund) == "not_sharia"
    offer = {"method": "declining", "annual_percent": "12", "most_instalments": 12, "most_rupiah": 5_000_000}
    loan = {"product_id": new_id(), "name": "Pinjaman", "since": TODAY, "offer": offer}
    assert souk.refused(souk.board, "add_loan_product", **loan) == "interest"
    savings = {"product_id": new_id(), "name": "Tabungan", "kind": "voluntary", "since": TODAY}
    assert souk.refused(souk.board, "add_savings_product", **savings, annual_percent="3") == "interest"
    souk.do(souk.board, "add_savings_product", **savings, annual_percent="0")
    rate = {"rate_id": new_id(), "product_id": savings["product_id"], "since": date(2026, 12, 1)}
    assert souk.refused(souk.board, "change_savings_rate", **rate, annual_percent="1") == "interest"


def test_books_with_a_promised_return_do_not_become_sharia_until_it_is_gone(market: Market) -> None:
    savings = {"product_id": new_id(), "name": "Tabungan", "kind": "voluntary", "annual_percent": "3"}
    market.do(market.board, "add_savings_product", **savings, since=SINCE)
    declared = {"on": TODAY, "decision": "Rapat"}
    assert market.refused(market.board, "declare_sharia", **declared) == "rates_left"
    rate = {"rate_id": new_id(), "product_id": savings["product_id"], "annual_percent": "0"}
    market.do(market.board, "change_savings_rate", **rate, since=TODAY)
    market.do(market.board, "declare_sharia", **declared)

    assert market.refused(market.board, "declare_sharia", **declared) == "declared_already"


def test_a_bonus_is_shared_among_savers_by_what_stood_there_once_a_month(souk: Souk) -> None:
    product, accounts = new_id(), {souk.siti: new_id(), souk.budi: new_id()}
    souk.do(
        souk.board, "add_savings_product", product_id=product, name="Wadiah", kind="voluntary", since=SINCE,
        annual_percent="0",
    )  # fmt: skip
    for (member, account), amount in zip(accounts.items(), (300_000, 100_000), strict=True):
        opened = {"account_id": account, "member_id": member, "product_id": product, "on": date(2026, 10, 1)}
        souk.do(souk.cashier, "open_savings_account", **opened)
        souk.do(souk.cashier, "deposit", entry_id=new_id(), account_id=account, amount_rupiah=amount, on=TODAY)
    given = {"bonus_id": new_id(), "product_id": product, "amount_rupiah": 1_001, "decision": "Rapat pengurus"}
    october, november = {**given, "last_on": date(2026, 10, 31)}, {**given, "last_on": date(2026, 11, 30)}
    assert souk.refused(souk.treasurer, "give_wadiah_bonus", **october) == "nobody_saved"
    assert souk.refused(souk.treasurer, "give_wadiah_bonus", **{**given, "last_on": TODAY}) == "not_month_end"

    souk.at = datetime(2026, 12, 1, 3, tzinfo=UTC)
    souk.do(souk.treasurer, "give_wadiah_bonus", **november)
    held = [souk.balance("savings_voluntary", account) for account in accounts.values()]
    assert held == [300_751, 100_250]
    assert souk.balance("wadiah_bonus") == 1_001
    assert souk.refused(souk.treasurer, "give_wadiah_bonus", **november) == "given_already"


def test_a_stranger_does_nothing_with_contracts_funds_or_units(souk: Souk) -> None:
    elsewhere, village = souk._somebody("board", "32.12.16.2004"), souk.supervisor
    id, entry = souk.sold(), {"entry_id": new_id(), "on": TODAY}
    money: dict[str, Any] = {**entry, "contract_id": id, "amount_rupiah": 1, "way": "cash"}
    acts: dict[str, dict[str, Any]] = {
        "cooperative.declare_sharia": {"on": TODAY, "decision": "Rapat"},
        "cooperative.ask_for_contract": {
            "contract_id": new_id(), "member_id": souk.siti, "on": TODAY, "kind": "qardh", **QARDH,
        },
        "cooperative.decide_contract": {"contract_id": id, "on": TODAY, "answer": "yes", "decision": "Boleh"},
        "cooperative.grant_rebate": {"contract_id": id, "on": TODAY, "amount_rupiah": 1, "reason": "Lunas"},
        "cooperative.sell_contract_goods": {**entry, "contract_id": id},
        "cooperative.report_venture_result": {
            **entry, "contract_id": id, "first_on": SINCE, "last_on": SINCE, "result_rupiah": 1,
        },
        "cooperative.move_benevolent_fund": {
            **entry, "kind": "poor", "party": "Siapa", "amount_rupiah": 1, "way": "cash",
        },
        "cooperative.give_wadiah_bonus": {
            "bonus_id": new_id(), "product_id": new_id(), "last_on": SINCE, "amount_rupiah": 1, "decision": "Rapat",
        },
        "cooperative.open_unit": {"unit_id": new_id(), "name": "Unit Toko", "on": TODAY, "decision": "Rapat"},
        "cooperative.serve_in_unit": {"member_id": new_id(), "served_id": souk.siti, "on": TODAY},
        "cooperative.move_between_units": {
            **entry, "received_id": new_id(), "to_id": new_id(), "amount_rupiah": 1, "memo": "Modal",
        },
        **dict.fromkeys(MONEY, money),
    }  # fmt: skip
    for name, given in acts.items():
        for who in (elsewhere, village):
            assert souk.refused(who, name.removeprefix("cooperative."), **given) == "not_found", name


MONEY = (
    "cooperative.buy_contract_goods",
    "cooperative.hand_agent_money",
    "cooperative.record_agent_purchase",
    "cooperative.hand_out_financing",
    "cooperative.take_contract_fee",
    "cooperative.take_contract_payment",
    "cooperative.charge_late",
    "cooperative.take_profit_share",
    "cooperative.end_lease",
)


def test_a_member_with_a_running_contract_does_not_leave(souk: Souk) -> None:
    souk.sold()
    leaving = {"member_id": souk.siti, "reason": "own_wish", "on": TODAY}

    with pytest.raises(Refusal) as refusal:
        souk.do(souk.treasurer, "leave_cooperative", **leaving)
    assert "goods_open" in {reason.code for reason in refusal.value.reasons}
