"""Rules of sharia contracts: worked examples of the regulations, and what holds for any figures."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from importlib.resources import files
from typing import Any
from uuid import UUID

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from desmigratif.cooperative.rules.sharia import savers
from desmigratif.cooperative.rules.sharia.contracts import Terms, reasons_against_interest, reasons_against_terms
from desmigratif.cooperative.rules.sharia.ijarah import Lease, used_up
from desmigratif.cooperative.rules.sharia.murabahah import instalments_of, overdue, payment_of
from desmigratif.cooperative.rules.sharia.profit import Reconciliation, Venture, bonus_shares, cooperatives_part

ON, FIRST = date(2026, 11, 23), date(2026, 12, 23)
EXAMPLES = yaml.safe_load(
    files("desmigratif.regulations.examples").joinpath("cooperative_sharia.yaml").read_text(encoding="utf-8")
)


def answer(kind: str, facts: dict[str, Any]) -> Any:
    """What the rules say to an example."""
    if kind == "angsuran":
        rows = instalments_of(facts["harga"], facts["kali"], FIRST, facts["kelipatan"])
        return [row.amount for row in rows]
    if kind == "margin":
        paid = payment_of(
            price=facts["harga"], margin=facts["margin"], open_rupiah=facts["terbuka"], deferred=facts["ditangguhkan"],
            amount=facts["bayar"], rebate=facts.get("potongan", 0),
        )  # fmt: skip
        return paid.income
    if kind == "bagi_hasil":
        venture = Venture(facts["modal"], facts.get("modal_anggota", 0), Decimal(str(facts["nisbah"])))
        return cooperatives_part(
            facts["hasil"], venture, left=facts.get("tersisa", facts["modal"]), by_negligence=facts.get("lalai", False)
        )
    if kind == "penabung":
        return shared(facts)
    if kind == "setara":
        return str(savers.equivalent_percent(facts["bagian"], facts["saldo"] * facts["hari"]))
    if kind == "sewa":
        return used_up(Lease(facts["harga"], facts["sisa"], facts["sewa"]), facts["dibayar"])
    raise AssertionError(kind)


def shared(facts: dict[str, Any]) -> dict[str, Any]:
    """A month of thirty days with one product."""
    days = {UUID(int=place): balance * 30 for place, balance in enumerate(facts["saldo"], start=1)}
    before = [savers.Realised(month["margin"], 0, 0, month["rugi"]) for month in facts.get("sebelumnya", ())]
    realised = savers.Realised(
        facts.get("margin", 0), facts.get("bagi_hasil", 0), facts.get("sewa", 0), facts.get("rugi", 0),
        savers.borne_after(before),
    )  # fmt: skip
    pool = savers.pool_of(realised, sum(days.values()), facts["bekerja"] * 30)
    fund = savers.Fund(UUID(int=99), sum(days.values()), Decimal(facts["nisbah"]))
    (part,) = savers.parts_of(pool, [fund])
    return {
        "kumpulan": pool, "penabung": part.savers, "bagian": [*savers.shares_of(part.savers, days).values()],
    }  # fmt: skip


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: str(example["judul"]))
def test_the_worked_examples_hold(example: dict[str, Any]) -> None:
    assert answer(example["jenis"], example["diketahui"]) == example["hasil"]


@given(
    cost=st.integers(1, 10**9), margin=st.integers(1, 10**8), parts=st.lists(st.integers(1, 10**8), max_size=30),
    rebate_percent=st.integers(0, 100),
)  # fmt: skip
def test_the_margin_recognised_adds_up_to_the_margin_agreed_less_what_was_forgiven(
    cost: int, margin: int, parts: list[int], rebate_percent: int
) -> None:
    price, deferred, income = cost + margin, margin, 0
    left = price
    for part in parts:
        if part >= left:
            break
        paid = payment_of(price=price, margin=margin, open_rupiah=left, deferred=deferred, amount=part)
        assert 0 <= paid.margin_released <= deferred
        left, deferred, income = left - paid.receivable, deferred - paid.margin_released, income + paid.income
    rebate = min(deferred * rebate_percent // 100, left - 1)
    last = payment_of(
        price=price, margin=margin, open_rupiah=left, deferred=deferred, amount=left - rebate, rebate=rebate
    )

    assert (left - last.receivable, deferred - last.margin_released) == (0, 0)
    assert income + last.income == margin - rebate


@given(price=st.integers(1, 10**9), count=st.integers(1, 120), step=st.sampled_from([1, 100, 500, 1_000]))
def test_instalments_add_up_to_the_price_and_none_is_nil(price: int, count: int, step: int) -> None:
    rows = instalments_of(price, count, FIRST, step)
    assert sum(row.amount for row in rows) == price
    assert all(row.amount > 0 for row in rows)
    assert overdue(rows, 0, date(2100, 1, 1)) == price


@given(
    result=st.integers(-(10**9), 10**9), capital=st.integers(1, 10**8), members=st.integers(0, 10**8),
    percent=st.decimals(Decimal("0.01"), Decimal("99.99"), places=2), left=st.integers(0, 10**8),
)  # fmt: skip
def test_a_loss_never_costs_more_than_the_capital_and_a_profit_never_more_than_itself(
    result: int, capital: int, members: int, percent: Decimal, left: int
) -> None:
    part = cooperatives_part(result, Venture(capital, members, percent), left=left)
    assert (-left <= part <= 0) if result < 0 else (0 <= part <= result)


@given(total=st.integers(1, 10**8), weights=st.dictionaries(st.uuids(), st.integers(0, 10**8), min_size=1))
def test_a_bonus_adds_up_whoever_saved(total: int, weights: dict[UUID, int]) -> None:
    if any(weights.values()):
        assert sum(bonus_shares(total, weights).values()) == total


@given(rent=st.integers(1, 10**8), cost=st.integers(2, 10**8), parts=st.lists(st.integers(1, 10**7), max_size=20))
def test_a_leased_thing_is_used_up_to_its_residual_and_never_below(rent: int, cost: int, parts: list[int]) -> None:
    lease, paid, before = Lease(cost, cost // 2, rent), 0, 0
    for part in [*parts, rent]:
        paid = min(rent, paid + part)
        assert used_up(lease, paid) >= before
        before = used_up(lease, paid)
    assert before == cost - cost // 2


def codes(**given: Any) -> list[str]:
    usual: dict[str, Any] = {"kind": "qardh", "amount": 600_000, "instalments": 6, "first_due_on": FIRST}
    return [reason.code for reason in reasons_against_terms(Terms(**{**usual, **given}), ON)]


def test_a_contract_says_what_its_kind_must_say_and_nothing_of_another() -> None:
    assert codes() == []
    assert codes(margin=1) == ["gain"]
    assert codes(fee=5_000) == ["fee_for"]
    assert codes(kind="murabahah") == ["no_margin"]
    assert codes(kind="mudharabah") == ["no_share", "no_instalments"]
    assert codes(kind="musyarakah", share_percent=Decimal(40), instalments=None) == ["no_capital"]
    assert codes(kind="ijarah", rent=700_000, residual=600_000) == ["residual"]
    assert codes(first_due_on=ON) == ["first_due_past"]
    assert codes(amount=5) == ["too_many"]


def test_a_sharia_book_takes_savings_without_a_promise_and_no_loans() -> None:
    assert reasons_against_interest(None, Decimal(3), ON, "x") == []
    assert reasons_against_interest(ON, Decimal(0), ON, "x") == []
    (rate,) = reasons_against_interest(ON, Decimal(3), ON, "annual_percent")
    (loan,) = reasons_against_interest(ON, None, ON, "product_id")
    assert (rate.field, loan.field) == ("annual_percent", "product_id")
    assert rate.citation


def test_what_waits_still_is_no_income_to_share_and_what_waited_before_is() -> None:
    told = Reconciliation(margin=100, profit_share=60, rent=40, loss=10, waiting_before=5, waiting_after=25, savers=30)
    assert (told.accrued, told.received, told.cooperative) == (200, 180, 140)
