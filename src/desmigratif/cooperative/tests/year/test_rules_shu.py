"""SHU is shared out to the rupiah, or refused with a reason."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desmigratif.cooperative.rules.year.shu import Fund, MemberBasis, reasons_not_to_share, share_out
from desmigratif.cooperative.rules.year.shu_document import share_document
from desmigratif.shared.reasons import InvalidInput

FUNDS = [
    Fund("jasa_modal", Decimal(20), "members_by_savings"),
    Fund("jasa_anggota", Decimal(25), "members_by_use"),
    Fund("cadangan", Decimal(35), "reserve"),
    *(Fund(code, Decimal(5), "fund") for code in ("pengurus", "karyawan", "pendidikan", "sosial")),
]
MEMBER = MemberBasis("A-1", 2_000_000, 5_000_000)
# A school exercise (beritaharianku.com 2900, Koperasi Alis Jaya). It prints the surplus once as Rp60.000, but its own
# answer follows from Rp60.000.000: the printed amount is wrong, by a factor of a thousand, and the shares are right.
TOTALS = {"total_savings": 100_000_000, "total_use": 75_000_000}


def test_the_exercise_of_the_school_book_comes_out_from_the_surplus_its_answer_uses():
    result = share_out(60_000_000, FUNDS, [MEMBER], **TOTALS).as_dict()

    assert result["members"] == [{"id": "A-1", "jasa_modal": 240_000, "jasa_anggota": 1_000_000, "total": 1_240_000}]
    amounts = {fund["code"]: fund["amount"] for fund in result["funds"]}
    assert amounts == {
        "jasa_modal": 12_000_000, "jasa_anggota": 15_000_000, "cadangan": 21_000_000,
        "pengurus": 3_000_000, "karyawan": 3_000_000, "pendidikan": 3_000_000, "sosial": 3_000_000,
    }  # fmt: skip
    assert result["others"]["total"] == 27_000_000 - 1_240_000


def test_the_surplus_as_the_school_book_prints_it_would_give_a_thousandth():
    (share,) = share_out(60_000, FUNDS, [MEMBER], **TOTALS).members

    assert share.total == 1_240


def test_three_members_with_the_same_savings_get_the_odd_rupiah_in_the_order_of_the_list():
    funds = [Fund("jasa_modal", Decimal(100), "members_by_savings")]

    result = share_out(100, funds, [MemberBasis(name, 1, 0) for name in "abc"])

    assert [share.total for share in result.members] == [34, 33, 33]


@given(
    st.integers(0, 10**12),
    st.lists(st.tuples(st.integers(0, 10**9), st.integers(0, 10**9)), min_size=1, max_size=50),
    st.integers(0, 10**12),
)
def test_funds_and_members_add_up_to_the_rupiah(shu, bases, not_listed):
    members = [MemberBasis(str(number), savings + 1, use + 1) for number, (savings, use) in enumerate(bases)]
    total = sum(member.savings for member in members) + not_listed

    result = share_out(shu, FUNDS, members, total_savings=total)

    amounts = {fund.code: amount for fund, amount in result.funds}
    assert sum(amounts.values()) == shu
    for code in ("jasa_modal", "jasa_anggota"):
        assert sum(share.by_fund[code] for share in result.members) + result.others[code] == amounts[code]
    assert result.others["jasa_anggota"] == 0
    assert (result.others["jasa_modal"] == 0) or not_listed


@pytest.mark.parametrize(
    ("shu", "funds", "members", "totals", "code"),
    [
        (100, FUNDS[:3], [MEMBER], {}, "not_a_hundred"),
        (100, [*FUNDS, FUNDS[-1]], [MEMBER], {}, "same_twice"),
        (100, [Fund("total", Decimal(100), "reserve")], [], {}, "same_twice"),
        (100, [Fund("a", Decimal(110), "reserve"), Fund("b", Decimal(-10), "reserve")], [], {}, "too_small"),
        (-1, FUNDS, [MEMBER], {}, "loss"),
        (100, FUNDS, [MEMBER, MEMBER], {}, "same_twice"),
        (100, FUNDS, [MemberBasis("A-1", -1, 0)], {}, "too_small"),
        (100, FUNDS, [MemberBasis("A-1", 1, 0)], {}, "nobody"),
        (100, FUNDS, [], {}, "nobody"),
        (100, FUNDS, [MEMBER], {"total_savings": 1}, "sums_differ"),
        (100, FUNDS, [MEMBER], {"total_use": 1}, "sums_differ"),
    ],
)
def test_what_cannot_be_shared_is_refused(shu, funds, members, totals, code):
    assert code in {reason.code for reason in reasons_not_to_share(shu, funds, members, **totals)}
    with pytest.raises(InvalidInput):
        share_out(shu, funds, members, **totals)


def test_nothing_to_share_is_shared_as_nothing_even_when_nobody_took_part():
    result = share_out(0, FUNDS, [MemberBasis("A-1", 0, 0)])

    assert result.members[0].total == 0


@pytest.mark.parametrize(
    ("document", "field"),
    [
        ({}, "shu"),
        ({"shu": 1, "funds": []}, "funds"),
        ({"shu": 1.5, "funds": [{"code": "a", "percent": "100", "to": "reserve"}]}, "shu"),
        ({"shu": 1, "funds": [{"code": "a", "percent": "banyak", "to": "reserve"}]}, "funds.0.percent"),
        ({"shu": 1, "funds": [{"code": "a", "percent": 100, "to": "reserve"}], "members": [{}]}, "members.0.id"),
    ],
)
def test_a_document_of_the_wrong_shape_is_refused_by_field(document, field):
    with pytest.raises(InvalidInput) as refused:
        share_document(document)

    assert field in {reason.field for reason in refused.value.reasons}
