"""Our schedules against tables and figures that others print, and against numpy-financial."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy_financial
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from desmigratif.cooperative.rules.loans import time_value
from desmigratif.cooperative.rules.loans.document import read_terms
from desmigratif.cooperative.rules.loans.effective_rate import check_loan_cap, declining_equivalent_percent
from desmigratif.cooperative.rules.loans.schedule import Schedule, make_schedule

DATA = Path(__file__).parent / "data"
TABLES = yaml.safe_load((DATA / "loan_tables.yaml").read_text(encoding="utf-8"))
FIGURES = yaml.safe_load((DATA / "loan_figures.yaml").read_text(encoding="utf-8"))


def schedule_of(**document: Any) -> Schedule:
    return make_schedule(read_terms(document))


def rows_of(schedule: Schedule) -> list[list[Any]]:
    return [
        [row.from_on.isoformat(), row.due_on.isoformat(), row.principal, row.interest, row.balance_after]
        for row in schedule.rows
    ]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table["id"])
def test_a_printed_table_comes_out_row_by_row(table):
    ours = rows_of(schedule_of(**table["terms"]))

    theirs = table.get("differs", table)["rows"]
    if theirs[0][0] is None:
        ours = [[None, *row[1:]] for row in ours]
    assert ours == theirs


def test_one_table_alone_differs_and_only_because_the_last_row_absorbs():
    (differing,) = (table for table in TABLES if "differs" in table)

    ours, theirs = differing["differs"]["rows"], differing["rows"]
    assert differing["id"] == "emi-12"
    assert [principal + interest for _, _, principal, interest, _ in ours] == [3358, 3358, 3356]
    assert [principal + interest for _, _, principal, interest, _ in theirs] == [3357, 3357, 3358]
    assert [row[3] for row in ours] == [row[3] for row in theirs], "the interest is the same"


def test_all_twenty_tables_are_there_and_add_up():
    assert len(TABLES) == 20
    for table in TABLES:
        terms = table["terms"]
        lent = terms.get("principal") or sum(part["amount"] for part in terms["disbursements"])
        assert sum(row[2] for row in table["rows"]) == lent, table["id"]


def number(text: Any) -> Decimal:
    """ "0.08/12" as a number."""
    upper, _, lower = str(text).partition("/")
    return Decimal(upper) / Decimal(lower or 1)


@pytest.mark.parametrize("case", FIGURES["time_value"], ids=lambda case: f"{case['function']} {case['args']}")
def test_the_value_of_time_is_that_of_the_library(case):
    args = dict(case["args"])
    begin = args.pop("when", "end") == "begin"
    names = {"nper": "periods", "per": "period", "pv": "present", "fv": "future", "pmt": "payment", "rate": "rate"}
    values = {names[name]: number(value) for name, value in args.items()}
    for name in ("periods", "period"):
        if name in values:
            values[name] = int(values[name])

    ours = getattr(time_value, case["function"])(**values, begin=begin)

    expected = Decimal(case["expected"])
    assert abs(ours - expected) <= abs(expected) * Decimal(case["rel_tol"])


@pytest.mark.parametrize(
    ("percent", "periods", "factor"),
    [(percent, periods, factor) for percent, row in FIGURES["annuity"].items() for periods, factor in row.items()],
)
def test_the_annuity_factor_is_that_of_the_textbook(percent, periods, factor):
    ours = time_value.annuity_factor(Decimal(percent) / 100, periods)

    assert abs(ours - Decimal(factor)) <= Decimal("0.00001")


def test_an_instalment_rounded_up_to_a_unit_gives_the_other_programs_rows():
    (case, fixed) = FIGURES["frappe"]
    common = {"annual_rate_percent": "8.4", "method": "annuity", "disbursed_on": "2024-01-01"}
    in_hundredths = {"minor_units": 2, "instalment_multiple": 100, "instalment_mode": "up"}

    schedule = schedule_of(**common, principal=28_000_000, instalments=20, rounding=in_hundredths)

    def units(amount: int) -> int:
        return round(Fraction(amount, 100))

    assert schedule.rows[0].total == 15052_00
    assert (units(schedule.interest), units(schedule.total)) == (case["total_interest"], case["total_payment"])
    for n, *expected in case["rows"]:
        row = schedule.rows[n - 1]
        assert [units(row.principal), units(row.interest), units(row.balance_after)] == expected

    until_repaid = schedule_of(**common, principal=28_000_000, instalment=14_000_00, rounding=in_hundredths)
    assert len(until_repaid.rows) == fixed["n"]
    assert units(until_repaid.interest) == fixed["total_interest"]
    assert units(until_repaid.total) == fixed["total_payment"]


@pytest.mark.parametrize("case", FIGURES["indonesia"], ids=lambda case: case["id"])
def test_an_indonesian_flat_loan_is_right_to_the_rupiah_and_above_the_cap(case):
    schedule = schedule_of(
        principal=case["principal"],
        annual_rate_percent=case["annual_rate_percent"],
        method="flat",
        instalments=case["instalments"],
        disbursed_on="2026-01-15",
    )

    assert {row.total for row in schedule.rows} == {case["instalment"]}
    assert schedule.interest == case["total_interest"]
    if case["declining_equivalent_percent"]:
        assert declining_equivalent_percent(schedule) == Decimal(case["declining_equivalent_percent"])
    assert check_loan_cap(schedule).within is False


@given(
    principal=st.integers(100_000, 100_000_000),
    percent=st.integers(1, 40),
    instalments=st.integers(2, 60),
)
def test_an_annuity_stays_within_rounding_of_numpy_financial(principal, percent, instalments):
    schedule = schedule_of(
        principal=principal,
        annual_rate_percent=str(percent),
        method="annuity",
        instalments=instalments,
        disbursed_on="2026-01-15",
        rounding={"instalment_multiple": 0},
    )

    theirs = -numpy_financial.pmt(percent / 1200, instalments, principal)
    interest = -numpy_financial.ipmt(percent / 1200, 1, instalments, principal)
    assert abs(schedule.rows[0].total - theirs) <= 0.51
    assert abs(schedule.rows[0].interest - float(interest)) <= 0.51
    # Half a rupiah in each row, grown by the interest until the end, is all that the last row has to take.
    grown = sum((1 + percent / 1200) ** n for n in range(instalments))
    assert abs(schedule.rows[-1].total - theirs) <= 1.01 * grown + 1


@pytest.mark.parametrize(
    ("rate", "payment", "present"), [(Decimal(0), Decimal(0), Decimal(1)), (Decimal("0.1"), Decimal(-1), Decimal(100))]
)
def test_a_debt_that_is_never_repaid_has_no_number_of_periods(rate, payment, present):
    with pytest.raises(ValueError, match=r"nothing ever changes|does not even cover"):
        time_value.nper(rate, payment, present)
