"""Mudharabah savings through the door: offered, shared after the month by two persons, undone by a mirror."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID

import pytest
from beancount import loader
from beancount.core import data

from desmigratif.cooperative.actions.sharia import contracts
from desmigratif.cooperative.models import (
    Account,
    DistributionPart,
    Member,
    SavingsAccount,
    SavingsDistribution,
    SavingsProduct,
    TillDay,
)
from desmigratif.cooperative.queries.ledger.export import as_beancount
from desmigratif.cooperative.queries.savings.accounts import owed_to
from desmigratif.cooperative.queries.savings.month_end import interest_and_tax
from desmigratif.cooperative.queries.sharia.funds import reconciliation
from desmigratif.cooperative.queries.sharia.savers import shares_of_member
from desmigratif.cooperative.tests.market import KENANGA, SINCE, TODAY, Market
from desmigratif.cooperative.tests.sharia.conftest import Souk
from desmigratif.shared.dated import value_on
from desmigratif.shared.ids import new_id

NOVEMBER, DECEMBER = date(2026, 11, 30), date(2026, 12, 1)
LATER = datetime(2026, 12, 1, 3, tzinfo=UTC)


def offered(souk: Souk, **given: Any) -> UUID:
    usual = {
        "product_id": new_id(), "name": "Tabungan Mudharabah", "since": SINCE, "saver_percent": "60",
        "cooperative_percent": "40", "decision": "Rapat pengurus",
    }  # fmt: skip
    souk.do(souk.board, "offer_mudharabah", **{**usual, **given})
    return {**usual, **given}["product_id"]


def saved(souk: Souk, product: UUID, member: UUID, amount: int, on: date = TODAY) -> UUID:
    id = new_id()
    souk.do(souk.cashier, "open_savings_account", account_id=id, member_id=member, product_id=product, on=on)
    souk.do(souk.cashier, "deposit", entry_id=new_id(), account_id=id, amount_rupiah=amount, on=on)
    return id


def closed(souk: Souk) -> None:
    """November is over and its books are closed."""
    souk.at = LATER
    for last_on in (date(2026, 9, 30), date(2026, 10, 31), NOVEMBER):
        souk.do(souk.treasurer, "close_period", period_id=new_id(), last_on=last_on)


def prepared(souk: Souk) -> UUID:
    id = new_id()
    souk.do(souk.treasurer, "prepare_distribution", distribution_id=id, last_on=NOVEMBER)
    return id


def posted(souk: Souk) -> UUID:
    id = prepared(souk)
    souk.do(souk.board, "post_distribution", distribution_id=id, on=DECEMBER)
    return id


def row_of(souk: Souk, id: UUID) -> SavingsDistribution:
    return SavingsDistribution.objects.of(souk.cooperative).get(id=id)


def refused_to_prepare(souk: Souk, last_on: date = NOVEMBER) -> str:
    return souk.refused(souk.treasurer, "prepare_distribution", distribution_id=new_id(), last_on=last_on)


def test_a_months_income_goes_to_the_savers_by_nisbah_and_average_balance_to_the_rupiah(souk: Souk) -> None:
    product = offered(souk)
    siti, budi = saved(souk, product, souk.siti, 3_000_000), saved(souk, product, souk.budi, 1_000_000)
    souk.money("take_contract_payment", contract_id=souk.sold(), amount_rupiah=141_000)  # margin of 15.107
    venture = souk.venture("mudharabah")
    souk.reported(venture, 250_000)  # 100.000 of it the cooperative's, of which 70.000 came in
    souk.money("take_profit_share", contract_id=venture, amount_rupiah=70_000)
    closed(souk)
    id = posted(souk)

    one = row_of(souk, id)
    assert (one.margin_rupiah, one.profit_share_rupiah, one.pool_rupiah) == (15_107, 70_000, 85_107)
    assert one.savers_rupiah == 51_064  # 60 percent, the rupiah's part to the larger remainder
    assert souk.balance("savings_mudharabah", siti) == 3_000_000 + 38_298
    assert souk.balance("savings_mudharabah", budi) == 1_000_000 + 12_766
    assert souk.balance("savers_profit_share") == 51_064
    _, errors, _ = loader.load_string("".join(as_beancount(souk.cooperative)), dedent=False)
    assert errors == []
    told = reconciliation(souk.cooperative, DECEMBER, DECEMBER)
    assert (told.mudharabah, told.cooperative) == (51_064, -51_064)


def test_own_money_at_work_keeps_its_part_of_the_income(souk: Souk) -> None:
    """A quarter of what was at work in the month came from the savers; the cooperative bore the rest."""
    saved(souk, offered(souk), souk.siti, 250_000)
    souk.reported(venture := souk.venture("mudharabah"), 250_000)
    souk.money("take_profit_share", contract_id=venture, amount_rupiah=100_000)
    closed(souk)

    one = row_of(souk, prepared(souk))
    assert (one.savers_average_rupiah, one.at_work_average_rupiah) == (66_667, 266_667)
    assert (one.pool_rupiah, one.savers_rupiah) == (25_000, 15_000)


def test_two_persons_enter_a_distribution_and_only_once(souk: Souk) -> None:
    saved(souk, offered(souk), souk.siti, 2_000_000)
    souk.money("take_contract_payment", contract_id=souk.sold(), amount_rupiah=140_000)
    closed(souk)
    id = prepared(souk)
    given = {"distribution_id": id, "on": DECEMBER}

    assert refused_to_prepare(souk) == "prepared_already"
    assert souk.refused(souk.treasurer, "post_distribution", **given) == "same_person"
    souk.do(souk.board, "post_distribution", **given)
    assert souk.refused(souk.board, "post_distribution", **given) == "posted_already"
    assert refused_to_prepare(souk) == "posted_already"
    assert souk.balance("savers_profit_share") == row_of(souk, id).savers_rupiah == 9_000


def test_a_distribution_is_undone_by_its_mirror_by_another_person_and_can_be_made_anew(souk: Souk) -> None:
    account = saved(souk, offered(souk), souk.siti, 2_000_000)
    souk.money("take_contract_payment", contract_id=souk.sold(), amount_rupiah=140_000)
    closed(souk)
    back = {"distribution_id": posted(souk), "on": DECEMBER, "reason": "Nisbah salah baca"}

    assert souk.refused(souk.board, "take_back_distribution", **back) == "same_person"
    souk.do(souk.treasurer, "take_back_distribution", **back)
    assert (souk.balance("savings_mudharabah", account), souk.balance("savers_profit_share")) == (2_000_000, 0)
    assert interest_and_tax(souk.cooperative, DECEMBER) == {souk.siti: (0, 0)}
    assert souk.refused(souk.treasurer, "take_back_distribution", **back) == "reversed_already"
    assert souk.refused(souk.board, "post_distribution", distribution_id=back["distribution_id"], on=DECEMBER) == (
        "reversed_already"
    )
    posted(souk)
    assert souk.balance("savings_mudharabah", account) == 2_009_000


def test_what_was_spent_already_is_not_taken_back(souk: Souk) -> None:
    account = saved(souk, offered(souk), souk.siti, 1_995_000)
    souk.money("take_contract_payment", contract_id=souk.sold(), amount_rupiah=140_000)
    closed(souk)
    id = posted(souk)
    counted = souk.till
    till = TillDay.objects.of(souk.cooperative).open_of(souk.cashier.id).get()
    souk.do(souk.cashier, "close_till", till_id=till.id, entry_id=new_id(), counted_rupiah=counted)
    souk.do(souk.cashier, "open_till", till_id=new_id(), on=DECEMBER, opening_rupiah=counted)
    taken = {"entry_id": new_id(), "account_id": account, "amount_rupiah": 2_000_000, "on": DECEMBER}
    souk.do(souk.cashier, "withdraw", **taken)

    back = {"distribution_id": id, "on": DECEMBER, "reason": "Salah hitung"}
    assert souk.refused(souk.treasurer, "take_back_distribution", **back) == "spent"


def test_a_month_without_income_or_with_a_loss_shares_nothing_and_cuts_nobody(souk: Souk) -> None:
    account = saved(souk, offered(souk), souk.siti, 2_000_000)
    souk.money("take_contract_payment", contract_id=souk.sold(), amount_rupiah=140_000)
    souk.reported(souk.venture("mudharabah"), -300_000)
    closed(souk)
    id = posted(souk)

    one = row_of(souk, id)
    assert (one.loss_rupiah, one.pool_rupiah, one.number) == (300_000, 0, None)
    assert (souk.balance("savings_mudharabah", account), souk.balance("profit_share_loss")) == (2_000_000, 300_000)
    souk.do(souk.treasurer, "take_back_distribution", distribution_id=id, on=DECEMBER, reason="Diperiksa lagi")


def test_a_loss_beyond_a_months_income_is_not_carried_and_taken_back_gives_no_more_than_it_took(souk: Souk) -> None:
    saved(souk, offered(souk), souk.siti, 3_000_000)
    sale, venture = souk.sold(), souk.venture("mudharabah")
    souk.money("take_contract_payment", contract_id=sale, amount_rupiah=140_000)  # margin of 15.000
    loss = souk.reported(venture, -300_000)
    closed(souk)
    posted(souk)
    back = {"entry_id": new_id(), "move_id": loss, "on": DECEMBER, "reason": "Salah baca laporan"}
    souk.do(souk.board, "reverse_business_move", **back)
    paid = {"contract_id": sale, "amount_rupiah": 140_000, "way": "bank", "on": DECEMBER}
    souk.do(souk.cashier, "take_contract_payment", entry_id=new_id(), **paid)
    souk.at = datetime(2027, 1, 2, 3, tzinfo=UTC)
    souk.do(souk.treasurer, "close_period", period_id=new_id(), last_on=date(2026, 12, 31))
    souk.do(souk.treasurer, "prepare_distribution", distribution_id=(id := new_id()), last_on=date(2026, 12, 31))

    one = row_of(souk, id)
    assert (one.margin_rupiah, one.loss_rupiah) == (15_000, -300_000)
    assert (one.pool_rupiah, one.savers_rupiah) == (30_000, 18_000)  # the 15.000 that November's savers went without


def test_the_tax_of_shares_falls_off_the_same_cliff_as_interest(souk: Souk) -> None:
    product = offered(souk)
    siti, budi = saved(souk, product, souk.siti, 3_000_000), saved(souk, product, souk.budi, 1_000_000)
    souk.reported(venture := souk.venture("mudharabah"), 1_500_000)
    souk.money("take_profit_share", contract_id=venture, amount_rupiah=600_000)
    closed(souk)
    one = row_of(souk, posted(souk))

    assert (one.savers_rupiah, one.tax_rupiah) == (360_000, 27_000)
    assert souk.balance("savings_mudharabah", siti) == 3_000_000 + 270_000 - 27_000
    assert souk.balance("savings_mudharabah", budi) == 1_000_000 + 90_000
    assert souk.balance("tax_payable") == 27_000


def test_who_left_before_the_distribution_finds_the_share_kept(souk: Souk) -> None:
    product = offered(souk)
    saved(souk, product, souk.siti, 3_000_000)
    saved(souk, product, souk.budi, 1_000_000)
    souk.money("take_contract_payment", contract_id=souk.sold(member_id=souk.siti), amount_rupiah=140_000)
    closed(souk)
    id = prepared(souk)
    souk.do(souk.board, "leave_cooperative", member_id=souk.budi, on=DECEMBER, reason="moved")
    souk.do(souk.board, "post_distribution", distribution_id=id, on=DECEMBER)

    budi = Member.objects.of(souk.cooperative).get(id=souk.budi)
    assert owed_to(souk.cooperative, budi)["savings_interest_payable"] == 2_250
    (share,) = shares_of_member(souk.cooperative, budi)
    assert (share.rupiah, share.average_rupiah, share.percent) == (2_250, None, None)


def test_an_open_month_a_day_within_it_and_books_without_savers_share_nothing(souk: Souk) -> None:
    souk.at = LATER
    assert refused_to_prepare(souk) == "no_product"
    product = offered(souk)
    assert refused_to_prepare(souk) == "month_open"
    assert refused_to_prepare(souk, date(2026, 11, 29)) == "not_month_end"
    assert refused_to_prepare(souk, date(2026, 12, 31)) == "date_in_future"
    closed(souk)
    assert refused_to_prepare(souk) == "nobody_saved"
    assert product


def test_a_nisbah_is_changed_for_a_later_month_only_and_this_month_keeps_its_own(souk: Souk) -> None:
    product = offered(souk)
    saved(souk, product, souk.siti, 2_000_000)
    wrong = {"saver_percent": "60", "cooperative_percent": "30"}
    other = {"product_id": new_id(), "name": "Lain", "since": SINCE, "decision": "Rapat", **wrong}
    assert souk.refused(souk.board, "offer_mudharabah", **other) == "not_hundred"
    assert souk.refused(souk.board, "offer_mudharabah", **{**other, "name": "Tabungan Mudharabah"}) == "not_hundred"
    change = {
        "nisbah_id": new_id(), "product_id": product, "saver_percent": "55", "cooperative_percent": "45",
        "told_on": TODAY, "decision": "Rapat anggota",
    }  # fmt: skip
    assert souk.refused(souk.board, "change_nisbah", **change, since=date(2026, 11, 1)) == "not_next_month"
    souk.do(souk.board, "change_nisbah", **change, since=DECEMBER)
    again = {**change, "nisbah_id": new_id(), "since": DECEMBER}
    assert souk.refused(souk.board, "change_nisbah", **again) == "not_after_last"
    souk.money("take_contract_payment", contract_id=souk.sold(), amount_rupiah=140_000)
    closed(souk)

    assert row_of(souk, prepared(souk)).savers_rupiah == 9_000  # of 15.000, still by 60


def test_mudharabah_for_some_months_is_filled_once_and_stays_until_its_day(souk: Souk) -> None:
    product = offered(souk, name="Mudharabah 6 bulan", term_months=6, weight_percent="110")
    account = saved(souk, product, souk.siti, 1_000_000)
    move = {"entry_id": new_id(), "account_id": account, "amount_rupiah": 100_000, "on": TODAY}

    assert SavingsAccount.objects.of(souk.cooperative).get(id=account).target_on == date(2027, 5, 23)
    assert souk.refused(souk.cashier, "deposit", **move) == "term_filled"
    assert souk.refused(souk.cashier, "withdraw", **move) == "locked"


def test_products_share_by_weight_and_a_small_balance_may_be_left_out(souk: Souk) -> None:
    plain = offered(souk, minimum_balance_rupiah=100_000)
    heavy = offered(souk, name="Mudharabah 6 bulan", term_months=6, weight_percent="200", saver_percent="70",
                    cooperative_percent="30")  # fmt: skip
    small = saved(souk, plain, souk.budi, 300_000)  # 80.000 on the average of the whole month
    saved(souk, plain, souk.siti, 2_000_000)
    saved(souk, heavy, souk.budi, 1_000_000)
    souk.money("take_contract_payment", contract_id=souk.sold(), amount_rupiah=140_000)
    closed(souk)
    id = posted(souk)

    parts = DistributionPart.objects.of(souk.cooperative).filter(distribution_id=id).order_by("product__name")
    assert [(part.income_rupiah, part.savers_rupiah) for part in parts] == [(7_500, 5_250), (7_500, 4_500)]
    assert souk.balance("savings_mudharabah", small) == 300_000


@pytest.mark.django_db
def test_books_of_an_older_chart_get_the_accounts_with_the_first_product(monkeypatch: pytest.MonkeyPatch) -> None:
    newer = ("savings_mudharabah", "savers_profit_share")
    with monkeypatch.context() as older:
        rows = [row for row in value_on("cooperative_sharia.accounts", SINCE) if row["use"] not in newer]
        older.setattr(contracts, "value_on", lambda _name, _on: rows)
        souk = Souk()
    assert not Account.objects.of(souk.cooperative).filter(use__in=newer).exists()
    offered(souk)

    assert Account.objects.of(souk.cooperative).filter(use__in=newer).count() == 2
    assert SavingsProduct.objects.of(souk.cooperative).get().basis == "average"


def test_a_stranger_offers_shares_and_undoes_nothing(souk: Souk) -> None:
    saved(souk, offered(souk), souk.siti, 2_000_000)
    closed(souk)
    id, entry = prepared(souk), {"on": DECEMBER}
    nisbah = {"saver_percent": "50", "cooperative_percent": "50", "since": DECEMBER, "decision": "Rapat"}
    acts: dict[str, dict[str, Any]] = {
        "cooperative.offer_mudharabah": {"product_id": new_id(), "name": "Lain", **nisbah},
        "cooperative.change_nisbah": {"nisbah_id": new_id(), "product_id": new_id(), "told_on": TODAY, **nisbah},
        "cooperative.prepare_distribution": {"distribution_id": new_id(), "last_on": NOVEMBER},
        "cooperative.post_distribution": {"distribution_id": id, **entry},
        "cooperative.take_back_distribution": {"distribution_id": id, **entry, "reason": "Salah"},
    }  # fmt: skip
    for name, given in acts.items():
        for who in (souk._somebody("board", KENANGA), souk._somebody("treasurer", KENANGA), souk.supervisor):
            assert souk.refused(who, name.removeprefix("cooperative."), **given) == "not_found", name


def test_the_books_are_asked_the_same_number_of_questions_however_many_save(
    souk: Souk, django_assert_max_num_queries: Any
) -> None:
    product = offered(souk)
    for amount in (100_000, 200_000, 300_000, 400_000):
        saved(souk, product, souk.siti, amount)
    souk.money("take_contract_payment", contract_id=souk.sold(), amount_rupiah=140_000)
    closed(souk)
    with django_assert_max_num_queries(40):
        id = prepared(souk)
    with django_assert_max_num_queries(45):
        souk.do(souk.board, "post_distribution", distribution_id=id, on=DECEMBER)


def test_conventional_books_offer_no_mudharabah(market: Market) -> None:
    given = {
        "product_id": new_id(), "name": "Tabungan", "since": SINCE, "saver_percent": "60", "cooperative_percent": "40",
        "decision": "Rapat",
    }  # fmt: skip
    assert market.refused(market.board, "offer_mudharabah", **given) == "not_sharia"


def test_a_second_book_that_walks_every_day_finds_the_same_shares(souk: Souk) -> None:
    """From the exported journal alone, day by day and with fractions, as nobody in the program reckons."""
    product = offered(souk)
    for member, amount in ((souk.siti, 700_000), (souk.budi, 300_001)):
        saved(souk, product, member, amount)
    souk.money("take_contract_payment", contract_id=souk.sold(), amount_rupiah=141_000)
    souk.reported(venture := souk.venture("mudharabah"), 250_000)
    souk.money("take_profit_share", contract_id=venture, amount_rupiah=70_000)
    closed(souk)
    posted(souk)
    entries, errors, _ = loader.load_string("".join(as_beancount(souk.cooperative)), dedent=False)
    journal = [one for one in entries if isinstance(one, data.Transaction)]

    assert errors == []
    given = {
        leg.meta["holder"]: -int(leg.units.number)
        for one in journal
        if one.payee == "savings.profit_share"
        for leg in one.postings
        if "holder" in leg.meta
    }
    assert given == by_hand(journal, Fraction(60, 100))


def by_hand(journal: list[Any], nisbah: Fraction) -> dict[str, int]:
    """What each holder of mudharabah savings should have got for November."""
    held: dict[tuple[str, str], int] = defaultdict(int)
    saved_days: dict[str, int] = defaultdict(int)
    worked = income = 0
    for day in (date(2026, 9, 1) + timedelta(days=n) for n in range(91)):
        for leg in (leg for one in journal if one.date == day for leg in one.postings):
            code = leg.account.partition(":")[2]
            held[code, leg.meta.get("holder", "")] += int(leg.units.number)
            if day.month == 11 and code in ("4-1106", "4-1107", "1-1317"):  # earned, less what still waits
                income -= int(leg.units.number)
        if day.month == 11:
            worked += sum(sum_ for (code, _), sum_ in held.items() if code in AT_WORK)
            for (code, holder), sum_ in held.items():
                if code == "2-1701":
                    saved_days[holder] -= sum_
    pool = round_half_up(income * min(Fraction(1), Fraction(sum(saved_days.values()), worked)))
    savers = round_half_up(pool * nisbah)
    exact = {holder: Fraction(savers * days, sum(saved_days.values())) for holder, days in saved_days.items()}
    got = {holder: int(share) for holder, share in exact.items()}
    for holder in sorted(exact, key=lambda one: (got[one] - exact[one], one))[: savers - sum(got.values())]:
        got[holder] += 1
    return got


AT_WORK = ("1-1311", "1-1312", "1-1313", "1-1314", "1-1411", "1-1412", "1-1611", "1-1619")


def round_half_up(amount: Fraction) -> int:
    return int(amount + Fraction(1, 2))
